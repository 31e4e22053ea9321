"""The next best question: the one whose answer is expected to tell most.

Candidates are the signs and places of the patterns now in front. The expected
information gain of a yes/no question is the entropy of the chances now less the mean
entropy after each answer; a "don't know" tells nothing, and any may be skipped.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
LEAST_SHARE = 0.12
SHARE_TO_CHANCE = 3.0

Grid = npt.NDArray[np.float64]
Keyed = tuple[list[tuple[str, str]], Grid]
ASKED = {
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
    answered = [name for name in complaint.answers if name.partition(":")[0] in ASKED]
    known = {name.partition(":")[2] for name in answered}
    known.update(each.concept for each in complaint.understood.mentions)
    known.update(each.region for each in complaint.regions)
    return len(answered), known


@lru_cache(maxsize=4)
def _signs(tables: Tables) -> tuple[list[tuple[str, str]], Grid, Grid]:
    """Return the sign keys, their chances (K x P) and which patterns list them."""
    count = len(tables.patterns)
    chances = np.zeros((len(tables.signs), count))
    lists = np.zeros((len(tables.signs), count))
    for at, row in enumerate(tables.signs.values()):
        chances[at] = chances_of(row, count)
        lists[at, row.patterns] = 1.0
    return list(tables.signs), chances, lists


def _place_chances(front: Sequence[int], known: set[str], tables: Tables) -> Keyed:
    """Return the leaves that the patterns in front often hold, with their chances."""
    strong = np.flatnonzero(tables.same[:, list(front)].max(axis=1) >= LEAST_SHARE)
    keys, rows = [], []
    for leaf in strong:
        name = tables.leaves[int(leaf)]
        if name not in known:
            _, _, chance = chances_at([int(leaf)], [SHARE_TO_CHANCE], tables)
            keys.append(("place", name))
            rows.append(np.clip(chance, 0.03, 0.9))
    return keys, np.array(rows).reshape(len(rows), len(tables.patterns))


def _candidates(front: Sequence[int], known: set[str], tables: Tables) -> Keyed:
    """Return what could be asked: (role, concept) keys and K x P chances."""
    names, chances, lists = _signs(tables)
    near = np.flatnonzero(lists[:, list(front)].any(axis=1))
    kept = [at for at in near.tolist() if names[at][1] not in known]
    keys, more = _place_chances(front, known, tables)
    return [names[at] for at in kept] + keys, np.vstack([chances[kept], more])


def _entropy(weights: Grid) -> Grid:
    """Return the entropy in bits of each row; rows need not sum to 1."""
    mass = weights.sum(axis=-1)
    safe = np.where(weights > 0, weights, 1.0)
    inner = -(weights * np.log2(safe)).sum(axis=-1)
    whole = np.where(mass > 0, mass, 1.0)
    return np.asarray(inner / whole + np.log2(whole))


def gains(weights: Grid, chances: Grid) -> Grid:
    """Return the expected information, in bits, of each row of `chances` asked.

    `weights` are the chances of the patterns now (they sum to 1).
    """
    yes = weights * chances
    no = weights - yes
    after = yes.sum(axis=-1) * _entropy(yes) + no.sum(axis=-1) * _entropy(no)
    return np.asarray(_entropy(weights) - after)


def next_question(
    complaint: Complaint, probability: Grid, order: Sequence[int], tables: Tables
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
    keys, chances = _candidates(order[:FRONT], known, tables)
    if not keys:
        return None
    values = np.round(gains(weights / mass, chances[:, wide]), 9)
    best = min(range(len(keys)), key=lambda at: (-values[at], keys[at]))
    if values[best] < LEAST_GAIN:
        return None
    role, concept = keys[best]
    name = tables.names.get(concept, concept.replace("-", " ")).lower()
    text = ASKED[role].format(name)
    options = ("yes", "no", "unknown")
    return Question(f"{role}:{concept}", text, options, float(values[best]))
