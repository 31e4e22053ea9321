"""The whole starter library: every pattern can be found by its own words."""

import gzip

import pytest

from achemap.bundle import compiled
from achemap.complaint import complaint_from
from achemap.finder import find
from achemap.finder.browser import files_of
from achemap.library import load


@pytest.fixture(scope="module")
def whole():
    return compiled()


def _not_in_first_five(whole, texts):
    missed = []
    for name, text in texts.items():
        complaint = complaint_from({"text": text}, lexicon=whole.lexicon)
        found = [each.pattern.id for each in find(complaint, whole, top=5).results]
        if name not in found:
            missed.append((name, found))
    return missed


def test_every_pattern_is_found_by_its_title(whole):
    titles = {name: each.title for name, each in load().patterns.items()}
    assert len(titles) > 150
    assert _not_in_first_five(whole, titles) == []


def test_every_pattern_is_found_by_what_is_felt_alone(whole):
    partial = {name: each.partial for name, each in load().patterns.items()}
    assert _not_in_first_five(whole, partial) == []


def test_a_text_of_one_sentence_is_never_certain(whole):
    for pattern in list(load().patterns.values())[::5]:
        complaint = complaint_from({"text": pattern.title}, lexicon=whole.lexicon)
        ranking = find(complaint, whole, top=None)
        assert ranking.results[0].probability <= 0.97 + 1e-9
        assert ranking.something_else > 0.005
        total = sum(each.probability for each in ranking.results)
        assert total + ranking.something_else == pytest.approx(1)


def test_what_a_reader_loads_is_small(whole):
    packed = {name: len(gzip.compress(held)) for name, held in files_of(whole).items()}
    assert packed["core.json"] + packed["cells.bin"] <= 200_000
    # With the words of the safety screen, which come along, 400 kB are the limit.
    assert packed["words.json"] + packed["words.bin"] <= 345_000
