"""What the JSON interface says, as plain data."""

from __future__ import annotations

from typing import Any

from achemap.atlas.vocabulary import Region, leaves
from achemap.library.writing import pattern_as_data
from achemap_site.authoring.keeping.members import keeps_notes
from achemap_site.delivery.published import current
from achemap_site.patterns.catalogue import Entry, catalogue
from achemap_site.patterns.models import PatternPage


# Self-care is behind the safety screen, here as on the pages.
BEHIND_THE_SCREEN = ("relief", "heat", "ice", "pressure", "routine", "product")


def _listed(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "url": entry.url,
        "summary": entry.summary,
        "muscles": list(entry.muscles),
        "how_common": entry.how_common,
        "regions": dict(entry.reach),
    }


def patterns() -> list[dict[str, Any]]:
    """Return a short entry for every published pattern."""
    return [_listed(entry) for entry in catalogue().patterns.values()]


def pattern(name: str) -> dict[str, Any] | None:
    """Return one published pattern without its self-care; None when unknown."""
    entry = catalogue().patterns.get(name)
    if entry is None:
        return None
    record = PatternPage.objects.get(pk=entry.page).record()
    data = pattern_as_data(record)
    data["care"] = {
        key: value
        for key, value in data["care"].items()
        if key not in BEHIND_THE_SCREEN
    }
    data["sections"].pop("relief", None)
    if keeps_notes():
        data["sections"].pop("therapy-notes")
    return data | {"url": entry.url, "self_care": f"/relief/{entry.id}/"}


def region(found: Region) -> dict[str, Any]:
    """Return one region in the shape of `achemap regions --json`."""
    return {
        "id": found.id,
        "name": found.name,
        "term": found.term,
        "parent": found.parent,
        "synonyms": list(found.synonyms),
        "choir": {"left": list(found.choir_left), "right": list(found.choir_right)},
    }


def reaching(name: str) -> list[dict[str, Any]]:
    """Return the patterns that reach a region, strongest first."""
    return [
        {
            "pattern": entry.id,
            "title": entry.title,
            "muscles": list(entry.muscles),
            "level": level,
        }
        for entry, level in catalogue().reaching(set(leaves(name)))
    ]


def find(given: dict[str, Any], *, top: int) -> dict[str, Any]:
    """Return the finder's answer in the shape of `achemap find --json`."""
    from achemap.finder import answering

    return answering.finder(top=top, bundle=current())(given)


def triage(given: dict[str, Any]) -> dict[str, Any]:
    """Return the screen's answer in the shape of `achemap triage --json`."""
    from achemap.triage import answering

    return answering.answer(given)
