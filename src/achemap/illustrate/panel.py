"""One panel: a part of a plate with a pattern's zones and points on it, as SVG.

All lengths in the drawing are mm of the body, so that inks and marks keep their size
whatever the plate's resolution. Zones are flat fills under user-space textures.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.atlas import Atlas, load
from achemap.atlas.baking import Field, point_cell
from achemap.atlas.grammar import Level
from achemap.atlas.plates import Plate
from achemap.illustrate.contours import Curve, outlines, smooth_path
from achemap.illustrate.layout import POINT_SEEN, Crop, crop_around
from achemap.illustrate.palette import (
    EDGE_OPACITY,
    INKS,
    PAPER,
    QUIET,
    asterisk,
    texture_for,
)
from achemap.library.records import Pattern


ImageLink = Callable[[Plate], str]

# Whose side is at the viewer's left: names of plates that show both sides.
_LEAST_CM = {"trunk": 30.0, "close-up": 13.0}
STRONGEST_FIRST: tuple[Level, ...] = ("essential", "common", "spillover")
# Plates with so many px per cm show head, hand or foot, where cells are small.
CLOSE_UP = 30.0
# How far, in cm, outlines are smoothed so that cells do not show: half a cell.
SMOOTHING_CM = {"trunk": 0.55, "close-up": 0.4}
# Curves that differ by less than this, in mm, are drawn once.
HAIR_MM = 1.5


@dataclass(frozen=True, slots=True)
class Panel:
    """A drawn panel: its inner SVG, its size in mm, and what it shows.

    `marks` are places (n, 2), in mm of the plate, of zones and trigger points.
    """

    plate: Plate
    crop: Crop
    content: str
    marks: npt.NDArray[np.float64]

    @property
    def size(self) -> tuple[float, float]:
        return self.crop.width * 10, self.crop.height * 10

    @property
    def shown(self) -> npt.NDArray[np.bool_]:
        """Return which cells the panel shows."""
        at = self.plate.project() / self.plate.scale
        return self.plate.visible & self.crop.holds(at)

    def marks_point(self, cell: int) -> bool:
        """Return whether a trigger point of a cell is drawn in the panel."""
        at = self.plate.project([cell]) / self.plate.scale
        return bool(self.plate.share[cell] > POINT_SEEN and self.crop.holds(at)[0])


def embedded(plate: Plate) -> str:
    """Return the plate's picture as a data address."""
    return "data:image/webp;base64," + base64.b64encode(plate.image_bytes()).decode()


def _alike(one: Curve, other: Curve) -> bool:
    """Return whether two curves enclose the same, but for a hair's breadth."""
    gaps = np.abs(one.min(0) - other.min(0)), np.abs(one.max(0) - other.max(0))
    return bool(np.max(gaps) < HAIR_MM)


def _without(curves: list[Curve], others: list[Curve]) -> list[Curve]:
    return [one for one in curves if not any(_alike(one, each) for each in others)]


def level_curves(
    fields: Mapping[Level, Field], plate: Plate
) -> dict[Level, list[Curve]]:
    """Return each level's outlines on a plate, in mm from the picture's corner.

    They are to be filled even-odd: a stronger level is cut out of a weaker one along
    one and the same curve, so that inks neither stack nor leave gaps.
    """
    order = [level for level in STRONGEST_FIRST if level in fields]
    unions = list(itertools.accumulate((fields[each] for each in order), np.maximum))
    per_cm = plate.scale / plate.raster_step
    smoothing = SMOOTHING_CM["close-up" if plate.scale >= CLOSE_UP else "trunk"]
    drawn = [
        [curve * 10 for curve in curves]
        for curves in outlines(unions, plate.id_raster, per_cm, smoothing)
    ]
    found: dict[Level, list[Curve]] = {}
    inner: list[Curve] = []
    for level, outer in zip(order, drawn, strict=True):
        found[level] = _without(outer, inner) + _without(inner, outer)
        inner = outer
    return found


def _point_marks(
    pattern: Pattern, plate: Plate, atlas: Atlas, mirrored: bool, radius: float
) -> tuple[str, list[tuple[float, float]]]:
    marks, places = [], []
    for point in pattern.points:
        cell = point_cell(point.at, atlas) ^ int(mirrored)
        if plate.share[cell] <= POINT_SEEN:
            continue
        x, y = plate.project([cell])[0] / plate.scale * 10
        places.append((float(x), float(y)))
        marks.append(asterisk(float(x), float(y), radius))
    return "".join(marks), places


def _zone_marks(
    curves: Mapping[Level, list[Curve]], stroke: float, texture: int
) -> str:
    parts = []
    for level in reversed(STRONGEST_FIRST):
        if not curves.get(level):
            continue
        ink = INKS[level]
        path = "".join(smooth_path(curve) for curve in curves[level])
        parts.append(
            f'<path class="zone {level}" d="{path}" fill="{ink.fill}" fill-rule="evenodd"'
            f' fill-opacity="{ink.opacity}" stroke="{ink.edge}" stroke-opacity="{EDGE_OPACITY}"'
            f' stroke-width="{ink.edge_mm * stroke:.2f}"/>'
        )
        if ink.texture:
            parts.append(
                f'<path class="texture {level}" d="{path}" fill="url(#{ink.texture}-{texture})"'
                ' fill-rule="evenodd"/>'
            )
    return "".join(parts)


def _picture(plate: Plate, link: ImageLink) -> str:
    width, height = (value / plate.scale * 10 for value in plate.size)
    flip = f' transform="translate({width:.2f} 0) scale(-1 1)"' if plate.flip else ""
    return (
        f'<image href="{link(plate)}" width="{width:.2f}" height="{height:.2f}"{flip}/>'
    )


def _outline(plate: Plate) -> str:
    scale = 10 / plate.scale
    turn = f"translate({plate.size[0] * scale:.2f} 0) scale({-scale:.5f} {scale:.5f})"
    if not plate.flip:
        turn = f"scale({scale:.5f})"
    return f'<path d="{plate.outline_path}" clip-rule="evenodd" transform="{turn}"/>'


def _bones(plate: Plate) -> str:
    return f'<g transform="scale({10 / plate.scale:.5f})" opacity=".8">{plate.bones_svg}</g>'


def _midline_share(plate: Plate, crop: Crop) -> float:
    """Return where the body's midline lies in a crop: 0 its left edge, 1 its right."""
    x = float(plate.to_px([[0.0, 0.0]])[0][0]) / plate.scale
    return (x - crop.left) / crop.width


def _side_labels(plate: Plate, crop: Crop) -> str:
    if plate.shows != "both":
        return ""
    names = [side.upper() for side in plate.sides or ("right", "left")]
    middle = _midline_share(plate, crop)
    if middle < 0.12:
        names[0] = ""
    if middle > 0.88:
        names[1] = ""
    size = crop.width * 10 * 0.034
    x0, y = crop.left * 10, crop.top * 10 + size * 1.6
    x1 = x0 + crop.width * 10
    style = f'font-size="{size:.1f}" font-weight="700" fill="{QUIET}" letter-spacing="{size * 0.1:.1f}"'
    return (
        f'<text x="{x0 + size:.1f}" y="{y:.1f}" {style}>{names[0]}</text>'
        f'<text x="{x1 - size:.1f}" y="{y:.1f}" text-anchor="end" {style}>{names[1]}</text>'
    )


def _box(
    curves: Mapping[Level, list[Curve]], places: list[tuple[float, float]], plate: Plate
) -> tuple[float, float, float, float]:
    every: list[npt.NDArray[np.float64]] = [
        c for group in curves.values() for c in group
    ]
    if places:
        every.append(np.array(places))
    if not every:
        width, height = (value / plate.scale * 10 for value in plate.size)
        return 0.0, 0.0, width, height
    joined = np.concatenate(every)
    low, high = joined.min(0), joined.max(0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def draw_panel(
    pattern: Pattern,
    fields: Mapping[Level, Field],
    plate: Plate,
    *,
    link: ImageLink = embedded,
    mirrored: bool = False,
    marks: str = "",
    atlas: Atlas | None = None,
) -> Panel:
    """Return a panel of a pattern on a plate.

    `fields` are those of the side that is drawn; `mirrored` says that it is the
    left. `marks` is more SVG in mm of the plate, drawn over the zones.
    """
    atlas = atlas or load()
    curves = level_curves(fields, plate)
    close_up = plate.scale >= CLOSE_UP
    least = _LEAST_CM["close-up" if close_up else "trunk"]
    _, places = _point_marks(pattern, plate, atlas, mirrored, 1)
    left, top, right, bottom = (value / 10 for value in _box(curves, places, plate))
    whole = (plate.size[0] / plate.scale, plate.size[1] / plate.scale)
    crop = crop_around((left, top, right, bottom), whole, least)
    points, _ = _point_marks(pattern, plate, atlas, mirrored, crop.width * 0.2)
    zones = _zone_marks(curves, crop.width / 35, texture_for(crop.width * 10))
    body = f"b-{plate.name}{'-l' if plate.flip else ''}"
    content = (
        f'<defs><clipPath id="{body}">{_outline(plate)}</clipPath></defs>'
        + _picture(plate, link)
        + _bones(plate)
        + f'<g clip-path="url(#{body})">{zones}</g>'
        + marks
        + points
        + _side_labels(plate, crop)
    )
    held = np.logical_or.reduce([field > 0 for field in fields.values()])
    inked = plate.project(np.flatnonzero(held & plate.visible)) / plate.scale * 10
    places_mm = np.array(places, dtype=np.float64).reshape(-1, 2)
    return Panel(plate, crop, content, np.concatenate([inked, places_mm]))


def as_nested(panel: Panel, x: float, y: float, width: float, height: float) -> str:
    """Return a panel as a group on rounded paper, at a place and size.

    A group with a transform, not a nested <svg>: resvg loses clipped shapes in those.
    """
    crop = panel.crop
    name = f"p-{panel.plate.name}"
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    scale = width / (crop.width * 10)
    move = (
        f"translate({x - crop.left * 10 * scale:.2f} {y - crop.top * 10 * scale:.2f})"
    )
    return (
        f'<clipPath id="{name}"><rect {box} rx="12"/></clipPath>'
        f'<g clip-path="url(#{name})"><rect {box} fill="{PAPER}"/>'
        f'<g transform="{move} scale({scale:.5f})">{panel.content}</g></g>'
        f'<rect {box} rx="12" fill="none" stroke="#e4dfd8"/>'
    )
