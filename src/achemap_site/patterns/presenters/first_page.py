"""The first page, and the pattern of the week."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from achemap_site.authoring.feature import monday, rotation
from achemap_site.authoring.models import FeaturedPattern
from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.presenters import markup
from achemap_site.patterns.presenters.body import region_index
from achemap_site.patterns.presenters.links import card


def featured() -> dict[str, Any] | None:
    """Return the pattern of this week: an editor's choice, else the fair rotation."""
    known = catalogue()
    today = timezone.localdate()
    chosen = (
        FeaturedPattern.objects.filter(week_begins=monday(today), pattern__live=True)
        .values_list("pattern_id", flat=True)
        .first()
    )
    entry = known.by_page.get(chosen) if chosen else None
    if entry is None:
        name = rotation(list(known.patterns), today)
        entry = known.patterns[name] if name else None
    return None if entry is None else card(entry)


def home() -> dict[str, Any]:
    """Return what the first page shows."""
    known = catalogue()
    week = featured()
    return {
        **region_index(),
        "week": week,
        "counts": {"patterns": len(known.patterns), "muscles": len(known.muscles)},
        "collections": [card(entry) for entry in known.collections.values()][:6],
        "json_ld": markup.site(),
    }
