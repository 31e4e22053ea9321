"""Front matter of a library file to page fields and back.

A *front* is the plain mapping at the top of a library file. `*_fields` turns it
into page attributes, `*_front` does the reverse; a round trip gives an equal
mapping, so a file that nobody edited is written back unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


Front = Mapping[str, Any]
Fields = dict[str, Any]

REVIEW = {
    "authored": "authored",
    "author": "author",
    "reviewed": "reviewed",
    "reviewed-by": "reviewed_by",
    "medical-review": "medical_review",
    "review-by": "review_by",
}
ZONE_FORMS = ("area", "spot", "band", "shape")


def lines(items: Iterable[str] | None) -> str:
    """Return list items as the text of a field with one item a line."""
    return "\n".join(" ".join(str(item).split()) for item in items or ())


def items(text: str) -> list[str]:
    """Return the non-empty lines of a field."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def blocks(pairs: Iterable[tuple[str, Any]]) -> str:
    """Return the JSON that a stream field stores for (block type, value) pairs."""
    return json.dumps([{"type": kind, "value": value} for kind, value in pairs])


def _day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def review_fields(front: Front) -> Fields:
    """Return the fields that say who wrote and reviewed a text, and when."""
    found = {field: front.get(name) for name, field in REVIEW.items()}
    for field in ("authored", "reviewed", "review_by"):
        found[field] = _day(found[field])
    found["reviewed_by"] = found["reviewed_by"] or ""
    found["medical_review"] = found["medical_review"] or "open"
    return found


def review_front(page: Any) -> dict[str, Any]:
    """Return the review part of a front, in file order."""
    front = {name: getattr(page, field) for name, field in REVIEW.items()}
    front["reviewed-by"] = front["reviewed-by"] or None
    return front


# --- zones -------------------------------------------------------------------


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def zone_block(zone: Front) -> tuple[str, dict[str, Any]]:
    """Return the block (type, value) of one zone."""
    common = {"level": zone["level"], "side": zone.get("side", "same")}
    if "area" in zone:
        region, _, part = str(zone["area"]).partition(".")
        return "area", {**common, "region": region, "part": part}
    if "spot" in zone:
        return "spot", {**common, **zone["spot"]}
    if "band" in zone:
        band = zone["band"]
        return "band", {
            **common,
            "through": lines(band["through"]),
            "width_cm": band["width_cm"],
        }
    shape = zone["shape"]
    spline = "\n".join(f"{x} {y}" for x, y in shape["spline"])
    return "shape", {**common, "plate": shape["plate"], "spline": spline}


def zone_front(kind: str, value: Front) -> dict[str, Any]:
    """Return the plain zone of one block."""
    form: Any
    if kind == "area":
        part = value.get("part")
        form = f"{value['region']}.{part}" if part else value["region"]
    elif kind == "spot":
        form = {"at": value["at"], "radius_cm": _number(value["radius_cm"])}
    elif kind == "band":
        form = {
            "through": items(value["through"]),
            "width_cm": _number(value["width_cm"]),
        }
    else:
        points = [
            [_number(float(n)) for n in line.split()] for line in items(value["spline"])
        ]
        form = {"plate": value["plate"], "spline": points}
    side = value.get("side") or "same"
    return {"level": value["level"], kind: form} | (
        {} if side == "same" else {"side": side}
    )


def point_value(point: Front) -> dict[str, Any]:
    """Return the block value of a trigger point."""
    return {"at": point["at"], "label": point.get("label", "")}


def point_front(value: Front) -> dict[str, Any]:
    """Return the plain trigger point of a block value."""
    label = {"label": value["label"]} if value.get("label") else {}
    return {"at": value["at"], **label}


# --- signs, look-alikes, care ------------------------------------------------

SIGN_GROUPS = ("feels", "worse", "better", "onset", "gesture", "comes-with", "time")
STEP_DEFAULTS: dict[str, Any] = {"technique": None, "number": None, "note": ""}


def sign_blocks(signs: Front) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield one block for each sign, in file order."""
    for group, concepts in signs.items():
        for concept, how_often in (concepts or {}).items():
            yield "sign", {"group": group, "concept": concept, "how_often": how_often}


def signs_front(values: Iterable[Front]) -> dict[str, dict[str, str]]:
    """Return the signs by group; groups without signs are left out."""
    found: dict[str, dict[str, str]] = {group: {} for group in SIGN_GROUPS}
    for value in values:
        found[value["group"]][value["concept"]] = value["how_often"]
    return {group: concepts for group, concepts in found.items() if concepts}


def step_value(step: Front) -> dict[str, Any]:
    """Return the block value of one timed step."""
    return {
        "number": step.get("number"),
        "kind": step["kind"],
        "text": step["text"],
        "seconds": step["seconds"],
        "times": step.get("times", 1),
        "sides": step.get("sides", "none"),
        "technique": step.get("technique") or "",
        "flags": list(step.get("flags") or ()),
    }


def step_front(value: Front) -> dict[str, Any]:
    """Return the plain step of a block value."""
    front: dict[str, Any] = {"number": value["number"]} if value.get("number") else {}
    front |= {
        name: value[name] for name in ("kind", "text", "seconds", "times", "sides")
    }
    if value.get("technique"):
        front["technique"] = value["technique"]
    return front | {"flags": list(value.get("flags") or ())}


def thermal_value(thermal: Front) -> dict[str, Any]:
    """Return the block value of heat or ice; the way of the stroke one point a line."""
    return {"note": "", **thermal, "strip": lines(thermal.get("strip"))}


def thermal_front(value: Front) -> dict[str, Any]:
    """Return plain heat or ice; `strip` is a list in pages of before it was a field."""
    given = value.get("strip") or ""
    strip = items(given) if isinstance(given, str) else list(given)
    front = {"where": value["where"], "minutes": value["minutes"]}
    front["note"] = value.get("note") or ""
    return front | ({"strip": strip} if strip else {})


def placement_value(placement: Front) -> dict[str, Any]:
    """Return the block value of a product and where it goes."""
    return {
        "product": placement["product"],
        "placement": placement["placement"],
        "inner_edge": placement.get("inner-edge") or "",
    }


def placement_front(value: Front) -> dict[str, Any]:
    """Return the plain placement of a product."""
    edge = value.get("inner_edge") or value.get("inner-edge")
    front = {"product": value["product"], "placement": value["placement"]}
    return front | ({"inner-edge": edge} if edge else {})


def care_blocks(care: Front) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield the blocks of heat, ice, pressure, each step and each product."""
    for kind in ("heat", "ice"):
        if care.get(kind):
            yield kind, thermal_value(care[kind])
    if care.get("pressure"):
        yield "pressure", {"times": 1, **care["pressure"]}
    for step in care.get("routine") or ():
        yield "step", step_value(step)
    for placement in care.get("product") or ():
        yield "product", placement_value(placement)


def care_front(page: Any) -> dict[str, Any]:
    """Return the care part of a pattern's front."""
    single: dict[str, Any] = {"heat": None, "ice": None, "pressure": None}
    routine, product = [], []
    for kind, value in pairs(page.care):
        if kind == "step":
            routine.append(step_front(value))
        elif kind == "product":
            product.append(placement_front(value))
        elif kind == "pressure":
            single[kind] = dict(value)
        else:
            single[kind] = thermal_front(value)
    return {
        "avoid": items(page.avoid),
        "relief": items(page.relief_on_the_go),
        **single,
        "routine": routine,
        "product": product,
        "see-someone": page.see_someone,
    }


def pairs(stream: Any) -> list[tuple[str, Any]]:
    """Return (type, plain value) of each block of a stream field."""
    return [(block["type"], block["value"]) for block in stream.raw_data]


# --- whole fronts ------------------------------------------------------------


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
