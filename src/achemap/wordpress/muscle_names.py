"""Muscles that a post names: in its words, its links and its pictures' file names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from achemap.library.records import Muscle


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# How picture names begin that carry a muscle: referral map, anatomy drawing, strip.
_STARTS = frozenset({"referral", "oit", "anatomy", "trp", "muscle", "ice"})
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Names:
    """Muscle names by their first word: (all words, muscle id), longest first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def found_in(self, words: list[str]) -> Iterator[str]:
        """Yield the muscles that a row of lower-case words names, longest match first."""
        free = 0
        for at in [at for at, word in enumerate(words) if word in self.by_first]:
            for name, muscle in self.by_first[words[at]]:
                if at >= free and tuple(words[at : at + len(name)]) == name:
                    yield muscle
                    free = at + len(name)
                    break


def _split(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("-", " "))


@lru_cache(maxsize=4)
def _indexed(known: tuple[tuple[str, str], ...]) -> Names:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    seen: set[tuple[str, ...]] = set()
    for name, muscle in known:
        words = tuple(_split(name))
        if len("".join(words)) < _SHORTEST or words in seen:
            continue
        seen.add(words)
        found.setdefault(words[0], []).append((words, muscle))
    for each in found.values():
        each.sort(key=lambda pair: (-len(pair[0]), pair[1]))
    return Names({first: tuple(each) for first, each in found.items()})


_LAST: list[tuple[int, Names]] = []


def names_of(muscles: Mapping[str, Muscle]) -> Names:
    """Return the names of muscles, ready for look-up."""
    if _LAST and _LAST[0][0] == id(muscles):
        return _LAST[0][1]
    known: list[tuple[str, str]] = []
    for muscle in muscles.values():
        known.append((muscle.name, muscle.id))
        known.append((muscle.id, muscle.id))
    for muscle in muscles.values():
        known.extend((name, muscle.id) for name in muscle.synonyms)
    names = _indexed(tuple(known))
    _LAST[:] = [(id(muscles), names)]
    return names


def named_in(texts: Iterable[str], names: Names) -> tuple[Counter[str], dict[str, str]]:
    """Return how often each muscle is named, and the first text that does."""
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    for text in texts:
        for muscle in names.found_in(_split(text)):
            counted[muscle] += 1
            first.setdefault(muscle, text)
    return counted, first


def pictured(address: str, names: Names) -> tuple[str, ...]:
    """Return the muscles of a picture's file name, as in referral-<muscle>-<view>."""
    stem = unquote(address).partition("?")[0].rpartition("/")[2].partition(".")[0]
    words = _split(stem.replace("_", "-"))
    if not words:
        return ()
    if words[0] in _STARTS or words[0] == "referred":
        words = words[1:]
    return tuple(dict.fromkeys(names.found_in(words)))
