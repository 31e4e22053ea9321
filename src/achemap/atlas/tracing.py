"""From a drawing to the grammar: the zone that says best which cells were painted.

The simplest form that fits well enough is taken: a region or part of one, a spot, a
band, and else a closed spline on the plate that was drawn on. Everything is worked
out on the right side of the body, as zones are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import contourpy
import msgspec
import numpy as np
import numpy.typing as npt

from achemap.atlas.baking import (
    Cells,
    area_cells,
    point_cell,
    zone_field,
)
from achemap.atlas.grammar import (
    PARTS,
    Anchor,
    Area,
    Band,
    Direction,
    Level,
    Point,
    Shape,
    Spot,
    Zone,
)
from achemap.atlas.plates import Plate, plate
from achemap.atlas.surface import Atlas, load
from achemap.errors import BadInput


# Area in both over area in either that a form needs to be taken, simplest first.
GOOD = {"area": 0.86, "spot": 0.86, "band": 0.8}
# A band this narrow is two or three cells wide, so that less of it can agree.
NARROW_CM = 3.5
GOOD_NARROW = 0.7
# A spline follows what was painted at least this closely, if it can.
CLOSE = 0.9
SPLINE_SIZES = (6, 8, 12, 16, 24, 36, 48)
# What a plate hides of a drawing becomes a zone of another plate from this area and
# this share of the drawing on; less is its rim.
LEAST_REST_CM2 = 6.0
LEAST_REST_SHARE = 0.15
WHOLE_PLATES = ("front", "back", "right")

_WAYS: tuple[tuple[Direction, Direction], ...] = (
    ("in", "out"),
    ("up", "down"),
    ("front", "back"),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """A zone, and how well it holds a drawing: area in both over area in either."""

    zone: Zone
    share: float


def _overlap(atlas: Atlas, one: Cells, other: Cells) -> float:
    area = atlas.area_cm2
    both = float(area[np.intersect1d(one, other)].sum())
    either = float(area[np.union1d(one, other)].sum())
    return both / either if either else 0.0


# --- a name for a place ------------------------------------------------------


def _moves(gap_cm: npt.NDArray[np.float64]) -> Iterator[tuple[Any, ...]]:
    """Yield none, one or two moves that bridge a gap in body axes, in half cm."""
    yield ()
    halves = np.round(np.abs(gap_cm) * 2) / 2
    order = np.argsort(-halves)
    steps = [
        (_WAYS[axis][0 if gap_cm[axis] > 0 else 1], float(halves[axis]))
        for axis in order.tolist()
        if halves[axis] >= 0.5
    ]
    for step in steps[:2]:
        yield (step,)
    if len(steps) > 1:
        yield steps[0], steps[1]
        yield steps[1], steps[0]
    if len(steps) > 2:
        yield steps[0], steps[2]


def nearest_point(cell: int, atlas: Atlas | None = None) -> Point:
    """Return how an author would name a cell: a landmark and up to two moves.

    A cell of the left is named as its mirror on the right.
    """
    atlas = atlas or load()
    cell |= 1
    goal = atlas.position_mm[cell].astype(np.float64)
    marks = [(name, mark.cell) for name, mark in atlas.landmarks.items()]
    cells = np.array([at for _, at in marks])
    away = np.linalg.norm(atlas.position_mm[cells] - goal, axis=1)
    away += 40 * (1 - atlas.normal[cells] @ atlas.normal[cell])
    best: tuple[float, Point] | None = None
    for number in np.argsort(away)[:4].tolist():
        name, start = marks[number]
        gap = (goal - atlas.position_mm[start]) / 10
        for moves in _moves(gap):
            point = Point(Anchor(name, None, landmark=True), offsets=tuple(moves))
            reached = point_cell(point, atlas)
            miss = float(np.linalg.norm(atlas.position_mm[reached] - goal)) / 10
            cost = miss + 0.25 * len(moves) + 0.02 * sum(cm for _, cm in moves)
            if best is None or cost < best[0]:
                best = (cost, point)
    assert best is not None  # noqa: S101 - the atlas has landmarks
    return best[1]


# --- the forms ---------------------------------------------------------------


def _areas(atlas: Atlas, cells: Cells) -> Iterator[Area]:
    held = np.bincount(atlas.region[cells], weights=atlas.area_cm2[cells])
    for number in np.argsort(-held)[:4].tolist():
        if held[number] > 0:
            region = atlas.regions[number].id
            yield Area(region)
            for part in PARTS:
                yield Area(region, part)


def _centre(atlas: Atlas, cells: Cells) -> int:
    weights = atlas.area_cm2[cells][:, None]
    middle = (atlas.position_mm[cells] * weights).sum(0) / weights.sum()
    return int(
        cells[np.argmin(np.linalg.norm(atlas.position_mm[cells] - middle, axis=1))]
    )


def _spots(atlas: Atlas, cells: Cells) -> Iterator[Spot]:
    at = nearest_point(_centre(atlas, cells), atlas)
    radius = float(np.sqrt(atlas.area_cm2[cells].sum() / np.pi))
    for cm in sorted({max(0.5, round(radius * 2 + step) / 2) for step in (-1, 0, 1)}):
        if cm <= 25:
            yield Spot(at, cm)


def _bands(atlas: Atlas, cells: Cells) -> Iterator[Band]:
    """Yield a band along the longest way within the cells, if they are long."""
    middle = _centre(atlas, cells)
    first = int(cells[np.argmax(_capped(atlas, middle, cells))])
    along = _capped(atlas, first, cells)
    last = int(cells[np.argmax(along)])
    length = float(along.max()) / 10
    width = float(atlas.area_cm2[cells].sum()) / max(length, 1.0)
    if length < 2.2 * width or not 0.5 <= width <= 30:
        return
    back = _capped(atlas, last, cells)
    near = max(width * 10, 12.0)
    spans = (along <= near, np.abs(along - back) <= near, back <= near)
    points = [nearest_point(_centre(atlas, cells[span]), atlas) for span in spans]
    for wide in (round(width * 2) / 2, round(width * 2) / 2 + 0.5):
        yield Band((points[0], points[2]), wide)
        yield Band(tuple(points), wide)


def _capped(atlas: Atlas, start: int, cells: Cells) -> npt.NDArray[np.float64]:
    """Return mm over the skin to each of the cells, a set that hangs together."""
    at = atlas.position_mm[cells]
    limit = 60.0 + 2 * float(np.linalg.norm(at.max(0) - at.min(0)))
    found = atlas.distances([start], limit_mm=limit)[cells]
    return np.where(np.isfinite(found), found, limit)


def _resampled(curve: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    """Return `count` places evenly along a closed curve."""
    steps = np.linalg.norm(np.diff(curve, axis=0), axis=1)
    at = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = np.arange(count) / count * at[-1]
    return np.column_stack([np.interp(wanted, at, curve[:, axis]) for axis in (0, 1)])


def _outline(drawn: Plate, cells: Cells) -> npt.NDArray[np.float64] | None:
    """Return the longest outline of cells on a plate, in view cm."""
    mask = np.isin(drawn.id_raster, cells).astype(np.float32)
    if not mask.any():
        return None
    mask = np.pad(mask, 2)
    # A cell's own corners do not matter: the mean over half a cell is followed.
    reach = max(1, round(0.4 * drawn.scale / drawn.raster_step))
    for axis in (0, 1):
        mask = np.mean(
            [np.roll(mask, step, axis) for step in range(-reach, reach + 1)], axis=0
        )
    lines = contourpy.contour_generator(z=mask).lines(0.5)
    if not lines:
        return None
    places = [np.asarray(line, dtype=np.float64) for line in lines]
    longest = max(places, key=len)
    return drawn.to_cm((longest - 1.5) * drawn.raster_step)


def shape_around(
    cells: Cells, name: str, level: Level, atlas: Atlas | None = None
) -> Fit | None:
    """Return the spline that follows cells on a plate, with as few points as do."""
    atlas = atlas or load()
    drawn = plate(name)
    seen = cells[drawn.visible[cells]]
    curve = _outline(drawn, seen) if seen.size else None
    if curve is None or len(curve) < 4:
        return None
    best: Fit | None = None
    for count in SPLINE_SIZES:
        places = np.round(_resampled(curve, count), 1).tolist()
        spline = tuple((float(x), float(y)) for x, y in places)
        fit = _tried(atlas, seen, Zone(level=level, shape=Shape(name, spline)))
        if fit and (best is None or fit.share > best.share + 0.01):
            best = fit
        if best and best.share >= CLOSE:
            break
    return best


def _tried(atlas: Atlas, cells: Cells, zone: Zone) -> Fit | None:
    try:
        held = np.flatnonzero(zone_field(zone, atlas) > 0)
    except BadInput:
        return None
    return Fit(zone, _overlap(atlas, cells, held))


def _simple(atlas: Atlas, cells: Cells, level: Level) -> list[Fit]:
    """Return the best area, spot and band for right-hand cells, simplest first."""
    tries: list[list[Zone]] = [
        [Zone(level=level, area=each) for each in _areas(atlas, cells)],
        [Zone(level=level, spot=each) for each in _spots(atlas, cells)],
        [Zone(level=level, band=each) for each in _bands(atlas, cells)],
    ]
    found = []
    for zones in tries:
        fits = [_tried_fast(atlas, cells, zone) for zone in zones]
        known = [fit for fit in fits if fit is not None]
        if known:
            found.append(max(known, key=lambda fit: fit.share))
    return found


def _tried_fast(atlas: Atlas, cells: Cells, zone: Zone) -> Fit | None:
    if zone.area is None:
        return _tried(atlas, cells, zone)
    held = area_cells(zone.area, atlas)
    return Fit(zone, _overlap(atlas, cells, held)) if held.size else None


def _needed(zone: Zone) -> float:
    """Return the share from which on a zone's form is taken for a drawing."""
    narrow = zone.band is not None and zone.band.width_cm <= NARROW_CM
    return GOOD_NARROW if narrow else GOOD[_form(zone)]


def _form(zone: Zone) -> str:
    return next(
        name for name in ("area", "spot", "band", "shape") if getattr(zone, name)
    )


# --- the whole drawing -------------------------------------------------------


def _sides(cells: Cells, atlas: Atlas) -> list[tuple[Cells, str]]:
    """Return the drawing as right-hand cells with the side they stand for."""
    right, left = cells[cells % 2 == 1], cells[cells % 2 == 0] ^ 1
    if not left.size or not right.size:
        return [(right, "same")] if right.size else [(np.sort(left), "other")]
    if _overlap(atlas, right, left) >= 0.6:
        return [(np.union1d(right, left), "both")]
    return [(right, "same"), (np.sort(left), "other")]


def _pieces(cells: Cells, atlas: Atlas) -> Iterator[Cells]:
    """Yield the connected parts of a set of cells, largest first."""
    rest = set(cells.tolist())
    found = []
    while rest:
        part = {rest.pop()}
        queue = list(part)
        while queue:
            at = queue.pop()
            row = slice(atlas.reach.indptr[at], atlas.reach.indptr[at + 1])
            near = rest.intersection(atlas.reach.indices[row].tolist())
            rest -= near
            part |= near
            queue.extend(near)
        found.append(np.array(sorted(part), dtype=np.int64))
    return iter(sorted(found, key=len, reverse=True))


def fits_of(
    cells: Cells,
    name: str,
    level: Level,
    form: str = "",
    atlas: Atlas | None = None,
) -> list[Fit]:
    """Return fits of connected right-hand cells, the one to take first.

    `name` is the plate that was drawn on; `form` the form that is asked for, if any.
    """
    atlas = atlas or load()
    simple = _simple(atlas, cells, level)
    good = [fit for fit in simple if fit.share >= _needed(fit.zone)]
    around = None if good and form != "shape" else shape_around(cells, name, level)
    first = good[0] if good else around or max(simple, key=lambda fit: fit.share)
    every = [*simple, *([around] if around else [])]
    asked = [fit for fit in every if _form(fit.zone) == form]
    return [*asked, first, *(fit for fit in every if fit is not first)]


def zones_of(
    painted: Iterable[int], name: str, level: Level, form: str = ""
) -> list[Fit]:
    """Return the zones that say which cells were painted, with how well each does.

    `name` is the plate that was drawn on; what it does not show is put on another.
    `form` asks for one of area, spot, band or shape. Raises BadInput for cells that
    the body does not have.
    """
    atlas = load()
    cells = np.unique(np.fromiter(painted, dtype=np.int64))
    if cells.size and not 0 <= cells[0] <= cells[-1] < atlas.count:
        raise BadInput("unknown cell", field="cells", fix=f"0 to {atlas.count - 1}")
    found: list[Fit] = []
    for held, side in _sides(cells, atlas) if cells.size else ():
        for piece in _pieces(held, atlas):
            for fit in _of_piece(piece, name, level, form, atlas):
                sided = msgspec.structs.replace(fit.zone, side=side)
                found.append(Fit(sided, fit.share))
    return found


def _of_piece(
    piece: Cells, name: str, level: Level, form: str, atlas: Atlas
) -> list[Fit]:
    first = fits_of(piece, name, level, form, atlas)[0]
    found = [first]
    if _form(first.zone) != "shape":
        return found
    area = atlas.area_cm2
    least = max(LEAST_REST_CM2, LEAST_REST_SHARE * float(area[piece].sum()))
    rest = np.setdiff1d(piece, np.flatnonzero(zone_field(first.zone, atlas) > 0))
    for other in WHOLE_PLATES:
        hidden = rest[~plate(name).visible[rest]]
        seen = hidden[plate(other).visible[hidden]]
        if other == name or float(area[seen].sum()) < least:
            continue
        if around := shape_around(seen, other, level, atlas):
            found.append(around)
            rest = np.setdiff1d(rest, seen)
    return found
