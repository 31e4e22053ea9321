"""A small whole figure in a corner of a panel that says which part is shown."""

from __future__ import annotations

import numpy as np

from achemap.atlas.plates import Body, Plate, plate
from achemap.illustrate.panel import Panel


HEIGHT = 92.0
_FRONT = (
    "front", "torso-front", "head-front", "pelvis-front", "hand-palm", "foot-top",
)  # fmt: skip
# Room for the panel's title below and the names of the sides above, as drawn.
_BELOW, _ABOVE = 26.0, 0.075

Box = tuple[float, float, float, float]


def whole_figure(name: str, side: str) -> str:
    """Return the plate of the whole body from the same direction as a plate.

    `side` is that of a close-up that shows one side only.
    """
    if name in {"head-side", "foot-outer"}:
        return side
    if name in {"left", "right"}:
        return name
    return "front" if name in _FRONT else "back"


def _places(box: Box, width: float) -> list[tuple[float, float]]:
    """Return where the figure's top left corner may be, the best first."""
    x, y, across, down = box
    left, right = x + 14, x + across - width - 14
    bottom, top = y + down - HEIGHT - 14, y + 14 + _ABOVE * across
    return [(right, bottom), (left, bottom - _BELOW), (right, top), (left, top)]


def _covered(panel: Panel, box: Box, at: tuple[float, float], width: float) -> int:
    """Return how many of the panel's marks a figure at a place would hide."""
    marks = (panel.marks - [panel.crop.left * 10, panel.crop.top * 10]) * (
        box[2] / panel.size[0]
    )
    x, y = marks[:, 0] + box[0], marks[:, 1] + box[1]
    hidden = (x > at[0] - 12) & (x < at[0] + width + 12)
    return int((hidden & (y > at[1] - 12) & (y < at[1] + HEIGHT + 12)).sum())


def locator(panel: Panel, body: Body, box: Box) -> str:
    """Return the figure as SVG for a panel drawn in a box (x, y, width, height).

    It stands in the corner where it hides least of the zones.
    """
    figure = plate(whole_figure(panel.plate.name, panel.plate.shows), body)
    scale = HEIGHT / figure.size[1]
    width = figure.size[0] * scale
    places = _places(box, width)
    x, y = min(places, key=lambda at: _covered(panel, box, at, width))
    return (
        f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="{width + 12:.1f}"'
        f' height="{HEIGHT + 12}" rx="8" fill="#fff" fill-opacity=".88" stroke="#e4dfd8"/>'
        f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.4f})">'
        f'<path d="{figure.outline_path}" fill="#cfc8be" fill-rule="evenodd"/>'
        f"{_marked_part(panel, figure)}</g>"
    )


def _marked_part(panel: Panel, figure: Plate) -> str:
    """Return a rectangle around what the panel shows, in the figure's pixels."""
    shown = np.flatnonzero(panel.plate.visible)
    at = panel.plate.project(shown) / panel.plate.scale
    inside = panel.crop.holds(at)
    if not inside.any():
        return ""
    there = figure.project(shown[inside])
    low, high = there.min(0) - 12, there.max(0) + 12
    return (
        f'<rect x="{low[0]:.0f}" y="{low[1]:.0f}" width="{high[0] - low[0]:.0f}"'
        f' height="{high[1] - low[1]:.0f}" rx="16" fill="#b3121d" fill-opacity=".16"'
        ' stroke="#b3121d" stroke-width="14"/>'
    )
