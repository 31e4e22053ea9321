"""How much of a pattern its panels show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from achemap.atlas import Atlas, load
from achemap.atlas.baking import Field, level_fields, mirrored, point_cell, zone_fields
from achemap.atlas.grammar import Level
from achemap.atlas.plates import Body
from achemap.illustrate.figure import panels
from achemap.library.records import Pattern


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares (0–1) of area seen in at least one panel, and which points are seen."""

    levels: Mapping[Level, float]
    zones: tuple[float, ...]
    points: tuple[bool, ...]


def coverage(
    pattern: Pattern,
    *,
    body: Body = "neutral",
    side: str = "right",
    atlas: Atlas | None = None,
) -> Coverage:
    """Return what the panels of a pattern show of its levels, zones and points.

    A cell counts as seen when a panel holds it and shows at least 12 % of its area.
    """
    atlas = atlas or load()
    drawn = panels(pattern, body=body, side=side, link=lambda _: "", atlas=atlas)
    seen = np.logical_or.reduce([panel.shown for panel in drawn])

    def share(field: Field) -> float:
        held = (mirrored(field) if side == "left" else field) > 0
        area = atlas.area_cm2[held]
        return float(area[seen[held]].sum() / area.sum())

    turned = int(side == "left")
    return Coverage(
        {each: share(f) for each, f in level_fields(pattern.zones, atlas).items()},
        tuple(share(field) for field in zone_fields(pattern.zones, atlas)),
        tuple(
            any(each.marks_point(point_cell(p.at, atlas) ^ turned) for each in drawn)
            for p in pattern.points
        ),
    )
