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

from achemap.atlas.plates import PlateIndex, plate_index
from achemap.atlas.surface import Atlas, load
from achemap.atlas.vocabulary import Region, regions


# Plates that show the whole body; all others are close-ups.
WHOLE = ("front", "back", "left", "right")
# Whose side is at the viewer's left and right.
_VIEWER = {
    "front": ("Right", "Left"),
    "head-front": ("Right", "Left"),
    "head-top": ("Right", "Left"),
    "pelvis-front": ("Right", "Left"),
    "back": ("Left", "Right"),
    "head-back": ("Left", "Right"),
    "pelvis-back": ("Left", "Right"),
}


def _region(region: Region) -> dict[str, Any]:
    return {
        "id": region.id,
        "name": region.name,
        "term": region.term,
        "sides": region.sides,
        "parent": region.parent,
        "synonyms": list(region.synonyms),
    }


def _plates(index: PlateIndex) -> list[dict[str, Any]]:
    """Return the entries of all plates; one-sided close-ups for each side."""
    entries = []
    for plate in index.plates:
        close_up = plate.name not in WHOLE
        about = {
            "file": plate.name,
            "closeUp": close_up,
            "viewer": _VIEWER.get(plate.name),
            "pxPerCm": plate.px_per_cm / plate.step,
            "raster": {body: list(size) for body, size in plate.raster.items()},
        }
        if close_up and plate.shows == "right":
            for side, mirrored in (("Right", False), ("Left", True)):
                entries.append(
                    {
                        "name": f"{plate.name}-{side.lower()}",
                        "title": f"{side}: {plate.title.lower()}",
                        "mirrored": mirrored,
                        **about,
                    }
                )
        else:
            entries.append(
                {"name": plate.name, "title": plate.title, "mirrored": False, **about}
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
        "plates": _plates(plate_index()),
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return {"body.json": f"{text}\n".encode(), "body.bin": _cells(atlas)}


def main(folder: str) -> None:
    for name, content in browser_files().items():
        (Path(folder) / name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1])
