"""Which plates are chosen for zones at awkward places, and how they are cropped."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import pytest

from achemap.atlas import load as load_atlas
from achemap.atlas import plate
from achemap.atlas.grammar import parse_trigger_point, parse_zone
from achemap.illustrate import panels
from achemap.illustrate.layout import crop_around
from achemap.illustrate.locator import locator, whole_figure
from achemap.illustrate.panel import Panel
from achemap.library import load


def drawn(*zones: Mapping[str, Any], points: tuple[str, ...] = ()) -> list[Panel]:
    """Return the panels of a pattern with these zones only."""
    pattern = msgspec.structs.replace(
        load().patterns["serratus-posterior-inferior"],
        zones=tuple(parse_zone({"level": "essential", **zone}) for zone in zones),
        points=tuple(parse_trigger_point({"at": at}) for at in points),
    )
    return panels(pattern)


def names(found: list[Panel]) -> list[str]:
    return [panel.plate.name for panel in found]


def test_one_plate_is_enough_for_one_place() -> None:
    assert names(drawn({"area": "kidney-angle"})) == ["torso-back"]
    assert names(drawn({"area": "palm-finger-pads"})) == ["hand-palm"]


def test_a_shoulder_is_never_shown_on_a_plate_of_the_head() -> None:
    found = names(drawn({"spot": {"at": "acromion", "radius_cm": 3}}))

    assert not any(name.startswith("head") for name in found)


def test_a_zone_that_runs_past_the_end_of_a_close_up_gets_a_larger_plate() -> None:
    through = ["spine-t8 out 4", "thigh-back-mid"]

    found = names(drawn({"band": {"through": through, "width_cm": 5}}))

    assert found[0] == "back"


def test_a_zone_in_front_and_one_behind_need_two_plates() -> None:
    found = drawn({"area": "kidney-angle"}, {"area": "navel", "level": "spillover"})

    assert len(found) == 2
    sides = {whole_figure(panel.plate.name, "right") for panel in found}
    assert sides == {"front", "back"}


def test_a_trigger_point_out_of_sight_of_the_zone_gets_a_plate() -> None:
    found = drawn({"area": "navel"}, points=("spine-l4 out 3",))
    cell = load_atlas().landmarks["spine-l4"].cell

    assert any(panel.plate.visible[cell] for panel in found)


@pytest.mark.parametrize("box", [(1, 1, 2, 2), (0, 0, 30, 50), (28, 40, 30, 50)])
def test_a_crop_stays_on_the_plate_and_holds_the_box(
    box: tuple[float, float, float, float],
) -> None:
    crop = crop_around(box, (30, 50), 13)

    assert crop.left >= 0
    assert crop.top >= 0
    assert crop.left + crop.width <= 30
    assert crop.top + crop.height <= 50
    corners = np.array([box[:2], box[2:]], dtype=float)
    assert crop.holds(corners).all()


def test_the_locator_moves_out_of_the_way() -> None:
    (panel,) = drawn({"area": "palm-finger-pads"})
    box = (0.0, 0.0, *panel.size)
    corner = [panel.crop.left * 10 + panel.size[0] - 30] * 5
    bottom = [panel.crop.top * 10 + panel.size[1] - 30] * 5
    free = dataclasses.replace(panel, marks=np.empty((0, 2)))
    taken = dataclasses.replace(panel, marks=np.column_stack([corner, bottom]))

    usual, moved = (locator(each, "neutral", box) for each in (free, taken))

    assert usual.split("<g")[0] != moved.split("<g")[0]


def test_close_ups_of_the_left_are_found_on_figures_of_the_left() -> None:
    assert whole_figure("head-side", "left") == "left"
    assert plate(whole_figure("foot-outer", "left")).shows == "left"
    assert whole_figure("hand-palm", "left") == "front"
