"""Pictures are rasterised and looked into: the zone's colour is where it must be."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from achemap.atlas import load as load_atlas
from achemap.atlas.baking import level_fields
from achemap.atlas.plates import plate
from achemap.errors import BadInput
from achemap.illustrate import describe, figure, panels, png, write_figure
from achemap.illustrate.panel import level_curves
from achemap.library import load


FOUNDING = "serratus-posterior-inferior"
SHOWN = [
    FOUNDING,
    "popliteus",
    "masseter-deep",
    "abductor-hallucis",
    "adductor-pollicis",
    "trapezius-upper",
]


def dark_red(image: Image.Image) -> int:
    """Return how many pixels have the colour of the main zone."""
    at = np.asarray(image.convert("RGB")).astype(int)
    return int(((at[..., 0] > 130) & (at[..., 1] < 90) & (at[..., 2] < 100)).sum())


def green(image: Image.Image) -> int:
    at = np.asarray(image.convert("RGB")).astype(int)
    return int(((at[..., 0] < 60) & (at[..., 1] > 90) & (at[..., 2] < 110)).sum())


@pytest.mark.parametrize("name", SHOWN)
def test_main_zone_and_point_are_seen_in_the_png(name: str) -> None:
    library = load()

    picture = Image.open(
        BytesIO(png(figure(library.patterns[name], library.muscles), 700))
    )

    # The legend alone has about 500 dark red and 150 green pixels.
    assert dark_red(picture) > 1500
    assert green(picture) > 190


def test_the_zone_survives_a_pdf_engine() -> None:
    weasyprint = pytest.importorskip("weasyprint")
    library = load()
    svg = figure(library.patterns[FOUNDING], library.muscles, heading=False)

    pdf = weasyprint.HTML(string=f"<body>{svg}</body>").write_pdf()

    assert pdf is not None
    assert b"/Image" in pdf
    assert len(pdf) > 20_000


def test_the_left_side_is_the_mirror_of_the_right() -> None:
    atlas = load_atlas()
    fields = level_fields(load().patterns[FOUNDING].zones, atlas)

    right = panels(load().patterns[FOUNDING], side="right")[0]
    left = panels(load().patterns[FOUNDING], side="left")[0]

    assert fields
    assert left.plate.name == right.plate.name
    middle = left.plate.to_px([[0.0, 0.0]])[0][0] / left.plate.scale
    assert right.crop.left + right.crop.width / 2 > middle
    assert left.crop.left + left.crop.width / 2 < middle


def test_an_outline_goes_round_its_cells() -> None:
    field = level_fields(load().patterns[FOUNDING].zones)["essential"]
    shown = plate("back")

    (curve, *others) = level_curves({"essential": field}, shown)["essential"]

    centre = shown.project(np.flatnonzero(field > 20)).mean(0) / shown.scale * 10
    assert not others
    assert (curve.min(0) < centre).all()
    assert (centre < curve.max(0)).all()


def test_words_name_the_places() -> None:
    said = describe(load().patterns[FOUNDING])

    assert said.startswith("Main pain:")
    assert "lowest ribs" in said
    assert "Trigger point: 1 cm towards the midline from: angle of rib 11." in said


def test_files_are_written_and_bad_names_refused(tmp_path: Path) -> None:
    library = load()
    pattern = library.patterns[FOUNDING]

    write_figure(pattern, library.muscles, tmp_path / "a.svg")

    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    with pytest.raises(BadInput, match=r"\.svg or \.png"):
        write_figure(pattern, library.muscles, tmp_path / "a.gif")
    with pytest.raises(BadInput, match="cannot be written"):
        write_figure(pattern, library.muscles, tmp_path / "none" / "a.svg")
