"""Whole fronts of patterns, muscles, techniques and articles."""

from __future__ import annotations

from typing import Any

from achemap_site.patterns.fronts.care import (
    care_blocks,
    care_front,
    step_front,
    step_value,
)
from achemap_site.patterns.fronts.fields import (
    Fields,
    Front,
    blocks,
    items,
    lines,
    pairs,
)
from achemap_site.patterns.fronts.review import review_fields, review_front
from achemap_site.patterns.fronts.signs import sign_blocks, signs_front
from achemap_site.patterns.fronts.zones import (
    point_front,
    point_value,
    zone_block,
    zone_front,
)


def pattern_fields(front: Front) -> Fields:
    """Return the page fields for a pattern's front."""
    care = front["care"]
    return {
        "title": front["title"],
        "language": front["language"],
        "muscles": blocks(("muscle", muscle) for muscle in front["muscles"]),
        "how_common": front["how-common"],
        "zones": blocks(zone_block(zone) for zone in front["zones"]),
        "points": blocks(
            ("point", point_value(point)) for point in front.get("points") or ()
        ),
        "partial": front.get("partial") or "",
        "signs": blocks(sign_blocks(front["signs"])),
        "sayings": lines(front.get("sayings")),
        "mistaken_for": lines(front.get("mistaken-for")),
        "triage": lines(front.get("triage")),
        "similar": blocks(
            ("similar", {"pattern": one["pattern"], "tell_apart": one["tell-apart"]})
            for one in front.get("similar") or ()
        ),
        "avoid": lines(care.get("avoid")),
        "relief_on_the_go": lines(care.get("relief")),
        "care": blocks(care_blocks(care)),
        "see_someone": care.get("see-someone") or "",
        "evidence_grade": front["evidence"]["grade"],
        "evidence_note": front["evidence"]["note"],
        "sources": lines(front.get("sources")),
        "sources_disagree": front.get("sources-disagree") or "",
        **review_fields(front),
    }


def pattern_front(page: Any) -> dict[str, Any]:
    """Return a pattern's front, in file order."""
    return {
        "id": page.record_id,
        "title": page.title,
        "language": page.language,
        "muscles": [value for _, value in pairs(page.muscles)],
        "how-common": page.how_common,
        "zones": [zone_front(kind, value) for kind, value in pairs(page.zones)],
        "points": [point_front(value) for _, value in pairs(page.points)],
        "partial": page.partial,
        "signs": signs_front(value for _, value in pairs(page.signs)),
        "sayings": items(page.sayings),
        "mistaken-for": items(page.mistaken_for),
        "triage": items(page.triage),
        "similar": [
            {"pattern": value["pattern"], "tell-apart": value["tell_apart"]}
            for _, value in pairs(page.similar)
        ],
        "care": care_front(page),
        "evidence": {"grade": page.evidence_grade, "note": page.evidence_note},
        "sources": items(page.sources),
        "sources-disagree": page.sources_disagree or None,
        **review_front(page),
    }


def muscle_fields(front: Front) -> Fields:
    """Return the page fields for a muscle's front."""
    return {
        "title": str(front["name"]).capitalize(),
        "name": front["name"],
        "latin": front["latin"],
        "fma": front.get("fma"),
        "synonyms": lines(front.get("synonyms")),
        "part_of": front.get("part-of") or "",
        "region": front["region"],
        "attached_from": front["attachments"]["from"],
        "attached_to": front["attachments"]["to"],
        "action": front["action"],
        "nerve": front["nerve"],
        "roots": front["roots"],
        "function": front["function"],
        "related": lines(front.get("related")),
        "sources": lines(front.get("sources")),
    }


def muscle_front(page: Any) -> dict[str, Any]:
    """Return a muscle's front, in file order."""
    return {
        "id": page.record_id,
        "name": page.name,
        "latin": page.latin,
        "fma": page.fma,
        "synonyms": items(page.synonyms),
        "part-of": page.part_of or None,
        "region": page.region,
        "attachments": {"from": page.attached_from, "to": page.attached_to},
        "action": page.action,
        "nerve": page.nerve,
        "roots": page.roots,
        "function": page.function,
        "related": items(page.related),
        "sources": items(page.sources),
    }


def technique_fields(front: Front) -> Fields:
    """Return the page fields for a technique's front."""
    subsets = front.get("subsets") or {}
    return {
        "title": front["title"],
        "language": front["language"],
        "technique_kind": front["kind"],
        "region": front["region"],
        "materials": lines(front.get("materials")),
        "steps": blocks(
            ("step", step_value(step)) for step in front.get("steps") or ()
        ),
        "subsets": lines(
            f"{name}: {', '.join(map(str, numbers))}"
            for name, numbers in subsets.items()
        ),
        "stop_if": front.get("stop-if") or "",
        "sources": lines(front.get("sources")),
        **review_fields(front),
    }


def technique_front(page: Any) -> dict[str, Any]:
    """Return a technique's front, in file order."""
    subsets: dict[str, list[int]] = {}
    for line in items(page.subsets):
        name, _, numbers = line.partition(":")
        subsets[name.strip()] = [int(n) for n in numbers.replace(",", " ").split()]
    return {
        "id": page.record_id,
        "title": page.title,
        "language": page.language,
        "kind": page.technique_kind,
        "region": page.region,
        "materials": items(page.materials),
        "steps": [step_front(value) for _, value in pairs(page.steps)],
        "subsets": subsets,
        "stop-if": page.stop_if,
        "sources": items(page.sources),
        **review_front(page),
    }


def article_fields(front: Front) -> Fields:
    """Return the page fields for the front of a concept or a collection."""
    return {
        "title": front["title"],
        "language": front["language"],
        "summary": front["summary"],
        "region": front.get("region") or "",
        "patterns": lines(front.get("patterns")),
        "related": lines(front.get("related")),
        "sources": lines(front.get("sources")),
        **review_fields(front),
    }


def article_front(page: Any) -> dict[str, Any]:
    """Return the front of a concept or a collection, in file order."""
    return {
        "id": page.record_id,
        "title": page.title,
        "language": page.language,
        "summary": page.summary,
        "region": page.region or None,
        "patterns": items(page.patterns),
        "related": items(page.related),
        "sources": items(page.sources),
        **review_front(page),
    }
