"""From a complaint to ranked patterns: evidence adds up, then chances follow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.complaint import Complaint
from achemap.finder import evidence, places
from achemap.finder.evidence import HEDGED, Evidence, Side
from achemap.finder.questions import Question, next_question
from achemap.finder.tables import Compiled, PatternRow, Tables
from achemap.language import Mention


SHOWN_REASONS = 8
LEAST_REASON = 0.05
MOST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for or against a pattern, in log-odds."""

    evidence: str
    weight: float


@dataclass(frozen=True, slots=True)
class Result:
    """One pattern of a ranking. `side` is the sore side, when the input tells."""

    pattern: PatternRow
    probability: float
    score: float
    side: Side | None
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """A pattern and the places of the complaint that it explains."""

    pattern: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The patterns in order, the chance that it is none of them, and what is left.

    `together` are the few patterns that explain the named places, best first, and
    `unexplained` the places that none of them explains.
    """

    complaint: Complaint
    results: tuple[Result, ...]
    something_else: float
    together: tuple[Together, ...]
    unexplained: tuple[str, ...]
    next_question: Question | None


def _of_mentions(mentions: Sequence[Mention], tables: Tables) -> Iterator[Evidence]:
    for mention in mentions:
        if not mention.counts or mention.kind == "danger":
            continue
        if mention.kind == "region":
            yield from places.of_mention(mention, tables)
            continue
        odds = evidence.sign(mention.role, mention.concept, mention.negated, tables)
        if odds is not None:
            odds = odds * HEDGED if mention.hedged else odds
            key = f"{mention.role}:{mention.concept}"
            label = evidence.labelled(mention, tables)
            yield Evidence("sign", key, label, odds, not mention.negated)


def _of_answers(complaint: Complaint, tables: Tables) -> Iterator[Evidence]:
    for question, answer in complaint.answers.items():
        role, _, concept = question.partition(":")
        name = tables.names.get(concept, concept).lower()
        label = f"answered {answer}: {name}"
        if answer == "unknown":
            continue
        leaves = tables.places.get(concept) if role == "place" else None
        if leaves is None:
            odds = evidence.sign(role, concept, answer == "no", tables)
        elif answer == "yes":
            odds = evidence.place(*leaves, None, tables)
        else:
            odds = evidence.not_there(leaves[0], tables)
        if odds is not None:
            yield Evidence("answer", question, label, odds, answer == "yes")


def _of_words(complaint: Complaint, tables: Tables) -> Iterator[Evidence]:
    values = evidence.text_values(complaint.understood, tables)
    if values:
        odds = evidence.worded(values, tables)
        yield Evidence("words", "words", "the way you put it", np.stack([odds, odds]))


def evidence_of(complaint: Complaint, tables: Tables) -> list[Evidence]:
    """Return every piece of evidence of a complaint, each thing once."""
    found: dict[str, Evidence] = {"common": evidence.common(tables)}
    answered = list(_of_answers(complaint, tables))
    for each in answered:
        found[each.key] = each
    for each in _of_mentions(complaint.understood.mentions, tables):
        found.setdefault(each.key, each)
    for each in places.of_regions(complaint.regions, tables):
        found.setdefault(each.key, each)
    for each in places.of_ways(complaint.understood.mentions, tables):
        found.setdefault(each.key, each)
    for each in _of_words(complaint, tables):
        found[each.key] = each
    if complaint.cells:
        odds = evidence.painted(complaint.cells, tables)
        found["paint"] = Evidence("paint", "paint", "where you painted", odds)
    return list(found.values())


def _totals(held: Sequence[Evidence], count: int) -> npt.NDArray[np.float64]:
    total = np.zeros((2, count))
    for each in held:
        total += each.odds
    return total


def something_else(
    held: Sequence[Evidence], best: npt.NDArray[np.int64], at: int, tables: Tables
) -> float:
    """Return the score of "something else", given the leading pattern at `at`.

    A muscle that is not in the library lies near others that are: it explains a
    share of what the leader explains by place, sign and paint, and less so the more
    the leader's own words are met (ADR 0007).
    """
    settings = tables.settings
    score = math.log(max(len(tables.patterns), 1)) + settings.other
    for each in held:
        weight = float(each.odds[best[at], at]) / settings.temperature
        if each.kind == "words":
            score += settings.other_words + settings.share_words * weight
        elif each.kind == "paint":
            score += settings.other_paint + settings.share_paint * weight
        else:
            score += settings.share * weight
    return score


def chances(
    scores: npt.NDArray[np.float64], other: float, tables: Tables
) -> tuple[npt.NDArray[np.float64], float]:
    """Return the calibrated chance of each pattern, and of something else.

    `other` is the score of something else. No chance is above `settings.most`.
    """
    settings = tables.settings
    scaled = scores / settings.temperature
    top = max(float(scaled.max()) if len(scaled) else other, other)
    parts = np.exp(scaled - top)
    rest = math.exp(other - top)
    parts = parts / (float(parts.sum()) + rest)
    highest = float(parts.max()) if len(parts) else 0.0
    if highest > settings.most:
        parts = parts * (settings.most / highest)
    return parts, 1.0 - float(parts.sum())


def _reasons(at: int, side: int, held: Sequence[Evidence]) -> tuple[Reason, ...]:
    weights = [(each.label, float(each.odds[side, at])) for each in held]
    strong = [each for each in weights if abs(each[1]) >= LEAST_REASON]
    strong.sort(key=lambda each: (-abs(each[1]), each[0]))
    return tuple(Reason(label, round(w, 6)) for label, w in strong[:SHOWN_REASONS])


def _side_of(total: npt.NDArray[np.float64], at: int) -> Side | None:
    right, left = float(total[0, at]), float(total[1, at])
    if abs(right - left) < 1e-9:
        return None
    return "right" if right > left else "left"


def _together(
    order: Sequence[int],
    best: npt.NDArray[np.int64],
    held: Sequence[Evidence],
    tables: Tables,
) -> tuple[tuple[Together, ...], tuple[str, ...]]:
    """Return the few patterns that explain all named places, and what is left."""
    open_places = [each for each in held if each.kind == "place" and each.positive]
    found: list[Together] = []
    used: set[int] = set()
    while open_places and order and len(found) < MOST_TOGETHER:
        weight = sum(each.odds for each in open_places)
        near = [at for at in order if at not in used]
        if found:
            near.sort(key=lambda at: (-float(weight[best[at], at]), at))  # type: ignore[index]
        at = near[0] if near else -1
        own = [each for each in open_places if at >= 0 and each.odds[best[at], at] > 0]
        if not own:
            break
        used.add(at)
        names = tuple(each.label.partition(": ")[2] for each in own)
        found.append(Together(tables.patterns[at].id, names))
        open_places = [each for each in open_places if each not in own]
    return tuple(found), tuple(each.label.partition(": ")[2] for each in open_places)


def ordered(scores: npt.NDArray[np.float64]) -> list[int]:
    """Return positions by falling score; ties (to 1e-9) in the order of the ids."""
    found: list[int] = np.argsort(-np.round(scores * 1e9), kind="stable").tolist()
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A complaint's evidence added up, for P patterns.

    `total` is 2 x P (right side sore, left side sore), `best` the better side of
    each, `order` the positions of the patterns, best first.
    """

    held: tuple[Evidence, ...]
    total: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    best: npt.NDArray[np.int64]
    probability: npt.NDArray[np.float64]
    something_else: float
    order: tuple[int, ...]

    def side(self, at: int) -> Side | None:
        """Return the side that is sore if it is the pattern at position `at`."""
        return _side_of(self.total, at)

    def weight(self, each: Evidence, at: int) -> float:
        """Return what one piece of evidence weighs for the pattern at `at`."""
        return float(each.odds[self.best[at], at])


def weighed(complaint: Complaint, tables: Tables) -> Weighed | None:
    """Return the evidence of a complaint added up; None when there is none."""
    if complaint.is_empty and not complaint.answers:
        return None
    held = evidence_of(complaint, tables)
    if not any(each.kind != "common" for each in held):
        return None
    total = _totals(held, len(tables.patterns))
    scores = total.max(axis=0)
    order = tuple(ordered(scores))
    best = total.argmax(axis=0)
    other = something_else(held, best, order[0], tables) if order else 0.0
    probability, rest = chances(scores, other, tables)
    return Weighed(tuple(held), total, scores, best, probability, rest, order)


def find(complaint: Complaint, compiled: Compiled, *, top: int | None = 5) -> Ranking:
    """Return the patterns that fit a complaint, best first, with reasons.

    `top` limits the results (None: all of them). An empty complaint gives no
    results. Safety comes before: show a ranking only with its screen.
    """
    tables = compiled.tables
    sums = weighed(complaint, tables)
    if sums is None:
        return Ranking(complaint, (), 1.0, (), (), None)
    results = tuple(
        Result(
            pattern=tables.patterns[at],
            probability=float(sums.probability[at]),
            score=float(sums.scores[at]),
            side=sums.side(at),
            because=_reasons(at, int(sums.best[at]), sums.held),
        )
        for at in sums.order[:top]
    )
    together, unexplained = _together(sums.order, sums.best, sums.held, tables)
    question = next_question(complaint, sums.probability, sums.order, tables)
    rest = sums.something_else
    return Ranking(complaint, results, rest, together, unexplained, question)
