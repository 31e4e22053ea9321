"""The words of a text as the danger reading sees them: folded, small words marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


SKIPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "your",
        "his",
        "her",
        "our",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "some",
        "really",
        "very",
        "quite",
        "so",
        "just",
        "bit",
        "rather",
        "pretty",
        "absolutely",
        "completely",
        "totally",
        "little",
        "kind",
        "sort",
        "also",
        "own",
        "right",
        "left",
        "slightly",
        "terribly",
        "horribly",
        "extremely",
        "awfully",
    ]
)
FOLDED: Mapping[str, str] = {
    "cannot": "cant",
    "couldnt": "cant",
    "cudnt": "cant",
    "unable": "cant",
    "gonna": "going",
    "u": "you",
    "ur": "your",
    "im": "i",
    "ive": "i",
    "dr": "doctor",
    "gp": "doctor",
    "docs": "doctor",
    "doc": "doctor",
    "mum": "mother",
    "mom": "mother",
    "dad": "father",
}
STOPS = frozenset(".!?\n;")
MARKS = frozenset(".!?\n;,:()–—-/")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?()\n/–—]|(?<=\s)-(?=\s)")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
BITERS = frozenset(
    ["dog", "cat", "rat", "tick", "snake", "horse", "monkey", "insect", "spider"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of the text: folded form, sentence number, offsets."""

    text: str
    sentence: int
    start: int
    end: int
    skipped: bool = False

    @property
    def is_mark(self) -> bool:
        return self.text in MARKS


def words_of(text: str, corrections: Mapping[str, str] | None = None) -> list[Word]:
    """Return the words and marks of `text`, folded, with offsets into it."""
    fixes = corrections or {}
    found: list[Word] = []
    sentence = 0
    for match in _TOKEN.finditer(text.translate(_QUOTES)):
        word = match.group().lower()
        word = fixes.get(word, word).replace("'", "")
        if word == "not" and found and found[-1].text == "can":
            found[-1] = Word(
                "cant", sentence, found[-1].start, match.end(), skipped=False
            )
            continue
        word = FOLDED.get(word, word)
        if word == "bit" and found and found[-1].text in BITERS:
            word = "bitten"
        skipped = word in SKIPPED
        found.append(Word(word, sentence, match.start(), match.end(), skipped))
        if word in STOPS:
            sentence += 1
    return found


def plain_words(phrase: str) -> list[str]:
    """Return the words of a phrase as texts are read: folded, small words dropped."""
    found = []
    for word in phrase.lower().replace("'", "").split():
        word = FOLDED.get(word, word)
        if word not in SKIPPED:
            found.append(word)
    return found
