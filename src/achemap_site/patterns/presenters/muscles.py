"""The muscle page and the list of muscles."""

from __future__ import annotations

from typing import Any

from achemap.atlas.vocabulary import regions
from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.fronts import items
from achemap_site.patterns.models.muscle import MusclePage
from achemap_site.patterns.presenters import markup
from achemap_site.patterns.presenters.links import by_region, card
from achemap_site.patterns.presenters.sources import references


def muscle_index() -> dict[str, Any]:
    """Return all muscles by part of the body."""
    return {"groups": by_region(catalogue().muscles.values())}


def muscle_page(page: MusclePage) -> dict[str, Any]:
    """Return everything the muscle page shows."""
    known = catalogue()
    group = regions().get(page.region)
    return {
        "patterns": [card(entry) for entry in known.with_muscle(page.record_id)],
        "related_muscles": [
            card(known.muscles[name])
            for name in items(page.related)
            if name in known.muscles
        ],
        "whole": known.muscles.get(page.part_of),
        "parts": [
            card(known.muscles[part])
            for part in MusclePage.objects.live()
            .filter(part_of=page.record_id)
            .values_list("record_id", flat=True)
            if part in known.muscles
        ],
        "synonyms": items(page.synonyms),
        "region_name": group.name if group else "",
        "sources": references(items(page.sources)),
        "json_ld": markup.muscle(page, page.function),
        "summary": page.function,
    }
