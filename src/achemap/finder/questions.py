"""The next best question: the one whose answer is expected to tell most.

Candidates are the signs and places of the patterns now in front. The expected
information gain of a yes/no question is the entropy of the chances now less the mean
entropy after each answer; a "don't know" tells nothing, and any may be skipped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.complaint import Complaint
from achemap.finder.evidence import chances_at
from achemap.finder.signs import chances_of
from achemap.finder.tables import Tables


MOST_QUESTIONS = 6
FRONT = 5
WIDE = 25
LEAST_GAIN = 0.01
_ASKED = {
    "feels": "Would you call the pain {}?",
    "worse": "Does this make it worse: {}?",
    "better": "Does this ease it: {}?",
    "onset": "Did it begin after this: {}?",
    "gesture": "Do you do this: {}?",
    "comes-with": "Do you also have this: {}?",
    "time": "Does it come at this time: {}?",
    "place": "Do you feel it here too: {}?",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the finder. Its id is `role:concept`; `gain` is in bits."""

    id: str
    text: str
    options: tuple[str, ...]
    gain: float


def asked_already(complaint: Complaint) -> tuple[int, set[str]]:
    """Return how many finder questions were answered, and what is known already."""
    answered = [name for name in complaint.answers if name.partition(":")[0] in _ASKED]
    known = {name.partition(":")[2] for name in answered}
    known.update(each.concept for each in complaint.understood.mentions)
    known.update(each.region for each in complaint.regions)
    return len(answered), known


def _candidates(
    front: Sequence[int], known: set[str], tables: Tables
) -> Iterator[tuple[str, str, npt.NDArray[np.float64]]]:
    count = len(tables.patterns)
    ahead = set(front)
    for (role, concept), row in tables.signs.items():
        if concept not in known and not ahead.isdisjoint(row.patterns.tolist()):
            yield role, concept, chances_of(row, count)
    for at, leaf in enumerate(tables.leaves):
        held = max(float(tables.same[at, each]) for each in front)
        if held >= 0.12 and leaf not in known:
            _, _, chance = chances_at([at], [3.0], tables)
            yield "place", leaf, np.clip(chance, 0.03, 0.9)


def _entropy(weights: npt.NDArray[np.float64]) -> float:
    held = weights[weights > 0]
    return float(-(held * np.log2(held)).sum())


def gain(weights: npt.NDArray[np.float64], chance: npt.NDArray[np.float64]) -> float:
    """Return the expected information, in bits, of asking what has this chance."""
    yes = weights * chance
    no = weights - yes
    after = 0.0
    for part in (yes, no):
        mass = float(part.sum())
        if mass > 0:
            after += mass * _entropy(part / mass)
    return _entropy(weights) - after


def next_question(
    complaint: Complaint,
    probability: npt.NDArray[np.float64],
    order: Sequence[int],
    tables: Tables,
) -> Question | None:
    """Return the question worth asking next, None when none is or six were asked."""
    count, known = asked_already(complaint)
    if count >= MOST_QUESTIONS or not order:
        return None
    wide = list(order[:WIDE])
    weights = probability[wide]
    mass = float(weights.sum())
    if mass <= 0 or not math.isfinite(mass):
        return None
    weights = weights / mass
    best: tuple[float, str, str] | None = None
    for role, concept, chance in _candidates(order[:FRONT], known, tables):
        value = round(gain(weights, chance[wide]), 9)
        rank = (-value, role, concept)
        if value >= LEAST_GAIN and (best is None or rank < best):
            best = rank
    if best is None:
        return None
    value, role, concept = best
    name = tables.names.get(concept, concept.replace("-", " ")).lower()
    options = ("yes", "no", "unknown")
    return Question(f"{role}:{concept}", _ASKED[role].format(name), options, -value)
