"""The batch input object: what is taken, and what is refused in one line."""

import pytest

from achemap.complaint import Place, complaint_from, place_named
from achemap.errors import BadInput


def test_a_full_object():
    found = complaint_from(
        {
            "id": 7,
            "text": "my knee aches",
            "regions": ["left shoulder blade", "kneecap", "mid back"],
            "cells": [5, 3, 5],
            "age": "46",
            "sex": "F",
            "answers": {"worse:sitting": "Yes", "x": "unknown"},
            "other": object(),
        }
    )
    assert found.text == "my knee aches"
    assert found.regions == (
        Place("shoulder-blade", "left"),
        Place("kneecap"),
        Place("back-middle"),
    )
    assert found.cells == (3, 5)
    assert (found.age, found.sex) == (46, "f")
    assert found.answers == {"worse:sitting": "yes", "x": "unknown"}
    assert not found.is_empty


def test_an_empty_object_is_an_empty_complaint():
    found = complaint_from({"text": None, "age": None, "sex": ""})
    assert found.is_empty
    assert found.understood.mentions == ()


def test_complaint_means_text():
    assert complaint_from({"complaint": "knee"}).text == "knee"


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [
        ({"text": 5}, "text", "not a string"),
        ({"text": "x" * 200_001}, "text", "characters"),
        ({"regions": "knee"}, "regions", "not a list"),
        ({"regions": [3]}, "regions", "not a name"),
        ({"regions": ["flurb"]}, "regions", "unknown region"),
        ({"cells": ["a"]}, "cells", "not a cell id"),
        ({"cells": [True]}, "cells", "not a cell id"),
        ({"cells": [-1]}, "cells", "unknown cell"),
        ({"cells": [20_000]}, "cells", "unknown cell 20000"),
        ({"cells": list(range(100_001))}, "cells", "entries"),
        ({"age": -1}, "age", "impossible age"),
        ({"age": 121}, "age", "impossible age"),
        ({"age": 4.5}, "age", "impossible age"),
        ({"age": True}, "age", "impossible age"),
        ({"age": "old"}, "age", "impossible age"),
        ({"sex": "x"}, "sex", "unknown sex"),
        ({"answers": {"q": "maybe"}}, "answers", "answer"),
        ({"answers": {"": "yes"}}, "answers", "answer"),
        ({"answers": "yes"}, "answers", "not a mapping"),
        ({"answers": [["q", "yes"], ["q", "no"]]}, "answers", "both yes and no"),
        ({"answers": [["q"]]}, "answers", "not a mapping"),
    ],
)
def test_bad_input_is_refused(given, field, problem):
    with pytest.raises(BadInput, match=problem) as caught:
        complaint_from(given, cell_count=20_000)
    assert caught.value.field == field
    assert "\n" not in str(caught.value)


def test_an_unknown_region_names_the_nearest():
    with pytest.raises(BadInput) as caught:
        place_named("sholdirr bld")
    assert "shoulder" in str(caught.value).lower()


def test_not_an_object():
    with pytest.raises(BadInput, match="not an object"):
        complaint_from(["knee"])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["knee", "Kneecap", "back of the knee", "left hip"])
def test_lay_names_are_places(name):
    assert place_named(name).region
