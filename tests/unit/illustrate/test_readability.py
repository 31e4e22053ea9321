"""The colours of the pictures against the plates they lie on."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from achemap.atlas import BODIES, Body, plate, plate_names
from achemap.illustrate.palette import INKS, Ink
from achemap.illustrate.readability import (
    Rgb,
    contrast,
    difference,
    lab,
    over,
    rgb,
    unclear,
)


def greys(body: Body) -> list[Rgb]:
    """Return greys of the bodies' skin, from its darker quarter to its lights."""
    found = []
    for name in plate_names():
        picture = np.asarray(Image.open(io.BytesIO(plate(name, body).image_bytes())))
        skin = picture[picture[..., 3] == 255][:, :3] / 255
        order = np.argsort(skin.mean(1))
        for share in (0.25, 0.5, 0.75, 0.95):
            red, green, blue = skin[order[int(share * len(order))]]
            found.append((float(red), float(green), float(blue)))
    return found


@pytest.mark.parametrize("body", BODIES)
def test_inks_stand_out_from_the_plates_and_from_each_other(body: Body) -> None:
    assert [str(each) for each in unclear(greys(body))] == []


def test_a_faint_ink_is_named() -> None:
    pale = Ink("#e6dcd5", 0.5, "#dccfc6", 0.4, "dots", "Sometimes")

    found = [
        str(each) for each in unclear([(0.85, 0.84, 0.82)], {**INKS, "spillover": pale})
    ]

    assert any("spillover and plate: difference" in each for each in found)
    assert any("edge of spillover and plate: contrast" in each for each in found)


def test_measures_agree_with_known_values() -> None:
    white, black = rgb("#ffffff"), rgb("#000000")
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(rgb("#767676"), white) == pytest.approx(4.54, abs=0.01)
    assert lab(rgb("#ff0000")) == pytest.approx([53.24, 80.09, 67.2], abs=0.1)
    assert difference(white, black) == pytest.approx(100, abs=0.1)
    assert over("#000000", 0.5, white) == pytest.approx((0.5, 0.5, 0.5))
