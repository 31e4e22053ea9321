"""The picture of a pattern: panels, legend and a locator, as one SVG."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np

from achemap.atlas import Atlas, load
from achemap.atlas.baking import level_fields, mirrored, point_cell, zone_fields
from achemap.atlas.grammar import Level
from achemap.atlas.plates import Body, plate, plate_names
from achemap.errors import BadInput
from achemap.illustrate.aids import care_marks
from achemap.illustrate.layout import SEEN, View, choose
from achemap.illustrate.locator import locator, whole_figure
from achemap.illustrate.palette import (
    HALO,
    INK,
    INKS,
    LEGEND_TEXTURE,
    QUIET,
    TEXTURES,
    asterisk,
)
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


# Head plates fade out below the neck: what they show there does not count.
HEAD_GROUPS = frozenset({"head", "face", "neck"})
# Close-ups that look from elsewhere than a plate of the whole body.
NOT_UPRIGHT = frozenset(
    {"head-top", "foot-top", "foot-sole", "foot-inner", "leg-inner"}
)


@functools.lru_cache(maxsize=6)
def _views(body: Body, side: str) -> tuple[View, ...]:
    """Return every plate as a view, close-ups for the drawn side."""
    atlas = load()
    group = np.array([region.parent in HEAD_GROUPS for region in atlas.regions])
    of_head = group[atlas.region]
    found = []
    for name in plate_names():
        if name in {"left", "right"} and name != side:
            continue
        drawn = plate(name, body, side)
        facing = np.where(of_head, drawn.share, 0) if "head" in name else drawn.share
        beyond = np.zeros(atlas.count, dtype=bool)
        if name not in NOT_UPRIGHT:
            whole = plate(whole_figure(name, side), body, side)
            beyond = (whole.share > 0.5) & (facing <= SEEN)
        found.append(View(name, drawn.scale >= 20, facing, beyond))
    return tuple(found)


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
    zones = zone_fields(pattern.zones, atlas)
    if side == "left":
        fields = {level: mirrored(field) for level, field in fields.items()}
        zones = tuple(mirrored(field) for field in zones)
    points = [
        point_cell(each.at, atlas) ^ int(side == "left") for each in pattern.points
    ]
    names = choose(_views(body, side), fields, zones, points, atlas)
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
            parts.append(f'<rect {box} fill="url(#{ink.texture}-{LEGEND_TEXTURE})"/>')
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


def _sizes(drawn: Sequence[Panel]) -> tuple[list[float], float, float]:
    """Return the panels' widths, their one height, and the width of the figure."""
    aspects = [panel.size[0] / panel.size[1] for panel in drawn]
    room = max(NARROWEST, PANEL_HEIGHT * sum(aspects)) - GAP * (len(drawn) + 1)
    height = min(room / sum(aspects), TALLEST)
    widths = [height * aspect for aspect in aspects]
    return widths, height, max(sum(widths) + GAP * (len(drawn) + 1), NARROWEST)


def _row(
    drawn: Sequence[Panel],
    widths: Sequence[float],
    height: float,
    body: Body,
    top: float,
) -> str:
    """Return panels side by side, each with its title and its locator."""
    x = GAP
    parts = []
    for panel, width in zip(drawn, widths, strict=True):
        parts.append(as_nested(panel, x, top, width, height))
        parts.append(
            f'<text x="{x + 10:.1f}" y="{top + height - 12:.1f}" font-size="13"'
            f' fill="{QUIET}" {HALO}>{escape(panel.plate.title)}</text>'
        )
        parts.append(locator(panel, body, (x, top, width, height)))
        x += width + GAP
    return "".join(parts)


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
    widths, tall, width = _sizes(drawn)
    head, top = _heading(pattern, muscles, width) if heading else ("", GAP)
    row = _row(drawn, widths, tall, body, top)
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
