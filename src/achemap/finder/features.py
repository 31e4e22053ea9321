"""The features of a text for the text model: words, pairs, concepts, places.

Denied words and words about other people give no features.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from achemap.finder.tables import Settings, TextTable
from achemap.language import Understood


Places = Mapping[str, tuple[Sequence[int], Sequence[float]]]


def counts(understood: Understood, places: Places) -> dict[str, float]:
    """Return feature -> amount. The first letter of a feature tells its kind.

    w: a stem, p: two stems in a row, g: three to five letters in a row, c: a
    concept, r: a concept in its role, l: a leaf region (each place word spreads one
    unit of length over its leaves).
    """
    found: dict[str, float] = {}
    stems = [stem for stem, dropped in understood.stems if not dropped]
    for stem in stems:
        _add(found, "w:" + stem, 1.0)
        for gram in grams(stem):
            _add(found, "g:" + gram, 1.0)
    for first, second in pairwise(stems):
        _add(found, f"p:{first} {second}", 1.0)
    for mention in understood.mentions:
        if mention.negated or not mention.counts or mention.kind == "danger":
            continue
        _add(found, "c:" + mention.concept, 1.0)
        if mention.kind == "activity":
            _add(found, f"r:{mention.role}:{mention.concept}", 1.0)
        if mention.kind == "region" and mention.concept in places:
            leaves, weights = places[mention.concept]
            length = math.sqrt(sum(weight * weight for weight in weights))
            for leaf, weight in zip(leaves, weights, strict=True):
                _add(found, f"l:{leaf}", weight / length)
    return found


def grams(stem: str) -> list[str]:
    """Return the rows of three to five letters of `<stem>`, at most 24 letters.

    Plain letters only: other scripts give none.
    """
    if not stem.isascii():
        return []
    word = f"<{stem[:24]}>"
    return [
        word[at : at + size] for size in (3, 4, 5) for at in range(len(word) - size + 1)
    ]


def _add(found: dict[str, float], name: str, amount: float) -> None:
    found[name] = found.get(name, 0.0) + amount


def scaled(
    amounts: Mapping[str, float], rarity: Mapping[str, float], settings: Settings
) -> dict[str, float]:
    """Return the features of `rarity` with their values as the model sees them.

    Value = amount (above 1 it counts 1 + its log) times rarity, each kind scaled to
    the length its setting gives.
    """
    lengths: dict[str, float] = {}
    values: dict[str, float] = {}
    for name, amount in amounts.items():
        if name in rarity:
            damped = amount if amount <= 1.0 else 1.0 + math.log(amount)
            values[name] = damped * rarity[name]
            lengths[name[0]] = lengths.get(name[0], 0.0) + values[name] ** 2
    scales = {
        "w": settings.words,
        "p": settings.pairs,
        "g": settings.grams,
        "c": settings.concepts,
        "r": settings.roles,
        "l": settings.leaves,
    }
    return {
        name: value * scales[name[0]] / math.sqrt(lengths[name[0]])
        for name, value in values.items()
    }


@lru_cache(maxsize=4)
def _rarities(table: TextTable) -> dict[str, float]:
    return dict(zip(table.features, table.rarity.tolist(), strict=True))


def rarity_of(table: TextTable, names: Iterable[str]) -> dict[str, float]:
    """Return feature -> rarity for those of `names` that the table knows."""
    known = _rarities(table)
    return {name: known[name] for name in names if name in known}
