"""The picture of a pattern that is still being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from achemap.atlas.grammar import TriggerPoint, Zone
from achemap_site.patterns import pictures


@dataclass(frozen=True, slots=True)
class Sketch:
    """A map without a pattern yet: what pictures need to know of a record."""

    zones: tuple[Zone, ...]
    points: tuple[TriggerPoint, ...]
    id: str = "sketch"
    title: str = "sketch"


def drawn(zones: Sequence[Zone], points: Sequence[TriggerPoint]) -> dict[str, Any]:
    """Return SVG, title and width over height of each panel, and the words for it."""
    picture = pictures.of_pattern(Sketch(tuple(zones), tuple(points)))  # type: ignore[arg-type]
    return {
        "textures": str(picture.textures),
        "words": picture.alt,
        "panels": [
            {"svg": str(one.svg), "title": str(one.title), "ratio": one.ratio}
            for one in picture.drawings
        ],
    }
