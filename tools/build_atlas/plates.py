"""Builds every plate of every body: picture, outlines, bones, cell ids, places."""

from __future__ import annotations

import csv
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from shapely.geometry import LineString

from build_atlas import body, bones, contours, shade, views, write
from build_atlas.cells import Cells
from build_atlas.regions import Half
from build_atlas.source import Source
from build_atlas.views import BODIES, View


POSES = ("anatomical", "lifted")


@dataclass(frozen=True)
class Labels:
    """Per quad of the whole surface: cell, region number, group and side.

    `names` and `middle` are per region: its id, and whether it lies on the midline.
    """

    cell: np.ndarray
    region: np.ndarray
    group: np.ndarray
    left: np.ndarray
    names: list[str]
    middle: np.ndarray


@dataclass(frozen=True)
class Studio:
    """What every plate needs: the mesh, its labels, the bones, and where to write."""

    folder: Path
    source: Source
    marks: Labels
    bones: list[bones.Bone]


def labels(
    source: Source, half: Half, built: Cells, leaves: list[dict[str, str]]
) -> Labels:
    """Carry cells and regions to every quad; `leaves` are rows of regions.csv."""
    surface = body.surface(source, "neutral")
    left = surface.points[surface.quads].mean(1)[:, 0] > 0
    cell = built.of_face[half.whole] + np.where(left, 0, 1)
    region = built.region[cell]
    group = np.array([row["parent"] for row in leaves])[region]
    middle = np.array([row["sides"] == "midline" for row in leaves])
    return Labels(cell, region, group, left, [row["id"] for row in leaves], middle)


def write_bodies(folder: Path, source: Source, half: Half, built: Cells) -> None:
    """Write where each left cell is, in 0.1 mm, for three bodies in two poses."""
    quads = half.face[built.face]
    out = []
    for name in BODIES:
        for pose in POSES:
            surface = body.surface(source, name, pose)
            spot = surface.points[surface.quads[quads]].mean(1)
            out.append(np.round(spot * 100).astype("<i2"))
    (folder / "bodies.bin").write_bytes(np.stack(out).tobytes())


def shown_quads(view: View, marks: Labels) -> np.ndarray:
    """Return which quads a view draws."""
    shown = np.ones(len(marks.cell), bool)
    if view.side != "both" and not view.far:
        shown &= marks.left == (view.side == "left")
    if view.groups:
        shown &= np.isin(marks.group, view.groups)
    return shown


def one(studio: Studio, name: str, view: View) -> dict[str, object]:
    """Write the files of one plate of one body; return its entry for plates.json."""
    marks, stem = studio.marks, studio.folder / name / view.name
    stem.parent.mkdir(parents=True, exist_ok=True)
    surface = body.surface(studio.source, name, view.pose)
    shown = shown_quads(view, marks)
    d = _shaded(studio, name, view, shown)
    image = Image.fromarray(d.rgba)
    quality = 74 if view.scale < 20 else 84
    image.save(f"{stem}.webp", quality=quality, method=6, alpha_quality=88)
    drawn = (d.quad >= 0) & (d.alpha > 0.4)
    held = drawn.copy()
    if view.side != "both":
        held &= marks.left[np.maximum(d.quad, 0)] == (view.side == "left")
    step = max(round(view.scale * (0.2 if view.scale < 30 else 0.1)), 1)
    cell = np.where(held, marks.cell[np.maximum(d.quad, 0)] + 1, 0)
    raster = cell[step // 2 :: step, step // 2 :: step]
    Path(f"{stem}.ids").write_bytes(encode(raster))
    drawing = {
        "outline": contours.outline(drawn, view.scale),
        "regions": _region_paths(d.quad, held, marks, view),
        "bones": _bone_paths(surface, view, d, studio.bones, shown),
    }
    text = json.dumps(drawing, separators=(",", ":"))
    Path(f"{stem}.json").write_text(text + "\n", encoding="utf-8")
    return {
        "frame": list(d.frame),
        "size": [image.width, image.height],
        "step": step,
        "raster": [raster.shape[1], raster.shape[0]],
    }


def _shaded(studio: Studio, name: str, view: View, shown: np.ndarray) -> shade.Drawn:
    surface = body.surface(studio.source, name, view.pose)
    joints = views.joints_of(studio.source, name, view.pose)
    seen = surface.points[np.unique(surface.quads[shown])] @ view.matrix.T
    left, right, bottom, top = (round(float(v), 2) for v in view.frame(joints, seen))
    fade = view.fade(joints, surface.points) if view.fade else None
    frame = (left, right, bottom, top)
    return shade.draw(
        surface, view, shown, fade, frame, over=2 if view.scale < 20 else 3
    )


def encode(raster: np.ndarray) -> bytes:
    """Return deflated runs: little-endian u16 pairs (cell id + 1 or 0, run length)."""
    flat = raster.ravel()
    start = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])
    length = np.diff(np.r_[start, len(flat)])
    values, runs = [], []
    for value, run in zip(flat[start].tolist(), length.tolist(), strict=True):
        while run > 0:
            part = min(run, 65535)
            values.append(value)
            runs.append(part)
            run -= part
    pair = np.stack([np.array(values), np.array(runs)]).astype("<u2")
    return zlib.compress(pair.tobytes(), 9)


def _region_paths(
    quad: np.ndarray, held: np.ndarray, marks: Labels, view: View
) -> dict[str, str]:
    q = np.maximum(quad, 0)
    region = marks.region[q]
    side = np.where(marks.middle[region], 2, np.where(marks.left[q], 0, 1))
    label = np.where(held, region.astype(int) * 3 + side, -1)
    smooth = 0.45 if view.scale < 30 else 0.22
    found = contours.regions(label, view.scale, smooth)
    ends = (".left", ".right", "")
    return {marks.names[k // 3] + ends[k % 3]: d for k, d in found.items()}


def _bone_paths(
    surface: body.Surface,
    view: View,
    d: shade.Drawn,
    drawn: list[bones.Bone],
    shown: np.ndarray,
) -> list[dict[str, object]]:
    left, _, _, top = d.frame
    h, w = d.quad.shape
    out: list[dict[str, object]] = []
    for bone in drawn:
        if not view.draws(bone.name):
            continue
        corner = surface.triangles[bone.triangle]
        p = (surface.points[corner] * bone.weight[..., None]).sum(1) @ view.matrix.T
        n = (surface.normals[corner] * bone.weight[..., None]).sum(1) @ view.matrix.T
        x, y = (p[:, 0] - left) * d.scale, (top - p[:, 1]) * d.scale
        column, row = x.astype(int).clip(0, w - 1), y.astype(int).clip(0, h - 1)
        inside = (x >= 0) & (x < w) & (y >= 0) & (y < h) & shown[bone.triangle // 2]
        seen = inside & (p[:, 2] > d.near[row, column] - 0.7) & (n[:, 2] > 0.3)
        seen &= d.alpha[row, column] > 0.8
        if bone.filled:
            data = contours.path([np.c_[x, y]], 0.15, 1) if seen.all() else ""
        else:
            data = _pieces(x, y, seen)
        if data:
            out.append(
                {
                    "name": bone.name,
                    "side": bone.side,
                    "d": data,
                    "width": round(bone.width * d.scale, 1),
                    "filled": bone.filled,
                }
            )
    return out


def _pieces(x: np.ndarray, y: np.ndarray, seen: np.ndarray) -> str:
    """Return the seen stretches of an open curve as path data."""
    cut = np.flatnonzero(np.diff(np.r_[False, seen, False].astype(int)))
    parts = []
    for a, b in zip(cut[::2], cut[1::2], strict=True):
        if b - a >= 4:
            pts = np.c_[x[a:b], y[a:b]]
            pts[1:-1] = (pts[:-2] + 2 * pts[1:-1] + pts[2:]) / 4
            parts.append(
                contours.relative(np.asarray(LineString(pts).simplify(0.2).coords))
            )
    return "".join(parts)


def curves(source: Source, marks: Labels) -> list[bones.Bone]:
    """Find the bone curves on the neutral body."""
    surface = body.surface(source, "neutral")
    arms = (
        "shoulder",
        "upper-arm",
        "elbow",
        "forearm",
        "wrist",
        "hand",
        "thumb-fingers",
    )
    skin = bones.Skin(surface, ~np.isin(marks.group, arms))
    return bones.trunk(skin) + bones.knees(skin)


NOTE = (
    "matrix rows: image right, image up, towards the viewer. View cm = matrix x body cm;"
    " px = ((u - left) x scale, (top - v) x scale); frame = left, right, bottom, top"
    " in cm. Plates that show only 'right' are shown mirrored for the left side."
)


def build(
    folder: Path,
    source: Source,
    half: Half,
    built: Cells,
    leaves: list[dict[str, str]],
    only: tuple[str, ...] = (),
) -> None:
    """Write bodies.bin, plates/<body>/<plate>.* and plates.json.

    With `only`, the entries of other plates stay as they are.
    """
    marks = labels(source, half, built, leaves)
    write_bodies(folder, source, half, built)
    studio = Studio(folder / "plates", source, marks, curves(source, marks))
    index_file = studio.folder / "plates.json"
    known = json.loads(index_file.read_text(encoding="utf-8"))["plates"] if only else []
    kept = {entry["name"]: entry for entry in known}
    entries = []
    for view in views.VIEWS:
        if not only or view.name in only:
            entries.append(_entry(studio, view))
            print(view.name, flush=True)
        elif view.name in kept:
            entries.append(kept[view.name])
    index = {
        "version": write.VERSION,
        "note": NOTE,
        "bodies": list(BODIES),
        "poses": list(POSES),
        "plates": entries,
    }
    write.put_json(index_file, index)


def _entry(studio: Studio, view: View) -> dict[str, object]:
    return {
        "name": view.name,
        "title": view.title,
        "pose": view.pose,
        "shows": view.shows,
        "matrix": np.round(view.matrix, 9).tolist(),
        "scale": view.scale,
        "bodies": {name: one(studio, name, view) for name in BODIES},
    }


def write_views(folder: Path) -> None:
    """Put into regions.csv the plates that show each region (its right side) best."""
    table = folder / "regions.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    leaves = [row for row in rows if row["sides"] != "group"]
    index = json.loads((folder / "plates" / "plates.json").read_text(encoding="utf-8"))
    cells = json.loads((folder / "cells.json").read_text(encoding="utf-8"))["arrays"]
    content = (folder / "cells.bin").read_bytes()
    count = cells["region"]["shape"][0]
    region = np.frombuffer(content, "u1", count, cells["region"]["offset"])
    area = np.frombuffer(content, "<u2", count, cells["area"]["offset"]) / 1000
    right = np.arange(count) % 2 == 1
    total = np.bincount(region[right], weights=area[right], minlength=len(leaves))
    shown: dict[str, np.ndarray] = {}
    for entry in index["plates"]:
        own = entry["bodies"]["neutral"]
        packed = (folder / "plates" / "neutral" / f"{entry['name']}.ids").read_bytes()
        value, run = np.frombuffer(zlib.decompress(packed), "<u2").reshape(2, -1)
        pixels = np.bincount(value, weights=run, minlength=count + 1)[1:]
        cm2 = np.minimum(pixels * (own["step"] / entry["scale"]) ** 2, area)
        shown[entry["name"]] = (
            np.bincount(region[right], weights=cm2[right], minlength=len(leaves))
            / total
        )
    number = {row["id"]: k for k, row in enumerate(leaves)}
    for row in rows:
        family = [
            number[r["id"]] for r in leaves if row["id"] in (r["id"], r["parent"])
        ]
        score = {
            n: float(s[family] @ total[family] / total[family].sum())
            for n, s in shown.items()
        }
        best = sorted(score, key=lambda n: (-round(score[n], 2), n))
        row["views"] = ";".join(n for n in best if score[n] >= 0.2) or best[0]
    write.put_csv(table, list(rows[0]), [list(row.values()) for row in rows])
