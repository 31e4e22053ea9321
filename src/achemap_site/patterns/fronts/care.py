"""Self-care to blocks and back: heat, ice, pressure, timed steps, products."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from achemap_site.patterns.fronts.fields import Front, items, lines, pairs


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
