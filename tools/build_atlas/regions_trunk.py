"""Region rules of chest, belly, pelvis, back and buttocks."""

from __future__ import annotations

import numpy as np

from build_atlas import chart as at
from build_atlas.chart import LEVEL, Chart, across, along, rib_height
from build_atlas.rules import Rules, near


SPINE_HALF = 1.35
ERECTOR = 4.6
BACK_SIDE = 121.0  # degrees round the trunk: posterior axillary line
FRONT_SIDE = 62.0  # anterior axillary line


def between(a: str, b: str) -> float:
    """Return the height half-way between two spinous processes."""
    return (LEVEL[a] + LEVEL[b]) / 2


def crest_height(angle: np.ndarray) -> np.ndarray:
    """Return the height of the iliac crest at degrees round the trunk."""
    return np.interp(
        angle,
        [36, 44, 60, 75, 95, 115, 132, 146, 157, 164],
        [94.2, 95.6, 98.2, 99.6, 100.5, 101.2, 101.2, 99.6, 96.8, 94.2],
    )


def last_rib(x: np.ndarray) -> np.ndarray:
    """Return the lower edge of the chest wall behind: rib 12, then the tip of 11."""
    twelve = rib_height(12, x) - 0.6
    eleven = float(rib_height(11, np.array([12.0]))[0]) - 0.8
    tip = float(rib_height(12, np.array([9.0]))[0]) - 0.6
    return np.where(
        x < 9.0, twelve, np.interp(x, [9.0, 12.0, 16], [tip, eleven, eleven])
    )


def label_trunk(c: Chart, r: Rules) -> None:
    """Name every face of the trunk; order matters."""
    back = c.trunk_angle > 90
    _spine(c, r)
    _buttock(c, r)
    _upper_back(c, r, back)
    _lower_back(c, r)
    _side(c, r)
    _chest(c, r)
    _belly(c, r)


def _spine(c: Chart, r: Rules) -> None:
    x, y = c.x, c.y
    behind = c.trunk_angle > 140
    mid = (x < SPINE_HALF) & behind
    r.give("spine-thoracic-upper", mid & (y > between("t4", "t5")))
    r.give("spine-thoracic-middle", mid & (y > between("t8", "t9")))
    r.give("spine-thoracic-lower", mid & (y > between("t12", "l1")))
    r.give("spine-lumbar-upper", mid & (y > between("l3", "l4")))
    r.give("spine-lumbar-lower", mid & (y > 97.2))
    half = np.interp(y, [88.8, 90.5, 94.0, 96.6, 97.2], [0.9, 1.6, 3.0, 3.4, 3.2])
    r.give("sacrum", behind & (x < half) & (y <= 97.2) & (y > 90.0))
    r.give("tailbone", (x < 1.7) & (y > 85.6) & (y <= 90.0) & (c.z < 0))
    r.give("sacroiliac", behind & near(x, y, at.PSIS, 1.9))


def _buttock(c: Chart, r: Rules) -> None:
    x, y, z, angle = c.x, c.y, c.z, c.trunk_angle
    crest = crest_height(angle)
    r.give("hip-bone-front", near(x, y, (11.3, 95.2), 1.9) & (angle < 75))
    rim = np.abs(y - crest) < 1.25
    r.give("hip-bone-crest-back", rim & (angle > 118) & (x > 2.5))
    r.give("hip-bone-crest-side", rim & (angle > 46) & (angle <= 118))
    low = y < crest
    seat = low & (angle > 112)
    under = (c.normal[:, 1] < -0.35) & (z < 2.5) & (x < 4.2) & (y < 84.5)
    r.give("anus", (x < 1.7) & (z < -0.6) & (y <= 85.6) & (y > 79.5) & (z > -6.0))
    r.give("perineum", (x < 1.9) & (z < 3.2) & (z > -2.6) & (y < 82.5))
    r.give("sit-bone", (z < 1.5) & near(x, y, (6.0, 80.6), 2.3) & (angle > 100))
    r.give("buttock-lower", (seat | under) & (y < 84.0) & (z < 1))
    r.give("buttock-inner", seat & (x < 3.9) & (y < 93.5))
    r.give("hip-side", low & near((angle - 90) / 5.2, y, (0, 86.6), 5.4))
    r.give("buttock-upper-outer", low & (angle > 82) & (angle <= 139) & (y > 90.8))
    r.give("buttock-upper", seat & (y > 91.4))
    r.give("buttock-middle", seat)
    r.give(
        "hip-front", low & (angle > 44) & (y < 93.8) & (y < along(at.INGUINAL, x) + 1.4)
    )
    r.give("hip-side", low & (angle > 60) & (y < 91.5))


def _upper_back(c: Chart, r: Rules, back: np.ndarray) -> None:
    x, y = c.x, c.y
    inner = across(at.SCAPULA_INNER, y)
    outer = across(at.SCAPULA_OUTER, y)
    ridge = along(at.SCAPULA_SPINE, x)
    top = (c.normal[:, 1] > 0.62) & (x > 5.4) & (y > 136.0)
    front = c.z > np.interp(x, [5, 9, 13, 16], [2.2, 2.8, 3.4, 4.0])
    r.give("shoulder-top", top & ~front & (y > ridge + 1.6))
    r.give("shoulder-blade-corner", back & near(x, y, (6.6, 137.4), 1.75))
    above_tip = y > 124.4
    inside = (x > inner) & back & above_tip
    r.give("shoulder-blade-ridge", inside & (np.abs(y - ridge) < 1.0))
    r.give("shoulder-blade-upper", inside & (y > ridge))
    blade = inside & (x < outer)
    r.give("shoulder-blade-middle", blade & (y > 127.4))
    r.give("shoulder-blade-tip", back & (blade | near(x, y, (9.1, 125.2), 1.5)))
    high = back & (y > between("t7", "t8"))
    r.give(
        "inner-edge-shoulder-blade",
        high & (x > inner - 2.0) & (x < inner + 0.4) & (y < 136.6),
    )
    r.give("beside-spine-upper", high & (x < np.maximum(inner - 1.0, 4.6)) & (x < 7.0))
    r.give("outer-edge-shoulder-blade", back & above_tip & (c.trunk_angle > BACK_SIDE))


def _lower_back(c: Chart, r: Rules) -> None:
    x, y, angle = c.x, c.y, c.trunk_angle
    behind = angle > BACK_SIDE
    last = last_rib(x)
    nine = rib_height(9, x) + 1.0
    r.give("beside-spine-lower", behind & (x < ERECTOR) & (y > between("t9", "t10")))
    r.give("below-shoulder-blade", behind & (y > nine) & (y > last))
    ribs = behind & (y > last)
    r.give("lower-ribs-inner", ribs & (x < 5.8))
    r.give("lower-ribs-outer", ribs)
    loin = y > crest_height(angle)
    r.give("small-of-back-upper", behind & (x < ERECTOR) & (y > between("l3", "l4")))
    r.give("small-of-back-lower", behind & (x < ERECTOR) & (y > 94.5))
    r.give("kidney-angle", behind & loin & (x < 9.9) & (y > 104.6))
    r.give("small-of-back-lower", behind & loin & (x < 6.0))
    r.give("flank", loin & (angle > 74) & (y < side_floor(angle)))
    r.give("buttock-upper", (angle > 120) & ~loin)


def side_floor(angle: np.ndarray) -> np.ndarray:
    """Return the height of the lowest ribs at the side (ribs 10 and 11)."""
    return np.interp(
        angle, [60, 75, 95, 115, 130, 140], [107.0, 106.4, 107.0, 108.2, 108.8, 112]
    )


def _side(c: Chart, r: Rules) -> None:
    x, y, angle = c.x, c.y, c.trunk_angle
    side = (angle > FRONT_SIDE) & (y > side_floor(angle))
    r.give("armpit", (angle > 66) & (y > 122.6) & (x > 12.2) & (y < 131))
    r.give("front-armpit-fold", (x > 11.9) & (y > 124.8) & (y < 131.6) & (angle > 40))
    r.give("side-of-chest-upper", side & (y > 115.2) & (angle > 68))
    r.give("side-of-chest-lower", side & (angle > 66) & (y <= 115.2))


def _chest(c: Chart, r: Rules) -> None:
    x, y = c.x, c.y
    bone = along(at.COLLARBONE, x)
    arch = along(at.COSTAL_ARCH, x)
    r.give("collarbone", (np.abs(y - bone) < 0.95) & (x > 1.8) & (c.z > 0))
    r.give("collarbone", (y > bone) & (x > 1.8) & (x < 12))
    r.give("shoulder-top", y > bone)
    r.give("breastbone-upper", (x < 1.95) & (y > 127.2))
    r.give("breastbone-lower", (x < 1.95) & (y > 117.2))
    r.give("beside-breastbone", (x < 4.2) & (y > arch + 1.4))
    r.give(
        "below-collarbone",
        (x > 4.2) & (y > np.interp(x, [4, 10, 14], [133.4, 132.4, 131.6])),
    )
    r.give("chest-upper", y > 126.6)
    r.give("nipple", near(x, y, at.NIPPLE, 1.55))
    r.give("breast-inner", (x < at.NIPPLE[0]) & (y > 118.4))
    r.give("breast-outer", y > 118.4)
    r.give("lower-rib-margin", np.abs(y - arch - 0.2) < 1.25)
    r.give("below-breast", (y > arch) & (c.trunk_angle < 70))
    r.give("side-of-chest-lower", (c.trunk_angle > 60) & (y > 106.6))


def _belly(c: Chart, r: Rules) -> None:
    x, y = c.x, c.y
    groin = along(at.INGUINAL, x)
    r.give("pit-of-stomach", (x < 4.0) & (y > 105.6))
    r.give("upper-belly-side", y > 105.6)
    r.give("navel", (x < 3.5) & (y > 98.0))
    r.give("belly-beside-navel", (x < 7.0) & (y > 98.0))
    r.give("belly-side", (y > 98.0) | (c.trunk_angle > 60))
    r.give("groin", (np.abs(y - groin) < 1.5) & (x > 2.3))
    above = y > groin
    r.give("lower-belly", above & (x < 5.2) & (y > 88.0))
    r.give("lower-belly-side", above & (x >= 5.2))
    r.give("pubic-area", (x < 5) & (y > 83.0))
    r.give("genitals", (x < 3.0) & (y > 76))
    r.give("groin")
