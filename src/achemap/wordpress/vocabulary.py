"""The founding site's headings, format marks and cues, as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from rapidfuzz import fuzz, process


DATA = Path(__file__).parent.parent / "data" / "wordpress" / "headings.yaml"

# The five sections of a pattern and its look-alikes.
PatternSection = Literal[
    "describe",
    "activate",
    "relief",
    "anatomy",
    "therapy_notes",
    "similar",
]
Section = Literal[PatternSection, "article"]
Place = Literal[PatternSection, "furniture"]
_JUNK = re.compile(r"[^a-z0-9' -]+")
_NUMBER = re.compile(r"^(?:\d+|[ivx]+) (?=\D)")
# A heading with this much of a known one in it is that one, misspelt.
_NEAR = 88
_SHORTEST = 8
_LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Cues:
    """Words and phrases that show what a text speaks of."""

    words: frozenset[str]
    phrases: tuple[str, ...]

    def count(self, words: frozenset[str], padded: str) -> int:
        """Return how many of them a text holds, given as words and as one line."""
        found = len(self.words & words)
        return found + sum(phrase in padded for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headings by section, sentences that mark a format, and cues of each section."""

    exact: Mapping[str, Place]
    words: tuple[tuple[str, Place], ...]
    marks: Mapping[str, tuple[str, ...]]
    mark: re.Pattern[str]
    cues: Mapping[Section, Cues]
    strong: Mapping[Section, Cues]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a heading opens; `exact` when it says nothing but that."""

    place: Place
    exact: bool


def normal(text: str) -> str:
    """Return text as headings are compared: lower case, plain quotes, no marks."""
    text = text.lower().replace("’", "'").replace("–", " ").replace("—", " ")
    return " ".join(_JUNK.sub(" ", text).replace(" - ", " ").split())


def cues_of(*texts: str) -> Cues:
    """Return the words and phrases as cues."""
    plain = [normal(text) for text in texts]
    return Cues(
        frozenset(text for text in plain if " " not in text),
        tuple(f" {text} " for text in plain if " " in text),
    )


def _either(texts: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(texts, key=len, reverse=True)
    return re.compile("|".join(re.escape(text) for text in longest))


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
    marks: dict[str, tuple[str, ...]] = {}
    for name, texts in data["marks"].items():
        for each in map(normal, texts):
            marks[each] = (*marks.get(each, ()), name)
    return Vocabulary(
        exact=exact,
        words=tuple(words),
        marks=marks,
        mark=_either(marks),
        cues={name: cues_of(*texts) for name, texts in data["cues"].items()},
        strong={name: cues_of(*texts) for name, texts in data["strong"].items()},
    )


@lru_cache(maxsize=4096)
def heading_place(text: str) -> Opening | None:
    """Return what a heading opens, or None when it names no section.

    Misspelt fixed headings count; so do those that carry a pattern's name besides.
    """
    if len(text) > 2 * _LONGEST_HEADING:
        return None
    known = vocabulary()
    plain = _NUMBER.sub("", normal(text))
    if plain in known.exact:
        return Opening(known.exact[plain], True)
    if len(plain) >= _SHORTEST:
        near = process.extractOne(
            plain, known.exact.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        if near is not None:
            return Opening(known.exact[near[0]], True)
    found = next((place for words, place in known.words if words in plain), None)
    return None if found is None else Opening(found, False)


def place_of_heading(text: str, *, exactly: bool = False) -> Place | None:
    """Return the section that a heading opens, or None when it says nothing of it."""
    found = heading_place(text)
    return None if found is None or (exactly and not found.exact) else found.place


def has_mark(text: str, mark: str) -> bool:
    """Return whether a text holds one of the sentences of a format mark."""
    return mark in marks_in(text)


@lru_cache(maxsize=256)
def marks_in(text: str) -> frozenset[str]:
    """Return the format marks whose sentences a text holds."""
    known = vocabulary()
    plain = _plain(text)
    return frozenset(
        name
        for sentence in known.mark.findall(plain)
        for part, names in known.marks.items()
        if part in sentence
        for name in names
    )


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return normal(text)


_NONE: dict[Section, int] = dict.fromkeys(
    ("describe", "activate", "relief", "anatomy", "therapy_notes", "similar", "article"), 0
)  # fmt: skip


def cue_scores(text: str) -> dict[Section, int]:
    """Return how many different cues of each section a text holds, strong ones twice."""
    plain = _plain(text)
    words = frozenset(plain.split())
    padded = f" {plain} "
    known = vocabulary()
    scores = dict(_NONE)
    for section, cues in known.cues.items():
        scores[section] = cues.count(words, padded)
    for section, cues in known.strong.items():
        scores[section] += 2 * cues.count(words, padded)
    return scores
