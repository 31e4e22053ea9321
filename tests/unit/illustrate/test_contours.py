"""Outlines of zones: neighbours share one edge, fewer points stay close."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from achemap.atlas.baking import level_fields
from achemap.atlas.plates import plate
from achemap.illustrate.contours import Curve, simplified
from achemap.illustrate.palette import TEXTURE_SIZES, TEXTURES, texture_for
from achemap.illustrate.panel import level_curves
from achemap.library import load


def signed_area(curve: Curve) -> float:
    x, y = curve[:, 0], curve[:, 1]
    around = x * np.roll(y, -1) - np.roll(x, -1) * y
    return float(around.sum() / 2)


def test_levels_meet_without_gap_or_overlap() -> None:
    """The weaker level's path is its outer edge and, as a hole, the stronger's edge."""
    fields = level_fields(load().patterns["multifidus-thoracic"].zones)

    curves = level_curves(fields, plate("torso-back"))

    (inner,) = curves["essential"]
    ring = curves["common"]
    assert len(ring) == 2
    assert any(np.array_equal(inner, each) for each in ring)
    outer = max(ring, key=lambda each: abs(signed_area(each)))
    assert abs(signed_area(outer)) > abs(signed_area(inner))
    assert any(np.array_equal(outer, each) for each in curves["spillover"])


@given(
    st.lists(st.floats(0.5, 3), min_size=8, max_size=150),
    st.floats(0.01, 0.3),
)
def test_a_simpler_curve_keeps_points_and_stays_close(
    radii: list[float], tolerance: float
) -> None:
    turn = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    curve = np.column_stack([np.cos(turn), np.sin(turn)]) * np.array(radii)[:, None]
    curve = np.vstack([curve, curve[:1]])

    fewer = simplified(curve, tolerance)

    assert {*map(tuple, fewer)} <= {*map(tuple, curve)}
    assert np.array_equal(fewer[0], fewer[-1])
    places = [np.flatnonzero((curve == each).all(1))[0] for each in fewer[:-1]]
    places.append(len(curve) - 1)
    for start, end in itertools.pairwise(places):
        along = curve[end] - curve[start]
        away = curve[start:end] - curve[start]
        length = float(np.hypot(*along)) or 1.0
        gaps = np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length
        assert gaps.max(initial=0) <= tolerance + 1e-9


@pytest.mark.parametrize("width", [130, 350, 700, 1700])
def test_textures_grow_with_what_is_shown(width: float) -> None:
    number = texture_for(width)

    assert 25 < width / TEXTURE_SIZES[number] < 110
    assert f'id="dots-{number}"' in TEXTURES
    assert f'id="lines-{number}"' in TEXTURES


def test_the_png_renderer_is_loaded_only_when_asked_for() -> None:
    code = "import sys, achemap.illustrate; sys.exit('resvg_py' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
