"""The pattern page and the list of patterns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from achemap.library.records import Pattern
from achemap_site.patterns import pictures, safety
from achemap_site.patterns.catalogue import Entry, catalogue
from achemap_site.patterns.models.pattern import PatternPage
from achemap_site.patterns.presenters import markup
from achemap_site.patterns.presenters.links import (
    by_region,
    card,
    place_names,
    rich_text,
)
from achemap_site.patterns.presenters.sources import references
from achemap_site.patterns.presenters.zones import points_in_words, zones_in_words


MOST_RELATED = 6


def pattern_index() -> dict[str, Any]:
    """Return all patterns by part of the body."""
    return {"groups": by_region(catalogue().patterns.values())}


def how_common(value: str) -> str:
    """Return how often a pattern is met, as a sentence."""
    return {
        "very-common": _("Therapists meet this pattern very often."),
        "common": _("Therapists meet this pattern often."),
        "uncommon": _("This pattern is not common."),
        "rare": _("This pattern is rare."),
    }[value]


def evidence(record: Pattern) -> dict[str, str]:
    """Return the evidence grade in plain words."""
    grades = {
        "classic-map": (
            _("Described, not proven"),
            _("The map comes from the classic descriptions of experienced therapists."),
        ),
        "reproduced": (
            _("Seen again by others"),
            _("Others who looked for this map found much the same."),
        ),
        "contested": (_("Disputed"), _("Experts do not agree about this map.")),
    }
    name, meaning = grades[record.evidence.grade]
    return {
        "grade": record.evidence.grade,
        "name": name,
        "meaning": meaning,
        "note": record.evidence.note,
    }


def review(record: Any, today: date | None = None) -> dict[str, Any]:
    """Return who wrote a record, who read it again, and whether that is still current."""
    today = today or date.today()
    return {
        "author": record.author,
        "authored": record.authored,
        "reviewed": record.reviewed,
        "reviewed_by": record.reviewed_by,
        "medical_open": record.medical_review == "open",
        "medical_review": record.medical_review,
        "review_by": record.review_by,
        "overdue": record.review_by < today,
    }


def look_alikes(record: Pattern) -> list[dict[str, Any]]:
    """Return the similar patterns with what tells them apart; linked where written."""
    known = catalogue().patterns
    return [
        {
            "title": known[one.pattern].title,
            "url": known[one.pattern].url,
            "places": place_names(known[one.pattern]),
            "tell_apart": one.tell_apart,
            "picture": f"/pictures/{one.pattern}-small.png",
        }
        for one in record.similar
        if one.pattern in known
    ]


def related(record: Pattern) -> dict[str, list[dict[str, Any]]]:
    """Return the grid of related pages, computed from the data so that no link dies."""
    known = catalogue()
    here = known.patterns.get(record.id)
    named = {one.pattern for one in record.similar}
    techniques = (
        known.techniques.get(name) for name in (here.techniques if here else ())
    )
    muscles = (known.muscles.get(name) for name in record.muscles)
    own_regions = set(here.reach) if here else set()
    collections = [
        entry
        for entry in (*known.collections.values(), *known.concepts.values())
        if record.id in entry.similar
    ]
    return {
        "patterns": [
            card(entry)
            for entry in _near(known.patterns.values(), record, named, own_regions)
        ],
        "care": [card(entry) for entry in techniques if entry],
        "muscles": [card(entry) for entry in muscles if entry],
        "reading": [card(entry) for entry in collections],
    }


def _near(entries: Any, record: Pattern, named: set[str], own: set[str]) -> list[Entry]:
    scored = []
    for entry in entries:
        if entry.id == record.id:
            continue
        score = (
            10 * bool(set(entry.muscles) & set(record.muscles))
            + 4 * (entry.id in named or record.id in entry.similar)
            + len(own & set(entry.reach)) / (1 + len(own | set(entry.reach)))
        )
        if score > 0.1:
            scored.append((-score, entry.title, entry))
    return [entry for _score, _title, entry in sorted(scored)[:MOST_RELATED]]


def _sections(page: PatternPage, record: Pattern) -> list[dict[str, Any]]:
    """Return the sections of the page, in the order of the newest post format."""
    return [
        {"id": "where", "name": _("Where you feel it"), "html": ""},
        {
            "id": "describe",
            "name": _("How people describe it"),
            "html": rich_text(page.describe),
        },
        {
            "id": "activate",
            "name": _("What sets it off"),
            "html": rich_text(page.activate),
        },
        {"id": "similar", "name": _("Is it this one, or another?"), "html": ""},
        {"id": "relief", "name": _("Getting relief on your own"), "html": ""},
        {
            "id": "anatomy",
            "name": _("The anatomy behind it"),
            "html": rich_text(page.anatomy),
        },
        {
            "id": "therapy",
            "name": _("Notes for therapists"),
            "html": rich_text(page.therapy_notes),
        },
        {"id": "proof", "name": _("How sure is this?"), "html": ""},
    ]


def pattern_page(page: PatternPage) -> dict[str, Any]:
    """Return everything the pattern page shows. Self-care steps are not part of it."""
    record: Pattern = page.record()
    entry = catalogue().patterns.get(record.id)
    return {
        "record": record,
        "sections": _sections(page, record),
        "crumbs": crumbs(entry),
        "danger": safety.danger_box(record),
        "picture": pictures.of_pattern(record),
        "map_cells": pictures.cells_address(record),
        "og_image": pictures.address(record, "card"),
        "zones": zones_in_words(record.zones, page.reach),
        "points": points_in_words(record.points),
        "places": place_names(entry, 3) if entry else "",
        "how_common": how_common(record.how_common),
        "look_alikes": look_alikes(record),
        "related": related(record),
        "evidence": evidence(record),
        "sources": references(record.sources),
        "review": review(record),
        "summary": entry.summary if entry else "",
        "json_ld": markup.pattern(page, record, entry.summary if entry else ""),
    }


def crumbs(entry: Entry | None) -> list[dict[str, str]]:
    """Return the way from the first page to a pattern, by the body."""
    from achemap.atlas.vocabulary import regions

    way = [{"name": _("Pain patterns"), "url": "/patterns/"}]
    if entry and entry.groups:
        group = regions()[entry.groups[0]]
        way.append({"name": group.name, "url": f"/where/{group.id}/"})
    return way
