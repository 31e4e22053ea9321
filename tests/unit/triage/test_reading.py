"""Signs of danger read from everyday words; what is denied or another's is not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from achemap.complaint import complaint_from
from achemap.triage import evaluate
from achemap.triage.records import RANK


STORIES = [
    json.loads(line)
    for line in Path(__file__).with_name("stories.jsonl").read_text().splitlines()
]


PHRASINGS = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("danger_phrasings.jsonl")
    .read_text()
    .splitlines()
]


def test_dangerous_phrasings_are_raised() -> None:
    """Words alone raise nearly every one: 97 in 100 emergencies, 95 of the urgent."""
    missed: dict[str, list[str]] = {"emergency": [], "urgent": []}
    for given in PHRASINGS:
        screen = evaluate(complaint_from(given))
        if RANK[screen.at_least] < RANK[given["level"]]:
            missed[given["level"]].append(given["text"])
    counts = Counter(given["level"] for given in PHRASINGS)
    assert counts.total() >= 150
    assert len(missed["emergency"]) <= 0.03 * counts["emergency"], missed
    assert len(missed["urgent"]) <= 0.05 * counts["urgent"], missed


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["text"][:50])
def test_a_story_is_raised_as_far_as_its_words_go(story: dict[str, object]) -> None:
    screen = evaluate(complaint_from(story))
    assert screen.at_least == story["level"]
    assert screen.disposition != "selfcare_ok"


@pytest.mark.parametrize(
    "text",
    [
        "no numbness between my legs",
        "I have no fever, chills or sweats",
        "my mum coughed up blood before she died",
        "I had a fever last month but got over it",
        "worried it might be cancer",
        "bladder fine, can feel everything when I wipe",
        "I don't have any weakness or numbness in my legs",
        "my back is killing me",
        "years ago I had a blood clot scare and fainted",
    ],
)
def test_denied_past_and_other_people_are_not_raised(text: str) -> None:
    given = {"text": text, "regions": ["back-lower"], "age": 40, "sex": "m"}
    screen = evaluate(complaint_from(given))
    assert screen.at_least == "selfcare_ok", [one.because for one in screen.fired]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("No fever but I can't feel it when I wipe", "emergency"),
        ("not sure why, but I have been coughing up blood", "urgent"),
        ("I'm 71 and fell, my neck hurts", "emergency"),
        ("I'm 32 weeks pregnant and my hip hurts", "doctor_first"),
    ],
)
def test_scope_ends_where_it_should(text: str, level: str) -> None:
    assert evaluate(complaint_from({"text": text, "sex": "f"})).at_least == level
