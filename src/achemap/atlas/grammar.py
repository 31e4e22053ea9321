"""The zone grammar: how an author says where a pain is felt.

A zone has a level and exactly one form (area, spot, band or shape); it is written
for one side of the body. A point is a landmark, the middle of a region, or a place
on the way between two of them, moved over the skin if wanted:

    POINT  := ANCHOR [".." ANCHOR NUMBER "%"] {DIRECTION NUMBER}
    ANCHOR := LANDMARK | REGION ["." PART]
    AREA   := REGION ["." PART]

Parsing needs names only, not the surface; `achemap.atlas.baking` puts zones on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from achemap.atlas.vocabulary import landmark_names, regions
from achemap.errors import suggestion


Level = Literal["essential", "common", "spillover"]
WEIGHT: Mapping[Level, float] = {"essential": 1.0, "common": 0.6, "spillover": 0.3}

Direction = Literal["up", "down", "in", "out", "front", "back"]
DIRECTIONS: tuple[Direction, ...] = ("up", "down", "in", "out", "front", "back")

PARTS = (
    "upper",
    "lower",
    "inner",
    "outer",
    "front",
    "back",
    "middle",
    "upper-third",
    "middle-third",
    "lower-third",
    "inner-third",
    "outer-third",
)

# The longest way over the skin that an offset may ask for, in cm.
LONGEST_OFFSET = 40.0


class Area:
    """A region, or one part of it; `part` is None for the whole."""

    __slots__ = ("part", "region")

    def __init__(self, region: str, part: str | None = None) -> None:
        self.region = region
        self.part = part

    def __str__(self) -> str:
        return self.region if self.part is None else f"{self.region}.{self.part}"

    def __repr__(self) -> str:
        return f"Area({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Area) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A landmark (`part` None, `landmark` True) or the middle of a region's part."""

    name: str
    part: str | None
    landmark: bool

    def __str__(self) -> str:
        return self.name if self.part is None else f"{self.name}.{self.part}"


class Point:
    """A place on the skin: an anchor, or `share` (0–1) of the way to `towards`.

    `offsets` are (direction, cm) moves over the skin, done in order.
    """

    __slots__ = ("anchor", "offsets", "share", "towards")

    def __init__(
        self,
        anchor: Anchor,
        towards: Anchor | None = None,
        share: float = 0.0,
        offsets: tuple[tuple[Direction, float], ...] = (),
    ) -> None:
        self.anchor = anchor
        self.towards = towards
        self.share = share
        self.offsets = offsets

    def __str__(self) -> str:
        text = str(self.anchor)
        if self.towards is not None:
            text += f"..{self.towards} {_number(self.share * 100)}%"
        return text + "".join(f" {way} {_number(cm)}" for way, cm in self.offsets)

    def __repr__(self) -> str:
        return f"Point({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


class Spot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything within `radius_cm` over the skin of a point."""

    at: Point
    radius_cm: float

    def __post_init__(self) -> None:
        if not 0.2 <= self.radius_cm <= 25:
            raise ValueError("radius_cm must be between 0.2 and 25")


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A strip `width_cm` wide along the way over the skin through the points."""

    through: tuple[Point, ...]
    width_cm: float

    def __post_init__(self) -> None:
        if len(self.through) < 2:
            raise ValueError("a band goes through at least two points")
        if not 0.2 <= self.width_cm <= 40:
            raise ValueError("width_cm must be between 0.2 and 40")


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A closed spline drawn on a plate of the neutral body, in cm on that plate."""

    plate: str
    spline: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        if len(self.spline) < 3:
            raise ValueError("a shape needs at least three spline points")


class Zone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a pain is felt at one level; `side` is relative to the sore side."""

    level: Level
    area: Area | None = None
    spot: Spot | None = None
    band: Band | None = None
    shape: Shape | None = None
    side: Literal["same", "other", "both"] = "same"

    def __post_init__(self) -> None:
        forms = (self.area, self.spot, self.band, self.shape)
        if sum(form is not None for form in forms) != 1:
            raise ValueError("a zone has exactly one of area, spot, band, shape")


class TriggerPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The place of a trigger point (the green asterisk of the pictures)."""

    at: Point
    label: str = ""


_ANCHOR = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z]+(?:-[a-z]+)?)?"
_POINT = re.compile(
    rf"(?P<anchor>{_ANCHOR})"
    rf"(?:\s*\.\.\s*(?P<towards>{_ANCHOR})\s+(?P<share>\d+(?:\.\d+)?)\s*%)?"
    r"(?P<offsets>(?:\s+[a-z]+\s+\d+(?:\.\d+)?)*)"
)


def _number(value: float) -> str:
    return f"{value:.6g}"


def parse_area(text: str) -> Area:
    """Parse `REGION` or `REGION.PART`. Raises ValueError with the nearest name."""
    name, _, part = text.strip().partition(".")
    if name not in regions():
        raise ValueError(f"unknown region {name!r}; {suggestion(name, regions())}")
    if part and part not in PARTS:
        raise ValueError(f"unknown part {part!r}; {suggestion(part, PARTS)}")
    return Area(name, part or None)


def _anchor(text: str) -> Anchor:
    name, _, part = text.partition(".")
    if name in landmark_names():
        if part:
            raise ValueError(f"landmark {name!r} has no part {part!r}")
        return Anchor(name, None, landmark=True)
    if name in regions():
        area = parse_area(text)
        return Anchor(area.region, area.part, landmark=False)
    known = [*landmark_names(), *regions()]
    raise ValueError(f"unknown landmark or region {name!r}; {suggestion(name, known)}")


def _offsets(text: str) -> tuple[tuple[Direction, float], ...]:
    words = text.split()
    moves: list[tuple[Direction, float]] = []
    for word, number in zip(words[::2], words[1::2], strict=True):
        way = next((each for each in DIRECTIONS if each == word), None)
        if way is None:
            raise ValueError(
                f"unknown direction {word!r}; one of {', '.join(DIRECTIONS)}"
            )
        if float(number) > LONGEST_OFFSET:
            raise ValueError(f"offset of {number} cm is more than {LONGEST_OFFSET:g}")
        moves.append((way, float(number)))
    return tuple(moves)


def parse_point(text: str) -> Point:
    """Parse a point. Raises ValueError that names the token and the nearest name."""
    match = _POINT.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            f"cannot read the point {text!r}; write a landmark, then for example"
            " 'out 2 down 1', or 'A..B 40%'"
        )
    towards = _anchor(match["towards"]) if match["towards"] else None
    share = float(match["share"]) / 100 if match["share"] else 0.0
    if share > 1:
        raise ValueError(f"{match['share']}% is beyond the second point of {text!r}")
    return Point(_anchor(match["anchor"]), towards, share, _offsets(match["offsets"]))


def decode(kind: type, value: object) -> object:
    """Read Point and Area from text: the `dec_hook` of msgspec for zones."""
    if not isinstance(value, str):
        raise ValueError(f"expected text, got {type(value).__name__}")
    if kind is Point:
        return parse_point(value)
    if kind is Area:
        return parse_area(value)
    raise NotImplementedError(f"cannot read {kind}")


def parse_zone(data: Mapping[str, Any]) -> Zone:
    """Read one zone from plain data. Raises ValueError with the path inside it."""
    return msgspec.convert(data, Zone, dec_hook=decode)


def parse_trigger_point(data: Mapping[str, Any]) -> TriggerPoint:
    """Read one trigger point from plain data. Raises ValueError."""
    return msgspec.convert(data, TriggerPoint, dec_hook=decode)


def _form_as_data(zone: Zone) -> dict[str, Any]:
    if zone.area is not None:
        return {"area": str(zone.area)}
    if zone.spot is not None:
        return {"spot": {"at": str(zone.spot.at), "radius_cm": zone.spot.radius_cm}}
    if zone.band is not None:
        points = [str(point) for point in zone.band.through]
        return {"band": {"through": points, "width_cm": zone.band.width_cm}}
    assert zone.shape is not None  # noqa: S101 - one form is set, see Zone
    spline = [list(point) for point in zone.shape.spline]
    return {"shape": {"plate": zone.shape.plate, "spline": spline}}


def zone_as_data(zone: Zone) -> dict[str, Any]:
    """Return the plain data that `parse_zone` reads back to an equal zone."""
    side = {} if zone.side == "same" else {"side": zone.side}
    return {"level": zone.level, **_form_as_data(zone), **side}


def trigger_point_as_data(point: TriggerPoint) -> dict[str, Any]:
    """Return the plain data that `parse_trigger_point` reads back."""
    label = {"label": point.label} if point.label else {}
    return {"at": str(point.at), **label}


# msgspec learns a class when it first reads one, and two threads that do so at once
# end the process. Importing a module happens once: it learns them here.
for _record in (Zone, TriggerPoint):
    msgspec.json.Decoder(_record)
