"""What an activity does to the pain: worse, better, or how it began.

The nearest cue in the clause decides, then the nearest in the sentence; without a
cue a finished deed ("I was painting a ceiling") is how it began, else it makes worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from achemap.language.scope import LIMITS, NEGATORS, TURNS
from achemap.language.words import Token, listed, rules


Role = Literal["worse", "better", "onset"]
Cue = Literal["worse", "better", "onset", "fine"]

_BETTER = listed("better")
_WORSE = listed("worse")
_ONSET = listed("onset")
_FINE = listed("fine")
_DONE_BEFORE = listed("done-before")
# Cue phrases by their first word.
_PHRASES: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
for _phrase, _cue in rules()["cue-phrases"].items():
    _PHRASES.setdefault(_phrase.split()[0], []).append((tuple(_phrase.split()), _cue))
_REACH = 12


def cues(words: Sequence[Token]) -> list[Cue | None]:
    """Return the cue that each token gives, None for most."""
    texts = [word.text for word in words]
    found: list[Cue | None] = [None] * len(words)
    for at, text in enumerate(texts):
        if text in _BETTER:
            found[at] = "better"
        elif text in _WORSE or text in LIMITS:
            found[at] = "worse"
        elif text in _ONSET:
            found[at] = "onset"
        elif text in _FINE:
            found[at] = "fine"
    for at in range(len(texts)):
        for phrase, cue in _PHRASES.get(texts[at], ()):
            if tuple(texts[at : at + len(phrase)]) == phrase:
                found[at : at + len(phrase)] = [cue] * len(phrase)
    return found


def _distance(at: int, first: int, last: int) -> int:
    return first - at if at < first else max(0, at - last)


def _nearest(
    first: int, last: int, said: Sequence[Cue | None], same: Sequence[int]
) -> tuple[Cue, int] | None:
    """Return the cue nearest to tokens first..last with the same number, and where."""
    best: tuple[int, int] | None = None
    for at in range(max(0, first - _REACH), min(len(said), last + _REACH + 1)):
        if said[at] is None or same[at] != same[first]:
            continue
        if first <= at <= last and said[at] != "better":
            continue
        gap = _distance(at, first, last)
        if best is None or gap < best[0]:
            best = (gap, at)
    if best is None:
        return None
    cue = said[best[1]]
    return None if cue is None else (cue, best[1])


def _is_denied(words: Sequence[Token], at: int, same: Sequence[int]) -> bool:
    """True when a negator stands up to three words before the cue at `at`."""
    return any(
        words[before].text in NEGATORS and same[before] == same[at]
        for before in range(max(0, at - 3), at)
    )


def _is_done(words: Sequence[Token], first: int, last: int) -> bool:
    """True when the words tell of a finished deed: "was lifting", "lifted"."""
    if words[first].text.endswith("ed") and len(words[first].text) > 4:
        return True
    return any(word.text in _DONE_BEFORE for word in words[max(0, first - 2) : last])


def role_of(
    words: Sequence[Token],
    first: int,
    last: int,
    said: Sequence[Cue | None],
    parts: Sequence[int],
    sentences: Sequence[int],
    negated: Sequence[bool],
) -> tuple[Role, bool]:
    """Return the role of the activity in tokens first..last, and if that is denied.

    "coughing doesn't hurt" is ("worse", True), "ice doesn't help" ("better", True).
    """
    for numbers in (parts, sentences):
        found = _nearest(first, last, said, numbers)
        if found is None:
            continue
        cue, at = found
        denied = _is_denied(words, at, numbers) and not negated[first]
        if cue == "fine":
            between = words[min(at, last) : max(at, first)]
            turned = any(word.text in TURNS for word in between)
            return "worse", not denied and not turned
        return cue, denied
    if _is_done(words, first, last):
        return "onset", False
    return "worse", False
