"""Signs of danger read from everyday words; what is denied or another's is not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from achemap.complaint import complaint_from
from achemap.library import load
from achemap.triage import evaluate, load_rules
from achemap.triage.evaluate import screen_of
from achemap.triage.reading import Given, given_by
from achemap.triage.records import RANK


RULES = load_rules()
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


def lines(name: str) -> list[dict[str, str]]:
    text = Path(__file__).with_name(name).read_text()
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    "case", lines("cue_phrasings.jsonl"), ids=lambda one: one["cue"]
)
def test_a_sign_is_read(case: dict[str, str]) -> None:
    assert case["cue"] in given_by(complaint_from({"text": case["text"]}), RULES).cues


def test_no_sign_can_go_deaf_unseen() -> None:
    """Take away the words of any one sign: a story, phrasing or reading test fails."""
    told = [*STORIES, *PHRASINGS]
    heard = [(RANK[one["level"]], given_by(complaint_from(one), RULES)) for one in told]
    read = {case["cue"] for case in lines("cue_phrasings.jsonl")}

    def is_missed(cue: str) -> bool:
        return cue in read or any(
            RANK[screen_of(deaf(given, cue), {}, RULES).at_least] < rank
            for rank, given in heard
            if cue in given.cues
        )

    assert [cue for cue in RULES.lexicon.cues if not is_missed(cue)] == []


def deaf(given: Given, cue: str) -> Given:
    """Return what was heard without one sign."""
    cues = {name: words for name, words in given.cues.items() if name != cue}
    return Given(given.zones, given.has_place, given.age, given.sex, cues)


SAYINGS = [
    (pattern.id, saying)
    for pattern in load().patterns.values()
    for saying in pattern.sayings
]


def test_everyday_sayings_are_not_misread_as_danger() -> None:
    """Of all sayings of the patterns, few are raised by a word that means another thing.

    `raised_sayings.jsonl` holds those that are raised to urgent or above, and whether
    that is right: the sign is in the words, a question has to settle it.
    """
    right = {one["text"] for one in lines("raised_sayings.jsonl") if one["right"]}
    raised: dict[str, list[str]] = {"urgent": [], "doctor_first": []}
    for _, text in SAYINGS:
        heard = given_by(complaint_from({"text": text}), RULES)
        if not heard.cues and heard.age is None:
            continue
        level = RANK[screen_of(heard, {}, RULES).at_least]
        if level >= RANK["urgent"] and text not in right:
            raised["urgent"].append(text)
        elif level == RANK["doctor_first"]:
            raised["doctor_first"].append(text)
    assert len(raised["urgent"]) <= 0.01 * len(SAYINGS), raised["urgent"]
    assert len(raised["doctor_first"]) <= 0.03 * len(SAYINGS)
