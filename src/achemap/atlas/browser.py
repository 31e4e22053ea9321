"""The body as the body map in the browser wants it: one index and one table of cells.

Plates are used as the atlas stores them. The files are committed with the site's
static files; `python -m achemap.atlas.browser FOLDER` writes them again.
"""

from __future__ import annotations

import functools
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from achemap.atlas.plates import BODIES, Plate, plate, plate_names
from achemap.atlas.surface import Atlas, load
from achemap.atlas.vocabulary import Region, regions


# Plates that show the whole body; all others are close-ups.
WHOLE = ("front", "back", "left", "right")
# Their small pictures, for the first look, are this wide (tools/small_plates).
SMALL_WIDTH = 560
# A close-up shows everything larger: its share counts so many times.
_CLOSE_UP = 1.35
# People know themselves from front and back: both sides in one view are worth this.
_BOTH_SIDES = 0.12
# Where a count of cells does not find what people expect.
_EXPECTED = {"face": "head-front", "lower-leg": "back"}


def _region(region: Region) -> dict[str, Any]:
    return {
        "id": region.id,
        "name": region.name,
        "term": region.term,
        "sides": region.sides,
        "parent": region.parent,
        "synonyms": list(region.synonyms),
    }


def _plates() -> list[dict[str, Any]]:
    """Return the entries of all plates; one-sided close-ups for each side."""
    entries = []
    for name in plate_names():
        shown = plate(name)
        rasters = {body: plate(name, body).id_raster.shape for body in BODIES}
        about = {
            "file": name,
            "closeUp": name not in WHOLE,
            "viewer": [side.title() for side in shown.sides] if shown.sides else None,
            "pxPerCm": shown.scale / shown.raster_step,
            "raster": {body: [size[1], size[0]] for body, size in rasters.items()},
        }
        sides = [("", "", False)]
        if name not in WHOLE and shown.shows == "right":
            sides = [("-right", "Right: ", False), ("-left", "Left: ", True)]
        for ending, lead, mirrored in sides:
            title = f"{lead}{shown.title.lower()}" if lead else shown.title
            entries.append(
                {"name": name + ending, "title": title, "mirrored": mirrored, **about}
            )
    return entries


def plate_in_browser(shown: Plate) -> str:
    """Return the name by which the body map knows a plate."""
    one_sided = shown.name not in WHOLE and shown.shows != "both"
    return f"{shown.name}-{shown.shows}" if one_sided else shown.name


@functools.lru_cache(maxsize=512)
def plate_for(region: str) -> str:
    """Return the plate, by its name in the browser, that shows a region best.

    `region` is a leaf or a group. Of plates that show it about as well, the one
    that shows it largest. Raises BadInput for an unknown region.
    """
    if region in _EXPECTED:
        return _EXPECTED[region]
    atlas = load()
    cells = atlas.cells_of(region, "right")
    area = atlas.area_cm2[cells]
    best, most = "", -1.0
    for name in plate_names():
        shown = plate(name)
        # A cell that is seen two thirds face-on is seen well.
        seen = np.minimum(1.0, shown.share[cells] * 1.5)
        share = float((seen * area).sum() / area.sum())
        score = share * (1.0 if name in WHOLE else _CLOSE_UP)
        score += _BOTH_SIDES if shown.shows == "both" else 0.0
        if score > most:
            best, most = plate_in_browser(shown), score
    return best


def _cells(atlas: Atlas) -> bytes:
    """Return 4 bytes for each left cell: region, CHOIR left and right, area."""
    table = np.zeros((atlas.count // 2, 4), dtype=np.uint8)
    table[:, 0] = atlas.region[::2]
    table[:, 1] = atlas.choir[::2].astype(int) - 100
    table[:, 2] = atlas.choir[1::2].astype(int) - 100
    table[:, 3] = np.clip(np.round(atlas.area_cm2[::2] * 100), 1, 255)
    return table.tobytes()


def browser_files() -> dict[str, bytes]:
    """Return the files by name: `body.json` and `body.bin`."""
    atlas = load()
    index = {
        "version": atlas.version,
        "smallWidth": SMALL_WIDTH,
        "regions": [_region(each) for each in atlas.regions],
        "groups": [
            {"id": each.id, "name": each.name}
            for each in regions().values()
            if not each.is_leaf
        ],
        "plates": _plates(),
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return {"body.json": f"{text}\n".encode(), "body.bin": _cells(atlas)}


def main(folder: str) -> None:
    for name, content in browser_files().items():
        (Path(folder) / name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1])
