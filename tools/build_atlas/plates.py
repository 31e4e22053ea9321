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
    """Per quad of the whole surface: cell, region number, group and side."""

    cell: np.ndarray
    region: np.ndarray
    group: np.ndarray
    left: np.ndarray


def labels(source: Source, half: Half, built: Cells, groups: np.ndarray) -> Labels:
    """Carry cells and regions to every quad; `groups` is the group of each region."""
    surface = body.surface(source, "neutral")
    left = surface.points[surface.quads].mean(1)[:, 0] > 0
    cell = built.of_face[half.whole] + np.where(left, 0, 1)
    region = built.region[cell]
    return Labels(cell, region, groups[region], left)


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
    if view.side != "both":
        shown &= marks.left == (view.side == "left")
    if view.groups:
        shown &= np.isin(marks.group, view.groups)
    return shown


def one(
    folder: Path,
    source: Source,
    name: str,
    view: View,
    marks: Labels,
    ids: list[str],
    drawn_bones: list[bones.Bone],
) -> dict[str, object]:
    """Write the files of one plate; return its entry for plates.json."""
    surface = body.surface(source, name, view.pose)
    joints = views.joints_of(source, name, view.pose)
    shown = shown_quads(view, marks)
    seen = surface.points[np.unique(surface.quads[shown])] @ view.matrix.T
    frame = tuple(round(float(v), 2) for v in view.frame(joints, seen))
    fade = view.fade(joints, surface.points) if view.fade else None
    d = shade.draw(surface, view, shown, fade, frame, over=2 if view.scale < 20 else 3)
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(d.rgba)
    quality = 74 if view.scale < 20 else 84
    image.save(place / f"{view.name}.webp", quality=quality, method=6, alpha_quality=88)
    held = (d.quad >= 0) & (d.alpha > 0.4)
    step = max(round(view.scale * (0.2 if view.scale < 30 else 0.1)), 1)
    ids_map = np.where(held, marks.cell[np.maximum(d.quad, 0)] + 1, 0)
    half_step = step // 2
    raster = ids_map[half_step::step, half_step::step]
    (place / f"{view.name}.ids").write_bytes(encode(raster))
    drawing = {
        "outline": contours.outline(held, view.scale),
        "regions": _region_paths(d.quad, held, marks, ids, view),
        "bones": _bone_paths(surface, view, d, drawn_bones, shown),
    }
    text = json.dumps(drawing, separators=(",", ":"))
    (place / f"{view.name}.json").write_text(text + "\n", encoding="utf-8")
    return {
        "frame": list(frame),
        "size": [image.width, image.height],
        "step": step,
        "raster": [raster.shape[1], raster.shape[0]],
    }


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
    quad: np.ndarray, held: np.ndarray, marks: Labels, ids: list[str], view: View
) -> dict[str, str]:
    q = np.maximum(quad, 0)
    middle = np.array([name in MIDLINE for name in ids])
    region = marks.region[q]
    side = np.where(middle[region], 2, np.where(marks.left[q], 0, 1))
    label = np.where(held, region.astype(int) * 3 + side, -1)
    smooth = 0.34 if view.scale < 30 else 0.17
    found = contours.regions(label, view.scale, smooth)
    ends = (".left", ".right", "")
    return {ids[k // 3] + ends[k % 3]: d for k, d in found.items()}


MIDLINE: set[str] = set()


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
        corner = surface.triangles[bone.triangle]
        p = (surface.points[corner] * bone.weight[..., None]).sum(1) @ view.matrix.T
        n = (surface.normals[corner] * bone.weight[..., None]).sum(1) @ view.matrix.T
        x, y = (p[:, 0] - left) * d.scale, (top - p[:, 1]) * d.scale
        column, row = x.astype(int).clip(0, w - 1), y.astype(int).clip(0, h - 1)
        inside = (x >= 0) & (x < w) & (y >= 0) & (y < h) & shown[bone.triangle // 2]
        seen = inside & (p[:, 2] > d.near[row, column] - 0.7) & (n[:, 2] > 0.12)
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


def build(
    folder: Path,
    source: Source,
    half: Half,
    built: Cells,
    ids: list[str],
    groups: np.ndarray,
    midline: set[str],
    only: tuple[str, ...] = (),
) -> None:
    """Write bodies.bin, plates/<body>/<plate>.* and plates.json."""
    MIDLINE.update(midline)
    marks = labels(source, half, built, groups)
    write_bodies(folder, source, half, built)
    drawn = curves(source, marks)
    target = folder / "plates"
    entries: list[dict[str, object]] = []
    for view in views.VIEWS:
        if only and view.name not in only:
            continue
        per_body = {
            name: one(target, source, name, view, marks, ids, drawn) for name in BODIES
        }
        entries.append({
            "name": view.name,
            "title": view.title,
            "pose": view.pose,
            "shows": view.shows,
            "matrix": np.round(view.matrix, 9).tolist(),
            "scale": view.scale,
            "bodies": per_body,
        })  # fmt: skip
        print(view.name, flush=True)
    note = (
        "matrix rows: image right, image up, towards the viewer. View cm = matrix x body cm;"
        " px = ((u - left) x scale, (top - v) x scale); frame = left, right, bottom, top in cm."
        " Plates that show only 'right' are shown mirrored for the left side."
    )
    write.put_json(
        target / "plates.json",
        {
            "version": write.VERSION,
            "note": note,
            "bodies": list(BODIES),
            "poses": list(POSES),
            "plates": entries,
        },
    )


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
