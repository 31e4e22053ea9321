"""Pictures of patterns, drawn from their zones.

On a pattern's page they are inline SVG over shared plate pictures. For cards, other
sites and look-alikes they are PNG files, drawn once and kept.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from achemap.atlas import VERSION, load
from achemap.atlas.baking import level_fields, point_cell
from achemap.atlas.browser import plate_in_browser
from achemap.atlas.grammar import trigger_point_as_data, zone_as_data
from achemap.atlas.plates import Plate
from achemap.illustrate import DRAWING, describe, figure, panels, png
from achemap.illustrate.palette import TEXTURES
from achemap.illustrate.panel import Panel, as_nested
from achemap.library.records import Pattern
from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.models import MusclePage, PatternPage
from achemap_site.patterns.presenters.zones import LEVELS


Kind = Literal["card", "small"]
WIDTHS: dict[str, int] = {"card": 640, "small": 240}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view of the body: inline SVG, its title, and its width over its height."""

    svg: SafeString
    title: str
    ratio: float
    plate: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawings of a pattern and the sentences that say what they show."""

    drawings: tuple[Drawing, ...]
    textures: SafeString
    alt: str


def _fingerprint(record: Pattern) -> str:
    data = [zone_as_data(zone) for zone in record.zones]
    points = [trigger_point_as_data(point) for point in record.points]
    return hashlib.sha256(
        repr((DRAWING, record.id, record.title, data, points)).encode()
    ).hexdigest()[:16]


def _plate_address(plate: Plate) -> str:
    return static(f"achemap/plates/{plate.body}/{plate.name}.webp")


def _inline(panel: Panel) -> Drawing:
    crop = panel.crop
    box = f"{crop.left * 10:.1f} {crop.top * 10:.1f} {crop.width * 10:.1f} {crop.height * 10:.1f}"
    return Drawing(
        # Drawn by our own code from checked records.
        svg=mark_safe(  # noqa: S308
            f'<svg viewBox="{box}" aria-hidden="true" focusable="false">{panel.content}</svg>'
        ),
        title=panel.plate.title,
        ratio=crop.width / crop.height,
        plate=plate_in_browser(panel.plate),
    )


def of_pattern(record: Pattern) -> Picture:
    """Return the picture for a pattern's page."""
    key = f"picture:{_fingerprint(record)}"
    picture = cache.get(key)
    if picture is None:
        drawn = panels(record, link=_plate_address)
        picture = Picture(
            drawings=tuple(_inline(panel) for panel in drawn),
            textures=mark_safe(TEXTURES),  # noqa: S308 - a constant
            alt=describe(record),
        )
        cache.set(key, picture, None)
    return picture


def address(record: Pattern, kind: Kind) -> str:
    """Return the address of a pattern's PNG; it changes when the drawing does."""
    return f"/pictures/{record.id}-{kind}.png?v={_fingerprint(record)}"


def cells_address(record: Pattern) -> str:
    """Return the address of a pattern's cells for the body map."""
    return f"/pictures/{record.id}.json?v={_fingerprint(record)}"


def cells_of(record: Pattern) -> str:
    """Return a pattern's baked cells as JSON, sore side right.

    Each level holds the steps from one cell id to the next, the strongest level
    first; a cell belongs to one level only. `points` are cells as they are.
    """
    key = f"cells:{_fingerprint(record)}"
    held = cache.get(key)
    if held is None:
        fields = level_fields(record.zones)
        data: dict[str, Any] = {
            "atlas": VERSION,
            "count": load().count,
            "plates": [one.plate for one in of_pattern(record).drawings],
            "points": [point_cell(point.at) for point in record.points],
        }
        taken = np.zeros(data["count"], dtype=bool)
        for level in LEVELS:
            inside = (fields[level] > 0) & ~taken if level in fields else ~taken & taken
            taken |= inside
            data[level] = np.diff(np.flatnonzero(inside), prepend=0).tolist()
        held = json.dumps(data, separators=(",", ":"))
        cache.set(key, held, None)
    return str(held)


@require_safe
def cells(_request: HttpRequest, record: str) -> HttpResponse:
    """Serve the cells of a live pattern to the body map."""
    entry = catalogue().patterns.get(record)
    if entry is None:
        raise Http404(f"no pattern {record}")
    found = PatternPage.objects.get(pk=entry.page).record()
    response = HttpResponse(cells_of(found), content_type="application/json")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _small_svg(record: Pattern) -> str:
    main = panels(record)[0]
    width, height = 300.0, 300.0 * main.size[1] / main.size[0]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.1f}">'
        f"<defs>{TEXTURES}</defs>{as_nested(main, 0, 0, width, height)}</svg>"
    )


def _figure(record: Pattern) -> str:
    pages = MusclePage.objects.filter(record_id__in=record.muscles)
    return figure(record, {page.record_id: page.record() for page in pages})


def _file(record: Pattern, kind: Kind) -> Path:
    """Return the PNG of a pattern, drawn now when it is not kept yet."""
    folder = Path(settings.MEDIA_ROOT) / "pictures"
    file = folder / f"{record.id}-{kind}-{_fingerprint(record)}.png"
    if not file.exists():
        svg = _small_svg(record) if kind == "small" else _figure(record)
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{hashlib.sha256(svg.encode()).hexdigest()[:8]}")
        fresh.write_bytes(png(svg, WIDTHS[kind]))
        fresh.replace(file)
    return file


def picture(
    _request: HttpRequest, record: str, kind: str
) -> HttpResponse | FileResponse:
    """Serve the PNG of a live pattern."""
    entry = catalogue().patterns.get(record)
    if entry is None or kind not in WIDTHS:
        raise Http404(f"no picture {record}-{kind}")
    found = PatternPage.objects.get(pk=entry.page).record()
    response = FileResponse(
        _file(found, "small" if kind == "small" else "card").open("rb"),
        content_type="image/png",
    )
    response["Cache-Control"] = "public, max-age=86400"
    return response
