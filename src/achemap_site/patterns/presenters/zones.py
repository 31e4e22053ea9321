"""Where a pattern is felt, in words: for those who cannot see the picture, and all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from achemap.atlas import regions
from achemap.atlas.grammar import TriggerPoint, Zone
from achemap.illustrate.words import point_in_words


LEVELS = ("essential", "common", "spillover")


def zones_in_words(
    zones: Iterable[Zone], reach: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the regions of each level in everyday words; unused levels are left out.

    `reach` maps leaf regions to the strongest level that reaches them.
    """
    used = {zone.level for zone in zones}
    names = {
        "essential": (_("Felt most often"), _("dark red")),
        "common": (_("Felt by many"), _("medium red")),
        "spillover": (_("Felt now and then"), _("pink")),
    }
    known = regions()
    found = []
    for level in LEVELS:
        places = [_lower(known[leaf].name) for leaf, at in reach.items() if at == level]
        if level in used:
            places = places or [_("a rim around that")]
            name, colour = names[level]
            found.append(
                {"level": level, "name": name, "colour": colour, "places": places}
            )
    return found


def points_in_words(points: Iterable[TriggerPoint]) -> list[str]:
    """Return where the trigger points are, measured from bones that can be felt."""
    return [point_in_words(point.at) for point in points]


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
