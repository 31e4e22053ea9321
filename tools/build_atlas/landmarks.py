"""Places every landmark on the left half; the atlas stores the mirrored right side.

Three ways to say a place (cm on the neutral body): seen from one direction at given
coordinates; on a ray from a joint of the rig; or between landmarks already placed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from build_atlas import chart as at
from build_atlas.chart import LEVEL, across, along, rib_height, vec
from build_atlas.regions import Half


BACK, FRONT = np.array([0, 0, -1.0]), np.array([0, 0, 1.0])
SIDE, UP = np.array([1.0, 0, 0]), np.array([0, 1.0, 0])


class Placer:
    """Finds outer faces of the left half. Keeps what it has placed in `face`."""

    def __init__(self, half: Half) -> None:
        self.half = half
        self.face: dict[str, int] = {}
        c = half.chart
        arm = c.share("upperarm", "lowerarm", "wrist", "finger", "metacarpal") > 0.5
        self.arm = arm | ((c.y > 126.6) & (c.x > 15.0) & (c.y < 140))

    def seen(
        self,
        name: str,
        towards: np.ndarray,
        spot: tuple[float, float, float],
        part: np.ndarray | None = None,
    ) -> None:
        """Place where a viewer in direction `towards` sees `spot` (depth ignored)."""
        h = self.half
        rel = h.centre - np.asarray(spot, float)
        depth = rel @ towards
        flat = np.linalg.norm(rel - depth[:, None] * towards, axis=1)
        ok = h.normal @ towards > 0.05
        if part is not None:
            ok &= part
        front = depth[ok & (flat < 0.8)]
        if len(front):
            ok &= depth > front.max() - 1.5
        self.face[name] = int(np.where(ok, flat, np.inf).argmin())

    def ray(
        self, name: str, start: np.ndarray, towards: np.ndarray, reach: float = 9.0
    ) -> None:
        """Place where a ray from inside leaves the skin."""
        h = self.half
        d = np.asarray(towards, float) / np.linalg.norm(towards)
        rel = h.centre - start
        along_ray = rel @ d
        off = np.linalg.norm(rel - along_ray[:, None] * d, axis=1)
        ok = (along_ray > 0) & (along_ray < reach) & (h.normal @ d > 0.2)
        self.face[name] = int(np.where(ok, off + 0.05 * along_ray, np.inf).argmin())

    def at(self, name: str) -> np.ndarray:
        """Return the place of a landmark already placed."""
        return self.half.centre[self.face[name]]

    def nearest(self, name: str, spot: np.ndarray) -> None:
        """Place at the outer face nearest to a point in space."""
        away = np.linalg.norm(self.half.centre - spot, axis=1)
        self.face[name] = int(away.argmin())

    def mid(self, name: str, a: str, b: str, share: float = 0.5) -> None:
        """Place on the skin between two landmarks."""
        spot = self.at(a) * (1 - share) + self.at(b) * share
        normal = self.half.normal[self.face[a]] + self.half.normal[self.face[b]]
        self.ray(name, spot - normal * 2, normal)

    def back(self, name: str, x: float, y: float) -> None:
        self.seen(name, BACK, (x, y, 0), ~self.arm)

    def front(self, name: str, x: float, y: float) -> None:
        self.seen(name, FRONT, (x, y, 0), ~self.arm)

    def side(self, name: str, z: float, y: float) -> None:
        self.seen(name, SIDE, (0, y, z), ~self.arm)


def place(half: Half) -> dict[str, int]:
    """Return landmark id to face (position in `half.face`)."""
    p = Placer(half)
    _spine(p)
    _ribs(p)
    _head(p)
    _neck_shoulder(p)
    _arm(p)
    _hand(p)
    _pelvis(p)
    _leg(p)
    _foot(p)
    return p.face


def _spine(p: Placer) -> None:
    for level, y in LEVEL.items():
        if level[0] != "s":
            p.back(f"spine-{level}", 0.1, y)
    p.back("spine-s2", 0.1, LEVEL["s2"])
    p.back("sacrum-tip", 0.1, 90.0)
    p.back("coccyx-tip", 0.1, 86.8)
    for name, y in (
        ("sternal-notch", 135.3),
        ("sternal-angle", 130.2),
        ("sternum-mid", 126.0),
        ("xiphoid", 117.6),
        ("navel", at.NAVEL[1]),
        ("pubic-symphysis", 84.6),
    ):
        p.front(name, 0.1, y)
    p.ray("perineal-body", np.array([0.1, 84.0, 0.6]), -UP)


def _ribs(p: Placer) -> None:
    angle = {3: 4.6, 4: 5.0, 5: 5.4, 6: 5.8, 7: 6.2, 8: 6.6, 9: 7.0, 10: 7.2, 11: 6.6}
    for rib, x in angle.items():
        p.back(f"rib-angle-{rib}", x, float(rib_height(rib, np.array(x))))
    p.back("rib-tip-12", 9.0, float(rib_height(12, np.array(9.0))))
    p.seen("rib-tip-11", np.array([0.7, 0, -0.7]), (11.6, 108.9, -1.6), ~p.arm)
    mid_axillary = {
        3: 125.8,
        4: 124.0,
        5: 121.8,
        6: 119.6,
        7: 117.0,
        8: 114.4,
        9: 111.6,
        10: 109.0,
    }
    for rib, y in mid_axillary.items():
        p.side(f"rib-side-{rib}", 3.6, y)
    joints = {1: 134.4, 2: 130.2, 3: 127.6, 4: 125.2, 5: 122.9, 6: 120.8, 7: 119.0}
    for rib, y in joints.items():
        p.front(f"sternocostal-{rib}", 2.0, y)
    front = {2: 131.8, 3: 128.8, 4: 125.8, 5: 122.8, 6: 119.4, 7: 115.8}
    for rib, y in front.items():
        p.front(f"rib-front-{rib}", 7.6, y)
    p.front("costal-margin-mid", 8.0, float(along(at.COSTAL_ARCH, np.array(8.0))))


def _head(p: Placer) -> None:
    mid = {
        "nasion": 156.6, "nose-tip": 152.6, "glabella": 157.8, "hairline-mid": 162.3,
        "subnasale": 151.2, "lip-upper-mid": 150.1, "lip-lower-mid": 148.4,
    }  # fmt: skip
    for name, y in mid.items():
        p.front(name, 0.1, y)
    p.front("chin-point", 0.1, 146.0)
    p.seen("vertex", UP, (0.1, 0, 4.8))
    p.back("inion", 0.1, 153.6)
    front = {
        "eye-inner": (1.6, 155.2), "eye-outer": (4.6, 155.5), "brow-mid": (3.2, 157.2),
        "brow-outer": (5.2, 156.9), "frontal-bump": (3.2, 160.4), "mouth-corner": (2.4, 149.2),
        "nostril-wing": (1.9, 152.1), "cheekbone-front": (4.4, 153.4),
    }  # fmt: skip
    for name, (x, y) in front.items():
        p.front(name, x, y)
    side = {
        "mastoid-tip": (2.6, 150.6), "jaw-angle": (6.6, 148.9), "jaw-joint": (6.6, 153.3),
        "zygion": (8.6, 153.6), "ear-canal": (4.8, 153.6), "ear-top": (4.6, 156.2),
        "ear-lobe": (5.2, 151.4), "temple-mid": (8.6, 157.0), "parietal-bump": (0.4, 160.8),
        "masseter-belly": (7.6, 150.6), "jaw-edge-mid": (9.6, 146.6), "atlas-side": (3.6, 149.2),
    }  # fmt: skip
    for name, (z, y) in side.items():
        p.side(name, z, y)
    p.back("nuchal-line-mid", 3.2, 153.0)


def _neck_shoulder(p: Placer) -> None:
    p.front("hyoid", 0.1, 143.7)
    p.front("thyroid-notch", 0.1, 141.6)
    p.seen("carotid-level", np.array([0.7, 0, 0.7]), (3.2, 142.4, 6.0), ~p.arm)
    p.seen("scm-mid", np.array([0.85, 0, 0.5]), (4.2, 143.4, 4.0), ~p.arm)
    bone = at.COLLARBONE
    for name, x in (
        ("collarbone-inner", 2.4),
        ("collarbone-mid", 8.4),
        ("collarbone-outer", 13.7),
    ):
        p.front(name, x, float(along(bone, np.array(x))))
    p.seen("supraclavicular", np.array([0, 0.6, 0.8]), (6.4, 139.2, 4.2), ~p.arm)
    p.ray(
        "neck-shoulder-corner", np.array([7.0, 137.0, 0.2]), np.array([0.12, 1, -0.05])
    )
    p.ray("acromion", np.array([15.8, 133.0, 1.2]), np.array([0.25, 1, 0]))
    p.ray("acromion-back", np.array([15.2, 134.2, -0.4]), np.array([0.2, 0.75, -0.65]))
    p.seen("coracoid", FRONT, (12.4, 134.4, 0))
    p.back("scapula-top-corner", 6.6, 137.6)
    for name, x in (("scapula-spine-root", 6.6), ("scapula-spine-mid", 11.2)):
        p.seen(name, BACK, (x, float(along(at.SCAPULA_SPINE, np.array(x))), 0))
    p.back("scapula-tip", *at.SCAPULA_TIP)
    p.back("scapula-inner-mid", float(across(at.SCAPULA_INNER, np.array(129.4))), 129.4)
    p.back("scapula-outer-mid", float(across(at.SCAPULA_OUTER, np.array(129.2))), 129.2)
    p.back("infraspinous-centre", 9.9, 130.4)
    p.back("supraspinous-centre", 9.8, 136.8)
    p.ray("armpit-centre", np.array([13.6, 130.0, 2.8]), np.array([0.35, -1, 0.05]))
    p.seen("armpit-fold-front", FRONT, (14.3, 127.3, 0))
    p.seen("armpit-fold-back", BACK, (14.4, 127.0, 0))
    p.front("nipple", *at.NIPPLE)


def _limb(
    p: Placer,
    name: str,
    a: str,
    b: str,
    share: float,
    towards: np.ndarray,
    reach: float = 12,
) -> None:
    j = p.half.chart.joints
    p.ray(name, j[a] * (1 - share) + j[b] * share, towards, reach)


def _arm(p: Placer) -> None:
    _limb(p, "humerus-head-front", "upperarm01", "lowerarm01", 0.03, FRONT)
    _limb(
        p,
        "deltoid-insertion",
        "upperarm01",
        "lowerarm01",
        0.44,
        SIDE + vec(0, 0.25, 0.1),
    )
    _limb(p, "biceps-belly", "upperarm01", "lowerarm01", 0.62, FRONT)
    _limb(p, "triceps-belly", "upperarm01", "lowerarm01", 0.5, BACK)
    _limb(
        p,
        "epicondyle-outer",
        "upperarm01",
        "lowerarm01",
        0.97,
        SIDE + vec(0, 0.3, -0.2),
    )
    _limb(
        p,
        "epicondyle-inner",
        "upperarm01",
        "lowerarm01",
        0.97,
        -SIDE - vec(0, 0.3, 0.1),
    )
    _limb(p, "olecranon", "upperarm01", "lowerarm01", 1.0, BACK)
    _limb(p, "elbow-crease-mid", "upperarm01", "lowerarm01", 1.0, FRONT)
    _limb(p, "forearm-front-mid", "lowerarm01", "wrist", 0.5, FRONT)
    _limb(p, "forearm-back-mid", "lowerarm01", "wrist", 0.5, BACK)
    _limb(p, "radial-styloid", "lowerarm01", "wrist", 0.96, SIDE + vec(0, 0.45, 0))
    _limb(p, "ulnar-styloid", "lowerarm01", "wrist", 0.95, -SIDE + vec(0, -0.45, -0.6))
    _limb(p, "wrist-front-mid", "lowerarm01", "wrist", 1.0, FRONT)
    _limb(p, "wrist-back-mid", "lowerarm01", "wrist", 1.0, BACK)


def _hand(p: Placer) -> None:
    j = p.half.chart.joints
    wrist = j["wrist"]
    down = j["finger3-1"] - wrist
    down /= np.linalg.norm(down)
    thumb = SIDE - down[0] * down
    thumb /= np.linalg.norm(thumb)

    def spot(length: float, width: float) -> np.ndarray:
        return wrist + down * length + thumb * width

    for name, length, width, towards in (
        ("palm-mid", 5.2, 0.2, FRONT), ("thenar-mid", 3.4, 2.6, FRONT),
        ("hypothenar-mid", 4.4, -2.6, FRONT),
    ):  # fmt: skip
        p.ray(name, spot(length, width) - FRONT * 1.0, towards)
    p.nearest(
        "thumb-web-mid", j["finger1-2"] * 0.6 + j["finger2-1"] * 0.4 - FRONT * 0.6
    )
    p.ray("thumb-base", spot(2.0, 1.6), thumb + vec(0, 0.3, 0.1), 5)
    for k in range(1, 6):
        knuckle = j["finger1-2"] if k == 1 else j[f"finger{k}-1"]
        back = thumb * 0.8 + vec(0, 0.5, -0.4) if k == 1 else BACK
        p.ray(f"mcp-{k}", knuckle, back, 4)
        tip, before = j[f"finger{k}-3.tail"], j[f"finger{k}-3"]
        p.ray(f"fingertip-{k}", before, tip - before, 5)
        if k > 1:
            p.ray(f"pip-{k}", j[f"finger{k}-2"], BACK + vec(0, -0.45, 0), 3)
    p.ray("ip-thumb", j["finger1-3"], thumb * 0.7 + vec(0, 0.6, -0.5), 3)


def _pelvis(p: Placer) -> None:
    p.front("asis", *at.ASIS)
    p.back("psis", *at.PSIS)
    p.back("iliac-crest-top", *at.CREST_TOP)
    p.back("iliac-crest-back", 6.6, 99.2)
    p.side("iliac-crest-side", 3.4, 100.2)
    p.front("pubic-tubercle", 2.4, 85.6)
    p.front("inguinal-mid", 6.8, float(along(at.INGUINAL, np.array(6.8))))
    share = 2 / 3
    p.front(
        "mcburney", at.ASIS[0] * share, at.NAVEL[1] + (at.ASIS[1] - at.NAVEL[1]) * share
    )
    for name, x, y in (
        ("rectus-upper", 3.6, 110.4),
        ("rectus-navel", 4.6, 101.6),
        ("rectus-lower", 3.2, 90.4),
    ):
        p.front(name, x, y)
    p.side("trochanter", -0.2, 86.4)
    p.back("sit-bone", 6.0, 80.8)
    p.back("buttock-centre", 8.0, 90.0)
    p.back("gluteal-fold-mid", 9.2, 78.8)
    p.back("piriformis-mid", 7.6, 91.4)


def _leg(p: Placer) -> None:
    _limb(p, "thigh-front-mid", "upperleg01", "lowerleg01", 0.5, FRONT)
    _limb(p, "thigh-inner-mid", "upperleg01", "lowerleg01", 0.5, -SIDE)
    _limb(p, "thigh-outer-mid", "upperleg01", "lowerleg01", 0.5, SIDE)
    _limb(p, "thigh-back-mid", "upperleg01", "lowerleg01", 0.5, BACK)
    for name, y, towards in (
        ("adductor-tubercle", 52.2, -SIDE), ("patella-top", 51.2, FRONT), ("patella-mid", 48.9, FRONT),
        ("patella-bottom", 46.4, FRONT), ("tibial-tuberosity", 42.8, FRONT), ("knee-line-inner", 46.8, -SIDE + vec(0, 0, 0.3)),
        ("knee-line-outer", 46.8, SIDE + vec(0, 0, 0.3)), ("fibula-head", 43.8, SIDE + vec(0, 0, -0.45)),
        ("knee-hollow-mid", 47.4, BACK), ("pes-anserinus", 41.6, -SIDE + vec(0, 0, 0.75)),
        ("calf-inner-belly", 35.0, BACK + vec(-0.9, 0, 0)), ("calf-outer-belly", 36.0, BACK + vec(0.9, 0, 0)),
        ("calf-mid", 27.5, BACK), ("shin-mid", 27.0, FRONT + vec(-0.25, 0, 0)),
        ("tibialis-anterior-belly", 35.6, FRONT + vec(0.55, 0, 0)), ("peroneal-mid", 29.0, SIDE),
        ("malleolus-inner", 8.1, -SIDE + vec(0, 0, 0.1)), ("malleolus-outer", 7.2, SIDE + vec(0, 0, -0.15)),
        ("ankle-front-mid", 8.2, FRONT), ("achilles-mid", 8.6, BACK),
    ):  # fmt: skip
        _limb_level(p, name, y, towards)


def _limb_level(p: Placer, name: str, y: float, towards: np.ndarray) -> None:
    j = p.half.chart.joints
    levels = [j["foot"][1], j["lowerleg01"][1], j["upperleg01"][1]]
    stack = np.stack([j["foot"], j["lowerleg01"], j["upperleg01"]])
    start = np.array(
        [np.interp(y, levels, stack[:, 0]), y, np.interp(y, levels, stack[:, 2])]
    )
    p.ray(name, start, towards, 12)


def _foot(p: Placer) -> None:
    j = p.half.chart.joints
    p.ray("heel-back", np.array([11.5, 3.0, 0.5]), BACK)
    p.ray("heel-sole-mid", np.array([11.6, 3.0, 0.6]), -UP)
    p.ray("navicular", np.array([11.0, 4.6, 6.6]), -SIDE)
    p.ray("metatarsal-5-base", np.array([12.8, 2.2, 7.0]), SIDE + vec(0, -0.1, 0))
    p.ray("arch-mid", np.array([11.4, 3.2, 7.4]), -SIDE + vec(0, -0.5, 0))
    p.ray("sole-mid", np.array([12.2, 3.0, 7.6]), -UP)
    p.ray("instep-mid", np.array([11.2, 3.4, 8.2]), UP + vec(0, 0, 0.5))
    for k in range(1, 6):
        toe = j[f"toe{k}-1"]
        head = toe + np.array([0, 0, -1.6 if k == 1 else -2.0])
        p.ray(f"mtp-{k}", head, UP + vec(0, 0, 0.25), 4)
        p.ray(f"mtp-{k}-sole", head, -UP, 5)
        last = "2" if k == 1 else "3"
        tip, before = j[f"toe{k}-{last}.tail"], j[f"toe{k}-{last}"]
        p.nearest(f"toe-tip-{k}", tip + (tip - before) * 0.2 + UP * 0.35)


def check_names(path: Path, placed: dict[str, int]) -> list[dict[str, str]]:
    """Return the rows of landmarks.csv; stop when one has no place or no row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["id"] for row in rows}
    if names != set(placed):
        raise SystemExit(f"landmarks: {sorted(names ^ set(placed))} differ")
    return rows
