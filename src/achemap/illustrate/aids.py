"""Marks for care: where a patch goes, and which way to sweep the ice."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from achemap.atlas import Atlas
from achemap.atlas.baking import Field, point_cell
from achemap.atlas.grammar import Level
from achemap.atlas.plates import Plate
from achemap.illustrate.palette import ICE, PATCH
from achemap.library.records import Pattern


# A common relief patch, in mm, and how far its inner edge goes over the spine.
PATCH_SIZE = (100.0, 70.0)
OVER_SPINE = 12.0


def _patch(
    pattern: Pattern, plate: Plate, fields: Mapping[Level, Field], side: str
) -> str:
    placed = [each for each in pattern.care.product if each.product == "relief-patch"]
    cells = np.flatnonzero(fields["essential"] > 0)
    cells = cells[plate.visible[cells]]
    if not placed or cells.size == 0:
        return ""
    x, y = plate.project(cells).mean(0) / plate.scale * 10
    width, height = PATCH_SIZE
    left = x - width / 2
    if placed[0].inner_edge == "across-spine":
        spine = plate.to_px([[0.0, 0.0]])[0][0] / plate.scale * 10
        left = spine - OVER_SPINE if x > spine else spine + OVER_SPINE - width
    return (
        f'<rect class="patch" x="{left:.1f}" y="{y - height / 2:.1f}" width="{width}"'
        f' height="{height}" rx="10" fill="{PATCH}" fill-opacity=".12" stroke="{PATCH}"'
        ' stroke-width="1.6" stroke-dasharray="5 3"/>'
    )


def _ice(pattern: Pattern, plate: Plate, side: str, atlas: Atlas) -> str:
    if pattern.care.ice is None or len(pattern.care.ice.strip) < 2:
        return ""
    cells = [
        point_cell(point, atlas) ^ int(side == "left")
        for point in pattern.care.ice.strip
    ]
    if not plate.visible[cells].all():
        return ""
    at = plate.project(cells) / plate.scale * 10
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
    along = at[-1] - at[-2]
    along = along / max(float(np.hypot(*along)), 1e-6)
    across = np.array([-along[1], along[0]])
    tip = [at[-1] - along * 9 + across * 6, at[-1], at[-1] - along * 9 - across * 6]
    arrow = "L".join(f"{x:.1f} {y:.1f}" for x, y in tip)
    return (
        f'<path class="ice" d="M{line}" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round"/>'
        f'<path class="ice" d="M{line}M{arrow}" fill="none" stroke="{ICE}" stroke-width="3.4"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def care_marks(
    pattern: Pattern,
    plate: Plate,
    fields: Mapping[Level, Field],
    side: str,
    atlas: Atlas,
) -> str:
    """Return the SVG of patch and ice strip on a plate, in mm of the plate."""
    return _patch(pattern, plate, fields, side) + _ice(pattern, plate, side, atlas)
