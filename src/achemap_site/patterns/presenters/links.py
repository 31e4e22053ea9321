"""Links to records, in lists and inside texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from achemap.atlas.vocabulary import regions
from achemap_site.patterns.catalogue import Entry, catalogue


_ANCHOR = re.compile(r'<a href="/go/([a-z]+)/([a-z0-9-]+)/">(.*?)</a>', re.DOTALL)


def address(kind: str, record: str) -> str | None:
    """Return the address of a record's page; None when there is none (yet)."""
    entry = catalogue().of_kind(kind).get(record)
    if entry is not None:
        return entry.url
    return f"/self-care/#{record}" if kind == "product" else None


def rich_text(html: str) -> SafeString:
    """Return an editor's text ready for the page; links to nowhere become plain text."""

    def resolved(match: re.Match[str]) -> str:
        url = address(match[1], match[2])
        return match[3] if url is None else f'<a href="{escape(url)}">{match[3]}</a>'

    return mark_safe(_ANCHOR.sub(resolved, expand_db_html(html)))  # noqa: S308 - the editor's


def card(entry: Entry, note: str = "") -> dict[str, Any]:
    """Return what a list shows of a record."""
    return {
        "kind": entry.kind,
        "id": entry.id,
        "title": entry.title,
        "url": entry.url,
        "summary": entry.summary,
        "places": place_names(entry),
        "note": note,
    }


def place_names(entry: Entry, limit: int = 2) -> str:
    """Return the parts of the body that a pattern is felt in most."""
    known = regions()
    return ", ".join(known[group].name for group in entry.groups[:limit])


def by_region(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return entries under the names of their (first) region groups, head to foot."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        group = entry.groups[0] if entry.groups else entry.region
        groups.setdefault(group, []).append(entry)
    known = regions()
    listed = [
        {
            "id": group.id,
            "name": group.name,
            "entries": [card(one) for one in groups.pop(group.id)],
        }
        for group in known.values()
        if group.id in groups
    ]
    rest = [card(entry) for left in groups.values() for entry in left]
    return [
        *listed,
        *([{"id": "any", "name": _("Anywhere"), "entries": rest}] if rest else []),
    ]
