"""The `find` answer as data and as text: several places, what is left, chances."""

import pytest

from achemap.finder.answering import as_text, finder


@pytest.fixture(scope="module")
def answer(bundle):
    return finder(bundle=bundle)


def test_several_places_are_shared_out_among_few_patterns(answer):
    found = answer(
        {"id": 7, "text": "ache on top of my left shoulder and my right kneecap hurts"}
    )
    places = {
        place: each["pattern"] for each in found["together"] for place in each["places"]
    }
    assert set(places) == {"top of the shoulder, left", "kneecap, right"}
    assert len(set(places.values())) == 2
    assert found["unexplained"] == []
    text = as_text(found)
    assert "Several places, explained together by:" in text
    assert all(f"{pattern}: {place}" in text for place, pattern in places.items())


def test_a_place_left_over_is_named(answer):
    given = "pain in my kneecap, my temple, my palm and my navel"
    found = answer({"text": given})
    assert found["unexplained"]
    assert "Not explained: " + ", ".join(found["unexplained"]) in as_text(found)


def test_one_place_needs_no_sharing_out(answer):
    found = answer({"text": "my left kneecap aches on the stairs"})
    assert len(found["together"]) == 1
    assert "Several places" not in as_text(found)


def test_chances_are_shown_and_never_certain(answer):
    found = answer({"text": "my left kneecap aches on the stairs"})
    whole = sum(each["probability"] for each in found["results"])
    assert found["results"][0]["probability"] <= 0.97
    assert whole + found["something_else"] <= 1 + 1e-6
    assert "100%" not in as_text(found)
    assert "something else" in as_text(found)


def test_nothing_understood_is_said(answer):
    found = answer({"text": "qqq zzz"})
    assert found["results"] == [] or found["something_else"] > 0
    assert "Nothing was understood" in as_text(answer({"text": ""}))
