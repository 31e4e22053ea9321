"""Zones and trigger points to blocks and back."""

from __future__ import annotations

from typing import Any

from achemap_site.patterns.fronts.fields import Front, items, lines


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
