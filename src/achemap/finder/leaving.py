"""What happens when the right muscle is missing: is "something else" honest then?

The muscles are dealt into groups; in each round one group is left out of the library
(its patterns, sayings and prose) and the text model learns without it, and without
one fold of voices. Held-out sayings of the muscles left are texts inside the library,
those of the muscles left out are texts outside it: their right answer is "something
else". Labelled cases are never used here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from achemap.finder.learning import Saying, fitted, sayings_of
from achemap.finder.sayings import (
    Grid,
    Held,
    held_out_texts,
    miscalibration,
    pairs_of,
)
from achemap.finder.signs import sign_rows
from achemap.finder.stored import Bundle
from achemap.finder.tables import Settings, Tables, TextTable
from achemap.finder.teaching import own_words
from achemap.library import Library, Pattern


GROUPS = 5
# Of ten readers, one has something that no pattern of the library describes. A
# judgement: no count of it was found. `other` is fitted under it.
OUTSIDE = 0.1


@dataclass(frozen=True, slots=True)
class Left:
    """One round: texts inside and outside the library, singles or pairs."""

    inside: Held
    outside: Held


def groups_of(patterns: Sequence[Pattern], count: int) -> list[int]:
    """Return the group of each pattern; all patterns of a muscle in the same one."""
    names = sorted({each.muscles[0] for each in patterns})
    return [names.index(each.muscles[0]) % count for each in patterns]


def _told(rounds: Sequence[Left], settings: Settings) -> tuple[Grid, ...]:
    """Return (first chance, is it right, something else) inside, and outside."""
    first, right, other, strange, blank = [], [], [], [], []
    for each in rounds:
        chance, rest = each.inside.chances(settings)
        first.append(chance.max(axis=1))
        right.append(chance.argmax(axis=1) == each.inside.labels)
        other.append(rest)
        chance, rest = each.outside.chances(settings)
        strange.append(chance.max(axis=1))
        blank.append(rest)
    joined = [np.concatenate(part) for part in (first, right, other, strange, blank)]
    return tuple(part.astype(np.float64) for part in joined)


def figures(rounds: Sequence[Left], settings: Settings) -> dict[str, float]:
    """Return how honest the chances are when OUTSIDE of all texts have no pattern.

    `else_inside` and `else_outside` are the mean chances of something else,
    `ece_inside` is the error of the first pattern's chance with the muscle there,
    `ece_mixed` with both kinds mixed, `ece_else` that of something else.
    """
    first, right, other, strange, blank = _told(rounds, settings)
    weight = np.concatenate(
        [
            np.full(len(first), (1 - OUTSIDE) / max(len(first), 1)),
            np.full(len(strange), OUTSIDE / max(len(strange), 1)),
        ]
    )
    both = np.concatenate([first, strange])
    hits = np.concatenate([right, np.zeros(len(strange))])
    rest = np.concatenate([other, blank])
    outside = np.concatenate([np.zeros(len(other)), np.ones(len(blank))])
    found = {
        "else_inside": float(other.mean()),
        "else_outside": float(blank.mean()),
        "else_first_outside": float((blank > strange).mean()),
        "ece_inside": miscalibration(first, right, np.ones(len(first))),
        "ece_mixed": miscalibration(both, hits, weight),
        "ece_else": miscalibration(rest, outside, weight),
    }
    return {name: round(value, 4) for name, value in found.items()}


def loss(rounds: Sequence[Left], settings: Settings) -> float:
    """Return the mean log loss with OUTSIDE of all texts outside the library."""
    inside, outside = [], []
    for each in rounds:
        chance, _ = each.inside.chances(settings)
        own = chance[np.arange(len(chance)), each.inside.labels]
        inside.append(-np.log(own + 1e-12))
        _, rest = each.outside.chances(settings)
        outside.append(-np.log(rest + 1e-12))
    known = float(np.concatenate(inside).mean())
    return (1 - OUTSIDE) * known + OUTSIDE * float(np.concatenate(outside).mean())


def calibrated(
    singles: Sequence[Left], doubles: Sequence[Left], settings: Settings
) -> Settings:
    """Return `settings` with the temperature and "something else" that fit best.

    Coordinate search, by ever smaller steps, for the least log loss of both.
    """
    best = settings
    least = loss(singles, best) + loss(doubles, best)
    for step in (0.2, 0.1, 0.05, 0.02):
        for name in ("temperature", "other_words", "share", "share_words"):
            for move in (-step, step):
                changed: dict[str, Any] = {name: round(getattr(best, name) + move, 3)}
                tried = replace(best, **changed)
                found = loss(singles, tried) + loss(doubles, tried)
                if found < least:
                    best, least = tried, found
    return best


def without(tables: Tables, kept: Sequence[int], signs: Mapping[Any, Any]) -> Tables:
    """Return the tables with only the patterns at `kept`, without the text model."""
    whole = np.zeros(0, dtype=np.int32)
    silent = TextTable(
        features={},
        rarity=np.zeros(0),
        starts=np.zeros(1, dtype=np.int32),
        patterns=whole,
        weights=whole.astype(np.int8),
        step=1.0,
        bias=np.zeros(len(kept)),
    )
    return replace(
        tables,
        patterns=tuple(tables.patterns[at] for at in kept),
        same=tables.same[:, kept],
        opposite=tables.opposite[:, kept],
        signs=dict(signs),
        text=silent,
    )


def _round(
    at: int, library: Library, bundle: Bundle, sayings: Sequence[Saying], groups: int
) -> tuple[Left, Left]:
    tables, lexicon = bundle.tables, bundle.lexicon
    patterns = [library.patterns[row.id] for row in tables.patterns]
    group = groups_of(patterns, groups)
    kept = [row for row in range(len(patterns)) if group[row] != at]
    place = {row: new for new, row in enumerate(kept)}
    rest = [patterns[row] for row in kept]
    fewer = without(tables, kept, sign_rows(rest, lexicon))
    inside = [
        replace(each, pattern=place[each.pattern])
        for each in sayings
        if each.pattern in place
    ]
    prose = sayings_of(own_words(rest, lexicon), tables.places, lexicon)
    voices = [each for each in inside if each.number % groups != at]
    model = fitted(voices + prose, len(kept), tables.settings)
    known = [each for each in inside if each.number % groups == at]
    strange = [
        each
        for each in sayings
        if each.pattern not in place and each.number % groups == at
    ]
    held = replace(bundle, tables=fewer)
    found = []
    for own in (known, strange):
        texts, labels = [each.text for each in own], [each.pattern for each in own]
        found.append(held_out_texts(texts, labels, model, held))
        found.append(held_out_texts(*pairs_of(own), model, held))
    return Left(found[0], found[2]), Left(found[1], found[3])


def rounds(
    library: Library, bundle: Bundle, groups: int = GROUPS
) -> tuple[list[Left], list[Left]]:
    """Return every round: single sayings, and pairs of them."""
    patterns = [library.patterns[row.id] for row in bundle.tables.patterns]
    texts = [each.sayings for each in patterns]
    sayings = sayings_of(texts, bundle.tables.places, bundle.lexicon)
    every = [_round(at, library, bundle, sayings, groups) for at in range(groups)]
    return [each[0] for each in every], [each[1] for each in every]
