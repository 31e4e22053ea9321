"""Zones on the surface."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.atlas import load, regions
from achemap.atlas.baking import area_cells, bake, mirrored, point_cell, zone_field
from achemap.atlas.grammar import (
    PARTS,
    parse_area,
    parse_point,
    parse_zone,
    zone_as_data,
)
from achemap.atlas.vocabulary import landmark_names
from achemap.errors import BadInput


LEAVES = [each.id for each in regions().values() if each.sides != "group"]


def zone(**data: object) -> object:
    return {"level": "essential", **data}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(landmark_names())), st.integers(10, 80))
def test_a_spot_is_what_lies_within_its_radius(name: str, tenths: int) -> None:
    atlas = load()
    spot = parse_zone(
        {"level": "common", "spot": {"at": name, "radius_cm": tenths / 10}}
    )

    field = zone_field(spot)

    away = atlas.distances([atlas.landmarks[name].cell], limit_mm=tenths + 1)
    assert ((field > 0) == (away < tenths)).all()


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(LEAVES), st.sampled_from(["", *PARTS]))
def test_grammar_to_cells_is_stable(region: str, part: str) -> None:
    data = {"level": "essential", "area": f"{region}.{part}".rstrip(".")}
    first = parse_zone(data)

    again = parse_zone(zone_as_data(first))

    assert (bake([first]).cells == bake([again]).cells).all()


def test_halves_make_the_whole() -> None:
    whole = area_cells(parse_area("flank"))
    halves = [area_cells(parse_area(f"flank.{part}")) for part in ("upper", "lower")]

    assert sorted(np.concatenate(halves)) == sorted(whole)
    assert all(cell % 2 for cell in whole)


def test_both_sides_are_mirrors() -> None:
    both = zone_field(parse_zone({"level": "common", "area": "flank", "side": "both"}))

    assert (mirrored(both) == both).all()


def test_moves_go_the_way_they_say() -> None:
    atlas = load()
    at = atlas.position_mm[point_cell(parse_point("rib-angle-9"))]
    out = atlas.position_mm[point_cell(parse_point("rib-angle-9 out 3"))]
    up = atlas.position_mm[point_cell(parse_point("rib-angle-9 up 3"))]

    assert 20 < at[0] - out[0] < 40
    assert 20 < up[1] - at[1] < 40


def test_a_band_over_two_limbs_is_refused() -> None:
    band = parse_zone(
        {
            "level": "common",
            "band": {"through": ["fingertip-3", "patella-mid"], "width_cm": 3},
        }
    )

    with pytest.raises(BadInput, match="different limbs"):
        bake([band])
