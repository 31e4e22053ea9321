"""Shapes, poses and subdivides the base mesh. Units: cm, soles at y = 0.

Axes: x to the body's left, y up, z to the front. The pose of every plate but the
side plates is the anatomical one: upright, arms a little out, palms forward.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from build_atlas.source import SKIN_VERTICES, Source


RACES = ("caucasian", "african", "asian")
GENDER = {"neutral": 0.5, "female": 0.0, "male": 1.0}
CM_PER_UNIT = 10.0


@dataclass(frozen=True)
class Surface:
    """A quad mesh: `points` (n, 3) cm, `quads` (m, 4)."""

    points: np.ndarray
    quads: np.ndarray

    @functools.cached_property
    def triangles(self) -> np.ndarray:
        """Return (2m, 3): quad q gives triangles 2q and 2q + 1."""
        q = self.quads
        pair = np.stack([q[:, [0, 1, 2]], q[:, [0, 2, 3]]], 1)
        return pair.reshape(-1, 3)

    @functools.cached_property
    def normals(self) -> np.ndarray:
        """Return unit vertex normals (n, 3), area-weighted."""
        t, p = self.triangles, self.points
        face = np.cross(p[t[:, 1]] - p[t[:, 0]], p[t[:, 2]] - p[t[:, 0]])
        out = np.zeros_like(p)
        for k in range(3):
            np.add.at(out, t[:, k], face)
        length = np.linalg.norm(out, axis=1, keepdims=True)
        return out / np.maximum(length, 1e-12)


def rotation(axis: np.ndarray, degrees: float) -> np.ndarray:
    """Return the matrix that turns by `degrees` about `axis` (right-handed)."""
    a = np.asarray(axis, float) / np.linalg.norm(axis)
    t = np.radians(degrees)
    k = np.array([[0, -a[2], a[1]], [a[2], 0, -a[0]], [-a[1], a[0], 0]])
    return np.eye(3) + np.sin(t) * k + (1 - np.cos(t)) * (k @ k)


def align(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the smallest rotation that takes direction a to direction b."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    axis = np.cross(a, b)
    sine = float(np.linalg.norm(axis))
    if sine < 1e-9:
        return np.eye(3)
    return rotation(axis, float(np.degrees(np.arctan2(sine, a @ b))))


def share(turn: np.ndarray, part: float) -> np.ndarray:
    """Return the rotation that does `part` of `turn` about the same axis."""
    angle = np.degrees(np.arccos(np.clip((np.trace(turn) - 1) / 2, -1, 1)))
    if angle < 1e-6:
        return np.eye(3)
    axis = np.array(
        [turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]]
    )
    return rotation(axis, float(angle) * part)


def shape(source: Source, body: str) -> np.ndarray:
    """Return the base vertices of the neutral, female or male young adult."""
    male = GENDER[body]
    points = source.base[0].copy()
    for sex, weight in (("female", 1 - male), ("male", male)):
        if not weight:
            continue
        for race in RACES:
            name = f"macrodetails/{race}-{sex}-young"
            points += weight / len(RACES) * source.target(name)
        name = f"macrodetails/universal-{sex}-young"
        points += weight * source.target(f"{name}-averagemuscle-averageweight")
        points += 0.4 * weight * source.target(f"{name}-maxmuscle-averageweight")
        points -= 0.4 * weight * source.target(f"{name}-averagemuscle-averageweight")
    mirror = source.mirror
    return (points + points[mirror] * [-1, 1, 1]) / 2


def joint(source: Source, points: np.ndarray, bone: str, end: str) -> np.ndarray:
    """Return where a bone's head or tail is in the given shape."""
    spot = source.rig[bone][end]
    kind = spot["strategy"]
    if kind == "CUBE":
        return points[source.group(spot["cube_name"])].mean(0)
    if kind == "MEAN":
        return points[spot["vertex_indices"]].mean(0)
    return points[spot["vertex_index"]]


def skin(
    source: Source, points: np.ndarray, turns: dict[str, np.ndarray]
) -> np.ndarray:
    """Turn bones about their heads and carry the vertices (linear blend skinning)."""
    placed: dict[str, np.ndarray] = {}

    def world(bone: str) -> np.ndarray:
        if bone not in placed:
            parent = source.rig[bone]["parent"]
            own = np.eye(4)
            if bone in turns:
                head = joint(source, points, bone, "head")
                own[:3, :3] = turns[bone]
                own[:3, 3] = head - turns[bone] @ head
            placed[bone] = (world(parent) if parent else np.eye(4)) @ own
        return placed[bone]

    flat = np.c_[points, np.ones(len(points))]
    out = np.zeros_like(points)
    total = np.zeros(len(points))
    for bone, pairs in source.weights.items():
        if bone not in source.rig or not pairs:
            continue
        index = np.array([pair[0] for pair in pairs])
        weight = np.array([pair[1] for pair in pairs])
        out[index] += weight[:, None] * (flat[index] @ world(bone).T)[:, :3]
        total[index] += weight
    held = total > 1e-6
    out[held] /= total[held][:, None]
    out[~held] = points[~held]
    # Joint cubes carry no skin weight: they follow the bone they start.
    for spec in source.rig.values():
        head = spec["head"]
        if head["strategy"] == "CUBE":
            cube = source.group(head["cube_name"])
            parent = spec["parent"]
            frame = world(parent) if parent else np.eye(4)
            out[cube] = (flat[cube] @ frame.T)[:, :3]
    return out


def anatomical_turns(source: Source, points: np.ndarray) -> dict[str, np.ndarray]:
    """Return the bone turns of the anatomical position: palms forward."""
    arm, fore, twist, legs = 18.0, 25.0, -80.0, 5.0
    turns: dict[str, np.ndarray] = {}
    for side, sign in ((".L", 1.0), (".R", -1.0)):
        at = functools.partial(joint, source, points, end="head")
        shoulder, elbow = at("upperarm01" + side), at("lowerarm01" + side)
        wrist, knuckle = at("wrist" + side), at("finger3-1" + side)
        down = np.array([sign * np.sin(np.radians(arm)), -np.cos(np.radians(arm)), 0.0])
        lower = align(elbow - shoulder, down)
        parts = {"clavicle": 0.10, "shoulder01": 0.15, "upperarm01": 0.75}
        above = np.eye(3)
        for bone, part in parts.items():
            turns[bone + side] = share(lower, part)
            above = above @ turns[bone + side]
        straight = _direction(sign, fore, 3)
        bend = above.T @ align(above @ (wrist - elbow), straight) @ above
        axis = wrist - elbow
        turns["lowerarm01" + side] = bend @ rotation(axis, sign * twist * 0.45)
        turns["lowerarm02" + side] = rotation(axis, sign * twist * 0.45)
        held = above @ bend @ rotation(axis, sign * twist * 0.9)
        hand = align(held @ (knuckle - wrist), _direction(sign, fore - 4, 4))
        turns["wrist" + side] = (
            held.T @ hand @ held @ rotation(axis, sign * twist * 0.1)
        )
        leg = rotation(np.array([0, 0, 1.0]), -sign * legs)
        turns["upperleg01" + side] = leg
        turns["foot" + side] = leg.T
    return turns


def _direction(sign: float, out: float, forward: float) -> np.ndarray:
    return np.array(
        [
            sign * np.sin(np.radians(out)),
            -np.cos(np.radians(out)),
            np.sin(np.radians(forward)),
        ]
    )


def lifted_turns() -> dict[str, np.ndarray]:
    """Return the turns that raise both arms forward, so that the flank shows."""
    turns: dict[str, np.ndarray] = {}
    axis = np.array([1.0, 0, 0])
    for side in (".L", ".R"):
        turns["clavicle" + side] = rotation(axis, -6)
        turns["shoulder01" + side] = rotation(axis, -14)
        turns["upperarm01" + side] = rotation(axis, -75)
    return turns


@functools.lru_cache(maxsize=8)
def control(source: Source, body: str, pose: str = "anatomical") -> np.ndarray:
    """Return the posed control vertices in cm (19158, 3), soles at y = 0."""
    points = shape(source, body)
    points = skin(source, points, anatomical_turns(source, points))
    if pose == "lifted":
        points = skin(source, points, lifted_turns())
    points = points * CM_PER_UNIT
    points[:, 1] -= points[:SKIN_VERTICES, 1].min()
    return points


def quads(source: Source, with_eyes: bool = True) -> np.ndarray:
    """Return the control quads of the skin, then those of both eyeballs."""
    _, faces, groups = source.base
    wanted = ["body"] + (["helper-l-eye", "helper-r-eye"] if with_eyes else [])
    return np.array(
        [f for name in wanted for f, g in zip(faces, groups, strict=True) if g == name]
    )


def _moved(
    values: np.ndarray,
    q: np.ndarray,
    centre: np.ndarray,
    edges: np.ndarray,
    border: np.ndarray,
) -> np.ndarray:
    """Return the new places of the old vertices; those on a border follow it."""
    n, width = values.shape
    middle = values[edges].mean(1)
    face = np.repeat(np.arange(len(q)), 4)
    valence, faces_at = np.zeros(n), np.zeros(n)
    np.add.at(valence, edges.ravel(), 1)
    face_sum, edge_sum = np.zeros((n, width)), np.zeros((n, width))
    np.add.at(face_sum, q.ravel(), centre[face])
    np.add.at(faces_at, q.ravel(), 1)
    for k in range(2):
        np.add.at(edge_sum, edges[:, k], middle)
    v = np.maximum(valence, 1)[:, None]
    moved = face_sum / np.maximum(faces_at, 1)[:, None] + 2 * edge_sum / v
    moved = (moved + (v - 3) * values) / v
    on_border = np.zeros(n, bool)
    on_border[edges[border].ravel()] = True
    if on_border.any():
        total, times = np.zeros((n, width)), np.zeros(n)
        for k in range(2):
            np.add.at(total, edges[border][:, k], middle[border])
        np.add.at(times, edges[border].ravel(), 1)
        kept = total[on_border] / times[on_border][:, None]
        moved[on_border] = (kept + values[on_border]) / 2
    moved[valence == 0] = values[valence == 0]
    return moved


def subdivide(values: np.ndarray, q: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One Catmull-Clark step; `values` may be positions or any per-vertex numbers.

    Child quads of quad i are i, i + m, i + 2m, i + 3m (m quads before).
    Catmull and Clark 1978, with averaged boundary rule.
    """
    n, width = len(values), values.shape[1]
    centre = values[q].mean(1)
    pairs = np.sort(np.stack([q, np.roll(q, -1, 1)], 2).reshape(-1, 2), 1)
    edges, which, count = np.unique(
        pairs, axis=0, return_inverse=True, return_counts=True
    )
    which = which.reshape(-1)
    face = np.repeat(np.arange(len(q)), 4)
    around = np.zeros((len(edges), width))
    np.add.at(around, which, centre[face])
    middle = values[edges].mean(1)
    border = count < 2
    edge_point = (values[edges].sum(1) + around) / 4
    edge_point[border] = middle[border]
    moved = _moved(values, q, centre, edges, border)
    face_id = n + len(edges) + np.arange(len(q))
    edge_id = n + which.reshape(-1, 4)
    children = [
        np.stack([q[:, k], edge_id[:, k], face_id, edge_id[:, (k - 1) % 4]], 1)
        for k in range(4)
    ]
    return np.concatenate([moved, edge_point, centre]), np.concatenate(children)


def refine(values: np.ndarray, q: np.ndarray, steps: int = 2) -> Surface:
    """Subdivide `steps` times; vertex numbering is the same for every body."""
    for _ in range(steps):
        values, q = subdivide(values, q)
    return Surface(values, q)


@functools.lru_cache(maxsize=8)
def surface(source: Source, body: str, pose: str = "anatomical") -> Surface:
    """Return the smooth body; quads are numbered alike in every body and pose."""
    return refine(control(source, body, pose), quads(source))
