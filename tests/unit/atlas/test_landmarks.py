"""Landmarks meet the levels and proportions that surface anatomy states."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from achemap import atlas


A = atlas.load()
MARK = atlas.landmarks()


def at(name: str) -> np.ndarray:
    """Return x (out from the midline), y (up), z (front) in cm."""
    x, y, z = MARK[name].position_mm
    return np.array([abs(x), y, z]) / 10


def y(name: str) -> float:
    return float(at(name)[1])


def test_at_least_the_217_landmarks() -> None:
    assert len(MARK) >= 217


@pytest.mark.parametrize("name", list(MARK))
def test_lies_on_its_cell(name: str) -> None:
    mark = MARK[name]
    cell = A.position_mm[mark.cell]
    place = np.array(mark.position_mm)
    if mark.sides == "midline":
        assert place[0] == 0
        assert abs(cell[0]) < 12
    else:
        assert mark.cell % 2 == 1
        assert place[0] < 0
    assert np.linalg.norm(cell - place) < 12
    assert mark.on("left") == mark.on("right") ^ 1


def test_spine_runs_down_in_order() -> None:
    levels = [f"c{n}" for n in range(2, 8)] + [f"t{n}" for n in range(1, 13)]
    levels += [f"l{n}" for n in range(1, 6)] + ["s2"]
    heights = [y(f"spine-{level}") for level in levels]
    assert heights == sorted(heights, reverse=True)
    gaps = -np.diff(heights[:-1])
    assert ((gaps > 1.2) & (gaps < 3.4)).all()
    assert y("sacrum-tip") > y("coccyx-tip")


def test_c7_ends_the_neck() -> None:
    """C7 stands out: above it the nape is steep, below it the back goes out."""
    slope = {}
    for a, b in itertools.pairwise(["c4", "c5", "c6", "c7", "t1", "t2"]):
        step = at(f"spine-{b}") - at(f"spine-{a}")
        slope[b] = step[2] / step[1]
    assert slope["t1"] > slope["c5"]
    assert slope["c7"] > slope["c6"]
    assert A.regions[A.region[MARK["spine-c7"].cell]].id == "neck-spine"


def test_scapula_levels() -> None:
    assert y("spine-t8") < y("scapula-tip") < y("spine-t6")  # T7 to T8
    assert y("spine-t4") < y("scapula-spine-root") < y("spine-t2")  # T3
    assert y("spine-t3") < y("scapula-top-corner") < y("spine-t1")  # T2
    assert at("scapula-inner-mid")[0] < at("scapula-outer-mid")[0]


def test_hip_bone_levels() -> None:
    assert abs(y("iliac-crest-top") - y("spine-l4")) < 1.0
    assert abs(y("psis") - y("spine-s2")) < 0.8
    assert 3 < at("psis")[0] < 5.5
    assert y("pubic-tubercle") < y("asis") < y("iliac-crest-top")
    assert abs(y("trochanter") - y("pubic-tubercle")) < 3
    assert y("sit-bone") > y("gluteal-fold-mid")


def test_ribs() -> None:
    assert 8.5 < at("rib-tip-12")[0] < 9.5  # about 9 cm off the midline
    assert y("spine-l2") < y("rib-tip-12") < y("spine-t12")
    for a, b in itertools.pairwise(range(3, 12)):
        assert y(f"rib-angle-{a}") > y(f"rib-angle-{b}")
    for a, b in itertools.pairwise(range(3, 11)):
        assert y(f"rib-side-{a}") > y(f"rib-side-{b}")
        assert y(f"rib-side-{b}") < y(f"rib-angle-{b}")  # ribs slope down and forward
    for a, b in itertools.pairwise(range(1, 8)):
        assert y(f"sternocostal-{a}") > y(f"sternocostal-{b}")
    assert abs(y("sternal-angle") - y("sternocostal-2")) < 0.8
    assert y("iliac-crest-top") < y("rib-side-10")


def test_front_of_the_trunk() -> None:
    assert y("spine-t4") < y("sternal-notch") < y("spine-t1")  # T2 to T3
    assert y("spine-t6") < y("sternal-angle") < y("spine-t3")  # T4 to T5
    assert y("spine-t11") < y("xiphoid") < y("spine-t8")  # T9 to T10
    assert y("spine-l4") - 1 < y("navel") < y("spine-l3")  # L3 to L4
    assert abs(y("nipple") - y("rib-front-5")) < 3


def test_head() -> None:
    order = ["vertex", "hairline-mid", "glabella", "nasion", "nose-tip", "subnasale"]
    order += ["lip-upper-mid", "lip-lower-mid", "chin-point", "hyoid", "thyroid-notch"]
    heights = [y(name) for name in order]
    assert heights == sorted(heights, reverse=True)
    assert abs(y("inion") - y("ear-canal")) < 1.5
    assert at("jaw-joint")[2] > at("ear-canal")[2]  # in front of the ear
    assert at("mastoid-tip")[2] < at("ear-canal")[2]  # behind it
    assert y("mastoid-tip") < y("ear-canal")
    assert at("zygion")[0] > at("cheekbone-front")[0]


def test_limbs() -> None:
    for pair in (
        ("acromion", "deltoid-insertion"), ("deltoid-insertion", "olecranon"),
        ("olecranon", "radial-styloid"), ("radial-styloid", "mcp-3"), ("mcp-3", "pip-3"),
        ("pip-3", "fingertip-3"), ("trochanter", "patella-top"), ("patella-top", "patella-bottom"),
        ("patella-bottom", "tibial-tuberosity"), ("malleolus-inner", "malleolus-outer"),
    ):  # fmt: skip
        assert y(pair[0]) > y(pair[1])
    assert at("epicondyle-outer")[0] > at("epicondyle-inner")[0]
    assert at("radial-styloid")[0] > at("ulnar-styloid")[0]  # palms forward
    assert at("malleolus-outer")[0] > at("malleolus-inner")[0]
    assert at("fibula-head")[0] > at("tibial-tuberosity")[0]
    assert abs(y("knee-line-inner") - y("patella-bottom")) < 1.5
    assert at("metatarsal-5-base")[0] > at("navicular")[0]


@pytest.mark.parametrize(
    ("landmark", "region"),
    [
        ("scapula-tip", "shoulder-blade-tip"), ("psis", "sacroiliac"),
        ("iliac-crest-top", "hip-bone-crest-back"), ("iliac-crest-side", "hip-bone-crest-side"),
        ("asis", "hip-bone-front"), ("navel", "navel"), ("nipple", "nipple"),
        ("trochanter", "hip-side"), ("sit-bone", "sit-bone"), ("patella-mid", "kneecap"),
        ("knee-hollow-mid", "knee-hollow"), ("heel-back", "heel-back"), ("achilles-mid", "achilles"),
        ("malleolus-outer", "ankle-outer"), ("olecranon", "elbow-tip"), ("palm-mid", "palm-centre"),
        ("thenar-mid", "thumb-ball"), ("thumb-web-mid", "thumb-web"), ("mcp-3", "knuckles"),
        ("acromion", "shoulder-point"), ("armpit-centre", "armpit"), ("mastoid-tip", "mastoid"),
        ("jaw-joint", "jaw-joint"), ("jaw-angle", "jaw-edge"), ("ear-canal", "ear-deep"),
        ("temple-mid", "temple"), ("chin-point", "chin"), ("mtp-1-sole", "big-toe-ball"),
        ("xiphoid", "breastbone-lower"), ("sternal-angle", "breastbone-upper"),
        ("rib-angle-10", "lower-ribs-outer"), ("sole-mid", "sole-middle"), ("toe-tip-1", "big-toe-top"),
        ("scapula-spine-mid", "shoulder-blade-ridge"), ("supraspinous-centre", "shoulder-blade-upper"),
        ("infraspinous-centre", "shoulder-blade-middle"), ("calf-inner-belly", "calf-inner"),
        ("thigh-outer-mid", "thigh-outer-upper"), ("arch-mid", "arch-inner"),
    ],
)  # fmt: skip
def test_lies_in_its_region(landmark: str, region: str) -> None:
    assert A.regions[A.region[MARK[landmark].cell]].id == region
