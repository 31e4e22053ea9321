"""Which regions of the body a pattern reaches, and how strongly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from achemap.atlas import Atlas, load, regions
from achemap.atlas.baking import Field, level_fields
from achemap.atlas.grammar import WEIGHT, Level, Zone, parse_zone
from achemap.errors import BadInput


# A region counts as reached when this share of it, or this area, lies in a zone.
LEAST_SHARE = 0.2
LEAST_CM2 = 8.0


def reach_of(zones: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return leaf region -> strongest level for plain zones, head to foot.

    A zone that is unfinished or unreadable reaches nothing: drafts may have some.
    """
    readable = [zone for data in zones if (zone := readable_zone(data)) is not None]
    found: dict[str, Level] = {}
    for level, held in _areas(readable).items():
        for region in held:
            if region not in found or WEIGHT[level] > WEIGHT[found[region]]:
                found[region] = level
    return {region: found[region] for region in regions() if region in found}


def readable_zone(data: Mapping[str, Any]) -> Zone | None:
    """Return the zone of plain data, or None when it cannot be read."""
    try:
        return parse_zone(data)
    except (ValueError, KeyError, TypeError):
        return None


def _areas(zones: list[Zone]) -> dict[Level, set[str]]:
    """Return, for each level, the regions that lie in it far enough."""
    if not zones:
        return {}
    atlas = load()
    whole = np.bincount(
        atlas.region, weights=atlas.area_cm2, minlength=len(atlas.regions)
    )
    found: dict[Level, set[str]] = {}
    for level, field in _fields(zones, atlas).items():
        # Zones are drawn on the right; a pair's region is half on either side.
        inside = field > 0
        held = np.bincount(
            atlas.region[inside], weights=atlas.area_cm2[inside], minlength=len(whole)
        )
        found[level] = {
            region.id
            for number, region in enumerate(atlas.regions)
            if held[number] >= LEAST_CM2
            or held[number]
            >= LEAST_SHARE * whole[number] * (0.5 if region.sides == "pair" else 1)
        }
    return found


def _fields(zones: list[Zone], atlas: Atlas) -> dict[Level, Field]:
    try:
        return level_fields(zones, atlas)
    except BadInput:
        drawable = [zone for zone in zones if _is_drawable(zone, atlas)]
        return level_fields(drawable, atlas)


def _is_drawable(zone: Zone, atlas: Atlas) -> bool:
    try:
        level_fields((zone,), atlas)
    except BadInput:
        return False
    return True
