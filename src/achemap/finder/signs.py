"""Signs: the pattern files' words as chances, and what a said or denied sign weighs.

    chance(sign | pattern) = CHANCE[word]            where the file lists the sign
                           = BASE + SHARED * mean    where it does not

Said: log chance / mean. Denied: log (1 - chance) / (1 - mean). An activity listed as
how it began counts CROSS as much for "makes it worse", and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from achemap.errors import BadInput, suggestion
from achemap.finder.tables import CHANCE_STEP, SignRow, Vector
from achemap.language import Lexicon
from achemap.library import Pattern


CHANCE: Mapping[str, float] = MappingProxyType(
    {"always": 0.9, "often": 0.6, "sometimes": 0.28, "rarely": 0.08, "never": 0.01}
)
BASE = 0.03
SHARED = 0.3
CROSS = 0.6
KIND_OF: Mapping[str, str] = MappingProxyType(
    {
        "feels": "feeling",
        "worse": "activity",
        "better": "activity",
        "onset": "activity",
        "gesture": "gesture",
        "comes-with": "companion",
        "time": "time",
    }
)
_CROSSED = {"worse": "onset", "onset": "worse"}

Listed = dict[tuple[str, str], dict[int, float]]


def _listed(patterns: Iterable[Pattern], lexicon: Lexicon, strict: bool) -> Listed:
    found: Listed = {}
    for row, pattern in enumerate(patterns):
        for group, signs in pattern.signs.groups().items():
            for name, word in signs.items():
                concept = lexicon.named(KIND_OF[group], name)
                if concept is None:
                    if strict:
                        raise _unknown(pattern, group, name, lexicon)
                    continue
                chances = found.setdefault((group, concept.id), {})
                chances[row] = max(chances.get(row, 0.0), CHANCE[word])
    return found


def _unknown(pattern: Pattern, group: str, name: str, lexicon: Lexicon) -> BadInput:
    own = [each.id for each in lexicon.concepts.values() if each.kind == KIND_OF[group]]
    return BadInput(
        f"no {KIND_OF[group]} {name!r} in the lexicon",
        file=f"patterns/{pattern.id}.md",
        field=f"signs.{group}",
        fix=suggestion(name, own),
    )


def _row(chances: Mapping[int, float], count: int) -> SignRow:
    total = sum(chances.values())
    usual = round((BASE + SHARED * total / count) / CHANCE_STEP) * CHANCE_STEP
    at = np.array(sorted(chances), dtype=np.int32)
    held = np.round(np.array([chances[int(i)] for i in at]) / CHANCE_STEP)
    values = held * CHANCE_STEP
    mean = (float(values.sum()) + usual * (count - len(at))) / count
    return SignRow(usual, mean, at, values)


def sign_rows(
    patterns: Iterable[Pattern], lexicon: Lexicon, *, strict: bool = False
) -> dict[tuple[str, str], SignRow]:
    """Return (role, concept) -> chances, for every sign that a pattern lists.

    With `strict` an unknown concept raises BadInput; else it is passed over (the
    checks of the library report it).
    """
    held = list(patterns)
    listed = _listed(held, lexicon, strict)
    rows: Listed = {key: dict(chances) for key, chances in listed.items()}
    for (group, concept), chances in listed.items():
        if group in _CROSSED:
            other = rows.setdefault((_CROSSED[group], concept), {})
            for row, chance in chances.items():
                other[row] = max(other.get(row, 0.0), CROSS * chance)
    return {key: _row(chances, len(held)) for key, chances in sorted(rows.items())}


def chances_of(row: SignRow, count: int) -> Vector:
    """Return the chance of the sign with each of `count` patterns."""
    found = np.full(count, row.usual)
    found[row.patterns] = row.chances
    return found


def said(row: SignRow, count: int) -> Vector:
    """Return the log-odds that a said sign gives each pattern."""
    return np.asarray(np.log(chances_of(row, count) / row.mean))


def denied(row: SignRow, count: int) -> Vector:
    """Return the log-odds that a denied sign gives each pattern."""
    return np.asarray(np.log((1 - chances_of(row, count)) / (1 - row.mean)))
