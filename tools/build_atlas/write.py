"""Writes the atlas files; the same input gives the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import numpy as np

from build_atlas.cells import Cells


VERSION = "bm-1"


def cells(folder: Path, c: Cells, choir: np.ndarray) -> None:
    """Write cells.bin (little-endian arrays) and cells.json (its index)."""
    arrays = {
        "position": np.round(c.position * 10).astype("<i2"),
        "normal": np.round(c.normal * 127).astype("i1"),
        "area": np.maximum(np.round(c.area * 1000), 1).astype("<u2"),
        "region": c.region.astype("u1"),
        "choir": choir.astype("u1"),
    }
    for name, (indptr, indices, mm) in (("touch", c.touch), ("reach", c.reach)):
        arrays[f"{name}_indptr"] = indptr.astype("<u4")
        arrays[f"{name}_indices"] = indices.astype("<u2")
        arrays[f"{name}_length"] = np.maximum(np.round(mm * 500), 1).astype("<u2")
    index: dict[str, dict[str, object]] = {}
    content = bytearray()
    for name, array in arrays.items():
        content += b"\0" * (-len(content) % 8)
        index[name] = {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "offset": len(content),
        }
        content += np.ascontiguousarray(array).tobytes()
    (folder / "cells.bin").write_bytes(bytes(content))
    text = {"version": VERSION, "cells": len(choir), "arrays": index}
    put_json(folder / "cells.json", text)


def put_json(path: Path, data: object) -> None:
    """Write JSON with one stable layout."""
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def put_csv(path: Path, header: list[str], rows: list[list[object]]) -> None:
    """Write a CSV file with Unix line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def manifest(folder: Path) -> None:
    """Write manifest.json: the sha256 of every other atlas file.

    YAML files are notes by hand that lie in the same folder: left out.
    """
    files = sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and p.name != "manifest.json" and p.suffix != ".yaml"
    )
    digests = {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in files
    }
    put_json(folder / "manifest.json", {"version": VERSION, "files": digests})
