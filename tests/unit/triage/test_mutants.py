"""No rule, way, place or question can be weakened without a case that fails."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from achemap.triage import load_rules


HERE = Path(__file__).parent
RULES = load_rules()
_spec = importlib.util.spec_from_file_location("mutants", HERE / "mutants.py")
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "behaviours.jsonl").read_text().splitlines()
]


def test_the_screen_behaves_as_told() -> None:
    wrong = [case for case in CASES if not made.behaves(case, RULES)]
    assert wrong == []


def test_no_mutant_survives() -> None:
    weaker = list(made.mutants(RULES))
    assert len(weaker) > 1200
    survivors = [
        name
        for name, what, mutant in weaker
        if all(made.behaves(case, mutant) for case in made.near(what, mutant, CASES))
    ]
    assert survivors == []
