"""The body as the body map in the browser wants it: one index and one table of cells.

Plates are used as the atlas stores them. The files are committed with the site's
static files; `python -m achemap.atlas.browser FOLDER` writes them again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from achemap.atlas.plates import BODIES, plate, plate_names
from achemap.atlas.surface import Atlas, load
from achemap.atlas.vocabulary import Region, regions


# Plates that show the whole body; all others are close-ups.
WHOLE = ("front", "back", "left", "right")


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
        "cells": "body.bin",
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
