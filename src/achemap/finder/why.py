"""Why a pattern is not higher, and how two patterns differ: pure functions.

Both look at a ranking that was made before and add nothing to it.
`static/achemap/finder/why.js` is the twin for the browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from achemap.errors import BadInput, suggestion
from achemap.finder.evidence import Side
from achemap.finder.questions import ASKED, asked_already
from achemap.finder.scoring import LEAST_REASON, Ranking, Reason, Weighed, weighed
from achemap.finder.signs import chances_of
from achemap.finder.tables import Compiled, PatternRow, Tables


USUAL = 0.5
LEAST_APART = 0.25
MOST_UNSAID = 5
MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pattern stands in a ranking; `rank` counts from 1."""

    pattern: PatternRow
    rank: int
    probability: float
    side: Side | None


@dataclass(frozen=True, slots=True)
class Both:
    """What one piece of evidence weighs for two patterns, in log-odds."""

    evidence: str
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A sign that a pattern often brings and the complaint does not hold."""

    id: str
    name: str
    chance: float


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a pattern is not higher.

    `leader` is the first pattern (the second, when this one is first).
    `pulls_down` speaks against this pattern; `behind` and `ahead` hold what the
    leader gains more from, and what this one does (a: this pattern, b: leader).
    """

    own: Standing
    leader: Standing
    pulls_down: tuple[Reason, ...]
    behind: tuple[Both, ...]
    ahead: tuple[Both, ...]
    unsaid: tuple[Unsaid, ...]


@dataclass(frozen=True, slots=True)
class ToldApart:
    """The words of `pattern`'s file that tell it ("this one") from the other."""

    pattern: str
    words: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A question whose answer parts two patterns: the chance of yes with each."""

    id: str
    text: str
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two patterns side by side: shared and parting evidence, what tells them apart."""

    a: Standing
    b: Standing
    shared: tuple[Both, ...]
    for_a: tuple[Both, ...]
    for_b: tuple[Both, ...]
    tell_apart: tuple[ToldApart, ...]
    questions: tuple[Telling, ...]


def _position(name: str, tables: Tables) -> int:
    ids = [row.id for row in tables.patterns]
    if name not in ids:
        raise BadInput(f"unknown pattern {name!r}", fix=suggestion(name, ids))
    return ids.index(name)


def _standing(at: int, sums: Weighed, tables: Tables) -> Standing:
    rank = sums.order.index(at) + 1
    chance = float(sums.probability[at])
    return Standing(tables.patterns[at], rank, chance, sums.side(at))


def _pairs(a: int, b: int, sums: Weighed) -> list[Both]:
    """Return all evidence with its weight for both, the most parting first."""
    found = [
        Both(each.label, round(sums.weight(each, a), 6), round(sums.weight(each, b), 6))
        for each in sums.held
    ]
    return sorted(
        found, key=lambda each: (-round(abs(each.a - each.b), 5), each.evidence)
    )


def _unsaid(at: int, ranking: Ranking, tables: Tables) -> tuple[Unsaid, ...]:
    _, known = asked_already(ranking.complaint)
    found = []
    for (role, concept), row in tables.signs.items():
        chance = float(chances_of(row, len(tables.patterns))[at])
        if chance >= USUAL and concept not in known:
            name = tables.names.get(concept, concept)
            found.append(Unsaid(f"{role}:{concept}", name, round(chance, 3)))
    found.sort(key=lambda each: (-each.chance, each.id))
    return tuple(found[:MOST_UNSAID])


def why_not(compiled: Compiled, ranking: Ranking, pattern: str) -> WhyNot | None:
    """Return why `pattern` (an id) is not higher in `ranking`.

    None when the complaint held no evidence. Raises BadInput for an unknown id.
    """
    tables = compiled.tables
    at = _position(pattern, tables)
    sums = weighed(ranking.complaint, tables)
    if sums is None or len(sums.order) < 2:
        return None
    first = sums.order[1] if sums.order[0] == at else sums.order[0]
    pairs = _pairs(at, first, sums)
    against = sorted(pairs, key=lambda each: (each.a, each.evidence))
    return WhyNot(
        own=_standing(at, sums, tables),
        leader=_standing(first, sums, tables),
        pulls_down=tuple(
            Reason(each.evidence, each.a) for each in against if each.a <= -LEAST_REASON
        ),
        behind=tuple(each for each in pairs if each.b - each.a >= LEAST_REASON),
        ahead=tuple(each for each in pairs if each.a - each.b >= LEAST_REASON),
        unsaid=_unsaid(at, ranking, tables),
    )


def _tellings(a: int, b: int, ranking: Ranking, tables: Tables) -> tuple[Telling, ...]:
    _, known = asked_already(ranking.complaint)
    found = []
    for (role, concept), row in tables.signs.items():
        chances = chances_of(row, len(tables.patterns))
        one, other = round(float(chances[a]), 3), round(float(chances[b]), 3)
        if concept not in known and abs(one - other) >= LEAST_APART:
            name = tables.names.get(concept, concept.replace("-", " ")).lower()
            text = ASKED[role].format(name)
            found.append(Telling(f"{role}:{concept}", text, one, other))
    found.sort(key=lambda each: (-round(abs(each.a - each.b), 3), each.id))
    return tuple(found[:MOST_QUESTIONS])


def compare(compiled: Compiled, ranking: Ranking, a: str, b: str) -> Comparison | None:
    """Return the patterns `a` and `b` (ids) side by side under one complaint.

    None when the complaint held no evidence. Raises BadInput for an unknown id.
    """
    tables = compiled.tables
    one, other = _position(a, tables), _position(b, tables)
    sums = weighed(ranking.complaint, tables)
    if sums is None:
        return None
    pairs = _pairs(one, other, sums)
    least = LEAST_REASON
    tell = [
        ToldApart(name, words)
        for name, at, wanted in ((a, one, b), (b, other, a))
        for pattern, words in tables.patterns[at].similar
        if pattern == wanted
    ]
    return Comparison(
        a=_standing(one, sums, tables),
        b=_standing(other, sums, tables),
        shared=tuple(each for each in pairs if min(each.a, each.b) >= least),
        for_a=tuple(each for each in pairs if each.a - each.b >= least),
        for_b=tuple(each for each in pairs if each.b - each.a >= least),
        tell_apart=tuple(tell),
        questions=_tellings(one, other, ranking, tables),
    )
