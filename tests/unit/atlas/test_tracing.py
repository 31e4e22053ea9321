from __future__ import annotations

import numpy as np
import pytest

from achemap.atlas import load
from achemap.atlas.baking import point_cell, zone_field
from achemap.atlas.grammar import parse_point, parse_zone, zone_as_data
from achemap.atlas.tracing import nearest_point, shape_around, zones_of
from achemap.errors import BadInput


def cells_of(**zone: object) -> set[int]:
    field = zone_field(parse_zone({"level": "common", **zone}))
    return set(np.flatnonzero(field > 0).tolist())


def overlap(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


@pytest.mark.parametrize(
    ("zone", "form"),
    [
        ({"area": "kidney-angle"}, "area"),
        ({"area": "flank.upper"}, "area"),
        ({"spot": {"at": "rib-angle-11 out 2", "radius_cm": 3}}, "spot"),
        ({"band": {"through": ["rib-angle-11", "rib-angle-5"], "width_cm": 4}}, "band"),
        ({"shape": {"plate": "back", "spline": [[4, 100], [12, 104], [10, 128], [5, 121]]}}, "shape"),
    ],
)  # fmt: skip
def test_a_drawing_is_said_in_its_simplest_form(
    zone: dict[str, object], form: str
) -> None:
    drawn = cells_of(**zone)

    (fit,) = zones_of(drawn, "back", "common")

    data = zone_as_data(fit.zone)
    assert form in data
    assert overlap(cells_of(**data), drawn) > 0.85


def test_a_form_can_be_asked_for() -> None:
    drawn = cells_of(area="kidney-angle")

    (fit,) = zones_of(drawn, "back", "common", "shape")

    assert fit.zone.shape is not None
    assert fit.zone.shape.plate == "back"
    assert fit.share > 0.85


def test_sides_are_told_apart() -> None:
    right = cells_of(area="flank")
    left = {cell ^ 1 for cell in right}
    away = {cell ^ 1 for cell in cells_of(area="kidney-angle.upper")}

    assert [f.zone.side for f in zones_of(left, "back", "common")] == ["other"]
    assert [f.zone.side for f in zones_of(right | left, "back", "common")] == ["both"]
    split = zones_of(right | away, "back", "common")
    assert [fit.zone.side for fit in split] == ["same", "other"]


def test_places_apart_become_zones_of_their_own() -> None:
    apart = cells_of(area="flank") | cells_of(
        spot={"at": "rib-angle-3", "radius_cm": 2}
    )

    assert len(zones_of(apart, "back", "common")) == 2


def test_what_a_plate_hides_is_put_on_another() -> None:
    around = cells_of(
        band={"through": ["rib-angle-10", "rib-side-10"], "width_cm": 9}
    ) | cells_of(area="flank")

    fits = zones_of(around, "back", "common", "shape")

    plates = [fit.zone.shape.plate for fit in fits if fit.zone.shape]
    assert plates[0] == "back"
    assert len(plates) == len(set(plates))


def test_nothing_painted_is_no_zone_and_a_strange_cell_is_refused() -> None:
    assert zones_of([], "back", "common") == []
    with pytest.raises(BadInput, match="unknown cell"):
        zones_of([-3], "back", "common")
    hidden = np.array(sorted(cells_of(area="kidney-angle")))
    assert shape_around(hidden, "front", "common") is None


def test_places_are_named_near_where_they_are() -> None:
    body = load()
    chance = np.random.default_rng(7)
    misses = []
    for cell in chance.integers(0, body.count, 40).tolist():
        point = nearest_point(cell)
        assert parse_point(str(point)) == point
        gap = body.position_mm[point_cell(point)] - body.position_mm[cell | 1]
        misses.append(float(np.linalg.norm(gap)) / 10)

    assert np.median(misses) < 0.6
    assert max(misses) < 3.0
