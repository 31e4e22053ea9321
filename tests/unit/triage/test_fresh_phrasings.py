"""Rounds of wordings that were read once before anything was mended for them.

Each round was written before looking at what the words raise; the result of that first
reading stands in docs/safety/figures.md. Afterwards the words were mended in general
ways, and now each wording has to be raised, but for the known misses, and no benign
look-alike to urgent or above.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from achemap.complaint import complaint_from
from achemap.triage import evaluate
from achemap.triage.records import RANK


ROUNDS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("fresh_phrasings.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
KNOWN_MISSES = frozenset({"me and my girlfriend both wake up with headaches"})


def level_of(case: dict[str, Any]) -> int:
    given = {name: case[name] for name in case.keys() - {"round", "level"}}
    return RANK[evaluate(complaint_from(given)).at_least]


def is_known_miss(case: dict[str, Any]) -> bool:
    return any(case["text"].startswith(start) for start in KNOWN_MISSES)


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_every_wording_is_raised_to_its_level(level: str) -> None:
    missed = [
        case["text"]
        for case in ROUNDS
        if case["level"] == level
        and level_of(case) < RANK[level]
        and not is_known_miss(case)
    ]
    assert missed == []


def test_no_benign_look_alike_is_raised() -> None:
    raised = [
        case["text"]
        for case in ROUNDS
        if case["level"] == "benign" and level_of(case) >= RANK["urgent"]
    ]
    assert raised == []


def test_the_rounds_are_large() -> None:
    counts = Counter((case["round"], case["level"]) for case in ROUNDS)
    for number in {case["round"] for case in ROUNDS}:
        assert counts[number, "emergency"] >= 60
        assert counts[number, "urgent"] >= 40
        assert counts[number, "benign"] >= 60
    assert len({case["text"] for case in ROUNDS}) == len(ROUNDS)
