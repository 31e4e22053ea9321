"""Gives each cell its CHOIR body-map segment, male numbering, for both sides.

Levels are shares of body height read off the CHOIRBM polygons: upper to middle back
at 0.735 (T8-T9), middle to lower back at 0.615 (L3-L4), lower back to buttock at 0.55.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from build_atlas.chart import ASIS, COSTAL_ARCH, INGUINAL, Chart, along, vec
from build_atlas.regions_head import neck_angle


Of = Callable[..., np.ndarray]

# left code -> right code
MIRROR = {
    102: 101, 104: 103, 106: 105, 110: 107, 109: 108, 112: 111, 117: 116, 114: 113,
    118: 115, 124: 119, 123: 120, 122: 121, 128: 125, 127: 126, 130: 129, 132: 131,
    134: 133, 136: 135, 201: 202, 203: 204, 205: 206, 207: 210, 208: 209, 211: 214,
    212: 213, 218: 219, 215: 216, 217: 220, 221: 226, 222: 225, 223: 224, 227: 230,
    228: 229, 231: 232, 233: 234, 235: 236, 237: 238,
}  # fmt: skip


def label(c: Chart, parent: np.ndarray) -> np.ndarray:
    """Return the left-side code of each face; `parent` is its region group."""
    x, y = c.x, c.y
    height = 167.0

    def of(*names: str) -> np.ndarray:
        return np.isin(parent, names)

    angle = c.trunk_angle
    front = angle < 90
    out = np.where(front, 109, 208)
    upper, lower = 0.735 * height, 0.615 * height
    out[~front & (y < upper)] = 212
    out[~front & (y < lower)] = 218
    out[~front & (y < 0.55 * height)] = 223
    out[front & (y < np.minimum(along(COSTAL_ARCH, x), 113.5))] = 117
    hip = (y < np.interp(angle, [40, 60, 90, 120, 130], [95, 98, 100.5, 100, 96])) & (
        angle < 132
    )
    out[~front & hip] = 222
    out[front & hip & (x > np.interp(y, [82, 98], [7.5, 9.5]))] = 123
    groin = along(INGUINAL, x)
    pubic = front & (y < 92.5) & (x < 7.6)
    out[pubic & (out != 123)] = 122
    out[front & (y < groin - 1.5) & (x < ASIS[0])] = 127
    out[of("pelvis") & front & (y < 88) & (x < 3.2)] = 122
    # The shoulder segment runs from the neck's foot to the armpit.
    slope_front = np.interp(y, [126, 131, 136.5, 141], [13.6, 11.8, 8.4, 5.0])
    slope_back = np.interp(y, [124, 130, 136, 141], [14.0, 11.6, 8.4, 5.4])
    torso = of("chest", "back-upper", "back-middle", "shoulder", "neck")
    out[torso & front & (y > 126) & (x > slope_front)] = 110
    out[torso & ~front & (y > 124) & (x > slope_back)] = 207
    _head(c, of, out)
    _limbs(c, of, out)
    return out


def _head(c: Chart, of: Of, out: np.ndarray) -> None:
    y, z = c.y, c.z
    neck = of("neck") & (c.x < 8.2)
    behind = neck_angle(c) > 95
    out[neck & ~behind] = 106
    out[neck & behind] = 205
    head = of("head", "face")
    ahead = z > 3.2
    out[head] = np.where(ahead, 104, 203)[head]
    out[head & (y > 161.4)] = np.where(ahead, 102, 201)[head & (y > 161.4)]


def _limbs(c: Chart, of: Of, out: np.ndarray) -> None:
    y = c.y
    palm = c.normal[:, 2] > 0
    shoulder, elbow, wrist = (
        c.joints[k] for k in ("upperarm01", "lowerarm01", "wrist")
    )
    _, turn = c.around(shoulder, elbow)
    t, _ = c.around(shoulder, elbow)
    arm_front = np.abs(turn) < 90
    _, fore = c.around(elbow, wrist)
    fore_front = np.abs(fore) < 90
    upper = of("shoulder", "upper-arm")
    out[upper] = np.where(arm_front, 110, 207)[upper]
    low = upper & (t > 0.26)
    out[low] = np.where(arm_front, 112, 211)[low]
    pairs = (
        ("elbow", arm_front, 114, 215), ("forearm", fore_front, 118, 217),
        ("wrist", fore_front, 124, 221), ("hand", palm, 128, 227), ("thumb-fingers", palm, 128, 227),
    )  # fmt: skip
    for group, front, a, b in pairs:
        held = of(group)
        out[held] = np.where(front, a, b)[held]
    hip, knee, ankle = (c.joints[k] for k in ("upperleg01", "lowerleg01", "foot"))
    _, leg = c.around(hip + vec(-0.6, 0, 1.2), knee)
    _, shin = c.around(knee, ankle)
    leg_front, shin_front = np.abs(leg) < 92, np.abs(shin) < 95
    for group, front, a, b in (
        ("thigh", leg_front, 127, 228), ("knee", leg_front, 130, 231),
        ("lower-leg", shin_front, 132, 233), ("ankle", shin_front, 134, 235),
    ):  # fmt: skip
        held = of(group)
        out[held] = np.where(front, a, b)[held]
    foot = of("foot", "toes")
    top = (c.normal[:, 1] > -0.2) & ((c.z > 1.5) | (y > 5))
    out[foot] = np.where(top, 136, 237)[foot]
