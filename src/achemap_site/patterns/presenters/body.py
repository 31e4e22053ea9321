"""Regions of the body: the list, and the patterns that reach one region."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from achemap.atlas.browser import plate_for
from achemap.atlas.vocabulary import leaves, regions
from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.presenters.links import card


def region_index() -> dict[str, Any]:
    """Return every region group with its leaves and how many patterns reach each."""
    reached: dict[str, int] = {}
    for entry in catalogue().patterns.values():
        for leaf in entry.reach:
            reached[leaf] = reached.get(leaf, 0) + 1
    known = regions()
    groups = []
    for group in (each for each in known.values() if not each.is_leaf):
        parts = [known[leaf] for leaf in leaves(group.id)]
        groups.append(
            {
                "id": group.id,
                "name": group.name,
                "leaves": [
                    {
                        "id": part.id,
                        "name": part.name,
                        "patterns": reached.get(part.id, 0),
                    }
                    for part in parts
                ],
                "patterns": len(catalogue().reaching({part.id for part in parts})),
            }
        )
    return {"groups": groups}


def level_words(level: str) -> str:
    """Return how strongly a pattern is felt in a region."""
    return {
        "essential": _("felt here most"),
        "common": _("felt here by many"),
        "spillover": _("may spread here"),
    }[level]


def region_page(name: str) -> dict[str, Any]:
    """Return one region: its names, its parts, and the patterns that reach it."""
    known = regions()
    region = known[name]
    reaching = catalogue().reaching(set(leaves(name)))
    parent = known.get(region.parent)
    near = [known[leaf] for leaf in leaves(region.parent)] if parent else []
    inside = set(leaves(name))
    return {
        "region": region,
        "plate": plate_for(name),
        "parent": parent,
        "parts": [] if region.is_leaf else [known[leaf] for leaf in leaves(name)],
        "near": [one for one in near if one.id != name],
        "levels": [
            {
                "level": level,
                "name": level_words(level),
                "entries": [card(entry) for entry, at in reaching if at == level],
            }
            for level in ("essential", "common", "spillover")
            if any(at == level for _entry, at in reaching)
        ],
        "reading": [
            card(entry)
            for entry in catalogue().collections.values()
            if entry.region
            and (entry.region in (name, region.parent) or entry.region in inside)
        ],
        "summary": _("Pain patterns that are felt here: %(name)s.")
        % {"name": region.name},
    }
