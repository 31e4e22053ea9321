"""Sources as a reader can follow them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from achemap_site.patterns.models.record_snippets import Source


def references(keys: Iterable[str]) -> list[dict[str, Any]]:
    """Return the sources in the order of `keys`; unknown keys are left out."""
    wanted = list(keys)
    known = {source.key: source for source in Source.objects.filter(key__in=wanted)}
    return [_reference(known[key]) for key in wanted if key in known]


def _reference(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "authors": source.authors,
        "title": source.title,
        "year": source.year,
        "where": source.where,
        "url": source.url or (f"https://doi.org/{source.doi}" if source.doi else ""),
        "says": source.says,
        "kind": source.get_source_kind_display(),
        "seen_as": source.seen_as,
    }
