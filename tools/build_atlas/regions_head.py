"""Region rules of head, face and neck."""

from __future__ import annotations

import numpy as np

from build_atlas.chart import COLLARBONE, LEVEL, Chart, along
from build_atlas.rules import Rules, near


# Lower border of the jaw and skull seen from the side: (z, y).
JAW = (
    (5.4, 150.9),
    (6.4, 148.6),
    (8.0, 147.1),
    (10.0, 146.0),
    (13.0, 145.3),
    (16, 145.2),
)
SKULL = ((-6.0, 150.4), (0.0, 150.4), (2.6, 150.0), (5.4, 150.9))


def head_border(z: np.ndarray) -> np.ndarray:
    """Return the height where head ends and neck begins at depth z."""
    return np.where(z < 5.4, along(SKULL, z), along(JAW, z))


def label_head(c: Chart, r: Rules) -> None:
    """Name the faces of head and face."""
    x, y, z = c.x, c.y, c.z
    canal = near(y, z, (153.6, 4.75), 0.8)
    r.give("ear-deep", canal & (x > 6.2) & (x < 7.35))
    shell = ((z - 4.35) / 1.75) ** 2 + ((y - 153.6) / 2.85) ** 2 < 1
    stands_out = (x > 7.15) & (y > 150.6) & (y < 156.7) & (z > 1.6) & (z < 6.0)
    r.give("ear", (shell & (x > 6.2)) | stands_out)
    face = z > 9.5
    r.give(
        "nose",
        face
        & (z > 12.3)
        & (y > 151.35)
        & (y < 157.0)
        & (x < np.interp(y, [151.3, 153.2, 155, 157], [2.15, 2.0, 1.3, 1.0])),
    )
    r.give("eye", face & (((x - 3.1) / 2.0) ** 2 + ((y - 155.45) / 1.2) ** 2 < 1))
    r.give("between-brows", face & (x < 1.2) & (y > 156.2) & (y < 158.8))
    r.give("eyebrow", face & (x < 5.7) & (y > 156.1) & (y < 158.2))
    mouth = face & (x < 2.9)
    r.give("upper-lip", mouth & (y > 149.15) & (y < 151.9))
    r.give("lower-lip", mouth & (y > 147.3) & (y <= 149.15))
    r.give("chin", (z > 11) & (x < 2.7) & (y <= 147.3))
    r.give("below-eye", face & (x < 5.0) & (x > 1.2) & (y > 152.9) & (y < 155.6))
    r.give("jaw-joint", (z > 5.2) & (z < 7.9) & (y > 151.7) & (y < 154.3))
    r.give("cheekbone", (z >= 7.9) & (x > 4.1) & (y > 152.1) & (y < 154.9))
    jaw = y < head_border(z) + 1.5
    r.give("jaw-edge", (z > 5.0) & (y < 151.7) & jaw)
    r.give("jaw-muscle", (z > 5.0) & (z < 9.4) & (y <= 152.3))
    r.give("cheek", (z >= 9.0) & (y <= 153.2))
    _label_skull(c, r)


def _label_skull(c: Chart, r: Rules) -> None:
    x, y, z = c.x, c.y, c.z
    hairline = np.interp(x, [0, 3, 5, 6.2], [162.4, 162.2, 161, 159.2])
    side = c.normal[:, 0] > 0.72
    top = np.interp(z, [5.4, 8.0, 11.0], [160.4, 159.9, 158.0])
    r.give("temple", (z > 5.4) & (y < top) & (side | (z < 10.5)) & (y < hairline + 1))
    r.give("forehead", (z > 7) & (y < hairline) & (y > 156))
    r.give("hairline-front", (z > 7.6) & (x < 6.6))
    r.give("mastoid", (z > 0.2) & (z < 5.6) & (y < 154.4) & (x > 4.6))
    r.give("base-of-skull", y < 153.0)
    r.give("back-of-head", (y < 161.5) & (z < np.interp(y, [153, 161.5], [0.4, -2.0])))
    r.give("scalp-side", (x > 4.9) & (y < 163.2))
    r.give("crown")


def neck_angle(c: Chart) -> np.ndarray:
    """Return degrees round the neck: 0 front, 180 back."""
    middle = np.interp(c.y, [136, 141.8, 151.8], [0.6, 1.4, 5.2])
    return np.degrees(np.arctan2(c.x, c.z - middle))


def label_neck(c: Chart, r: Rules) -> None:
    """Name the faces between jaw and skull above, collarbone and trapezius below."""
    x, y, z = c.x, c.y, c.z
    angle = neck_angle(c)
    r.give("neck-spine", (x < 1.15) & (angle > 90))
    below_jaw = (c.normal[:, 1] < -0.3) & (y > 143.6) & (z > 5.6)
    r.give("under-chin", below_jaw | ((z > 8.4) & (y > 143.6)))
    strap = np.interp(y, [136.2, 139, 143, 147, 150.5], [14, 30, 52, 82, 112])
    half = np.interp(y, [136.2, 139, 150.5], [9, 13, 19])
    r.give("neck-strap-muscle", (np.abs(angle - strap) < half) & (y > 136.6))
    r.give("throat", (angle < strap) & (angle < 90))
    shoulder = (x > 5.2) & (y < 143.6) & (y > 139.0) & (angle > 72)
    r.give("neck-shoulder-angle", shoulder & (c.normal[:, 1] > 0.45))
    r.give("collarbone-hollow", (y < 140.6) & (angle < 100))
    back = angle > 138
    r.give("back-of-neck-upper", back & (y > (LEVEL["c4"] + LEVEL["c5"]) / 2))
    r.give("back-of-neck-lower", back)
    r.give("side-of-neck", (y > 140.4) | (angle < 110))
    r.give("neck-shoulder-angle")


def neck_part(c: Chart) -> np.ndarray:
    """Return the faces of the neck among those not of the head."""
    behind = c.z < 0.8
    floor = np.where(
        behind,
        np.interp(c.x, [0, 5, 6.5, 8], [140.1, 140.3, 140.8, 141.5]),
        along(COLLARBONE, c.x) + 0.9,
    )
    return (c.y > floor) & (c.x < 9.0)
