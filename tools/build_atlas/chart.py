"""Body coordinates of the left half, in which region rules and landmarks are written.

All numbers are cm on the neutral body (166 cm). Levels of the spine follow surface
anatomy: scapular tip T7-T8, iliac crest L4, PSIS S2, umbilicus L3-L4.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np


# Height of each spinous process tip (cm).
LEVEL = {
    "c2": 149.8, "c3": 148.2, "c4": 146.6, "c5": 145.0, "c6": 143.1, "c7": 141.0,
    "t1": 139.0, "t2": 136.9, "t3": 134.7, "t4": 132.4, "t5": 130.1, "t6": 127.8,
    "t7": 125.4, "t8": 122.9, "t9": 120.4, "t10": 117.8, "t11": 115.2, "t12": 112.5,
    "l1": 109.7, "l2": 106.9, "l3": 104.0, "l4": 101.1, "l5": 98.3,
    "s1": 96.2, "s2": 94.4, "s3": 92.8, "s4": 91.4,
}  # fmt: skip

# Ribs seen from behind: height at the spine, drop to the side, outermost x.
RIBS = {
    3: (137.0, 4.4, 11.5), 4: (134.9, 4.8, 12.6), 5: (132.6, 5.4, 13.4),
    6: (130.2, 6.0, 14.0), 7: (127.6, 6.6, 14.0), 8: (125.0, 7.2, 13.8),
    9: (122.4, 7.8, 13.5), 10: (119.7, 8.2, 13.0), 11: (116.9, 7.6, 12.0),
    12: (114.0, 5.6, 9.0),
}  # fmt: skip

ASIS = (11.3, 95.2)
PSIS = (4.1, 94.6)
CREST_TOP = (9.3, 101.2)
NAVEL = (0.0, 101.6)
NIPPLE = (9.9, 121.3)
SCAPULA_TIP = (9.1, 124.5)
SCAPULA_INNER = ((6.3, 137.6), (6.4, 133.6), (6.9, 129.0), (7.8, 126.2), (9.1, 124.5))
SCAPULA_OUTER = (
    (9.1, 124.5),
    (10.3, 125.6),
    (11.6, 128.2),
    (13.2, 131.2),
    (14.2, 133.6),
)
SCAPULA_SPINE = ((6.3, 133.5), (10.0, 135.0), (14.0, 137.0), (16.4, 137.6))
COLLARBONE = ((1.8, 135.9), (4.5, 136.6), (8.0, 136.9), (12.0, 137.4), (15.4, 138.0))
COSTAL_ARCH = (
    (0.0, 118.2),
    (1.5, 117.4),
    (4.0, 114.4),
    (6.5, 111.4),
    (9.0, 109.0),
    (11.5, 107.4),
)
INGUINAL = ((2.2, 85.6), (5.0, 88.2), (8.0, 91.3), (11.3, 95.2))


def vec(x: float, y: float, z: float) -> np.ndarray:
    """Return a vector; lets rules say `SIDE + vec(0, 0.3, 0)`."""
    return np.array([x, y, z])


def rib_height(rib: int, x: np.ndarray) -> np.ndarray:
    """Return the height of a rib's middle at distance x from the midline, behind."""
    start, drop, _ = RIBS[rib]
    t = np.clip((np.maximum(x, 2.2) - 2.2) / 11.0, 0, 1.2)
    bump = 6.0 * t * np.clip(1 - t, 0, 1) ** 3
    return start + bump - drop * (0.3 * t + 0.7 * t**1.9)


def along(points: tuple[tuple[float, float], ...], x: np.ndarray) -> np.ndarray:
    """Return y of a polyline given as (x, y) with growing x."""
    return np.interp(x, [p[0] for p in points], [p[1] for p in points])


def across(points: tuple[tuple[float, float], ...], y: np.ndarray) -> np.ndarray:
    """Return x of a polyline given as (x, y), any order of y."""
    pairs = sorted((p[1], p[0]) for p in points)
    return np.interp(y, [p[0] for p in pairs], [p[1] for p in pairs])


@dataclass(frozen=True)
class Chart:
    """Per-face coordinates. `centre` and `normal` are (n, 3); `weight` by bone name."""

    centre: np.ndarray
    normal: np.ndarray
    weight: dict[str, np.ndarray]
    joints: dict[str, np.ndarray]

    @property
    def x(self) -> np.ndarray:
        return self.centre[:, 0]

    @property
    def y(self) -> np.ndarray:
        return self.centre[:, 1]

    @property
    def z(self) -> np.ndarray:
        return self.centre[:, 2]

    def share(self, *starts: str) -> np.ndarray:
        """Return the summed skin weight of bones whose name starts so."""
        out = np.zeros(len(self.centre))
        for bone, weight in self.weight.items():
            if bone.startswith(starts):
                out += weight
        return out

    @functools.cached_property
    def trunk_angle(self) -> np.ndarray:
        """Return degrees round the trunk: 0 front, 90 side, 180 back."""
        y = self.y
        levels = [76, 88, 96, 102, 107, 112, 118, 124, 130, 136, 142]
        middle = np.interp(y, levels, [1, 1, 2, 4, 4.4, 4.4, 4, 3.4, 2.8, 2.5, 1.5])
        wide = np.interp(
            y, levels, [16, 16, 14.4, 13.3, 12.3, 12.7, 13.6, 14.4, 14.6, 14, 9]
        )
        deep = np.interp(y, levels, [9, 10.5, 9.6, 8.8, 8.6, 9, 10, 10, 9.4, 8, 5])
        return np.degrees(np.arctan2(self.x / wide, (self.z - middle) / deep))

    def around(
        self, start: np.ndarray, end: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return (share of the way along a limb axis, degrees round it).

        Degrees: 0 front, 90 outer, 180 back, -90 inner.
        """
        axis = end - start
        length = float(np.linalg.norm(axis))
        axis = axis / length
        rel = self.centre - start
        t = rel @ axis / length
        front = np.array([0.0, 0, 1]) - axis[2] * axis
        front /= np.linalg.norm(front)
        outer = np.cross(axis, front)
        if outer[0] < 0:
            outer = -outer
        return t, np.degrees(np.arctan2(rel @ outer, rel @ front))
