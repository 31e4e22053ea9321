"""Colours and fills of the pictures: the founding site's code, readable without colour.

Fills are flat or in user-space units: some PDF engines drop bounding-box gradients.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from achemap.atlas.grammar import Level


@dataclass(frozen=True, slots=True)
class Ink:
    """How a level is drawn: fill, opacity, edge, and the pattern over it."""

    fill: str
    opacity: float
    edge: str
    edge_mm: float
    texture: str
    label: str


# Dark red: felt most often and most strongly; medium: less common; pink: least.
INKS: Mapping[Level, Ink] = {
    "essential": Ink("#b3121d", 0.80, "#7d0a13", 0.8, "", "Main pain"),
    "common": Ink("#d9534f", 0.62, "#a3262a", 0.5, "lines", "Often"),
    "spillover": Ink("#f0a3a8", 0.55, "#cf6a70", 0.4, "dots", "Sometimes"),
}
POINT_GREEN = "#127a3b"
INK = "#2b3a42"
QUIET = "#6f6a64"
PAPER = "#fbfaf7"
PATCH = "#1f6fb2"
ICE = "#2a7fbf"

TEXTURES = (
    '<pattern id="lines" patternUnits="userSpaceOnUse" width="6" height="6"'
    ' patternTransform="rotate(45)"><path d="M0 0V6" stroke="#7d0a13"'
    ' stroke-width="1.1" stroke-opacity=".55"/></pattern>'
    '<pattern id="dots" patternUnits="userSpaceOnUse" width="6" height="6">'
    '<circle cx="1.5" cy="1.5" r="1" fill="#a3262a" fill-opacity=".75"/>'
    '<circle cx="4.5" cy="4.5" r="1" fill="#a3262a" fill-opacity=".75"/></pattern>'
)


def asterisk(x: float, y: float, radius: float) -> str:
    """Return the trigger-point mark: a green asterisk with a white halo."""
    arms = "".join(
        f"M{x - dx * radius:.1f} {y - dy * radius:.1f}L{x + dx * radius:.1f} {y + dy * radius:.1f}"
        for dx, dy in ((1, 0), (0.5, 0.866), (0.5, -0.866))
    )
    return (
        f'<path d="{arms}" fill="none" stroke="#fff" stroke-width="{radius * 0.75:.1f}"'
        ' stroke-linecap="round"/>'
        f'<path d="{arms}" fill="none" stroke="{POINT_GREEN}"'
        f' stroke-width="{radius * 0.4:.1f}" stroke-linecap="round"/>'
    )
