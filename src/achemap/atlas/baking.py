"""Zones on the surface: from the text of the grammar to weighted cells.

Each zone becomes a field over cells, in mm: how far inside the zone's edge a cell
lies (negative outside). A cell belongs to the zone where the field is above zero.
All distances are geodesic. Baking is done for the right side of the body; the left
is its mirror.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.atlas.geodesic import row_places
from achemap.atlas.grammar import (
    WEIGHT,
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
from achemap.atlas.plates import plate
from achemap.atlas.surface import Atlas, load
from achemap.errors import BadInput


Cells = npt.NDArray[np.int64]
Field = npt.NDArray[np.float32]
Polygon = npt.NDArray[np.float64]

# Outside this many mm from a zone's edge the field is flat.
FIELD_REACH = 12.0
# A way over the skin this much longer than the straight line joins two limbs.
DETOUR = 2.2
# Body axes of an offset on the right side: x to the body's left, y up, z forward.
_AXES: Mapping[Direction, tuple[float, float, float]] = {
    "up": (0.0, 1.0, 0.0),
    "down": (0.0, -1.0, 0.0),
    "in": (1.0, 0.0, 0.0),
    "out": (-1.0, 0.0, 0.0),
    "front": (0.0, 0.0, 1.0),
    "back": (0.0, 0.0, -1.0),
}


@dataclass(frozen=True, slots=True)
class Baked:
    """Weighted cells: `cells` ascending, `weights` (0–1] for each of them."""

    cells: Cells
    weights: npt.NDArray[np.float32]


def _steps_to(atlas: Atlas, start: int, goal: int) -> list[int]:
    """Return the cells of the shortest way over the skin from `start` to `goal`."""
    at = atlas.position_mm
    straight = float(np.linalg.norm(at[start] - at[goal]))
    for limit in (1.2 * straight + 20.0, 2.5 * straight + 60.0, np.inf):
        away = atlas.distances([goal], limit_mm=limit)
        if np.isfinite(away[start]):
            break
    else:
        raise BadInput("the points are not joined by skin")
    way = [start]
    graph = atlas.reach
    while way[-1] != goal:
        row = slice(graph.indptr[way[-1]], graph.indptr[way[-1] + 1])
        others = graph.indices[row]
        rest = away[others] + graph.length_mm[row]
        # Of ways equally long the one with the shorter step: a denser line.
        tied = others[rest <= rest.min() + 1e-6]
        gone = away[tied]
        way.append(int(tied[int(np.argmax(gone))]))
    return way


def _lengths(atlas: Atlas, way: list[int]) -> npt.NDArray[np.float64]:
    """Return the length in mm from the start of `way` to each of its cells."""
    at = atlas.position_mm[way].astype(np.float64)
    steps = np.linalg.norm(np.diff(at, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _central_cell(atlas: Atlas, cells: Cells) -> int:
    """Return the cell nearest to the area-weighted middle of `cells`."""
    weights = atlas.area_cm2[cells][:, None]
    middle = (atlas.position_mm[cells] * weights).sum(0) / weights.sum()
    gaps = np.linalg.norm(atlas.position_mm[cells] - middle, axis=1)
    return int(cells[int(np.argmin(gaps))])


@functools.lru_cache(maxsize=1024)
def _anchor_cell(atlas: Atlas, anchor: Anchor) -> int:
    if anchor.landmark:
        return int(atlas.landmarks[anchor.name].cell)
    return _central_cell(atlas, area_cells(Area(anchor.name, anchor.part), atlas))


def _moved(atlas: Atlas, cell: int, way: Direction, mm: float) -> int:
    """Return the cell `mm` over the skin from `cell` in a body direction."""
    if mm <= 2.0:
        return cell
    reach = atlas.distances([cell], limit_mm=mm + 15.0)
    ring = np.flatnonzero(np.abs(reach - mm) <= 7.0)
    if ring.size == 0:
        return cell
    offset = (atlas.position_mm[ring] - atlas.position_mm[cell]).astype(np.float64)
    along = offset @ np.array(_AXES[way]) / np.maximum(reach[ring], 1.0)
    score = along - np.abs(reach[ring] - mm) / 40.0
    return int(ring[int(np.argmax(score))])


def point_cell(point: Point, atlas: Atlas | None = None) -> int:
    """Return the cell of a point on the right side of the body."""
    atlas = atlas or load()
    cell = _anchor_cell(atlas, point.anchor)
    if point.towards is not None:
        way = _steps_to(atlas, cell, _anchor_cell(atlas, point.towards))
        lengths = _lengths(atlas, way)
        cell = way[int(np.argmin(np.abs(lengths - point.share * lengths[-1])))]
    for direction, cm in point.offsets:
        cell = _moved(atlas, cell, direction, cm * 10)
    return cell


def _share_along(atlas: Atlas, cells: Cells, axis: int, sign: float) -> Field:
    """Return where each cell lies along an axis of its set: 0 first, 1 last."""
    values = atlas.position_mm[cells][:, axis].astype(np.float64) * sign
    order = np.argsort(values, kind="stable")
    areas = atlas.area_cm2[cells][order].astype(np.float64)
    covered = np.cumsum(areas)
    share = np.empty(len(cells))
    share[order] = (covered - areas / 2) / covered[-1]
    return share.astype(np.float32)


# For each part: axis, sign so that 0 is the named end, and the share kept.
_PARTS: Mapping[str, tuple[int, float, float, float]] = {
    "upper": (1, -1.0, 0.0, 0.5),
    "lower": (1, 1.0, 0.0, 0.5),
    "inner": (0, -1.0, 0.0, 0.5),
    "outer": (0, 1.0, 0.0, 0.5),
    "front": (2, -1.0, 0.0, 0.5),
    "back": (2, 1.0, 0.0, 0.5),
    "middle": (1, 1.0, 1 / 3, 2 / 3),
    "upper-third": (1, -1.0, 0.0, 1 / 3),
    "middle-third": (1, 1.0, 1 / 3, 2 / 3),
    "lower-third": (1, 1.0, 0.0, 1 / 3),
    "inner-third": (0, -1.0, 0.0, 1 / 3),
    "outer-third": (0, 1.0, 0.0, 1 / 3),
}


def area_cells(area: Area, atlas: Atlas | None = None) -> Cells:
    """Return the right side's cells of a region or of one part of it."""
    atlas = atlas or load()
    cells = atlas.cells_of(area.region, "right").astype(np.int64)
    if area.part is not None:
        axis, sign, low, high = _PARTS[area.part]
        share = _share_along(atlas, cells, axis, sign)
        cells = cells[(share > low - 1e-9) & (share <= high + 1e-9)]
    return np.sort(cells)


def _edge_field(atlas: Atlas, cells: Cells) -> Field:
    """Return the field of a set of cells: mm from its edge, flat beyond reach."""
    field = np.full(len(atlas.position_mm), -FIELD_REACH, dtype=np.float32)
    if cells.size == 0:
        return field
    outside = atlas.distances(cells.tolist(), limit_mm=FIELD_REACH)
    member = np.zeros(len(field), dtype=bool)
    member[cells] = True
    rim = np.unique(atlas.neighbours.indices[row_places(atlas.neighbours, cells)[0]])
    rim = rim[~member[rim]]
    inside = (
        atlas.distances(rim.tolist(), limit_mm=FIELD_REACH) if rim.size else outside
    )
    half = np.sqrt(atlas.area_cm2) * 5.0
    field = np.where(
        member,
        np.minimum(inside, FIELD_REACH) - half,
        half - np.minimum(outside, FIELD_REACH + half),
    ).astype(np.float32)
    field[member] = np.maximum(field[member], 0.1)
    return field


def _spot_field(atlas: Atlas, spot: Spot) -> Field:
    radius = spot.radius_cm * 10
    reach = atlas.distances([point_cell(spot.at, atlas)], limit_mm=radius + FIELD_REACH)
    return (radius - np.minimum(reach, radius + FIELD_REACH)).astype(np.float32)


def _band_field(atlas: Atlas, band: Band) -> Field:
    stops = [point_cell(point, atlas) for point in band.through]
    line: list[int] = []
    for first, second in itertools.pairwise(stops):
        way = _steps_to(atlas, first, second)
        at = atlas.position_mm
        straight = float(np.linalg.norm(at[first] - at[second]))
        if _lengths(atlas, way)[-1] > DETOUR * straight + 60.0:
            raise BadInput(
                "the band goes through points on different limbs",
                fix="give each limb its own zone",
            )
        line.extend(way)
    half = band.width_cm * 5
    reach = atlas.distances(line, limit_mm=half + FIELD_REACH)
    return (half - np.minimum(reach, half + FIELD_REACH)).astype(np.float32)


def _spline(points: tuple[tuple[float, float], ...], steps: int = 12) -> Polygon:
    """Return a closed Catmull-Rom curve through the points, as (n, 2)."""
    at = np.asarray(points, dtype=np.float64)
    before, after, after2 = (np.roll(at, shift, 0) for shift in (1, -1, -2))
    t = (np.arange(steps) / steps)[:, None, None]
    curve = 0.5 * (
        2 * at
        + (after - before) * t
        + (2 * before - 5 * at + 4 * after - after2) * t**2
        + (3 * at - before - 3 * after + after2) * t**3
    )
    return np.asarray(curve.transpose(1, 0, 2).reshape(-1, 2))


def _inside(polygon: Polygon, x: Polygon, y: Polygon) -> npt.NDArray[np.bool_]:
    """Return which of the places (x, y) lie inside a polygon (even-odd)."""
    held = np.zeros(x.shape, dtype=bool)
    for (ax, ay), (bx, by) in zip(polygon, np.roll(polygon, -1, 0), strict=True):
        crosses = (ay > y) != (by > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            held ^= crosses & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return held


def _shape_cells(shape: Shape) -> Cells:
    """Return the cells of which a shape covers most, on the plate it was drawn on."""
    drawn = plate(shape.plate)
    curve = drawn.to_px(_spline(shape.spline)) / drawn.raster_step
    ids = drawn.id_raster
    low = np.maximum(np.floor(curve.min(0)).astype(int), 0)
    high = np.maximum(np.ceil(curve.max(0)).astype(int) + 1, low)
    window = ids[low[1] : high[1], low[0] : high[0]]
    rows, columns = np.mgrid[: window.shape[0], : window.shape[1]]
    held = _inside(curve - low, columns + 0.5, rows + 0.5) & (window >= 0)
    shown = np.bincount(ids[ids >= 0])
    covered = np.bincount(window[held], minlength=len(shown))
    return np.flatnonzero(covered * 2 > shown)


def _one_side(zone: Zone, atlas: Atlas) -> Field:
    if zone.spot is not None:
        return _spot_field(atlas, zone.spot)
    if zone.band is not None:
        return _band_field(atlas, zone.band)
    if zone.area is not None:
        return _edge_field(atlas, area_cells(zone.area, atlas))
    assert zone.shape is not None  # noqa: S101 - one form is set, see Zone
    return _edge_field(atlas, _shape_cells(zone.shape))


def mirrored(field: Field) -> Field:
    """Return a field over cells with left and right exchanged."""
    return field.reshape(-1, 2)[:, ::-1].reshape(-1)


def zone_field(zone: Zone, atlas: Atlas | None = None) -> Field:
    """Return the zone's field over all cells, sore side right.

    Raises BadInput for a zone that has no cell, and for a band over two limbs.
    """
    atlas = atlas or load()
    field = _one_side(zone, atlas)
    if zone.side == "other":
        field = mirrored(field)
    elif zone.side == "both":
        field = np.maximum(field, mirrored(field))
    if not (field > 0).any():
        raise BadInput("the zone holds no cell of the body", fix="make it larger")
    return field


@functools.lru_cache(maxsize=8)
def _zone_fields(zones: tuple[Zone, ...], atlas: Atlas) -> tuple[Field, ...]:
    found = []
    for number, zone in enumerate(zones):
        try:
            field = zone_field(zone, atlas)
        except BadInput as error:
            raise BadInput(
                error.message, field=f"zones[{number}]", fix=error.fix
            ) from error
        field.setflags(write=False)
        found.append(field)
    return tuple(found)


def forget() -> None:
    """Forget the fields of zones that were baked lately (to time it, or free them)."""
    _zone_fields.cache_clear()


def zone_fields(zones: Iterable[Zone], atlas: Atlas | None = None) -> tuple[Field, ...]:
    """Return the field of each zone, read-only; those of the last few are kept.

    Raises BadInput that says which zone is wrong.
    """
    return _zone_fields(tuple(zones), atlas or load())


def level_fields(
    zones: Iterable[Zone], atlas: Atlas | None = None
) -> dict[Level, Field]:
    """Return one field for each level that the zones use: the union of its zones."""
    zones = tuple(zones)
    found: dict[Level, Field] = {}
    for zone, field in zip(zones, zone_fields(zones, atlas), strict=True):
        known = found.get(zone.level)
        found[zone.level] = field if known is None else np.maximum(known, field)
    return found


def bake(zones: Iterable[Zone], atlas: Atlas | None = None) -> Baked:
    """Return the zones' weighted cells, sore side right; the strongest level wins."""
    atlas = atlas or load()
    weights = np.zeros(len(atlas.position_mm), dtype=np.float32)
    for level, field in level_fields(zones, atlas).items():
        np.maximum(weights, np.where(field > 0, WEIGHT[level], 0.0), out=weights)
    cells = np.flatnonzero(weights)
    return Baked(cells, weights[cells])
