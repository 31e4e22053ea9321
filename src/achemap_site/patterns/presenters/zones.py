"""Zones in words, for those who cannot see the picture and for those who can."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from achemap.atlas.grammar import Anchor, Point, Zone
from achemap.atlas.vocabulary import landmark_names, regions


LEVELS = ("essential", "common", "spillover")


def _part_words(part: str) -> str:
    words = {
        "upper": _("upper half"),
        "lower": _("lower half"),
        "inner": _("inner half"),
        "outer": _("outer half"),
        "front": _("front half"),
        "back": _("back half"),
        "middle": _("middle"),
        "upper-third": _("upper third"),
        "middle-third": _("middle third"),
        "lower-third": _("lower third"),
        "inner-third": _("inner third"),
        "outer-third": _("outer third"),
    }
    return words[part]


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _area_words(region: str, part: str | None) -> str:
    name = _lower(regions()[region].name)
    if part is None:
        return name
    return _("%(name)s (%(part)s)") % {"name": name, "part": _part_words(part)}


def _anchor_words(anchor: Anchor) -> str:
    if anchor.landmark:
        return _lower(landmark_names()[anchor.name].name)
    return _area_words(anchor.name, anchor.part)


def _point_words(point: Point) -> str:
    if point.towards is None:
        return _anchor_words(point.anchor)
    return _("between %(one)s and %(other)s") % {
        "one": _anchor_words(point.anchor),
        "other": _anchor_words(point.towards),
    }


def zone_words(zone: Zone) -> str:
    """Return where one zone is, in everyday words."""
    if zone.area is not None:
        words = _area_words(zone.area.region, zone.area.part)
    elif zone.spot is not None:
        words = _("a patch near %(place)s") % {"place": _point_words(zone.spot.at)}
    elif zone.band is not None:
        first, last = zone.band.through[0], zone.band.through[-1]
        words = _("a strip from near %(one)s to near %(other)s") % {
            "one": _point_words(first),
            "other": _point_words(last),
        }
    else:
        words = _("the area drawn in the picture")
    if zone.side == "other":
        return _("%(where)s, on the other side") % {"where": words}
    if zone.side == "both":
        return _("%(where)s, on both sides") % {"where": words}
    return words


def zones_in_words(zones: Iterable[Zone]) -> list[dict[str, Any]]:
    """Return, level by level, a heading and the places. Levels without zones are left out."""
    names = {
        "essential": (_("Felt most often"), _("dark red")),
        "common": (_("Felt by many"), _("medium red")),
        "spillover": (_("Felt now and then"), _("pink")),
    }
    all_zones = list(zones)
    found = []
    for level in LEVELS:
        places = dict.fromkeys(
            zone_words(zone) for zone in all_zones if zone.level == level
        )
        if places:
            name, colour = names[level]
            found.append(
                {"level": level, "name": name, "colour": colour, "places": list(places)}
            )
    return found
