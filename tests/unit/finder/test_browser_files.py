"""The browser's files: small, hashed, complete."""

import gzip
import hashlib
import json

from achemap.bundle import write
from achemap.finder.reach import patterns_reaching


def test_files_and_their_hashes(bundle, tmp_path):
    sizes = write(tmp_path, bundle)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == bundle.version
    assert set(manifest["files"]) | {"manifest.json"} == set(sizes)
    for name, told in manifest["files"].items():
        held = (tmp_path / name).read_bytes()
        assert len(held) == told["bytes"]
        assert hashlib.sha256(held).hexdigest() == told["sha256"]


def test_enough_to_paint_is_small(bundle, tmp_path):
    write(tmp_path, bundle)
    size = sum(
        len(gzip.compress((tmp_path / name).read_bytes()))
        for name in ("core.json", "cells.bin")
    )
    assert size < 200_000


def test_writing_twice_gives_the_same_bytes(bundle, tmp_path):
    write(tmp_path / "a", bundle)
    write(tmp_path / "b", bundle)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_patterns_that_reach_a_region(small_library):
    found = patterns_reaching("kidney-angle", small_library)
    assert "serratus-posterior-inferior" in [each.pattern for each in found]
    levels = [each.level for each in found]
    order = ["essential", "common", "spillover"]
    assert levels == sorted(levels, key=order.index)
    assert all(0 < each.share <= 1 for each in found)
    assert patterns_reaching("nose", small_library) == [] or levels
