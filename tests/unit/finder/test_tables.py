"""The tables: shares, chances, cells; and that they survive being stored."""

import numpy as np
import pytest

from achemap import atlas
from achemap.finder.location import map_of, shares, word_chances
from achemap.finder.signs import CHANCE, denied, said, sign_rows
from achemap.finder.stored import build, cache_folder, fingerprint, read, save
from achemap.language import load_lexicon


def test_shares_of_a_pattern_sum_to_one(small_library):
    body = atlas.load()
    maps = [map_of(each.zones, body) for each in small_library.patterns.values()]
    same, opposite = shares(maps, body)
    middle = np.array([region.sides == "midline" for region in body.regions])
    assert np.allclose(same.sum(1) + np.where(middle, 0, opposite).sum(1), 1)
    assert (same >= 0).all()


def test_the_tolerance_ring_reaches_a_little_beyond_the_zone(small_library):
    from achemap.atlas.baking import bake

    body = atlas.load()
    zones = small_library.patterns["infraspinatus"].zones
    inner, ring = bake(zones, body), map_of(zones, body)
    assert set(inner.cells) < set(ring.cells)
    away = body.distances([int(cell) for cell in inner.cells], limit_mm=30)
    assert away[ring.cells].max() <= 15.0
    assert ring.weights.max() == pytest.approx(inner.weights.max())


def test_word_chances_share_each_leaf_among_its_words():
    places = {"a": {"x": 1.0}, "b": {"x": 0.5, "y": 1.0}}
    found = word_chances(places, ["x", "y"])
    assert found["a"] == ([0], [pytest.approx(2 / 3)])
    assert found["b"] == ([0, 1], [pytest.approx(1 / 3), 1.0])


def test_signs_weigh_by_their_word(small_library):
    lexicon = load_lexicon()
    rows = sign_rows(small_library.patterns.values(), lexicon)
    names = list(small_library.patterns)
    row = rows[("feels", "aching")]
    own = names.index("serratus-posterior-inferior")
    at = row.patterns.tolist().index(own)
    assert row.chances[at] == pytest.approx(CHANCE["always"])
    assert said(row, len(names))[own] > 0 > denied(row, len(names))[own]
    assert np.average(np.exp(said(row, len(names)))) == pytest.approx(1.0)


def test_what_began_it_counts_less_as_what_makes_it_worse(small_library):
    rows = sign_rows(small_library.patterns.values(), load_lexicon())
    own = list(small_library.patterns).index("serratus-posterior-inferior")
    began, worse = (
        rows[("onset", "near-fall")],
        rows.get(("worse", "near-fall")),
    )
    assert worse is not None
    began_chance = began.chances[began.patterns.tolist().index(own)]
    worse_chance = worse.chances[worse.patterns.tolist().index(own)]
    assert worse_chance < began_chance


def test_a_stored_bundle_is_read_back_the_same(bundle, tmp_path):
    save(bundle, tmp_path)
    found = read("test", tmp_path)
    assert found is not None
    assert found.describe() == bundle.describe()
    assert np.array_equal(found.tables.same, bundle.tables.same)
    assert np.array_equal(found.tables.text.weights, bundle.tables.text.weights)
    assert found.tables.patterns == bundle.tables.patterns
    assert found.tables.signs.keys() == bundle.tables.signs.keys()
    assert found.lexicon.trie == bundle.lexicon.trie
    assert found.lexicon.vocabulary == bundle.lexicon.vocabulary


def test_a_missing_or_broken_store_is_no_bundle(bundle, tmp_path):
    assert read("test", tmp_path) is None
    save(bundle, tmp_path)
    (tmp_path / "test.json").write_text("{", encoding="utf-8")
    assert read("test", tmp_path) is None


def test_the_fingerprint_follows_the_files(tmp_path):
    folder = tmp_path / "patterns"
    folder.mkdir()
    before = fingerprint(tmp_path)
    (folder / "new.md").write_text("x", encoding="utf-8")
    assert fingerprint(tmp_path) != before


def test_the_cache_folder_can_be_set(monkeypatch, tmp_path):
    monkeypatch.setenv("ACHEMAP_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"
    monkeypatch.delenv("ACHEMAP_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "achemap"


def test_building_needs_a_readable_library(tmp_path):
    from achemap.errors import BadInput

    (tmp_path / "patterns").mkdir()
    (tmp_path / "patterns" / "a.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(BadInput):
        build(tmp_path)
