"""The founding site's headings, format marks and cues, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml


DATA = Path(__file__).parent.parent / "data" / "wordpress" / "headings.yaml"

Section = Literal["describe", "activate", "relief", "anatomy", "therapy_notes"]
Place = Literal[
    "describe",
    "activate",
    "relief",
    "anatomy",
    "therapy_notes",
    "similar",
    "furniture",
]
_JUNK = re.compile(r"[^a-z0-9' -]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headings by section, sentences that mark a format, and cues of each section."""

    exact: Mapping[str, Place]
    words: tuple[tuple[str, Place], ...]
    marks: Mapping[str, tuple[str, ...]]
    cues: Mapping[Section, re.Pattern[str]]


def normal(text: str) -> str:
    """Return text as headings are compared: lower case, plain quotes, no marks."""
    text = text.lower().replace("’", "'").replace("–", " ").replace("—", " ")
    return " ".join(_JUNK.sub(" ", text).replace(" - ", " ").split())


def _cue(words: list[str]) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{joined})\b")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the data file."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    exact: dict[str, Place] = {}
    words: list[tuple[str, Place]] = []
    for place, known in data["sections"].items():
        exact.update({normal(each): place for each in known["exact"]})
        words.extend((normal(each), place) for each in known["words"])
    words.sort(key=lambda pair: -len(pair[0]))
    return Vocabulary(
        exact=exact,
        words=tuple(words),
        marks={
            name: tuple(normal(each) for each in texts)
            for name, texts in data["marks"].items()
        },
        cues={name: _cue(texts) for name, texts in data["cues"].items()},
    )


def place_of_heading(text: str) -> Place | None:
    """Return the section that a heading opens, or None when it says nothing of it."""
    known = vocabulary()
    plain = normal(text)
    if plain in known.exact:
        return known.exact[plain]
    return next((place for words, place in known.words if words in plain), None)


def has_mark(text: str, mark: str) -> bool:
    """Return whether a text holds one of the sentences of a format mark."""
    plain = normal(text)
    return any(sentence in plain for sentence in vocabulary().marks[mark])


def cue_scores(text: str) -> dict[Section, int]:
    """Return how many different cues of each section a text holds."""
    plain = normal(text)
    return {
        section: len(set(pattern.findall(plain)))
        for section, pattern in vocabulary().cues.items()
    }
