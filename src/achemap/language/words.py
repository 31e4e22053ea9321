"""Text to words: tokens, and the light stemming that lets inflections meet.

The same rules live in `static/achemap/language/words.js`; change both together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


_TOKEN = re.compile(
    r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?()\n/\u2013\u2014]|(?<=[ \t\n])-(?=[ \t\n])"
)
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
_VOWEL = re.compile("[aeiouy]")
_MARKS = frozenset(".,;:!?()\n/\u2013\u2014-")
_RULES = Path(__file__).parent.parent / "data" / "language" / "rules.json"


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Any]:
    """Return the word lists of `data/language/rules.json`, shared with the browser."""
    with _RULES.open(encoding="utf-8") as text:
        held: Mapping[str, Any] = json.load(text)
    return held


def listed(name: str) -> frozenset[str]:
    """Return one word list of the rules."""
    return frozenset(str(rules()[name]).split())


def grammar() -> frozenset[str]:
    """Return every word that the rules know: small words, negators, cues, hedges."""
    lists = (value for name, value in rules().items() if name not in ("about", "forms"))
    texts = [
        " ".join(value) if not isinstance(value, str) else value for value in lists
    ]
    return frozenset(" ".join(texts).split())


_KEEP = listed("keep")
# Words that carry no meaning for a phrase: dropped from phrases and from texts.
SKIPPED = listed("skipped")
_FORMS = {
    form: base for base, forms in rules()["forms"].items() for form in forms.split()
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: `text` lower case, `stem`, and where it stood (offsets)."""

    text: str
    stem: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        """True for punctuation and line ends."""
        return self.text in _MARKS


def _undouble(stem: str) -> str:
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiouslz":
        return stem[:-1]
    return stem


def _strip_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """Return the stem that inflections of `word` (lower case) share.

    Light on purpose: plural, possessive, -ing, -ed and a final e; nothing that
    would join words of different meaning.
    """
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    word = _FORMS.get(word, word)
    if len(word) < 4 or word in _KEEP or not word.isascii():
        return word
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    word = _strip_plural(word)
    for suffix in ("ing", "ed"):
        base = word[: -len(suffix)]
        if (
            word.endswith(suffix)
            and len(base) > 2
            and word not in _KEEP
            and _VOWEL.search(base)
            and not word.endswith("eed")
        ):
            word = _undouble(base)
            break
    if len(word) > 3 and word.endswith("e") and not word.endswith("ee"):
        word = word[:-1]
    return word


def tokens(text: str) -> list[Token]:
    """Return the words and marks of `text` in order, with offsets into it."""
    plain = text.translate(_QUOTES)
    found = []
    for match in _TOKEN.finditer(plain):
        word = match.group().lower()
        found.append(Token(word, stem(word), match.start(), match.end()))
    return found
