"""Plates: cells land where the raster says, sides are the patient's, files agree."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from PIL import Image

from achemap import atlas
from achemap.errors import BadInput


A = atlas.load()
MARK = atlas.landmarks()
EVERY = [(name, body) for name in atlas.plate_names() for body in atlas.BODIES]


def test_the_plates_there_are() -> None:
    names = set(atlas.plate_names())
    assert {"front", "back", "left", "right"} <= names
    for part, count in (("head", 4), ("hand", 2), ("foot", 3), ("pelvis", 2)):
        assert sum(name.startswith(part) for name in names) >= count


@pytest.mark.parametrize(("name", "body"), EVERY)
def test_picture_raster_and_projection_agree(name: str, body: atlas.Body) -> None:
    plate = atlas.plate(name, body)
    picture = Image.open(io.BytesIO(plate.image_bytes()))
    assert picture.size == plate.size
    assert picture.format == "WEBP"
    rows, columns = plate.id_raster.shape
    assert abs(columns * plate.raster_step - plate.size[0]) <= plate.raster_step
    assert abs(rows * plate.raster_step - plate.size[1]) <= plate.raster_step
    shown = np.flatnonzero(plate.share > 0.6)
    assert len(shown) > 100
    places = plate.project(shown)
    hit = [plate.cell_at(x, y) for x, y in places]
    assert np.mean([a == b for a, b in zip(hit, shown, strict=True)]) > 0.9
    alpha = np.asarray(picture.getchannel("A"))
    column = places[:, 0].astype(int).clip(0, plate.size[0] - 1)
    row = places[:, 1].astype(int).clip(0, plate.size[1] - 1)
    assert (alpha[row, column] > 60).mean() > 0.97


@pytest.mark.parametrize(("name", "body"), EVERY)
def test_outlines_and_region_paths(name: str, body: atlas.Body) -> None:
    plate = atlas.plate(name, body)
    assert plate.outline_path.startswith("M")
    assert plate.region_paths
    known = atlas.regions()
    for (region, side), path in plate.region_paths.items():
        assert known[region].sides == ("midline" if side == "midline" else "pair")
        assert re.fullmatch(r"[MLlz0-9 .\-]+", path)
    for svg in (plate.outline_svg, plate.regions_svg, plate.bones_svg):
        assert svg.startswith("<g ")
        assert svg.count("<g") == svg.count("</g>")


def test_sides_are_the_patients() -> None:
    """In front the patient's right is on the left of the picture; behind it is not."""
    right = MARK["asis"].cell
    front, back = atlas.plate("front"), atlas.plate("back")
    assert front.project([right])[0, 0] < front.project([right ^ 1])[0, 0]
    psis = MARK["psis"].cell
    assert back.project([psis])[0, 0] > back.project([psis ^ 1])[0, 0]
    assert front.visible[right]
    assert not back.visible[right]
    assert atlas.plate("right").visible[MARK["trochanter"].on("right")]
    assert atlas.plate("left").visible[MARK["trochanter"].on("left")]
    assert not atlas.plate("left").visible[MARK["trochanter"].on("right")]


@pytest.mark.parametrize("name", atlas.plate_names())
def test_side_labels_match_what_is_drawn(name: str) -> None:
    plate = atlas.plate(name)
    if plate.sides is None:
        assert plate.shows in {"left", "right"}
        return
    cells = np.flatnonzero(plate.visible)
    x = plate.project(cells)[:, 0]
    right = x[cells % 2 == 1].mean() < x[cells % 2 == 0].mean()
    assert plate.sides == (("right", "left") if right else ("left", "right"))


def test_close_ups_turn_over_for_the_left() -> None:
    right, left = atlas.plate("hand-palm"), atlas.plate("hand-palm", side="left")
    assert not right.flip
    assert left.flip
    cell = MARK["thenar-mid"].cell
    assert right.visible[cell]
    assert left.visible[cell ^ 1]
    x, y = right.project([cell])[0]
    assert np.allclose(left.project([cell ^ 1])[0], [right.size[0] - x, y])
    assert ("thumb-ball", "left") in left.region_paths
    assert np.allclose(left.to_px(left.to_cm([[100.0, 200.0]])), [[100.0, 200.0]])


def test_every_region_shows_on_some_plate() -> None:
    """`views` names only plates, and on the first the region can be painted."""
    names = set(atlas.plate_names())
    for region in atlas.regions().values():
        assert set(region.views) <= names
        best = atlas.plate(region.views[0])
        assert best.visible[A.cells_of(region.id)].any(), region.id


def test_height_is_v_on_standing_plates() -> None:
    plate = atlas.plate("front")
    cell = MARK["navel"].cell
    u, v = plate.to_cm(plate.project([cell]))[0]
    assert v == pytest.approx(A.position_mm[cell, 1] / 10, abs=0.3)
    assert u == pytest.approx(A.position_mm[cell, 0] / 10, abs=0.3)


def test_unknown_plate_and_body() -> None:
    with pytest.raises(BadInput, match="hand-palm"):
        atlas.plate("hand-plam")
    with pytest.raises(BadInput, match="female"):
        atlas.plate("front", "femal")  # type: ignore[arg-type]
