"""The zone grammar: what it reads, what it refuses, and that text survives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achemap.atlas.grammar import (
    DIRECTIONS,
    PARTS,
    Anchor,
    Point,
    parse_area,
    parse_point,
    parse_trigger_point,
    parse_zone,
    trigger_point_as_data,
    zone_as_data,
)
from achemap.atlas.vocabulary import landmark_names, regions


numbers = st.integers(1, 390).map(lambda tenths: tenths / 10)
areas = st.tuples(st.sampled_from(list(regions())), st.sampled_from(["", *PARTS])).map(
    lambda pair: pair[0] if not pair[1] else f"{pair[0]}.{pair[1]}"
)
anchors = st.one_of(
    st.sampled_from(list(landmark_names())).map(
        lambda name: Anchor(name, None, landmark=True)
    ),
    areas.map(parse_area).map(
        lambda area: Anchor(area.region, area.part, landmark=False)
    ),
).filter(lambda a: a.landmark or a.name not in landmark_names())
points = st.builds(
    Point,
    anchors,
    st.just(None) | anchors,
    st.integers(0, 100).map(lambda percent: percent / 100),
    st.lists(st.tuples(st.sampled_from(DIRECTIONS), numbers), max_size=3).map(tuple),
)
radii = st.integers(2, 250).map(lambda tenths: tenths / 10)
forms = st.one_of(
    st.fixed_dictionaries({"area": areas}),
    st.fixed_dictionaries(
        {
            "spot": st.fixed_dictionaries(
                {"at": points.map(str), "radius_cm": radii},
            )
        }
    ),
    st.fixed_dictionaries(
        {
            "band": st.fixed_dictionaries(
                {
                    "through": st.lists(points.map(str), min_size=2, max_size=5),
                    "width_cm": radii,
                }
            )
        }
    ),
)
zones = st.builds(
    lambda level, form, side: {"level": level, **form, **side},
    st.sampled_from(["essential", "common", "spillover"]),
    forms,
    st.sampled_from([{}, {"side": "both"}, {"side": "other"}]),
)


@given(points)
def test_a_point_survives_its_text(point: Point) -> None:
    if point.towards is None:
        point = Point(point.anchor, None, 0.0, point.offsets)
    assert parse_point(str(point)) == point


@given(zones)
def test_a_zone_survives_its_data(data: dict[str, object]) -> None:
    zone = parse_zone(data)
    assert parse_zone(zone_as_data(zone)) == zone


def test_a_trigger_point_survives_its_data() -> None:
    data = {"at": "rib-angle-11 in 1", "label": "TrP1"}
    assert trigger_point_as_data(parse_trigger_point(data)) == data


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rib-angel-9", "rib-angle-9"),
        ("rib-angle-9 sideways 2", "unknown direction 'sideways'"),
        ("rib-angle-9.upper", "has no part"),
        ("rib-angle-9 out", "cannot read the point"),
        ("rib-angle-9..rib-angle-10 140%", "beyond the second point"),
        ("rib-angle-9 out 90", "more than 40"),
        ("", "cannot read the point"),
    ],
)
def test_a_wrong_point_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_point(text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"level": "essential"}, "exactly one of"),
        ({"level": "essential", "area": "navel", "side": "left"}, "Invalid enum"),
        ({"level": "main", "area": "navel"}, "Invalid enum"),
        ({"level": "common", "area": "lower-rib-outer"}, "lower-ribs-outer"),
        ({"level": "common", "area": "navel.uper"}, "upper"),
        ({"level": "common", "spot": {"at": "navel", "radius_cm": 0}}, "radius_cm"),
        (
            {"level": "common", "band": {"through": ["navel"], "width_cm": 2}},
            "at least two",
        ),
        (
            {"level": "common", "shape": {"plate": "back", "spline": [[0, 0]]}},
            "at least three",
        ),
        ({"level": "common", "area": "navel", "colour": "red"}, "unknown field"),
    ],
)
def test_a_wrong_zone_says_what_is_wrong(data: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_zone(data)
