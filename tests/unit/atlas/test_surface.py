"""The cells: mirror, tiling, labels, connection, damage."""

from __future__ import annotations

import json
import shutil
from collections import deque
from pathlib import Path

import numpy as np
import pytest

from achemap import atlas
from achemap.atlas import files
from achemap.errors import BadInput


A = atlas.load()


def test_mirror_is_exact() -> None:
    other = A.mirror(np.arange(A.count))
    assert (A.mirror(other) == np.arange(A.count)).all()
    assert (A.position_mm[other] == A.position_mm * [-1, 1, 1]).all()
    assert (A.normal[other] == A.normal * [-1, 1, 1]).all()
    assert (A.region[other] == A.region).all()
    assert (A.area_cm2[other] == A.area_cm2).all()


def test_left_is_even_and_on_positive_x() -> None:
    assert (A.position_mm[0::2, 0] > 0).all()
    assert (A.position_mm[1::2, 0] < 0).all()


@pytest.mark.parametrize("name", ["neighbours", "reach"])
def test_neighbours_are_symmetric_and_mirrored(name: str) -> None:
    graph = getattr(A, name)
    row = np.repeat(np.arange(A.count), np.diff(graph.indptr))
    pairs = set(zip(row.tolist(), graph.indices.tolist(), strict=True))
    assert all((b, a) in pairs for a, b in pairs)
    assert all((a ^ 1, b ^ 1) in pairs for a, b in pairs)
    assert not any(a == b for a, b in pairs)
    assert graph.length_mm.min() > 0


def test_regions_tile_the_surface() -> None:
    total = sum(float(A.area_cm2[A.cells_of(region.id)].sum()) for region in A.regions)
    assert total == pytest.approx(float(A.area_cm2.sum()), rel=1e-6)
    assert 14_500 < total < 16_500  # skin of a body of 166 cm, cm²
    cells = np.concatenate([A.cells_of(region.id) for region in A.regions])
    assert sorted(cells.tolist()) == list(range(A.count))


def _connected(cells: list[int]) -> bool:
    wanted, seen, queue = set(cells), {cells[0]}, deque([cells[0]])
    graph = A.neighbours
    while queue:
        cell = queue.popleft()
        for other in graph.indices[
            graph.indptr[cell] : graph.indptr[cell + 1]
        ].tolist():
            if other in wanted and other not in seen:
                seen.add(other)
                queue.append(other)
    return seen == wanted


@pytest.mark.parametrize("region", A.regions, ids=lambda region: region.id)
def test_every_region_is_there_and_in_one_piece(region: atlas.Region) -> None:
    for side in ("left", "right"):
        cells = A.cells_of(region.id, side).tolist()
        assert cells
        assert _connected(cells)
    if region.sides == "midline":
        assert _connected(A.cells_of(region.id).tolist())


def test_groups_hold_their_leaves() -> None:
    groups = [r for r in atlas.regions().values() if r.sides == "group"]
    assert len(groups) == 23
    assert len(A.regions) == 179
    assert sum(len(A.cells_of(group.id)) for group in groups) == A.count
    assert len(A.cells_of("body")) == A.count if "body" in atlas.regions() else True


def test_cell_sizes() -> None:
    def width(*names: str) -> float:
        cells = np.concatenate([A.cells_of(name) for name in names])
        return float(np.sqrt(np.median(A.area_cm2[cells])))

    assert 0.8 <= width("back-middle", "abdomen", "thigh", "lower-leg") <= 1.1
    assert 0.4 <= width("face") <= 0.7
    assert 0.4 <= width("hand", "thumb-fingers") <= 0.6
    assert 0.4 <= width("foot", "toes") <= 0.6


def test_all_choir_segments() -> None:
    wanted = {*range(101, 137), *range(201, 239)}
    assert set(A.choir.tolist()) == wanted
    assert set(A.choir[0::2].tolist()) & set(A.choir[1::2].tolist()) == set()


@pytest.mark.parametrize(
    "name", ["kidney-angle", "lower-ribs-inner", "lower-ribs-outer"]
)
def test_kidney_angle_and_lowest_ribs_are_middle_back(name: str) -> None:
    region = atlas.regions()[name]
    assert region.choir_left == (212,)
    assert region.choir_right == (213,)


@pytest.mark.parametrize("region", A.regions, ids=lambda region: region.id)
def test_choir_lists_come_from_the_cells(region: atlas.Region) -> None:
    for side, listed in (("left", region.choir_left), ("right", region.choir_right)):
        cells = A.cells_of(region.id, side)  # type: ignore[arg-type]
        area = np.bincount(A.choir[cells], weights=A.area_cm2[cells])
        share = area / area.sum()
        assert set(listed) == set(np.flatnonzero(share >= 0.04).tolist())
        assert list(listed) == sorted(listed, key=lambda code: -share[code])


@pytest.mark.parametrize(
    ("region", "right"),
    [
        # male numbering; female charts call these 112 to 117 differently
        ("upper-arm-front-upper", 111),
        ("elbow-crease", 113),
        ("forearm-palm-side-upper", 115),
        ("navel", 116),
        ("chest-upper", 108),
        ("wrist-back", 226),
        ("buttock-middle", 224),
        ("small-of-back-lower", 219),
        ("heel-sole", 238),
    ],
)
def test_choir_codes_use_the_male_numbering(region: str, right: int) -> None:
    assert atlas.regions()[region].choir_right[0] == right


def test_region_names_and_synonyms() -> None:
    assert atlas.region_named("kidney-angle").id == "kidney-angle"
    assert atlas.region_named("Top of the head").id == "crown"
    for region in atlas.regions().values():
        assert region.name
        assert region.term
        assert region.synonyms, region.id
    with pytest.raises(BadInput, match="kidney-angle"):
        atlas.region_named("kidny angle")
    with pytest.raises(BadInput, match="unknown region"):
        A.cells_of("kidny")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for path in files.FOLDER.glob("*.*"):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_damage_is_refused(copied: Path) -> None:
    assert atlas.load(copied).count == A.count
    atlas.load.cache_clear()
    content = bytearray((copied / "cells.bin").read_bytes())
    content[1000] ^= 1
    (copied / "cells.bin").write_bytes(bytes(content))
    with pytest.raises(BadInput, match=r"cells\.bin"):
        atlas.load(copied)
    (copied / "cells.bin").unlink()
    with pytest.raises(BadInput, match=r"cells\.bin"):
        atlas.load(copied)


def test_other_version_is_refused(copied: Path) -> None:
    data = json.loads((copied / "manifest.json").read_text())
    (copied / "manifest.json").write_text(json.dumps({**data, "version": "bm-0"}))
    files.manifest.cache_clear()
    with pytest.raises(BadInput, match="bm-0"):
        atlas.load(copied)
    (copied / "manifest.json").write_text("{")
    files.manifest.cache_clear()
    with pytest.raises(BadInput, match="manifest"):
        atlas.load(copied)


# Not made by tools/build_atlas, so not in its manifest.
BY_HAND = {"manifest.json", "seldom-reached.yaml"}


def test_every_file_is_in_the_manifest() -> None:
    listed = set(files.manifest())
    there = {
        path.relative_to(files.FOLDER).as_posix()
        for path in files.FOLDER.rglob("*")
        if path.is_file() and path.name not in BY_HAND
    }
    assert listed == there
    for name in listed:
        files.read(name)
