"""Cases of our own, from the sources: answered as the person in the text would.

`said` holds what the text says; every other question is answered "no", also whether a
doctor has checked. The words alone only pre-fill: their figure is a floor, not a goal.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from achemap.library import load
from achemap.triage import load_rules
from achemap.triage.judging import Table, evaluate_file


RULES = load_rules()
CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("own_vignettes.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def answers(case: dict[str, Any]) -> dict[str, str]:
    """Return the honest answers to every question of the screen."""
    person = {
        "under-16": "yes" if case["age"] < 16 else "no",
        "over-50": "yes" if case["age"] >= 50 else "no",
    }
    return {**dict.fromkeys(RULES.questions, "no"), **person, **case["said"]}


def tables() -> dict[str, Table]:
    return evaluate_file(CASES, {one["id"]: answers(one) for one in CASES}, RULES)


def test_the_cases_are_many_and_cite_what_they_rest_on() -> None:
    assert len(CASES) >= 60
    known = load().sources
    for case in CASES:
        assert case["source"] == "own" or case["source"] in known, case["id"]
        assert case["said"].keys() <= RULES.questions.keys(), case["id"]


def test_answered_honestly_no_danger_goes_to_self_care() -> None:
    table = tables()["answered"]
    assert table.dangerous_to_selfcare == 0, table.misses
    assert table.under == 0, table.misses
    assert table.emergencies_caught >= 0.97
    assert table.over_triaged_benign <= 0.12
    assert table.of["emergencies"] >= 25
    assert table.of["benign"] >= 15


def test_words_alone_raise_most_and_never_the_benign() -> None:
    table = tables()["text"]
    assert table.emergencies_caught >= 0.9, table.misses
    assert table.over_triaged_benign == 0.0, table.misses
