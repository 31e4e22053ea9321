"""The lexicon's files: what they must hold, and what is refused."""

from pathlib import Path

import pytest

from achemap.atlas.vocabulary import regions
from achemap.errors import BadInput
from achemap.language import KINDS, load_lexicon, understand


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text("language: en\n" + text, encoding="utf-8")
    return folder


def test_every_region_has_lay_names():
    lexicon = load_lexicon()
    for region in regions():
        concept = lexicon.concepts.get(region)
        assert concept is not None, region
        assert concept.kind == "region"
        assert len(concept.ways) >= 2, region
        assert concept.places, region


def test_places_are_leaves_with_a_largest_weight_of_one():
    for concept in load_lexicon().concepts.values():
        if concept.kind == "region":
            assert max(concept.places.values()) == 1
            assert all(regions()[leaf].is_leaf for leaf in concept.places)


def test_a_name_of_a_region_is_understood_as_that_region():
    lexicon = load_lexicon()
    wrong = []
    for region in regions().values():
        if not region.is_leaf:
            continue
        way = lexicon.concepts[region.id].ways[0]
        found = [each.concept for each in understand(way).mentions]
        if region.id not in found:
            wrong.append((region.id, way, found))
    assert wrong == []


def test_starter_concepts_are_of_known_kinds_with_several_ways():
    for concept in load_lexicon().concepts.values():
        assert concept.kind in KINDS
        assert concept.id == concept.id.lower()
        assert concept.ways, concept.id


def test_an_id_that_is_there_twice_is_refused(tmp_path):
    one = "concepts: [{id: aching, kind: feeling, ways: [ache]}]\n"
    write(tmp_path, "a.yaml", one)
    write(tmp_path, "b.yaml", one)
    with pytest.raises(BadInput, match=r"already in a\.yaml") as caught:
        load_lexicon(tmp_path)
    assert caught.value.field == "aching"
    assert "b.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("concepts: [{kind: feeling, ways: [x]}]", "has no id"),
        ("concepts: [{id: a, kind: felling, ways: [x]}]", "unknown kind"),
        ("concepts: [{id: a, kind: feeling, ways: [yes, no]}]", "list of phrases"),
        ("concepts: [{id: sholder, kind: region, ways: [x]}]", "unknown region"),
        (
            "concepts: [{id: a, kind: region, ways: [x], regions: {knee: 7}}]",
            "weight of knee",
        ),
        ("concepts: [", "expected"),
        ("- a list", r"mapping|expected"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, problem):
    write(tmp_path, "words.yaml", text + "\n")
    with pytest.raises(BadInput, match=problem) as caught:
        load_lexicon(tmp_path)
    assert "words.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_id_leads_to_the_concept_of_that_kind():
    lexicon = load_lexicon()
    found = lexicon.named("activity", "slumped-sitting")
    assert found is not None
    assert found.id == "sitting-slumped"
    assert lexicon.named("feeling", "slumped-sitting") is None


def test_groups_spread_over_their_leaves(tmp_path):
    write(tmp_path, "a.yaml", "concepts: [{id: knee, kind: region, ways: [knee]}]\n")
    places = load_lexicon(tmp_path).concepts["knee"].places
    assert set(places) >= {"kneecap", "knee-hollow"}
    assert set(places.values()) == {1.0}
