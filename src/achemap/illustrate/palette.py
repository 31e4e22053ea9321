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
    "common": Ink("#d64a47", 0.66, "#941f25", 0.5, "lines", "Often"),
    "spillover": Ink("#ef939b", 0.60, "#9d2429", 0.4, "dots", "Sometimes"),
}
EDGE_OPACITY = 0.9
POINT_GREEN = "#127a3b"
INK = "#2b3a42"
QUIET = "#6f6a64"
PAPER = "#fbfaf7"
# For small words over a picture.
HALO = 'stroke="#fbfaf7" stroke-opacity=".8" stroke-width="3" paint-order="stroke"'
PATCH = "#1f6fb2"
ICE = "#2a7fbf"

# How far apart the marks of a texture are, in mm of the body or units of the legend.
TEXTURE_SIZES = (3.2, 5.0, 7.5, 12.0, 18.0)
LEGEND_TEXTURE = 1


def _texture(number: int, size: float) -> str:
    opening = f'patternUnits="userSpaceOnUse" width="{size:g}" height="{size:g}"'
    dots = "".join(
        f'<circle cx="{size * at:g}" cy="{size * at:g}" r="{size / 6:.2f}"'
        ' fill="#a3262a" fill-opacity=".75"/>'
        for at in (0.25, 0.75)
    )
    return (
        f'<pattern id="lines-{number}" {opening} patternTransform="rotate(45)">'
        f'<path d="M0 0V{size:g}" stroke="#7d0a13" stroke-width="{size / 5.5:.2f}"'
        ' stroke-opacity=".55"/></pattern>'
        f'<pattern id="dots-{number}" {opening}>{dots}</pattern>'
    )


# One definition for every picture on a page: panels refer to these by id.
TEXTURES = "".join(_texture(*each) for each in enumerate(TEXTURE_SIZES))


def texture_for(width_mm: float) -> int:
    """Return the number of the texture size that suits a picture so many mm wide."""
    wanted = width_mm / 46
    gaps = [abs(size / wanted - wanted / size) for size in TEXTURE_SIZES]
    return gaps.index(min(gaps))


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
