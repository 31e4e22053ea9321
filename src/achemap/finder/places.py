"""Places in words: named ones, those above or below a place, and ways between two."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from achemap.complaint import Place
from achemap.finder import evidence
from achemap.finder.evidence import HEDGED, Evidence
from achemap.finder.tables import Tables
from achemap.language import Mention


NEAR_MM = 90.0
DETOUR = 1.3
LONGEST_MM = 700.0
MIDDLE = 0.5
_ABOVE = {"above": 1.0, "below": -1.0}

Leaves = tuple[Sequence[int], Sequence[float]]


def _centre(leaves: Sequence[int], tables: Tables) -> tuple[float, float, float]:
    rows = [tables.centres[leaf] for leaf in leaves]
    count = max(len(rows), 1)
    return (
        sum(float(row[0]) for row in rows) / count,
        sum(float(row[1]) for row in rows) / count,
        sum(float(row[2]) for row in rows) / count,
    )


def _gap(one: Sequence[float], other: Sequence[float]) -> float:
    return math.sqrt(
        (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2
    )


def beyond(leaves: Leaves, up: float, tables: Tables) -> Leaves:
    """Return the leaves just above (`up` 1) or below (-1) a place, and the place."""
    middle = _centre(leaves[0], tables)
    strength = max(leaves[1], default=1.0)
    found = {leaf: weight * MIDDLE for leaf, weight in zip(*leaves, strict=True)}
    for leaf in range(len(tables.leaves)):
        at = [float(each) for each in tables.centres[leaf]]
        gap = _gap(at, middle)
        if leaf in found or gap > NEAR_MM or gap < 1.0:
            continue
        rise = (at[1] - middle[1]) / gap * up
        if rise > 0.5:
            found[leaf] = strength * rise * (1.0 - gap / (2 * NEAR_MM))
    ordered = sorted(found)
    return ordered, [found[leaf] for leaf in ordered]


def between(one: Leaves, other: Leaves, tables: Tables) -> Leaves:
    """Return the leaves on the way between two places; empty when far apart."""
    start, end = _centre(one[0], tables), _centre(other[0], tables)
    whole = _gap(start, end)
    if not 1.0 < whole < LONGEST_MM:
        return (), ()
    ends = {*one[0], *other[0]}
    found = []
    for leaf in range(len(tables.leaves)):
        at = [float(each) for each in tables.centres[leaf]]
        if leaf not in ends and _gap(at, start) + _gap(at, end) <= DETOUR * whole:
            found.append(leaf)
    return found, [1.0] * len(found)


def _known(mention: Mention, tables: Tables) -> Leaves | None:
    return tables.places.get(mention.concept)


def of_mention(mention: Mention, tables: Tables) -> Iterator[Evidence]:
    """Yield the evidence of one place named in a text."""
    leaves = _known(mention, tables)
    if leaves is None:
        return
    label = evidence.labelled(mention, tables)
    key = f"place:{mention.concept}:{mention.side or ''}"
    if mention.negated:
        odds = evidence.not_there(leaves[0], tables)
        yield Evidence("place", "no " + key, label, odds, False)
        return
    up = _ABOVE.get(mention.relation or "")
    if up is not None:
        leaves = beyond(leaves, up, tables)
        key += f":{mention.relation}"
        label = label.replace(": ", f": {mention.relation} ", 1)
    found = evidence.place(*leaves, mention.side, tables)
    yield Evidence("place", key, label, found * (HEDGED if mention.hedged else 1.0))


def of_regions(regions: Iterable[Place], tables: Tables) -> Iterator[Evidence]:
    """Yield the evidence of places picked from a list."""
    for each in regions:
        leaves = tables.places.get(each.region)
        if leaves is None:
            continue
        odds = evidence.place(*leaves, each.side, tables)
        name = tables.names.get(each.region, each.region).lower()
        side = f", {each.side}" if each.side else ""
        key = f"place:{each.region}:{each.side or ''}"
        yield Evidence("place", key, f"pain here: {name}{side}", odds)


def of_ways(mentions: Sequence[Mention], tables: Tables) -> Iterator[Evidence]:
    """Yield the evidence of ways: "between X and Y", "from X down to Y"."""
    named = [each for each in mentions if each.kind == "region" and each.counts]
    for at in range(len(named) - 1):
        one, other = named[at], named[at + 1]
        runs = one.relation == "between" or (
            one.relation == "from" and other.relation == "to"
        )
        near = 0 <= other.start - one.end <= 40
        first, second = _known(one, tables), _known(other, tables)
        if not (runs and near) or one.negated or first is None or second is None:
            continue
        leaves = between(first, second, tables)
        if leaves[0]:
            odds = evidence.place(*leaves, one.side, tables)
            names = [tables.names[each.concept].lower() for each in (one, other)]
            key = f"way:{one.concept}:{other.concept}:{one.side or ''}"
            label = f"pain here: between {names[0]} and {names[1]}"
            yield Evidence("place", key, label, odds * MIDDLE)
