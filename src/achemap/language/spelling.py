"""Spelling repair: words nobody knows become the nearest word of the lexicon.

Optimal string alignment distance (insert, delete, replace, swap of neighbours).
Only words outside the vocabulary are touched, and only words of phrases are aimed at.
The first letter must be right, or the first two swapped; one slip is allowed from 4
letters, two from 8; and two from 6 towards the words of places and feelings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA


_LONGEST = 24

Shelves = Mapping[tuple[str, int], tuple[str, ...]]


@lru_cache(maxsize=8)
def shelves(vocabulary: frozenset[str]) -> Shelves:
    """Return the plain words of `vocabulary` by first letter and length, sorted."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted(vocabulary):
        if word.isascii() and word.isalpha() and 3 <= len(word) <= _LONGEST:
            found.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def allowed(word: str, core: bool) -> int:
    """Return how many slips a word of this length may hold."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < (6 if core else 8) else 2


def _near(word: str, known: Shelves, slips: int) -> Iterable[str]:
    for length in range(len(word) - slips, len(word) + slips + 1):
        yield from known.get((word[0], length), ())
        if word[1] != word[0]:
            yield from known.get((word[1], length), ())


@lru_cache(maxsize=16384)
def repaired(
    word: str, targets: frozenset[str], core: frozenset[str] = frozenset()
) -> str | None:
    """Return the target that `word` was meant to be, None when unclear.

    Ties go to `core` words, then the same first letter, then the alphabet.
    """
    slips = allowed(word, core=True)
    if slips == 0 or len(word) > _LONGEST or not (word.isascii() and word.isalpha()):
        return None
    best: tuple[int, bool, bool, str] | None = None
    for known in _near(word, shelves(targets), slips):
        own = known in core
        distance = int(OSA.distance(word, known, score_cutoff=slips))
        if distance <= allowed(word, own):
            rank = (distance, not own, known[0] != word[0], known)
            if best is None or rank < best:
                best = rank
    return None if best is None else best[3]
