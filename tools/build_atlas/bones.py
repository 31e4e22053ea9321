"""Bony landmarks as curves on the skin, from the same levels as the landmarks.

A curve is a list of (triangle, weights), so it can be drawn on any body and pose.
They show where the bone lies under the skin; they are a drawing aid, not anatomy
measured on a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import splev, splprep

from build_atlas import chart as at
from build_atlas.body import Surface
from build_atlas.chart import LEVEL, along, rib_height
from build_atlas.raster import raster, view_matrix


STEP = 5  # degrees between the views that find the skin
PX = 10.0


@dataclass(frozen=True)
class Bone:
    """A curve: `triangle` (n), `weight` (n, 3), drawn `width` cm wide or filled."""

    name: str
    side: str
    triangle: np.ndarray
    weight: np.ndarray
    width: float
    filled: bool


class Skin:
    """Finds the skin of trunk and head in any direction from the body's axis."""

    def __init__(self, surface: Surface, shown: np.ndarray) -> None:
        self.surface = surface
        self.rows = np.flatnonzero(np.repeat(shown, 2))
        self.maps = {}
        for azimuth in range(0, 360, STEP):
            p = surface.points @ view_matrix(azimuth, 0).T
            pixels = np.c_[
                (p[:, 0] + 30) * PX - 0.5, (170 - p[:, 1]) * PX - 0.5, p[:, 2]
            ]
            self.maps[azimuth] = raster(
                pixels, surface.triangles[self.rows], 600, 1700
            )[1]

    def at(self, azimuth: int, u: float, v: float) -> tuple[int, np.ndarray] | None:
        """Return the triangle seen at view cm (u, v) and the exact weights there."""
        which = self.maps[azimuth % 360]
        row, column = int((170 - v) * PX), int((u + 30) * PX)
        if not (0 <= row < 1700 and 0 <= column < 600) or which[row, column] < 0:
            return None
        triangle = int(self.rows[which[row, column]])
        corner = self.surface.points[self.surface.triangles[triangle]]
        flat = (corner @ view_matrix(azimuth, 0).T)[:, :2]
        side = np.stack([flat[1] - flat[0], flat[2] - flat[0]], 1)
        b, c = np.linalg.solve(side, np.array([u, v]) - flat[0])
        return triangle, np.array([1 - b - c, b, c])

    def point(self, spot: tuple[int, np.ndarray]) -> np.ndarray:
        """Return the place of a found spot."""
        return spot[1] @ self.surface.points[self.surface.triangles[spot[0]]]

    def back(self, x: float, y: float) -> np.ndarray:
        """Return the skin behind at left-side x, y."""
        return self._flat(180, -1, x, y)

    def front(self, x: float, y: float) -> np.ndarray:
        """Return the skin in front at left-side x, y."""
        return self._flat(0, 1, x, y)

    def _flat(self, azimuth: int, sign: int, x: float, y: float) -> np.ndarray:
        for inwards in np.arange(0, 2.0, 0.25):
            spot = self.at(azimuth, sign * (x - inwards), y)
            if spot is not None:
                return self.point(spot)
        raise ValueError(f"no skin at {x}, {y} from {azimuth} degrees")

    def settle(
        self, p: np.ndarray, azimuth: int | None = None
    ) -> tuple[int, np.ndarray] | None:
        """Return the skin outwards of a place, seen level from its side (or azimuth)."""
        if azimuth is not None:
            u, v, _ = view_matrix(azimuth, 0) @ p
            return self.at(azimuth, u, v)
        deep = np.interp(
            p[1], [0, 76, 96, 107, 118, 130, 142, 168], [2, 1, 2, 4.4, 4, 2.8, 1.5, 4]
        )
        azimuth = round(float(np.degrees(np.arctan2(p[0], p[2] - deep))) / STEP) * STEP
        m = view_matrix(azimuth, 0)
        u, v, _ = m @ p
        return self.at(azimuth, u, v)


def _curve(
    points: list[np.ndarray], closed: bool = False, step: float = 0.35
) -> np.ndarray:
    p = np.array(points)
    if closed:
        p = np.r_[p, p[:1]]
    length = np.linalg.norm(np.diff(p, axis=0), axis=1).sum()
    knots, _ = splprep(p.T, s=0, per=closed, k=min(3, len(p) - 1))
    return np.array(splev(np.linspace(0, 1, max(int(length / step), 8)), knots)).T


def _bone(
    skin: Skin,
    name: str,
    points: list[np.ndarray],
    width: float,
    filled: bool = False,
    azimuth: int | None = None,
) -> list[Bone]:
    """Return the left curve through `points` and its mirror image, on the skin."""
    curve = _curve(points, filled)
    out = []
    for side, sign in (("left", 1), ("right", -1)):
        spots = [skin.settle(p * [sign, 1, 1], azimuth) for p in curve]
        found = [spot for spot in spots if spot]
        triangle = np.array([spot[0] for spot in found])
        weight = np.array([spot[1] for spot in found])
        out.append(Bone(name, side, triangle, weight, width, filled))
    return out


Flat = Iterable[tuple[float, float]]


def _behind(
    skin: Skin, name: str, spots: Flat, width: float, filled: bool = False
) -> list[Bone]:
    return _bone(skin, name, [skin.back(x, y) for x, y in spots], width, filled, 180)


def _ahead(
    skin: Skin, name: str, spots: Flat, width: float, filled: bool = False
) -> list[Bone]:
    return _bone(skin, name, [skin.front(x, y) for x, y in spots], width, filled, 0)


SIDE_RIB = {
    3: 125.8,
    4: 124.0,
    5: 121.8,
    6: 119.6,
    7: 117.0,
    8: 114.4,
    9: 111.6,
    10: 109.0,
}
FRONT_RIB = {
    1: 135.2,
    2: 131.8,
    3: 128.8,
    4: 125.8,
    5: 122.8,
    6: 119.4,
    7: 115.8,
    8: 112.8,
    9: 110.6,
    10: 108.6,
}
JOINT = {1: 134.4, 2: 130.2, 3: 127.6, 4: 125.2, 5: 122.9, 6: 120.8, 7: 119.0}


SCAPULA = (
    (6.4, 137.2), (6.4, 134.4), (6.7, 131), (7.2, 128.4), (8.0, 125.9), (9.1, 124.7),
    (10.3, 125.9), (11.6, 128.4), (12.8, 131.2), (13.6, 133.6), (12.9, 136.2),
    (10.6, 137.2), (8.2, 138.2), (7.0, 138.2),
)  # fmt: skip
RIDGE = ((6.5, 133.5), (8.4, 134.3), (10.6, 135.3), (13.4, 136.6))
BREASTBONE = (
    (0.1, 135.2), (2.3, 134.6), (1.7, 130.4), (1.9, 126), (1.9, 121.5), (1.2, 119.2),
    (0.4, 117.5), (0.1, 117.4),
)  # fmt: skip
SACRUM = (
    (0.1, 97.2), (3.3, 96.9), (3.0, 94.4), (2.0, 91.6), (1.0, 89.4), (0.2, 88.6),
)  # fmt: skip
RIM = (at.PSIS, (4.6, 96.9), (5.6, 98.4), (7.2, 100.2), (9.3, 101.2), (11.2, 101.0))


def trunk(skin: Skin) -> list[Bone]:
    """Return ribs, shoulder blade, collarbone, breastbone, spine and hip bone."""
    bone = [(x, float(along(at.COLLARBONE, np.array(x)))) for x in (2, 4.5, 8, 11, 13)]
    flank = skin.settle(np.array([20.0, 100.3, 1.5]))
    side = [skin.point(flank)] if flank else []
    rim = [skin.back(x, y) for x, y in RIM]
    ahead = [skin.front(12.4, 97.6), skin.front(*at.ASIS)]
    return [
        *_ribs(skin),
        *_behind(skin, "scapula", SCAPULA, 0.2, filled=True),
        *_behind(skin, "scapula-spine", RIDGE, 0.75),
        *_ahead(skin, "collarbone", bone, 0.95),
        *_ahead(skin, "breastbone", BREASTBONE, 0.3),
        *_bone(skin, "hip-bone", [*rim, *side, *ahead], 0.7),
        *_behind(skin, "sacrum", SACRUM, 0.3),
        *_spine(skin),
    ]


def _rib_behind(rib: int, end: float) -> list[tuple[float, float]]:
    x = np.arange(2.2, end, 1.2)
    return [(float(a), float(rib_height(rib, np.array(a)))) for a in x]


def _rib_ahead(rib: int) -> list[tuple[float, float]]:
    """Return the front of a rib with its cartilage, from the side to the breastbone."""
    front = FRONT_RIB[rib] + 0.1
    if rib not in JOINT:
        return [(8.6 if rib < 10 else 9.4, front)]
    middle = FRONT_RIB[rib] * 0.45 + JOINT[rib] * 0.55
    return [(8.6, front), (5.4, middle), (2.2, JOINT[rib])]


def _ribs(skin: Skin) -> list[Bone]:
    out = _ahead(skin, "rib-2", [(7.6, 131.8), (4.8, 131.2), (2.2, 130.2)], 0.8)
    for rib in range(3, 6):  # the armpit hides the middle of the upper ribs
        end = (10.4, FRONT_RIB[rib] - 0.2)
        out += _behind(skin, f"rib-{rib}", _rib_behind(rib, 10.6), 0.8)
        out += _ahead(skin, f"rib-{rib}-front", [end, *_rib_ahead(rib)], 0.8)
    for rib in range(6, 11):
        last = skin.settle(np.array([20, SIDE_RIB[rib], 3.6]))
        side = [skin.point(last)] if last else []
        behind = [skin.back(x, y) for x, y in _rib_behind(rib, 10.6)]
        ahead = [skin.front(x, y) for x, y in _rib_ahead(rib)]
        out += _bone(skin, f"rib-{rib}", [*behind, *side, *ahead], 0.8)
    out += _behind(skin, "rib-11", _rib_behind(11, 10.8), 0.8)
    out += _behind(skin, "rib-12", _rib_behind(12, 9.1), 0.8)
    arch = [(1.4, 117.6), (4.0, 114.4), (6.5, 111.4), (9.0, 109.0)]
    return out + _ahead(skin, "rib-margin", arch, 0.5)


def _spine(skin: Skin) -> list[Bone]:
    out = []
    for level, y in LEVEL.items():
        if level[0] == "s" and level != "s2":
            continue
        half = 0.62 if level[0] in "ct" else 0.8
        wide = 0.3 if level[0] in "ct" else 0.36
        t = np.linspace(0, 2 * np.pi, 22, endpoint=False)
        ring = [skin.at(180, wide * np.sin(a), y + half * np.cos(a)) for a in t]
        spots = [s for s in ring if s]
        out.append(
            Bone(
                f"spine-{level}",
                "midline",
                np.array([s[0] for s in spots]),
                np.array([s[1] for s in spots]),
                0.12,
                True,
            )
        )
    return out


def knees(skin: Skin) -> list[Bone]:
    """Return both kneecaps."""
    t = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    ring = [
        (10.8 + 2.1 * np.sin(a), 48.9 + 2.4 * np.cos(a) - 0.35 * np.sin(a) ** 2)
        for a in t
    ]
    return _ahead(skin, "kneecap", ring, 0.15, filled=True)
