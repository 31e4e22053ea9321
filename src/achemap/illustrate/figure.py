"""The picture of a pattern: panels, legend and a locator, as one SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np

from achemap.atlas import Atlas, load
from achemap.atlas.baking import Baked, Field, level_fields, mirrored, point_cell
from achemap.atlas.grammar import WEIGHT, Level
from achemap.atlas.plates import Body, Plate, plate, plate_names
from achemap.errors import BadInput
from achemap.illustrate.aids import care_marks
from achemap.illustrate.layout import View, choose
from achemap.illustrate.palette import INK, INKS, QUIET, TEXTURES, asterisk
from achemap.illustrate.panel import ImageLink, Panel, as_nested, draw_panel, embedded
from achemap.illustrate.rasterize import png
from achemap.illustrate.words import LEVELS, describe
from achemap.library.records import Muscle, Pattern


FONT = "system-ui, 'DejaVu Sans', sans-serif"
PANEL_HEIGHT = 420.0
GAP = 16.0
PNG_WIDTH = 1600
NARROWEST = 600.0
TALLEST = 640.0
_FOOT = 52.0
_LOCATOR = 92.0


def _views(body: Body, side: str) -> list[View]:
    """Return every plate as a view, close-ups for the drawn side."""
    found = []
    for name in plate_names():
        if name in {"left", "right"} and name != side:
            continue
        drawn = plate(name, body, side)
        found.append(View(name, drawn.scale >= 20, drawn.share))
    return found


def _baked(fields: Mapping[Level, Field]) -> Baked:
    weights = np.zeros(len(next(iter(fields.values()))), dtype=np.float32)
    for level, field in fields.items():
        np.maximum(weights, np.where(field > 0, WEIGHT[level], 0), out=weights)
    cells = np.flatnonzero(weights)
    return Baked(cells, weights[cells])


def panels(
    pattern: Pattern,
    *,
    body: Body = "neutral",
    side: str = "right",
    link: ImageLink = embedded,
    care: bool = False,
    atlas: Atlas | None = None,
) -> list[Panel]:
    """Return one to three panels that show the pattern on one side of a body.

    `side` is the sore side, "left" or "right". With `care`, patch and ice strip are
    drawn too.
    """
    atlas = atlas or load()
    fields = level_fields(pattern.zones, atlas)
    if side == "left":
        fields = {level: mirrored(field) for level, field in fields.items()}
    points = [
        point_cell(each.at, atlas) ^ int(side == "left") for each in pattern.points
    ]
    names = choose(_views(body, side), _baked(fields), points, atlas)
    drawn = []
    for name in names:
        shown = plate(name, body, side)
        marks = care_marks(pattern, shown, fields, side, atlas) if care else ""
        drawn.append(
            draw_panel(
                pattern,
                fields,
                shown,
                link=link,
                mirrored=side == "left",
                marks=marks,
                atlas=atlas,
            )
        )
    return drawn


def _legend(levels: Sequence[Level], points: bool, y: float) -> str:
    x = GAP
    parts = []
    for level in levels:
        ink = INKS[level]
        box = f'x="{x}" y="{y}" width="26" height="16" rx="4"'
        parts.append(
            f'<rect {box} fill="{ink.fill}" fill-opacity="{ink.opacity}" stroke="{ink.edge}"/>'
        )
        if ink.texture:
            parts.append(f'<rect {box} fill="url(#{ink.texture})"/>')
        parts.append(
            f'<text x="{x + 34}" y="{y + 13}" font-size="14" fill="{INK}">{ink.label}</text>'
        )
        x += 52 + 8 * len(ink.label)
    if points:
        parts.append(asterisk(x + 9, y + 8, 9))
        parts.append(
            f'<text x="{x + 26}" y="{y + 13}" font-size="14" fill="{INK}">Trigger point</text>'
        )
    return "".join(parts)


def _whole_figure(name: str) -> str:
    """Return the plate of the whole body from the same direction as a plate."""
    if name in {"left", "right"}:
        return name
    if name == "head-side":
        return "right"
    front = (
        "front", "torso-front", "head-front", "pelvis-front", "hand-palm", "foot-top",
    )  # fmt: skip
    return "front" if name in front else "back"


def _locator(panel: Panel, body: Body, right: float, bottom: float) -> str:
    """Return a small whole figure in a box, with the panel's part marked."""
    figure = plate(_whole_figure(panel.plate.name), body)
    scale = _LOCATOR / figure.size[1]
    width = figure.size[0] * scale
    x, y = right - width - 14, bottom - _LOCATOR - 14
    return (
        f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="{width + 12:.1f}"'
        f' height="{_LOCATOR + 12}" rx="8" fill="#fff" fill-opacity=".88" stroke="#e4dfd8"/>'
        f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.4f})">'
        f'<path d="{figure.outline_path}" fill="#cfc8be" fill-rule="evenodd"/>'
        f"{_marked_part(panel, figure)}</g>"
    )


def _marked_part(panel: Panel, figure: Plate) -> str:
    """Return a rectangle around what the panel shows, in the figure's pixels."""
    shown = np.flatnonzero(panel.plate.visible)
    at = panel.plate.project(shown) / panel.plate.scale
    crop = panel.crop
    inside = (
        (at[:, 0] >= crop.left)
        & (at[:, 0] <= crop.left + crop.width)
        & (at[:, 1] >= crop.top)
        & (at[:, 1] <= crop.top + crop.height)
    )
    if not inside.any():
        return ""
    there = figure.project(shown[inside])
    low, high = there.min(0) - 12, there.max(0) + 12
    return (
        f'<rect x="{low[0]:.0f}" y="{low[1]:.0f}" width="{high[0] - low[0]:.0f}"'
        f' height="{high[1] - low[1]:.0f}" rx="16" fill="#b3121d" fill-opacity=".16"'
        ' stroke="#b3121d" stroke-width="14"/>'
    )


def _lines(text: str, most: int) -> list[str]:
    """Return a text in lines of at most `most` characters, broken at blanks."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _heading(
    pattern: Pattern, muscles: Mapping[str, Muscle], width: float
) -> tuple[str, float]:
    """Return title and muscle names, and the height they take."""
    names = ", ".join(
        muscles[each].name if each in muscles else each for each in pattern.muscles
    )
    lines = _lines(pattern.title, int((width - 2 * GAP) / 13.6))
    y = 6.0
    parts = []
    for line in lines:
        y += 28
        parts.append(
            f'<text x="{GAP}" y="{y}" font-size="23" font-weight="700" fill="{INK}">'
            f"{escape(line)}</text>"
        )
    y += 24
    parts.append(
        f'<text x="{GAP}" y="{y}" font-size="15" fill="{QUIET}">{escape(names)}</text>'
    )
    return "".join(parts), y + 16


def _row(drawn: Sequence[Panel], body: Body, top: float) -> tuple[str, float, float]:
    """Return panels side by side, with the width and height that they take."""
    aspects = [panel.size[0] / panel.size[1] for panel in drawn]
    room = max(NARROWEST, PANEL_HEIGHT * sum(aspects)) - GAP * (len(drawn) + 1)
    height = min(room / sum(aspects), TALLEST)
    x = GAP
    parts = []
    for panel, aspect in zip(drawn, aspects, strict=True):
        width = height * aspect
        parts.append(as_nested(panel, x, top, width, height))
        parts.append(
            f'<text x="{x + 10:.1f}" y="{top + height - 12:.1f}" font-size="13"'
            f' fill="{QUIET}">{escape(panel.plate.title)}</text>'
        )
        parts.append(_locator(panel, body, x + width, top + height))
        x += width + GAP
    return "".join(parts), max(x, NARROWEST), height


def figure(
    pattern: Pattern,
    muscles: Mapping[str, Muscle],
    *,
    body: Body = "neutral",
    side: str = "right",
    link: ImageLink = embedded,
    heading: bool = True,
    care: bool = False,
    atlas: Atlas | None = None,
) -> str:
    """Return the picture of a pattern as one self-contained SVG document.

    `link` gives the address of a plate's picture (default: the picture itself).
    """
    atlas = atlas or load()
    drawn = panels(pattern, body=body, side=side, link=link, care=care, atlas=atlas)
    width = _row(drawn, body, 0)[1]
    head, top = _heading(pattern, muscles, width) if heading else ("", GAP)
    row, _, tall = _row(drawn, body, top)
    levels = [
        level for level in LEVELS if any(zone.level == level for zone in pattern.zones)
    ]
    legend = _legend(levels, bool(pattern.points), top + tall + 18)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f}'
        f' {top + tall + _FOOT:.0f}" role="img" aria-labelledby="t d" font-family="{FONT}">'
        f'<title id="t">{escape(pattern.title)}</title>'
        f'<desc id="d">{escape(describe(pattern, atlas))}</desc>'
        f"<defs>{TEXTURES}</defs>"
        f'<rect width="100%" height="100%" fill="#fff"/>{head}{row}{legend}</svg>\n'
    )


def write_figure(
    pattern: Pattern,
    muscles: Mapping[str, Muscle],
    out: Path,
    body: str = "neutral",
    side: str = "right",
) -> None:
    """Write a pattern's picture to an .svg or .png file.

    Raises BadInput for another ending and for a folder that is not there.
    """
    if out.suffix.lower() not in {".svg", ".png"}:
        raise BadInput(f"cannot draw {out.name}", fix="name it .svg or .png")
    known: dict[str, Body] = {"neutral": "neutral", "female": "female", "male": "male"}
    svg = figure(pattern, muscles, body=known[body], side=side)
    content = svg.encode() if out.suffix.lower() == ".svg" else png(svg, PNG_WIDTH)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=out) from error
