"""The words of the editor's scripts: all that are asked for are there, and used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import achemap_site
from achemap_site.patterns.editing import words


SCRIPTS = Path(achemap_site.__file__).parent / "static/achemap/editor"


@pytest.mark.parametrize(
    ("scripts", "given"),
    [
        (["zones.js", "zone-list.js"], words.drawing_words),
        (["choosers.js"], words.chooser_words),
        (["hints.js"], words.hint_words),
    ],
)
def test_scripts_ask_for_words_that_are_given(scripts: list[str], given: Any) -> None:
    text = "".join((SCRIPTS / name).read_text() for name in scripts)
    found = given()
    asked = set(re.findall(r"\bwords\.(\w+)", text)) - set(found.get("word", ()))
    assert asked <= set(found)


def test_scripts_hold_no_words_of_their_own() -> None:
    said = re.compile(
        r'(?:textContent|placeholder|"aria-label"|title):? ?=?\s*"[A-Za-z]'
    )
    for script in SCRIPTS.glob("*.js"):
        assert not said.search(script.read_text()), script.name
