"""What an author draws, as grammar: one request changes the text and reads it back.

A drawing is never stored as cells. Each stroke becomes lines of the zone grammar,
the lines are read and put on the body again, and that is what the author sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import msgspec
import numpy as np
from django.utils.translation import gettext as _

from achemap.atlas import load, regions
from achemap.atlas.baking import point_cell, zone_field
from achemap.atlas.grammar import (
    Area,
    Level,
    Shape,
    Spot,
    TriggerPoint,
    Zone,
    trigger_point_as_data,
    zone_as_data,
)
from achemap.atlas.plates import BODIES, Body, Plate, plate
from achemap.atlas.tracing import nearest_point, zones_of
from achemap.errors import BadInput
from achemap.illustrate.words import atlas_region_name, point_in_words
from achemap_site.patterns.editing.zone_text import Entry, Kind, entries_of, line_of


LEVELS: tuple[Level, ...] = get_args(Level)
FORMS = ("area", "spot", "band", "shape")
SIDES = ("same", "other", "both")
MOST_SPLINE = 200


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of the author: what kind, on which lines (`first` to `last`, not with it)."""

    act: str
    first: int = 0
    last: int = 0
    level: Level = "essential"
    plate: str = "back"
    body: Body = "neutral"
    cells: tuple[int, ...] = ()
    spline: tuple[tuple[float, float], ...] = ()
    radius_cm: float = 2.0
    form: str = ""
    side: str = "same"


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two texts as they are, and what to change in them."""

    zones: str = ""
    points: str = ""
    change: Change | None = None


# Made once, before threads ask; see achemap.library.records.
_ASKED = msgspec.json.Decoder(Asked)


def asked_of(body: bytes) -> Asked:
    """Read a request. Raises BadInput."""
    try:
        return _ASKED.decode(body)
    except msgspec.DecodeError as error:
        raise BadInput(str(error), file="drawing") from error


# --- plates ------------------------------------------------------------------


def shown(name: str, body: str = "neutral") -> tuple[Plate, bool]:
    """Return a plate by the body map's name, and whether it stands for the left."""
    if body not in BODIES:
        raise BadInput(f"unknown body {body!r}", field="body")
    for ending, side in (("-left", "left"), ("-right", "right")):
        if name.endswith(ending):
            return plate(name.removesuffix(ending), body, side), side == "left"
    return plate(name, body), False


def _written_for(name: str, cells: Sequence[int]) -> str:
    """Return the plate that a drawing is written for: zones are right-sided."""
    base = name.removesuffix("-left").removesuffix("-right")
    left = sum(cell % 2 == 0 for cell in cells)
    return "right" if base == "left" and left * 2 > len(cells) else base


def _on_neutral(points: Any, drawn: Plate, neutral: Plate) -> Any:
    """Return view cm on the neutral body for view cm on another body's plate."""
    seen = np.flatnonzero(drawn.visible)
    there = drawn.to_cm(drawn.project(seen))
    here = neutral.to_cm(neutral.project(seen))
    nearest = [int(np.argmin(((there - at) ** 2).sum(1))) for at in points]
    return points + here[nearest] - there[nearest]


# --- changes -----------------------------------------------------------------


def _painted(change: Change) -> list[str]:
    if not change.cells:
        return []
    name = _written_for(change.plate, change.cells)
    shown(name)
    fits = zones_of(change.cells, name, change.level, change.form)
    return [line_of(_tidy(zone_as_data(fit.zone))) for fit in fits]


def _splined(change: Change) -> list[str]:
    if not 3 <= len(change.spline) <= MOST_SPLINE:
        raise BadInput("a shape has 3 to 200 points", field="spline")
    drawn, left = shown(change.plate, change.body)
    neutral, _left = shown(change.plate)
    at = drawn.to_cm(np.array(change.spline) * drawn.scale)
    if change.body != "neutral":
        at = _on_neutral(at, drawn, neutral)
    name, turned = neutral.name, 1.0
    if not left and _lies_left(at, neutral):
        # Zones are written for the right side; this one is its mirror.
        name, turned, left = ("right" if name == "left" else name), -1.0, True
    places = np.round(at * (turned, 1.0), 1).tolist()
    zone = Zone(
        level=change.level,
        shape=Shape(name, tuple((float(x), float(y)) for x, y in places)),
        side="other" if left else "same",
    )
    return [line_of(_tidy(zone_as_data(zone)))]


def _lies_left(at: Any, neutral: Plate) -> bool:
    """Return whether a curve in view cm lies on the body's left, nearly all of it."""
    spline = tuple((float(x), float(y)) for x, y in at.tolist())
    zone = Zone(level="common", shape=Shape(neutral.name, spline))
    try:
        cells = np.flatnonzero(zone_field(zone) > 0)
    except BadInput:
        return False
    return float(np.mean(cells % 2 == 0)) > 0.9


def _spotted(change: Change) -> list[str]:
    cell = _cell(change)
    radius = min(25.0, max(0.2, round(change.radius_cm * 2) / 2))
    zone = Zone(
        level=change.level,
        spot=Spot(nearest_point(cell), radius),
        side="same" if cell % 2 else "other",
    )
    return [line_of(_tidy(zone_as_data(zone)))]


def _pointed(change: Change) -> list[str]:
    point = TriggerPoint(nearest_point(_cell(change)))
    return [line_of(trigger_point_as_data(point))]


def _whole_region(change: Change) -> list[str]:
    """Return the lines of whole leaf regions: `form` holds the region's id."""
    if change.form not in regions():
        raise BadInput(f"unknown region {change.form!r}", field="form")
    side = change.side if change.side in SIDES else "same"
    zone = Zone(level=change.level, area=Area(change.form), side=side)
    return [line_of(_tidy(zone_as_data(zone)))]


def _cell(change: Change) -> int:
    if not change.cells or not 0 <= change.cells[0] < load().count:
        raise BadInput("that is not on the body", field="cells")
    return change.cells[0]


def _said_again(change: Change, entry: Entry) -> list[str]:
    """Return an entry with another level, side or form."""
    zone = entry.record
    if not isinstance(zone, Zone):
        return [entry.text]
    if change.act == "form":
        cells = np.flatnonzero(zone_field(zone) > 0).tolist()
        return _painted(
            msgspec.structs.replace(change, cells=tuple(cells), level=zone.level)
        )
    said = {"level": change.level} if change.act == "level" else {"side": change.side}
    data = _tidy(zone_as_data(msgspec.structs.replace(zone, **said)))
    return [line_of(data)]


_NEW = {
    "paint": _painted,
    "spline": _splined,
    "spot": _spotted,
    "region": _whole_region,
}


def _tidy(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain data with whole numbers written without a point."""
    return {key: _tidied(value) for key, value in data.items()}


def _tidied(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return _tidy(value)
    if isinstance(value, list | tuple):
        return [_tidied(each) for each in value]
    return value


def changed(asked: Asked) -> tuple[str, str, list[int]]:
    """Return both texts after the change, and the lines it wrote. Raises BadInput."""
    change = asked.change
    if change is None:
        return asked.zones, asked.points, []
    kind: Kind = "points" if change.act in {"point", "unpoint"} else "zones"
    entries = entries_of(kind, getattr(asked, kind))
    first = min(max(change.first, 0), len(entries))
    last = min(max(change.last, first), len(entries))
    if change.act in _NEW:
        lines = _NEW[change.act](change)
    elif change.act == "point":
        lines = _pointed(change)
    elif change.act in {"remove", "unpoint"}:
        lines = []
    elif change.act in {"level", "side", "form"} and first < len(entries):
        lines = _said_again(change, entries[first])
        last = first + 1
    else:
        raise BadInput(f"unknown act {change.act!r}", field="act")
    before = [each.text for each in entries[:first]]
    after = [each.text for each in entries[last:]]
    text = "\n".join([*before, *lines, *after])
    wrote = list(range(first, first + len(lines)))
    if kind == "points":
        return asked.zones, text, wrote
    return text, asked.points, wrote


# --- reading back ------------------------------------------------------------


def zone_in_words(zone: Zone) -> str:
    """Return where a zone is, in the words of a person."""
    if zone.area is not None:
        name = regions()[zone.area.region].name
        part = zone.area.part.replace("-", " ") if zone.area.part else ""
        text = f"{name}, {part}" if part else name
    elif zone.spot is not None:
        text = _("Spot, %(cm)g cm around: %(place)s") % {
            "cm": zone.spot.radius_cm,
            "place": point_in_words(zone.spot.at),
        }
    elif zone.band is not None:
        text = _("Band, %(cm)g cm wide: from %(first)s to %(last)s") % {
            "cm": zone.band.width_cm,
            "first": point_in_words(zone.band.through[0]),
            "last": point_in_words(zone.band.through[-1]),
        }
    else:
        text = _("Drawn shape: %(places)s") % {"places": _touched(zone)}
    sides = {"other": _("on the other side"), "both": _("on both sides")}
    return f"{text} ({sides[zone.side]})" if zone.side in sides else text


def _touched(zone: Zone) -> str:
    atlas = load()
    inside = np.flatnonzero(zone_field(zone, atlas) > 0)
    held = np.bincount(atlas.region[inside], weights=atlas.area_cm2[inside])
    names = [
        atlas_region_name(atlas.regions[number].id, atlas)
        for number in np.argsort(-held)[:3].tolist()
        if held[number] > 0.1 * held.sum()
    ]
    return ", ".join(names)


def _form_of(zone: Zone) -> str:
    return next(name for name in FORMS if getattr(zone, name) is not None)


def _spline_on_plate(zone: Zone) -> dict[str, Any] | None:
    """Return a shape's plate, as the body map names it, and points in cm from its corner.

    What is for the other side is given where an author sees it: on the left.
    """
    if zone.shape is None:
        return None
    name, at = zone.shape.plate, np.array(zone.shape.spline)
    other = zone.side == "other"
    drawn = plate(name)
    if drawn.shows == "both" or name in {"left", "right"}:
        if other:
            at = at * (-1.0, 1.0)
            name = {"right": "left", "left": "right"}.get(name, name)
        drawn = plate(name)
    else:
        drawn = plate(name, "neutral", "left" if other else "right")
        name = f"{name}-{'left' if other else 'right'}"
    points = drawn.to_px(at) / drawn.scale
    return {"plate": name, "points": np.round(points, 3).tolist()}


def _zone_as_seen(entry: Entry) -> dict[str, Any]:
    zone, written = entry.record, {"text": entry.text, "line": entry.line}
    if not isinstance(zone, Zone):
        return {**written, "problem": str(entry.problem)}
    return {
        **written,
        "level": zone.level,
        "side": zone.side,
        "form": _form_of(zone),
        "words": zone_in_words(zone),
        "cells": np.flatnonzero(zone_field(zone) > 0).tolist(),
        "spline": _spline_on_plate(zone),
    }


def _point_as_seen(entry: Entry) -> dict[str, Any]:
    point, written = entry.record, {"text": entry.text, "line": entry.line}
    if not isinstance(point, TriggerPoint):
        return {**written, "problem": str(entry.problem)}
    return {
        **written,
        "label": point.label,
        "words": point_in_words(point.at),
        "cell": point_cell(point.at),
    }


def answer(asked: Asked) -> dict[str, Any]:
    """Return the texts after the change and what they say. Raises BadInput."""
    zones, points, wrote = changed(asked)
    zone_entries = entries_of("zones", zones)
    point_entries = entries_of("points", points)
    problems = [
        str(each.problem)
        for each in (*zone_entries, *point_entries)
        if each.problem is not None
    ]
    return {
        "zones": zones,
        "points": points,
        "wrote": wrote,
        "entries": [_zone_as_seen(each) for each in zone_entries],
        "marks": [_point_as_seen(each) for each in point_entries],
        "problems": problems,
        "picture": _picture(zone_entries, point_entries),
    }


def _picture(zones: list[Entry], points: list[Entry]) -> dict[str, Any] | None:
    """Return the drawn picture of what can be read: SVG panels and words."""
    from achemap_site.patterns.editing.sketch_picture import drawn

    readable = [each.record for each in zones if isinstance(each.record, Zone)]
    marks = [each.record for each in points if isinstance(each.record, TriggerPoint)]
    return drawn(readable, marks) if readable else None
