"""The plates: what is shown, from where, how large, and what fades out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from build_atlas import body
from build_atlas.raster import view_matrix
from build_atlas.source import Source


Joints = Callable[[str], np.ndarray]
FULL, TORSO = 15.0, 26.0  # px per cm


@dataclass(frozen=True)
class View:
    """One plate. `frame(joints, points)` gives left, right, bottom, top in view cm.

    `groups` are the region groups drawn (None: all), `side` the half that can be
    touched, `far` whether the other half is drawn behind it too, `fade`
    (axis point, direction, full, gone): opacity falls from 1 at `full` cm to 0 at
    `gone` cm along the direction.
    """

    name: str
    title: str
    azimuth: float
    elevation: float
    scale: float
    shows: str
    frame: Callable[[Joints, np.ndarray], tuple[float, float, float, float]]
    roll: float = 0.0
    pose: str = "anatomical"
    side: str = "both"
    far: bool = False
    groups: tuple[str, ...] | None = None
    fade: Callable[[Joints, np.ndarray], np.ndarray] | None = None

    def draws(self, bone: str) -> bool:
        """Return whether a bone belongs on the plate: none that its end cuts off."""
        if self.name.startswith("head"):
            return bone.startswith("spine")
        if self.name.startswith("pelvis"):
            return not bone.startswith("rib")
        # The trapezius hides it from behind, and from the side it is seen end-on.
        return bone != "collarbone" or self.matrix[2, 2] > 0.3

    @property
    def matrix(self) -> np.ndarray:
        """Return rows right, up, towards the viewer, with roll about the last."""
        m = view_matrix(self.azimuth, self.elevation)
        a = np.radians(self.roll)
        turn = np.array(
            [[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]]
        )
        return turn @ m


def smooth_step(value: np.ndarray, full: float, gone: float) -> np.ndarray:
    """Return 1 at `full`, 0 at `gone`, smooth between."""
    t = np.clip((value - gone) / (full - gone), 0, 1)
    return t * t * (3 - 2 * t)


def joints_of(source: Source, name: str, pose: str) -> Joints:
    """Return a lookup of right-side joint places (bone name, ".tail" for its end)."""
    points = body.control(source, name, pose)

    def find(bone: str) -> np.ndarray:
        base, _, end = bone.partition(".")
        full = base if base in source.rig else base + ".R"
        return body.joint(source, points, full, end or "head")

    return find


def _whole(
    margin: float,
) -> Callable[[Joints, np.ndarray], tuple[float, float, float, float]]:
    def frame(_: Joints, p: np.ndarray) -> tuple[float, float, float, float]:
        low, high = p.min(0) - margin, p.max(0) + margin
        if low[0] < 0 < high[0] and abs(low[0] + high[0]) < 1:
            high[0] = max(high[0], -low[0])
            low[0] = -high[0]
        return low[0], high[0], low[1], high[1]

    return frame


def _flank(_: Joints, p: np.ndarray) -> tuple[float, float, float, float]:
    low, high = p.min(0) - 2, p.max(0) + 2
    return low[0], high[0], low[1], high[1]


def _head(
    left: float, right: float, below: float, above: float
) -> Callable[[Joints, np.ndarray], tuple[float, float, float, float]]:
    def frame(j: Joints, p: np.ndarray) -> tuple[float, float, float, float]:
        top = float(p[:, 1].max())
        return left, right, top - below, top + above

    return frame


def _head_fade(j: Joints, p: np.ndarray) -> np.ndarray:
    base = j("neck01")[1]
    sides = smooth_step(np.abs(p[:, 0]), 8.5, 13.2)
    return smooth_step(p[:, 1], base - 2.5, base - 8.5) * sides


def _side_fade(j: Joints, p: np.ndarray) -> np.ndarray:
    base = j("neck01")[1]
    return smooth_step(p[:, 1], base - 2.5, base - 8.5)


def _hand_fade(j: Joints, p: np.ndarray) -> np.ndarray:
    wrist, elbow = j("wrist"), j("lowerarm01")
    axis = (elbow - wrist) / np.linalg.norm(elbow - wrist)
    return smooth_step((p - wrist) @ axis, 6.0, 11.0)


def _foot_fade(j: Joints, p: np.ndarray) -> np.ndarray:
    ankle = j("foot")[1]
    return smooth_step(p[:, 1], ankle + 5.0, ankle + 10.0)


def _pelvis_fade(j: Joints, p: np.ndarray) -> np.ndarray:
    hip = j("upperleg01")[1]
    above = smooth_step(p[:, 1], hip + 20.0, hip + 25.5)
    return above * smooth_step(p[:, 1], hip - 14.5, hip - 20.0)


def _around(
    centre: Callable[[Joints], np.ndarray],
    view: tuple[float, float, float],
    left: float,
    right: float,
    below: float,
    above: float,
) -> Callable[[Joints, np.ndarray], tuple[float, float, float, float]]:
    def frame(j: Joints, _: np.ndarray) -> tuple[float, float, float, float]:
        c = View("", "", view[0], view[1], 1, "", _flank, view[2]).matrix @ centre(j)
        return c[0] - left, c[0] + right, c[1] - below, c[1] + above

    return frame


def _inner_leg_fade(j: Joints, p: np.ndarray) -> np.ndarray:
    hip = j("upperleg01")[1]
    return smooth_step(p[:, 1], hip - 13.0, hip - 8.8)


def _inner_leg(j: Joints, _: np.ndarray) -> tuple[float, float, float, float]:
    knee = View("", "", 90, 0, 1, "", _flank).matrix @ j("lowerleg01")
    return knee[0] - 21.0, knee[0] + 17.0, -1.5, float(j("upperleg01")[1]) - 7.5


ARM = ("forearm", "wrist", "hand", "thumb-fingers")
LEG = ("lower-leg", "ankle", "foot", "toes")
TRUNK = (
    "back-lower", "buttock", "pelvis", "abdomen", "thigh", "back-middle", "chest",
)  # fmt: skip


def _palm(j: Joints) -> np.ndarray:
    return j("wrist")


def _sole(j: Joints) -> np.ndarray:
    return j("foot")


def _pelvis(name: str, title: str, azimuth: float) -> View:
    def frame(j: Joints, _: np.ndarray) -> tuple[float, float, float, float]:
        hip = float(j("upperleg01")[1])
        return -22.0, 22.0, hip - 20.0, hip + 25.5

    return View(
        name, title, azimuth, 0, TORSO, "both", frame, groups=TRUNK, fade=_pelvis_fade
    )


TORSO_GROUPS = (
    *TRUNK, "back-upper", "shoulder", "upper-arm", "elbow", "neck",
)  # fmt: skip


def _torso_fade(j: Joints, p: np.ndarray) -> np.ndarray:
    neck, hip = j("neck01")[1], j("upperleg01")[1]
    shoulder, elbow = j("upperarm01"), j("lowerarm01")
    flat = np.c_[-np.abs(p[:, 0]), p[:, 1:]]  # the joints are those of the right side
    along = (flat - shoulder) @ (elbow - shoulder) / ((elbow - shoulder) ** 2).sum()
    is_arm = (np.abs(p[:, 0]) > 15.5) & (p[:, 1] > hip + 14)
    arm = np.where(is_arm, smooth_step(along, 0.6, 0.93), 1.0)
    above = smooth_step(p[:, 1], neck - 1.0, neck + 3.2)
    below = smooth_step(p[:, 1], hip + 4.5, hip - 0.5)
    return above * below * arm


def _torso(name: str, title: str, azimuth: float) -> View:
    def frame(j: Joints, _: np.ndarray) -> tuple[float, float, float, float]:
        wide = abs(float(j("upperarm01")[0])) + 10.6
        low = float(j("upperleg01")[1]) - 0.5
        return -wide, wide, low, float(j("neck01")[1]) + 4.0

    return View(
        name,
        title,
        azimuth,
        0,
        24,
        "both",
        frame,
        groups=TORSO_GROUPS,
        fade=_torso_fade,
    )


def _near(name: str, title: str, azimuth: float, side: str) -> View:
    return View(
        name, title, azimuth, 0, FULL, side, _flank, pose="lifted", side=side, far=True
    )


VIEWS = (
    View("front", "Front of the body", 0, 0, FULL, "both", _whole(2)),
    View("back", "Back of the body", 180, 0, FULL, "both", _whole(2)),
    _near("left", "Left side", 90, "left"),
    _near("right", "Right side", -90, "right"),
    _torso("torso-front", "Chest and belly", 0),
    _torso("torso-back", "Back", 180),
    View("head-front", "Head from the front", 0, 0, 36, "both", _head(-13.5, 13.5, 34, 1.5), fade=_head_fade),
    View("head-back", "Head from behind", 180, 0, 36, "both", _head(-13.5, 13.5, 34, 1.5), fade=_head_fade),
    View("head-side", "Head from the side", -90, 0, 36, "right", _head(-11.5, 19, 34, 1.5), side="right",
        far=True, fade=_side_fade),
    View("head-top", "Head from above", 0, 84, 36, "both", _around(lambda j: j("head"), (0, 84, 0), 10, 10, 14.5, 11), groups=("head", "face")),
    View("hand-palm", "Hand, palm", 0, 0, 42, "right", _around(_palm, (0, 0, -21), 9, 9.5, 20.5, 10.5), roll=-21, side="right", groups=ARM, fade=_hand_fade),
    View("hand-back", "Back of the hand", 180, 0, 42, "right", _around(_palm, (180, 0, 21), 9.5, 9, 20.5, 10.5), roll=21, side="right", groups=ARM, fade=_hand_fade),
    View("foot-top", "Foot from above", 0, 62, 42, "right", _around(_sole, (0, 62, 0), 7.5, 7.5, 20, 10), side="right", groups=LEG, fade=_foot_fade),
    View("foot-sole", "Sole of the foot", 0, -90, 42, "right", _around(_sole, (0, -90, 0), 7.5, 7.5, 7, 20.5), side="right", groups=LEG[1:]),
    View("foot-inner", "Foot, inner side", 90, 0, 42, "right", _around(_sole, (90, 0, 0), 20.5, 7, 8, 11), side="right", groups=LEG, fade=_foot_fade),
    View("foot-outer", "Foot, outer side", -90, 0, 42, "right", _around(_sole, (-90, 0, 0), 7, 20.5, 8, 11), side="right", groups=LEG, fade=_foot_fade),
    View("leg-inner", "Leg, inner side", 90, 0, 22, "right", _inner_leg, side="right", groups=("thigh", "knee", *LEG), fade=_inner_leg_fade),
    _pelvis("pelvis-front", "Pelvis and hips, front", 0),
    _pelvis("pelvis-back", "Pelvis and hips, back", 180),
)  # fmt: skip
BODIES = ("neutral", "female", "male")
