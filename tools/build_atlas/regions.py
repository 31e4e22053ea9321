"""Names a leaf region for every outer face of the left half of the neutral body."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from build_atlas import body
from build_atlas.chart import INGUINAL, Chart, along, vec
from build_atlas.raster import raster, view_matrix
from build_atlas.regions_head import head_border, label_head, label_neck, neck_part
from build_atlas.regions_limbs import label_arm, label_foot, label_hand, label_leg
from build_atlas.regions_trunk import label_trunk
from build_atlas.rules import Rules
from build_atlas.source import SKIN_VERTICES, Source


@dataclass(frozen=True)
class Half:
    """The outer faces of the left half.

    `face` (k) numbers of quads in the whole surface; `edges` (e, 2) pairs of
    positions in `face` that share an edge; `border` (k) faces on the midline;
    `whole` (m) for each quad of the surface the position in `face` that stands
    for it (its own, its mirror's or the nearest outer one's).
    """

    face: np.ndarray
    centre: np.ndarray
    normal: np.ndarray
    area: np.ndarray
    edges: np.ndarray
    border: np.ndarray
    whole: np.ndarray
    chart: Chart


def leaf_ids(path: Path) -> list[str]:
    """Return the ids of the leaf regions in file order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file) if row["sides"] != "group"]


def outside(surface: body.Surface, directions: int = 60) -> np.ndarray:
    """Return which points can be seen from outside, from a sphere of directions."""
    seen = np.zeros(len(surface.points), bool)
    k = np.arange(directions) + 0.5
    elevation = 90 - np.degrees(np.arccos(1 - 2 * k / directions))
    azimuth = np.degrees(np.pi * (1 + 5**0.5) * k)
    for a, e in zip(azimuth, elevation, strict=True):
        m = view_matrix(a, e)
        p = surface.points @ m.T
        pixels = np.c_[(p[:, :2] - p[:, :2].min(0)) * 6 + 2, p[:, 2]]
        width, height = (int(v) + 4 for v in pixels[:, :2].max(0))
        near, _, _ = raster(pixels, surface.triangles, width, height)
        at = np.round(pixels[:, :2]).astype(int)
        facing = (surface.normals @ m.T)[:, 2] > -0.05
        seen |= (p[:, 2] > near[at[:, 1], at[:, 0]] - 0.15) & facing
    return seen


def half(source: Source) -> Half:
    """Measure the left half of the neutral body in the anatomical pose."""
    surface = body.surface(source, "neutral")
    p, q = surface.points, surface.quads
    skin_quads = len(body.quads(source, with_eyes=False))
    total = len(body.quads(source))
    is_skin = np.arange(len(q)) % total < skin_quads
    centre = p[q].mean(1)
    seen = outside(surface)[q].sum(1) >= 2
    left = centre[:, 0] > 0
    face = _largest(np.flatnonzero(is_skin & seen & left), q)
    diagonal = np.cross(p[q[:, 2]] - p[q[:, 0]], p[q[:, 3]] - p[q[:, 1]])
    area = 0.5 * np.linalg.norm(diagonal, axis=1)
    normal = diagonal / np.maximum(2 * area[:, None], 1e-12)
    tree = cKDTree(centre[face])
    _, whole = tree.query(np.abs(centre) * [1, 0, 0] + centre * [0, 1, 1])
    middle = (np.abs(p[q[face], 0]) < 1e-6).sum(1) >= 2
    chart = _chart(source, surface, face, centre, normal)
    return Half(
        face,
        centre[face],
        normal[face],
        area[face],
        _shared(q[face]),
        middle,
        whole,
        chart,
    )


def _shared(q: np.ndarray) -> np.ndarray:
    """Return pairs of rows of `q` that share an edge."""
    pairs = np.sort(np.stack([q, np.roll(q, -1, 1)], 2).reshape(-1, 2), 1)
    owner = np.repeat(np.arange(len(q)), 4)
    order = np.lexsort((owner, pairs[:, 1], pairs[:, 0]))
    pairs, owner = pairs[order], owner[order]
    same = (pairs[1:] == pairs[:-1]).all(1)
    return np.stack([owner[:-1][same], owner[1:][same]], 1)


def _largest(face: np.ndarray, q: np.ndarray) -> np.ndarray:
    edges = _shared(q[face])
    part = components(len(face), edges)
    return face[part == np.bincount(part).argmax()]


def components(count: int, edges: np.ndarray) -> np.ndarray:
    """Return the component number of each of `count` nodes."""
    ones = np.ones(len(edges))
    graph = coo_matrix((ones, (edges[:, 0], edges[:, 1])), shape=(count, count))
    return connected_components(graph, directed=False)[1]


def _chart(
    source: Source,
    surface: body.Surface,
    face: np.ndarray,
    centre: np.ndarray,
    normal: np.ndarray,
) -> Chart:
    control = body.control(source, "neutral")
    bones = sorted(
        b for b in source.weights if not b.endswith(".R") and source.weights[b]
    )
    table = np.zeros((len(control), len(bones)))
    for k, bone in enumerate(bones):
        for vertex, weight in source.weights[bone]:
            if vertex < SKIN_VERTICES:
                table[vertex, k] += weight
    smooth = body.refine(table, body.quads(source)).points
    carried = smooth[surface.quads[face]].mean(1)
    weight = {b.removesuffix(".L"): carried[:, k] for k, b in enumerate(bones)}
    joints = {}
    for bone in source.rig:
        if not bone.endswith(".R"):
            name = bone.removesuffix(".L")
            joints[name] = body.joint(source, control, bone, "head")
            joints[name + ".tail"] = body.joint(source, control, bone, "tail")
    return Chart(centre[face], normal[face], weight, joints)


def label(h: Half, ids: list[str]) -> np.ndarray:
    """Return the region number of every outer face of the left half."""
    c = h.chart
    names = np.full(len(h.face), -1)
    x, y, z = c.x, c.y, c.z
    upper = c.share("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
    border = np.interp(y, [125, 127, 131, 135, 139], [14.6, 14.6, 14.2, 14.4, 14.6])
    arm = ((y > 126.6) & (x > border)) | ((upper > 0.5) & (y <= 126.6))
    s, _ = c.around(c.joints["lowerarm01"], c.joints["wrist"])
    hand = arm & (s > 1.03) & (y < 100)
    head = ~arm & (y > 143) & (y > head_border(z))
    neck = ~arm & ~head & neck_part(c)
    _, turn = c.around(
        c.joints["upperleg01"] + vec(-0.6, 0, 1.2), c.joints["lowerleg01"]
    )
    groin = np.where(c.trunk_angle < 46, along(INGUINAL, x) - 1.5, 82.0)
    groin = np.where(x < 2.5, 79.0, groin)
    inside = np.where(z > 4.0, np.minimum(groin, 81.0), 79.0)
    top = np.where(np.abs(turn) > 110, 78.6, np.where(turn < -62, inside, groin))
    leg = ~arm & (y < top) & ((x > 0.6) | (y < 79.0))
    foot = leg & (y < 11.2)
    rest = ~(arm | head | neck | leg)
    label_head(c, Rules(head, names, ids))
    label_neck(c, Rules(neck, names, ids))
    label_hand(c, Rules(hand, names, ids))
    label_arm(c, Rules(arm & ~hand, names, ids))
    label_foot(c, Rules(foot, names, ids))
    label_leg(c, Rules(leg & ~foot, names, ids))
    label_trunk(c, Rules(rest, names, ids))
    return connect(h, smooth_labels(h, names), len(ids))


def smooth_labels(h: Half, names: np.ndarray, rounds: int = 2) -> np.ndarray:
    """Let each face follow three or more agreeing neighbours; also fills gaps."""
    n = len(names)
    sides = np.r_[h.edges, h.edges[:, ::-1]]
    order = np.argsort(sides[:, 0], kind="stable")
    sides = sides[order]
    start = np.searchsorted(sides[:, 0], np.arange(n + 1))
    for _ in range(rounds):
        old = names.copy()
        for i in range(n):
            around = old[sides[start[i] : start[i + 1], 1]]
            around = around[around >= 0]
            if not len(around):
                continue
            count = np.bincount(around)
            best = int(count.argmax())
            if (old[i] < 0) or (best != old[i] and count[best] >= 3):
                names[i] = best
    return names


def connect(h: Half, names: np.ndarray, count: int) -> np.ndarray:
    """Keep the largest piece of each region; give the others to a neighbour."""
    names = names.copy()
    for _ in range(30):
        same = names[h.edges[:, 0]] == names[h.edges[:, 1]]
        part = components(len(names), h.edges[same])
        size = np.bincount(part, weights=h.area)
        owner = np.zeros(len(size), int)
        owner[part] = names
        best = np.full(count + 1, -1)
        for piece in np.argsort(size, kind="stable"):
            best[owner[piece]] = piece
        loose = (best[owner] != np.arange(len(size))) | (owner < 0)
        if not loose.any():
            return names
        a, b = h.edges[~same].T
        pairs = np.r_[
            np.c_[part[a], names[b], part[b]], np.c_[part[b], names[a], part[a]]
        ]
        pairs = pairs[loose[pairs[:, 0]] & ~loose[pairs[:, 2]]]
        for piece in np.unique(pairs[:, 0]):
            around = np.bincount(pairs[pairs[:, 0] == piece, 1])
            names[part == piece] = int(around.argmax())
    raise RuntimeError("regions do not become connected")
