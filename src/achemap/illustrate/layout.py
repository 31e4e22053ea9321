"""Which plates show a pattern best, and which part of each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.atlas import Atlas
from achemap.atlas.baking import Field
from achemap.atlas.grammar import Level


Weights = npt.NDArray[np.float64]

MOST_PLATES = 3
# What each level is worth, and the trigger points together, before scaling to 1.
WORTH: Mapping[Level, float] = {"essential": 0.5, "common": 0.25, "spillover": 0.2}
POINTS_WORTH = 0.15
# What a second plate and a third have to add: they make all plates smaller.
PLATE_COST = (0.0, 0.14, 0.33)
# A zone should be seen over this share of its area; what lacks counts again, and a
# zone of which next to nothing is seen counts more than a further plate costs.
ZONE_SHARE = 0.5
LACK_WORTH = 0.3
UNSEEN_SHARE = 0.3
UNSEEN_COST = 0.25
# A cell is drawn where a plate shows this share of its own area.
SEEN = 0.12
# A trigger point's mark is drawn even on the body's edge.
POINT_SEEN = 0.03
# Plates are sharper close up. So much more is a close-up worth, all else alike.
CLOSE_UP_BONUS = 0.04
# What a plate loses when its end cuts through a zone, and from which share on.
CUT_COST = 0.07
CUT_SHARE = 0.03
# The best score is 1.19, so from here on no further plate is worth its cost.
ENOUGH = 1.05
# Only so many plates, the best one by one, are tried together.
TRIED = 8
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

    def holds(self, places: Weights) -> npt.NDArray[np.bool_]:
        """Return which places (n, 2), in cm on the plate, are in the crop."""
        across, down = places[:, 0] - self.left, places[:, 1] - self.top
        inside: npt.NDArray[np.bool_] = (across >= 0) & (across <= self.width)
        return inside & (down >= 0) & (down <= self.height)


@dataclass(frozen=True, slots=True)
class View:
    """What a plate shows of the body: for each cell how face-on it is (0 hidden).

    `beyond` are cells that face the viewer, but lie past the plate's end.
    """

    name: str
    close_up: bool
    facing: Weights
    beyond: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What should be seen, as rows over the cells that any zone or point holds."""

    level_rows: Weights
    level_worth: Weights
    zone_rows: Weights
    point_columns: npt.NDArray[np.int64]
    cuts: npt.NDArray[np.bool_]


def _rows(
    fields: Sequence[Field], cells: npt.NDArray[np.int64], atlas: Atlas
) -> Weights:
    """Return for each field the share of its area that each of the cells holds."""
    area = atlas.area_cm2[cells].astype(np.float64)
    rows = np.array([(field[cells] > 0) * area for field in fields])
    return np.asarray(rows / np.maximum(rows.sum(1, keepdims=True), 1e-9))


def _score(
    views: Sequence[View], facing: Weights, chosen: tuple[int, ...], wanted: _Wanted
) -> float:
    """Return how well some plates together show what is wanted."""
    best = facing[list(chosen)].max(0)
    quality = np.where(best > SEEN, np.minimum(1.0, best * 1.6), 0.0)
    score = float(wanted.level_worth @ (wanted.level_rows @ quality))
    seen = wanted.zone_rows @ (best > SEEN)
    score -= LACK_WORTH * float(np.maximum(0.0, 1 - seen / ZONE_SHARE).mean())
    score -= UNSEEN_COST * float((seen < UNSEEN_SHARE).sum())
    if wanted.point_columns.size:
        score += POINTS_WORTH * float(quality[wanted.point_columns].mean())
        hidden = best[wanted.point_columns] <= POINT_SEEN
        score -= UNSEEN_COST * float(hidden.any())
    score -= CUT_COST * float(wanted.cuts[list(chosen)].sum())
    close = sum(views[k].close_up for k in chosen) / len(chosen)
    return score + CLOSE_UP_BONUS * close - PLATE_COST[len(chosen) - 1]


def _best_together(
    tried: Sequence[int], score_of: Callable[[tuple[int, ...]], float]
) -> tuple[int, ...]:
    """Return the best few; one more only while it makes the score better."""
    best: tuple[int, ...] = ()
    score = -np.inf
    for count in range(1, MOST_PLATES + 1):
        for each in itertools.combinations(tried, count):
            reached = score_of(each)
            if reached > score:
                best, score = each, reached
        if len(best) < count or score > ENOUGH:
            break
    return best


def choose(
    views: Sequence[View],
    levels: Mapping[Level, Field],
    zones: Sequence[Field],
    points: Sequence[int],
    atlas: Atlas,
) -> list[str]:
    """Return the names of one to three plates that together show a pattern.

    Every few plates are scored together: what they show of each level's area (the
    main pain is worth most), whether every zone and every trigger point (`points`:
    cells) is seen, less a cost for each further plate. The plate that shows most of
    the main pain comes first.
    """
    held = np.zeros(atlas.count, dtype=bool)
    for field in zones:
        held |= field > 0
    held[list(points)] = True
    cells = np.flatnonzero(held)
    worth = np.array([WORTH[level] for level in levels])
    facing = np.array([view.facing[cells] for view in views])
    beyond = np.array([view.beyond[cells] for view in views])
    zone_rows = _rows(zones, cells, atlas)
    cut = (zone_rows @ beyond.T > CUT_SHARE) & (zone_rows @ (facing > SEEN).T > 0.05)
    wanted = _Wanted(
        _rows(list(levels.values()), cells, atlas),
        worth / worth.sum(),
        zone_rows,
        np.searchsorted(cells, np.array(points, dtype=np.int64)),
        cut.any(0),
    )
    alone = [_score(views, facing, (k,), wanted) for k in range(len(views))]
    tried = sorted(range(len(views)), key=lambda k: (-alone[k], views[k].name))[:TRIED]
    tried += [int(facing[:, k].argmax()) for k in wanted.point_columns]
    tried += [int(k) for k in (zone_rows @ (facing > SEEN).T).argmax(1)]
    best = _best_together(
        list(dict.fromkeys(tried)), lambda each: _score(views, facing, each, wanted)
    )
    order = sorted(best, key=lambda k: (-alone[k], views[k].name))
    return [views[k].name for k in order]


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
