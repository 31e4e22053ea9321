"""The walk through the questions: short, nothing skipped, silence is no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.complaint import Complaint, complaint_from
from achemap.triage import evaluate, load_rules
from achemap.triage.walk import MOST_PAGES, is_over, lacks_place, next_page, walked


RULES = load_rules()
GROUPS = [
    "head",
    "neck",
    "chest",
    "abdomen",
    "pelvis",
    "back-upper",
    "back-middle",
    "back-lower",
    "shoulder",
    "hand",
    "thigh",
    "knee",
    "foot",
]


def complaint(regions: list[str], **given: object) -> Complaint:
    return complaint_from({"regions": regions, "age": 44, "sex": "f", **given})


@pytest.mark.parametrize("region", GROUPS)
def test_a_calm_walk_is_short(region: str) -> None:
    assert 1 <= walked(complaint([region])) <= 9


def test_the_whole_body_fits() -> None:
    assert walked(complaint(GROUPS), always=list(RULES.rules)) <= MOST_PAGES


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(GROUPS), min_size=1, unique=True),
    st.dictionaries(
        st.sampled_from(sorted(RULES.questions)), st.sampled_from(["yes", "unknown"])
    ),
)
def test_no_answers_make_the_walk_long(
    regions: list[str], answers: dict[str, str]
) -> None:
    assert walked(complaint(regions, answers=answers)) <= MOST_PAGES


def test_what_cannot_wait_stands_alone_on_the_first_page() -> None:
    page = next_page(evaluate(complaint(["back-lower"])), 0)

    assert page.topics == ("now",)
    assert page.step == 1
    assert page.steps >= 3


def test_every_open_question_is_on_some_page() -> None:
    screen = evaluate(complaint(["back-lower"]))
    seen: set[str] = set()
    topics: list[str] = []
    for done in range(MOST_PAGES):
        left = [ask for ask in screen.ask if ask.id not in seen]
        if not left:
            break
        page = next_page(replace(screen, ask=tuple(left)), done)
        topics += page.topics
        seen |= {ask.id for ask in page.asks}
    assert seen == {ask.id for ask in screen.ask}
    assert len(topics) == len(set(topics))


def test_who_is_not_sure_is_asked_one_by_one() -> None:
    screen = evaluate(complaint(["back-lower"]))
    assert next_page(screen, 0).flags

    again = next_page(screen, 0, unsure=("now",))

    assert again.topics == ("now",)
    assert again.flags == ()
    assert len(again.each) == len(next_page(screen, 0).asks)


def test_an_emergency_ends_the_walk() -> None:
    struck = complaint(["neck"], answers={"stroke-signs": "yes"})

    assert is_over(evaluate(struck))
    assert walked(struck) == 1


def test_without_a_place_nothing_is_walked() -> None:
    nowhere = complaint_from({"text": "it hurts"})

    assert lacks_place(evaluate(nowhere))
    assert walked(nowhere) == 0
