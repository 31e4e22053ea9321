"""The body map's files are those that the atlas gives."""

import json
from pathlib import Path

from PIL import Image

import achemap_site
from achemap.atlas.browser import SMALL_WIDTH, WHOLE, browser_files, plate_for
from achemap.atlas.plates import BODIES, plate
from achemap.atlas.vocabulary import regions


FOLDER = Path(achemap_site.__file__).parent / "static/achemap/bodymap"


def test_committed_files_are_fresh() -> None:
    for name, content in browser_files().items():
        assert (FOLDER / name).read_bytes() == content, (
            "run: python -m achemap.atlas.browser " + str(FOLDER)
        )


def test_every_region_has_a_plate_that_the_map_knows() -> None:
    index = json.loads(browser_files()["body.json"])
    plates = {each["name"] for each in index["plates"]}

    assert {plate_for(region) for region in regions()} <= plates
    assert plate_for("kidney-angle") == "torso-back"
    assert plate_for("hand").startswith("hand-")
    assert plate_for("hand").endswith("-right")
    assert plate_for("face") == "head-front"
    assert plate_for("flank") == "right"


def test_small_pictures_have_the_shape_of_their_plates() -> None:
    for body in BODIES:
        for name in WHOLE:
            with Image.open(FOLDER / "small" / body / f"{name}.webp") as small:
                width, height = small.size
            large = plate(name, body).size

            assert width == SMALL_WIDTH
            assert abs(height - width * large[1] / large[0]) <= 1
