"""A pattern's picture in one or two sentences, made from its zones."""

from __future__ import annotations

import numpy as np

from achemap.atlas import Atlas, load
from achemap.atlas.baking import Field, level_fields
from achemap.atlas.grammar import Anchor, Level, Point
from achemap.library.records import Pattern


LEVELS: tuple[Level, ...] = ("essential", "common", "spillover")
_LEAD: dict[Level, str] = {
    "essential": "Main pain:",
    "common": "Often also:",
    "spillover": "Sometimes:",
}
# Regions are named until this share of a level's area is covered.
_COVERED = 0.85
# A region with less than this share of a level's area is a rim, not a place.
_SMALLEST = 0.06
_MOST_NAMES = 5


def _area_by_region(
    field: Field, taken: Field | None, atlas: Atlas
) -> list[tuple[str, str, float]]:
    """Return (region id, side, cm²) of a field's cells, largest first.

    Sides are "same" (the sore side, right), "other" and "middle". Cells of a
    stronger level (`taken`) do not count.
    """
    inside = field > 0
    if taken is not None:
        inside &= taken <= 0
    cells = np.flatnonzero(inside)
    areas: dict[tuple[str, str], float] = {}
    for cell in cells.tolist():
        region = atlas.regions[atlas.region[cell]]
        side = "middle"
        if region.sides != "midline":
            side = "same" if cell % 2 else "other"
        key = (region.id, side)
        areas[key] = areas.get(key, 0.0) + float(atlas.area_cm2[cell])
    ranked = sorted(areas.items(), key=lambda item: (-item[1], item[0]))
    return [(region, side, cm2) for (region, side), cm2 in ranked]


def _named(areas: list[tuple[str, str, float]], atlas: Atlas) -> list[str]:
    total = sum(cm2 for *_, cm2 in areas)
    areas = [each for each in areas if each[2] >= _SMALLEST * total]
    sides = {(region, side) for region, side, _ in areas}
    names: list[str] = []
    covered = 0.0
    for region, side, cm2 in areas:
        if covered >= _COVERED * total or len(names) >= _MOST_NAMES:
            break
        covered += cm2
        name = atlas_region_name(region, atlas)
        if side == "same" and (region, "other") in sides:
            name += " (both sides)"
        elif side == "other":
            if (region, "same") in sides:
                continue
            name += " (other side)"
        if name not in names:
            names.append(name)
    return names


def atlas_region_name(region: str, atlas: Atlas) -> str:
    """Return the lay name of a leaf region, ready for the middle of a sentence."""
    name = next(each.name for each in atlas.regions if each.id == region)
    return name[0].lower() + name[1:]


def _anchor_name(anchor: Anchor, atlas: Atlas) -> str:
    if anchor.landmark:
        name = atlas.landmarks[anchor.name].name
        return name[0].lower() + name[1:]
    leaf = next((each for each in atlas.regions if each.id == anchor.name), None)
    return (
        anchor.name.replace("-", " ")
        if leaf is None
        else atlas_region_name(leaf.id, atlas)
    )


def point_in_words(point: Point, atlas: Atlas | None = None) -> str:
    """Return where a point is, in words: "2 cm outwards from the angle of rib 9"."""
    atlas = atlas or load()
    words = {"up": "up", "down": "down", "in": "towards the midline"}
    words |= {"out": "outwards", "front": "to the front", "back": "to the back"}
    text = _anchor_name(point.anchor, atlas)
    if point.towards is not None:
        text = f"between {text} and {_anchor_name(point.towards, atlas)}"
    if point.offsets:
        moves = " and ".join(f"{cm:g} cm {words[way]}" for way, cm in point.offsets)
        return f"{moves} from: {text}"
    return text


def describe(pattern: Pattern, atlas: Atlas | None = None) -> str:
    """Return the pattern's zones and points as plain sentences, for one sore side."""
    atlas = atlas or load()
    fields = level_fields(pattern.zones, atlas)
    sentences: list[str] = []
    taken: Field | None = None
    said: set[str] = set()
    for level in LEVELS:
        if level not in fields:
            continue
        areas = _area_by_region(fields[level], taken, atlas)
        names = [name for name in _named(areas, atlas) if name not in said]
        if names:
            sentences.append(f"{_LEAD[level]} {'; '.join(names)}.")
        said.update(names)
        taken = fields[level] if taken is None else np.maximum(taken, fields[level])
    if pattern.points:
        places = "; ".join(point_in_words(each.at, atlas) for each in pattern.points)
        noun = "point" if len(pattern.points) == 1 else "points"
        sentences.append(f"Trigger {noun}: {places}.")
    return " ".join(sentences)
