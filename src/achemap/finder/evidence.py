"""One piece of evidence at a time: what it says for and against each pattern.

Every function returns log-odds against the mean of all patterns, so that evidence
adds up and "something else" stays at 0. Row 0 is for the right side sore, row 1 for
the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from achemap.errors import BadInput
from achemap.finder.features import counts, rarity_of, scaled
from achemap.finder.signs import denied, said
from achemap.finder.tables import CELL_STEP, Tables, Vector
from achemap.language import Mention, Understood


Kind = Literal["place", "paint", "sign", "answer", "words", "common"]
Side = Literal["left", "right", "both"]

HEDGED = 0.7
AGAINST_PLACE = 0.6
MOST_LOOKS = 8.0
LOOK_CM2 = 25.0
_NAMES = {
    "feels": "feels",
    "worse": "worse with",
    "better": "better with",
    "onset": "began with",
    "gesture": "what you do",
    "comes-with": "comes with",
    "time": "when",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one thing said, painted or answered weighs: 2 x P log-odds, and a label.

    `key` names the same thing said twice; `positive` is False for what was denied.
    """

    kind: Kind
    key: str
    label: str
    odds: npt.NDArray[np.float64]
    positive: bool = True


def _two(odds: Vector) -> npt.NDArray[np.float64]:
    return np.stack([odds, odds])


def chances_at(
    leaves: Sequence[int], weights: Sequence[float], tables: Tables
) -> tuple[Vector, Vector, Vector]:
    """Return the chance of naming these leaves: sore side, other side, any side."""
    count = len(tables.patterns)
    same, opposite, whole = np.zeros(count), np.zeros(count), np.zeros(count)
    for leaf, weight in zip(leaves, weights, strict=True):
        same += weight * tables.same[leaf]
        opposite += weight * tables.opposite[leaf]
        whole += weight * tables.same[leaf]
        if not tables.midline[leaf]:
            whole += weight * tables.opposite[leaf]
    return same, opposite, whole


def place(
    leaves: Sequence[int],
    weights: Sequence[float],
    side: Side | None,
    tables: Tables,
) -> npt.NDArray[np.float64]:
    """Return the log-odds of a named place; all 0 when no pattern is near."""
    same, opposite, whole = chances_at(leaves, weights, tables)
    mean = float(whole.mean()) if len(whole) else 0.0
    if mean <= 0.0:
        return np.zeros((2, len(same)))
    mean = (mean + sum(weights) / len(tables.leaves)) / 2
    noise = tables.settings.noise
    right, left = {
        "right": (same, opposite),
        "left": (opposite, same),
    }.get(side or "both", (whole, whole))
    share = np.stack([right, left]) / mean
    return np.asarray(tables.settings.place * np.log((1 - noise) * share + noise))


def not_there(leaves: Sequence[int], tables: Tables) -> npt.NDArray[np.float64]:
    """Return the log-odds of a place that is said not to hurt."""
    _, _, held = chances_at(leaves, [1.0] * len(leaves), tables)
    held = AGAINST_PLACE * np.minimum(held, 1.0)
    return _two(tables.settings.place * np.log((1 - held) / (1 - held.mean())))


def sign(
    role: str, concept: str, denies: bool, tables: Tables
) -> npt.NDArray[np.float64] | None:
    """Return the log-odds of a said or denied sign, None when no pattern lists it."""
    row = tables.signs.get((role, concept))
    if row is None:
        return None
    odds = (denied if denies else said)(row, len(tables.patterns))
    return _two(tables.settings.sign * odds)


def painted(cells: Sequence[int], tables: Tables) -> npt.NDArray[np.float64]:
    """Return the log-odds of painted cells (see location.py).

    Raises BadInput for a cell that is not on the body.
    """
    table, settings = tables.cells, tables.settings
    if not 0 <= min(cells) <= max(cells) < table.count:
        raise BadInput(
            "unknown cell", field="cells", fix=f"ids run from 0 to {table.count - 1}"
        )
    floor = np.round(np.log(settings.paint_noise) / CELL_STEP) * CELL_STEP
    area = 0.0
    total = np.zeros((2, len(tables.patterns)))
    for cell in cells:
        area += float(table.area_cm2[cell])
        for row, own in ((0, cell), (1, cell ^ 1)):
            held = slice(table.starts[own], table.starts[own + 1])
            gain = table.odds[held] * CELL_STEP - floor
            total[row, table.patterns[held]] += table.area_cm2[cell] * gain
    looks = min(MOST_LOOKS, 1.0 + area / LOOK_CM2)
    return np.asarray(settings.paint * looks * (total / max(area, 1e-9) + floor))


def text_values(understood: Understood, tables: Tables) -> dict[str, float]:
    """Return the features of a text that the text model knows, with their values."""
    amounts = counts(understood, tables.places)
    return scaled(amounts, rarity_of(tables.text, amounts), tables.settings)


def worded(values: Mapping[str, float], tables: Tables) -> Vector:
    """Return the text model's log-odds for features; zeros when there are none."""
    table = tables.text
    scores = np.zeros(len(tables.patterns))
    if not values:
        return scores
    at = np.array([table.features[name] for name in values])
    starts = table.starts[at]
    sizes = table.starts[at + 1] - starts
    skips = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    held = np.arange(int(sizes.sum())) + np.repeat(starts - skips, sizes)
    amounts = np.array(list(values.values())) * table.step
    weights = np.repeat(amounts, sizes) * table.weights[held]
    rows = table.patterns[held]
    scores += np.bincount(rows, weights, minlength=len(scores)) + table.bias
    top = float(scores.max())
    mean = top + float(np.log(np.exp(scores - top).mean()))
    return np.asarray(tables.settings.text * (scores - mean))


def labelled(mention: Mention, tables: Tables) -> str:
    """Return a mention in the lexicon's words, as a reason is shown."""
    name = tables.names.get(mention.concept, mention.concept.replace("-", " "))
    denial = "no " if mention.negated else ""
    if mention.kind == "region":
        side = f", {mention.side}" if mention.side else ""
        return f"{denial}pain here: {name.lower()}{side}"
    return f"{denial}{_NAMES.get(mention.role, mention.role)}: {name.lower()}"


@lru_cache(maxsize=4)
def common(tables: Tables) -> Evidence:
    """Return how common each pattern is, against the mean, as evidence."""
    prior = np.array([row.prior for row in tables.patterns])
    mean = float(np.log(np.exp(prior).mean())) if len(prior) else 0.0
    odds = _two(tables.settings.prior * (prior - mean))
    return Evidence("common", "common", "how common it is", odds)
