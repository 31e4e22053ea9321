"""Which plates show a pattern best, and which part of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.atlas import Atlas
from achemap.atlas.baking import Baked


Weights = npt.NDArray[np.float64]

# A second or third plate is added while it shows this share of what is unseen.
WORTH_A_PLATE = 0.18
MOST_PLATES = 3
# What a trigger point weighs, as if it were so much of the main pain.
POINT_CM2 = 4.0
# A cell seen more edge-on than this (cosine) does not count as shown.
EDGE_ON = 0.30
# A trigger point is drawn where its cell is seen at least this much face-on.
SEEN = 0.12
# What a close-up gains over a whole-body plate that shows the same.
CLOSE_UP_BONUS = 0.12
# Room around the zones, and the least and most of the body that is shown, in cm.
MARGIN_CM = 4.0
NARROWEST = 0.72
WIDEST = 1.25


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a plate, in cm from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class View:
    """What a plate shows of the body: for each cell how face-on it is (0 hidden)."""

    name: str
    close_up: bool
    facing: Weights


def choose(
    views: Sequence[View], baked: Baked, points: Iterable[int], atlas: Atlas
) -> list[str]:
    """Return the names of one to three plates that together show the zones.

    Greedy: the plate that shows most of the weighted area first, then others while
    they add a fair share, or a trigger point (`points`: cells) that none shows yet.
    Weighted by level, so the main pain decides.
    """
    points = list(points)
    weight = np.zeros(atlas.count)
    weight[baked.cells] = baked.weights**2 * atlas.area_cm2[baked.cells]
    weight[list(points)] += POINT_CM2
    total = float(weight.sum())
    chosen: list[str] = []
    left = weight.copy()
    while len(chosen) < MOST_PLATES:
        gains = {
            view.name: float((left * np.minimum(1, view.facing * 1.6)).sum()) / total
            for view in views
            if view.name not in chosen
        }
        scores = {
            view.name: gains[view.name]
            * (1 + (CLOSE_UP_BONUS if view.close_up else 0.0))
            for view in views
            if view.name in gains
        }
        if not scores:
            break
        best = max(scores, key=lambda name: (scores[name], name))
        if chosen and gains[best] < WORTH_A_PLATE:
            hidden = _hidden(points, [v for v in views if v.name in chosen])
            rest = [v for v in views if v.name in gains]
            hidden = [p for p in hidden if any(v.facing[p] > SEEN for v in rest)]
            if not hidden:
                break
            best = _showing(hidden, [v for v in views if v.name in gains])
        chosen.append(best)
        facing = next(view.facing for view in views if view.name == best)
        left = left * (facing < EDGE_ON)
    return chosen


def _hidden(points: Sequence[int], views: Sequence[View]) -> list[int]:
    """Return the points that none of the plates shows."""
    return [p for p in points if all(v.facing[p] <= SEEN for v in views)]


def _showing(points: Sequence[int], views: Sequence[View]) -> str:
    """Return the plate that shows the points best."""
    return max(views, key=lambda v: (float(v.facing[list(points)].sum()), v.name)).name


def crop_around(
    box: tuple[float, float, float, float],
    plate: tuple[float, float],
    least_cm: float,
) -> Crop:
    """Return a crop of a plate (width, height in cm) around a box (l, t, r, b)."""
    left, top, right, bottom = box
    width = max(right - left + 2 * MARGIN_CM, least_cm)
    height = max(bottom - top + 2 * MARGIN_CM, least_cm)
    width = max(width, height * NARROWEST)
    height = max(height, width / WIDEST)
    width, height = min(width, plate[0]), min(height, plate[1])
    x = min(max(0.0, (left + right - width) / 2), plate[0] - width)
    y = min(max(0.0, (top + bottom - height) / 2), plate[1] - height)
    return Crop(x, y, width, height)
