"""Care plans: nothing without a cleared screen, ice last unless forbidden."""

from __future__ import annotations

import pytest

from achemap.care import conditions, plan
from achemap.complaint import complaint_from
from achemap.errors import BadInput
from achemap.library import load
from achemap.triage import Cleared, evaluate, load_rules


LIBRARY = load()
RULES = load_rules()
FOUNDING = LIBRARY.patterns["serratus-posterior-inferior"]


def cleared(**changed: str) -> Cleared:
    answers = {
        name: "yes" if one.worry == "no" else "no"
        for name, one in RULES.questions.items()
    } | {name.replace("_", "-"): said for name, said in changed.items()}
    given = {"text": "ache over my kidneys", "age": 47, "sex": "m", "answers": answers}
    found = evaluate(complaint_from(given)).cleared()
    assert found is not None
    return found


def test_a_screen_that_is_not_cleared_makes_no_plan() -> None:
    screen = evaluate(complaint_from({"text": "ache over my kidneys"}))
    assert screen.cleared() is None
    with pytest.raises(TypeError):
        plan(FOUNDING, screen)  # type: ignore[arg-type]


def test_every_pattern_gives_a_short_plan_with_ice_last() -> None:
    proof = cleared()
    for pattern in LIBRARY.patterns.values():
        made = plan(pattern, proof)
        assert 1 <= len(made.items) <= 4, pattern.id
        assert made.stop_if
        kinds = [one.kind for one in made.items]
        if pattern.care.ice is not None:
            assert kinds[-1] == "ice", pattern.id


def test_ice_in_the_words_of_a_stretch_counts_as_ice() -> None:
    """Many stretches begin with strokes of ice."""
    for pattern in LIBRARY.patterns.values():
        made = plan(pattern, cleared(), frozenset({"cold-sensitive"}))
        assert not [one.text for one in made.items if "ice" in one.text.split()]
        assert not [one.text for one in made.items if "Ice" in one.text.split()]


def test_numb_feet_do_not_take_the_ice_from_a_neck() -> None:
    """A condition of one part of the body counts where the zones reach that part."""
    proof = cleared()
    neck = plan(LIBRARY.patterns["levator-scapulae"], proof, frozenset({"diabetes"}))
    heel = plan(LIBRARY.patterns["soleus-heel"], proof, frozenset({"diabetes"}))

    assert "ice" in {one.kind for one in neck.items}
    assert not {"ice", "heat"} & {one.kind for one in heel.items}


@pytest.mark.parametrize(
    ("condition", "gone"),
    [
        ("cold-sensitive", {"ice"}),
        ("numb-skin", {"ice", "heat"}),
        ("recent-injury", {"heat", "pressure"}),
        ("clot", {"ice", "heat", "pressure", "stretch"}),
        ("fever", {"ice", "heat", "pressure", "stretch", "breathe", "move"}),
        ("pregnancy", {"heat", "ice", "pressure"}),
        ("osteoporosis", {"pressure"}),
        ("multiple-sclerosis", {"heat"}),
    ],
)
def test_conditions_leave_things_out_and_say_why(
    condition: str, gone: set[str]
) -> None:
    made = plan(FOUNDING, cleared(), frozenset({condition}))
    assert gone.isdisjoint(one.kind for one in made.items)
    assert all(one.why for one in made.left_out)


def test_answers_of_the_screen_count_without_being_repeated() -> None:
    made = plan(FOUNDING, cleared(blood_thinner="yes"))
    pressed = [one for one in made.items if one.kind == "pressure"]
    assert all(any("lightly" in note for note in one.notes) for one in pressed)


def test_flags_leave_out_single_steps() -> None:
    for pattern in LIBRARY.patterns.values():
        risky = {
            step.text for step in pattern.care.routine if "spine-twist" in step.flags
        }
        made = plan(pattern, cleared(), frozenset({"osteoporosis"}))
        assert risky.isdisjoint(one.text for one in made.items)


def test_unknown_condition_is_refused() -> None:
    with pytest.raises(BadInput, match="unknown condition"):
        plan(FOUNDING, cleared(), frozenset({"clott"}))


def test_each_condition_changes_something() -> None:
    for one in conditions().values():
        assert one.without or one.light or one.where_without or one.flags, one.id
