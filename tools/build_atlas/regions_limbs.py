"""Region rules of arm, hand, leg and foot."""

from __future__ import annotations

import numpy as np

from build_atlas.chart import Chart, vec
from build_atlas.rules import Rules, near


FINGERS = ("thumb", "index-finger", "middle-finger", "ring-finger", "little-finger")


def label_arm(c: Chart, r: Rules) -> None:
    """Name shoulder cap, upper arm, elbow, forearm and wrist."""
    shoulder, elbow, wrist = (
        c.joints[k] for k in ("upperarm01", "lowerarm01", "wrist")
    )
    t, angle = c.around(shoulder, elbow)
    s, turn = c.around(elbow, wrist)
    cap = t < 0.34
    r.give("shoulder-point", cap & near(c.x, c.z, (16.2, 1.0), 2.7) & (c.y > 132.5))
    inner = (angle < -55) & (angle > -125)
    r.give("armpit", (t < 0.27) & inner & (c.y < 129))
    r.give("shoulder-front", cap & (angle > -80) & (angle < 48))
    r.give("shoulder-side", cap & (angle >= 48) & (angle < 128))
    r.give("shoulder-back", cap)
    joint = (s < 0.14) & (t > 0.86)
    r.give("elbow-crease", joint & (np.abs(turn) < 52))
    r.give("elbow-outer", joint & (turn >= 52) & (turn < 126))
    r.give("elbow-inner", joint & (turn <= -52) & (turn > -126))
    r.give("elbow-tip", joint)
    upper = t <= 0.93
    upper &= s < 0.14
    front, back = np.abs(angle) < 52, np.abs(angle) > 128
    high = t < 0.64
    r.give("upper-arm-front-upper", upper & front & high)
    r.give("upper-arm-front-lower", upper & front)
    r.give("upper-arm-back-upper", upper & back & high)
    r.give("upper-arm-back-lower", upper & back)
    r.give("upper-arm-outer", upper & (angle > 0))
    r.give("upper-arm-inner", upper)
    _label_forearm(r, s, turn)


def _label_forearm(r: Rules, s: np.ndarray, turn: np.ndarray) -> None:
    front, back = np.abs(turn) < 55, np.abs(turn) > 122
    fore = s < 0.9
    high = s < 0.5
    r.give("forearm-palm-side-upper", fore & front & high)
    r.give("forearm-palm-side-lower", fore & front)
    r.give("forearm-back-upper", fore & back & high)
    r.give("forearm-back-lower", fore & back)
    r.give("forearm-thumb-side", fore & (turn > 0))
    r.give("forearm-little-finger-side", fore)
    r.give("wrist-palm-side", np.abs(turn) < 58)
    r.give("wrist-back", np.abs(turn) > 118)
    r.give("wrist-thumb-side", turn > 0)
    r.give("wrist-little-finger-side")


def hand_frame(c: Chart) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return cm towards the fingers, cm towards the thumb, and palm-facing (-1..1)."""
    wrist = c.joints["wrist"]
    down = c.joints["finger3-1"] - wrist
    down = down / np.linalg.norm(down)
    thumb = np.array([1.0, 0, 0]) - down[0] * down
    thumb /= np.linalg.norm(thumb)
    palm = np.cross(thumb, down)
    palm *= np.sign(palm[2])
    rel = c.centre - wrist
    return rel @ down, rel @ thumb, c.normal @ palm


def label_hand(c: Chart, r: Rules) -> None:
    """Name palm, back of the hand, thumb and fingers."""
    length, width, facing = hand_frame(c)
    for number, name in enumerate(FINGERS, 1):
        base = c.joints[f"finger{number}-1" if number > 1 else "finger1-2"]
        tip = c.joints[f"finger{number}-3.tail"]
        axis = (tip - base) / np.linalg.norm(tip - base)
        rel = c.centre - base
        first = 2 if number == 1 else 1
        own = c.share(*(f"finger{number}-{k}" for k in range(first, 4)))
        here = (rel @ axis > (-0.6 if number == 1 else 1.2)) & (own > 0.45)
        side = np.array([0.0, 0, 1]) - axis[2] * axis
        if number == 1:
            side = np.array([-0.55, -0.35, 0.75])
            side = side - (side @ axis) * axis
        palm = c.normal @ (side / np.linalg.norm(side)) > -0.05
        r.give(f"{name}-palm-side", here & palm)
        r.give(f"{name}-back", here)
    front = facing > -0.05
    r.give("palm-finger-pads", front & (length > 7.9))
    thenar = near(length, width, (3.4, 3.1), 2.75)
    web = (width > 2.5) & (length > 4.6) & (length < 8.0)
    r.give("thumb-web", web & (~front | ~thenar))
    r.give("thumb-ball", front & (thenar | (width > 2.4)) & (length < 6.0))
    r.give("little-finger-ball", front & (width < -1.3))
    r.give("palm-centre", front)
    r.give("knuckles", length > 8.3)
    r.give("thumb-back", (width > 3.6) & (length > 2.5))
    r.give("hand-back-thumb-half", width > 0.2)
    r.give("hand-back-little-finger-half")


def label_leg(c: Chart, r: Rules) -> None:
    """Name thigh, knee, lower leg and ankle."""
    hip, knee, ankle = (c.joints[k] for k in ("upperleg01", "lowerleg01", "foot"))
    x, y = c.x, c.y
    _, angle = c.around(hip + vec(-0.6, 0, 1.2), knee)
    front, back = np.abs(angle - 12) < 46, np.abs(angle) > 132
    inner = (angle < -34) & (angle >= -132)
    _knee(c, r)
    high = y > 66.0
    above = y > 46
    apex = np.interp(angle, [-72, -24, 26], [78.0, 74.5, 83.5])
    r.give("thigh-top-front", (y > apex) & (angle < 26) & (angle > -72))
    r.give("thigh-top-front", y > 82.5)
    r.give("thigh-inner-upper", above & inner & high)
    r.give("thigh-inner-lower", above & inner)
    r.give("thigh-back-upper", above & back & high)
    r.give("thigh-back-lower", above & back)
    r.give("thigh-front-upper", above & front & high)
    r.give("thigh-front-lower", above & front)
    r.give("thigh-outer-upper", above & high)
    r.give("thigh-outer-lower", above)
    _, turn = c.around(knee, ankle)
    shin = y > 11.2
    r.give("shin-edge-inner", shin & (turn < 2) & (turn > -72))
    ahead = (turn >= 2) & (turn < 62)
    r.give("shin-upper", shin & ahead & (y > 27))
    r.give("shin-lower", shin & ahead)
    r.give("leg-outer", shin & (turn >= 62) & (turn < 122))
    r.give("calf-lower", shin & (y < 25))
    r.give("calf-outer", shin & (x > 11.3))
    r.give("calf-inner", shin)


def _knee(c: Chart, r: Rules) -> None:
    y = c.y
    _, turn = c.around(
        c.joints["lowerleg01"] + vec(0, 8, 0), c.joints["lowerleg01"] - vec(0, 8, 0)
    )
    ahead = np.abs(turn) < 50
    r.give("knee-above", ahead & (y > 51.2) & (y < 55.0))
    r.give("kneecap", ahead & (y > 46.4) & (y <= 51.2))
    r.give("knee-below", ahead & (y > 42.4) & (y <= 46.4))
    belt = (y > 42.4) & (y < 53.0)
    r.give("knee-hollow", belt & (np.abs(turn) > 130))
    r.give("knee-outer", belt & (turn > 0))
    r.give("knee-inner", belt)


def _toes(c: Chart, r: Rules) -> None:
    x, z, up = c.x, c.z, c.normal[:, 1]
    # Toes 2 to 4 are one region: the line runs behind the webs that join them.
    middle = (
        (x > 9.95)
        & (x < 14.7)
        & (z > np.interp(x, [9.9, 12.5, 14.7], [15.5, 15.3, 14.1]))
    )
    middle &= c.share("toe1-", "toe5-") < 0.5
    for number in range(1, 6):
        base = c.joints[f"toe{number}-1"]
        own = c.share(f"toe{number}-")
        others = [c.share(f"toe{k}-") for k in range(1, 6)]
        mine = (
            (own > 0.4)
            & (own >= np.max(others, 0))
            & (z > base[2] + (0.4 if number > 1 else 1.3))
        )
        under = up < -0.15
        if number == 5:
            r.give("little-toe", mine)
        elif number == 1:
            r.give("big-toe-sole", mine & under)
            r.give("big-toe-top", mine)
        else:
            middle |= mine
    r.give("toes-2-4-sole", middle & (up < -0.15))
    r.give("toes-2-4-top", middle)


def label_foot(c: Chart, r: Rules) -> None:
    """Name ankle, foot and toes."""
    x, y, z = c.x, c.y, c.z
    sole = c.normal[:, 1] < -0.45
    _toes(c, r)
    _ankle(c, r)
    r.give("heel-sole", sole & (z < 3.6) & (y < 2.4))
    r.give("heel-back", (z < 0.6) & (y < 5.2))
    ball = z > np.interp(x, [7.5, 10, 12.5, 16], [11.9, 12.4, 11.6, 10.4])
    r.give("big-toe-ball", sole & ball & (x < 10.3))
    r.give("ball-of-foot-outer", (sole | (y < 0.8)) & ball & (x > 14.0))
    r.give("ball-of-foot-middle", sole & ball)
    r.give("big-toe-joint", (z > 12.4) & (x < 9.9))
    arch_x = np.interp(z, [0, 4, 12], [10.6, 10.5, 9.8])
    inner_side = c.normal[:, 0] < -0.45
    r.give("arch-inner", (inner_side & (y < 5.0)) | (sole & (x < arch_x)))
    outer_x = np.interp(z, [0, 6, 14], [14.0, 14.4, 15.2])
    rim = np.interp(z, [-2, 4, 10, 14, 17], [12.8, 13.9, 14.7, 15.1, 15.2])
    outer_side = (c.normal[:, 0] > 0.1) & (x > rim) & (y < 4.2)
    r.give("foot-outer-edge", outer_side | (sole & (x > outer_x)))
    r.give("sole-middle", sole)
    r.give("instep", z < 9.6)
    r.give("top-of-foot-front")


def _ankle(c: Chart, r: Rules) -> None:
    x, z, y = c.x, c.z, c.y
    low = np.interp(z, [-3, 2, 5, 7.5], [5.0, 4.6, 6.2, 8.0])
    belt = y > low
    r.give("achilles", (z < 0.1) & (c.normal[:, 2] < -0.25) & (y > 4.6))
    r.give("ankle-front", belt & (c.normal[:, 2] > 0.35) & (z > 3.2))
    r.give("ankle-inner", belt & (x < 11.1))
    r.give("ankle-outer", belt)
