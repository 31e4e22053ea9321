"""What is in the library, light enough to hold in memory for every request.

One `Entry` per live record. The catalogue is read once per process and again after
something was published: one short query tells whether it is still current.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max
from django.utils.html import strip_tags
from wagtail.models import Page, Site

from achemap.atlas.vocabulary import regions
from achemap_site.patterns.fronts import items


LEVEL_ORDER = {"essential": 0, "common": 1, "spillover": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One live record: enough to list it, link to it, and relate it to others.

    `reach` maps leaf regions to levels; `words` are texts for the search, by weight
    ("say", "place", "muscle", "prose"). Both are empty for records without them.
    """

    kind: str
    id: str
    title: str
    url: str
    summary: str
    page: int
    updated: date | None = None
    region: str = ""
    how_common: str = ""
    muscles: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    reach: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[str, ...]:
        """Region groups, those with an essential zone first."""
        known = regions()
        ranked = sorted(self.reach.items(), key=lambda pair: LEVEL_ORDER[pair[1]])
        return tuple(
            dict.fromkeys(known[leaf].parent for leaf, _ in ranked if leaf in known)
        )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every live record by id, kind by kind; `version` changes with any of them."""

    version: str
    patterns: Mapping[str, Entry]
    muscles: Mapping[str, Entry]
    techniques: Mapping[str, Entry]
    concepts: Mapping[str, Entry]
    collections: Mapping[str, Entry]
    by_page: Mapping[int, Entry]

    def of_kind(self, kind: str) -> Mapping[str, Entry]:
        """Return the entries of one kind; none for a kind without pages."""
        return {
            "pattern": self.patterns,
            "muscle": self.muscles,
            "technique": self.techniques,
            "concept": self.concepts,
            "collection": self.collections,
        }.get(kind, {})

    def with_muscle(self, muscle: str) -> list[Entry]:
        """Return the patterns that name a muscle."""
        return [entry for entry in self.patterns.values() if muscle in entry.muscles]

    def reaching(self, leaves: set[str]) -> list[tuple[Entry, str]]:
        """Return (pattern, strongest level there), strongest and commonest first."""
        found = []
        for entry in self.patterns.values():
            levels = [level for leaf, level in entry.reach.items() if leaf in leaves]
            if levels:
                found.append((entry, min(levels, key=LEVEL_ORDER.__getitem__)))
        return sorted(
            found,
            key=lambda pair: (
                LEVEL_ORDER[pair[1]],
                HOW_COMMON_ORDER.get(pair[0].how_common, 9),
                pair[0].title,
            ),
        )


HOW_COMMON_ORDER = {"very-common": 0, "common": 1, "uncommon": 2, "rare": 3}


def current_version() -> str:
    """Return a text that changes whenever a page is published or withdrawn."""
    state = Page.objects.filter(live=True).aggregate(
        newest=Max("latest_revision_created_at"),
        published=Max("last_published_at"),
        pages=Count("pk"),
    )
    return f"{state['newest']}/{state['published']}/{state['pages']}"


def catalogue() -> Catalogue:
    """Return the catalogue of what is live now."""
    return _read(current_version())


def forget() -> None:
    """Drop the catalogue that is held, for tests and after loading."""
    _read.cache_clear()


@lru_cache(maxsize=1)
def _read(version: str) -> Catalogue:
    from achemap_site.patterns import models

    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path if site else "/"
    rows = {
        kind: _rows(model, root, build)
        for kind, model, build in (
            ("pattern", models.PatternPage, _pattern),
            ("muscle", models.MusclePage, _muscle),
            ("technique", models.TechniquePage, _technique),
            ("concept", models.ConceptPage, _article),
            ("collection", models.CollectionPage, _article),
        )
    }
    return Catalogue(
        version=version,
        patterns=rows["pattern"],
        muscles=rows["muscle"],
        techniques=rows["technique"],
        concepts=rows["concept"],
        collections=rows["collection"],
        by_page={
            entry.page: entry for kind in rows.values() for entry in kind.values()
        },
    )


def _rows(model: Any, root: str, build: Any) -> dict[str, Entry]:
    rows = model.objects.live().public().order_by("title").values()
    entries = (build(model.kind, row, root) for row in rows)
    return {entry.id: entry for entry in entries}


def _base(kind: str, row: Mapping[str, Any], root: str, summary: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": row["record_id"],
        "title": row["title"],
        "url": "/" + row["url_path"].removeprefix(root),
        "summary": row["search_description"] or summary,
        "page": row["id"],
        "updated": row["last_published_at"] and row["last_published_at"].date(),
    }


def _values(stored: Any) -> list[dict[str, Any]]:
    """Return the blocks of a stream field as stored, without building them."""
    raw = getattr(stored, "raw_data", stored)
    return json.loads(raw) if isinstance(raw, str) else list(raw or ())


def first_sentences(html: str, limit: int = 170) -> str:
    """Return the first whole sentences of a text, at most `limit` characters."""
    text = " ".join(strip_tags(html.replace("</p>", " ")).split())
    if len(text) <= limit:
        return text
    cut = text[:limit]
    end = max(cut.rfind(mark) for mark in (". ", "? ", "! "))
    return cut[: end + 1] if end > 60 else cut.rsplit(" ", 1)[0] + "…"


def _pattern(kind: str, row: Mapping[str, Any], root: str) -> Entry:
    care = [block["value"] for block in _values(row["care"]) if block["type"] == "step"]
    known = regions()
    places = " ".join(
        f"{known[leaf].name} {' '.join(known[leaf].synonyms)}"
        for leaf in row["reach"]
        if leaf in known
    )
    signs = [block["value"]["concept"] for block in _values(row["signs"])]
    return Entry(
        **_base(kind, row, root, first_sentences(row["describe"])),
        how_common=row["how_common"],
        muscles=tuple(block["value"] for block in _values(row["muscles"])),
        similar=tuple(block["value"]["pattern"] for block in _values(row["similar"])),
        techniques=tuple(
            dict.fromkeys(s["technique"] for s in care if s.get("technique"))
        ),
        reach=row["reach"],
        words={
            "say": row["sayings"],
            "place": places,
            "signs": " ".join(signs),
            "muscle": " ".join(block["value"] for block in _values(row["muscles"])),
            "prose": strip_tags(
                " ".join((row["describe"], row["activate"], row["anatomy"]))
            ),
        },
    )


def _muscle(kind: str, row: Mapping[str, Any], root: str) -> Entry:
    return Entry(
        **_base(kind, row, root, row["function"]),
        region=row["region"],
        muscles=tuple(items(row["related"])),
        words={
            "muscle": f"{row['name']} {row['latin']} {row['synonyms']}",
            "prose": f"{row['function']} {row['action']} {row['nerve']}",
        },
    )


def _technique(kind: str, row: Mapping[str, Any], root: str) -> Entry:
    what = row["body"].split("</h2>", 1)[-1]
    return Entry(
        **_base(kind, row, root, first_sentences(what)),
        region=row["region"],
        words={"prose": strip_tags(what), "say": row["technique_kind"]},
    )


def _article(kind: str, row: Mapping[str, Any], root: str) -> Entry:
    return Entry(
        **_base(kind, row, root, row["summary"]),
        region=row["region"],
        similar=tuple(items(row["patterns"])),
        words={"prose": strip_tags(row["body"])},
    )
