"""What the server gives the body maps: cells of patterns, and every word."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.template import Context, Template
from django.test import Client

import achemap_site
from achemap.atlas.baking import bake
from achemap.library import load
from achemap_site.patterns.presenters import map_words


SCRIPTS = Path(achemap_site.__file__).parent / "static/achemap/bodymap"


@pytest.mark.django_db
def test_cells_are_those_of_the_baked_zones(client: Client) -> None:
    pattern = load().patterns["serratus-posterior-inferior"]
    answer = client.get(f"/pictures/{pattern.id}.json")
    data = json.loads(answer.content)
    baked = bake(pattern.zones)
    weights = {"essential": 1.0, "common": 0.6, "spillover": 0.3}
    for level, weight in weights.items():
        expected = baked.cells[np.isclose(baked.weights, weight)]
        assert np.cumsum(data[level]).tolist() == expected.tolist()

    assert data["plates"][0] == "torso-back"
    assert len(data["points"]) == len(pattern.points)
    assert all(cell % 2 for cell in data["points"])
    assert "max-age" in answer["Cache-Control"]
    assert len(answer.content) < 6000


@pytest.mark.django_db
def test_no_cells_of_an_unknown_pattern(client: Client) -> None:
    assert client.get("/pictures/no-such-pattern.json").status_code == 404


def _asked(*files: str) -> set[str]:
    text = "".join((SCRIPTS / name).read_text(encoding="utf-8") for name in files)
    named = set(re.findall(r"\bwords\.(\w+)", text))
    return named | {
        name
        for call in re.findall(r"\bnamed\(([^)]*)\)", text)
        for name in re.findall(r'"(\w+)"', call)
    }


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (map_words.painting_words, ("template.js", "body-map.js", "region-list.js")),
        (map_words.pattern_words, ("pattern-map.js", "pattern-view.js")),
        (map_words.travel_words, ("region-map.js",)),
    ],
)
def test_every_word_that_a_script_asks_for_is_given(words: Any, files: Any) -> None:
    assert _asked(*files) - set(words()) == set()


def test_words_survive_the_attribute_that_carries_them() -> None:
    page = Template("{% load achemap %}<p {% body_map %}></p>").render(Context())
    held = re.search(r'data-words="([^"]*)"', page)
    assert held is not None
    text = held[1].replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")

    assert json.loads(text) == map_words.painting_words()
