"""How long one evaluation takes: `python bench/triage.py`."""

from __future__ import annotations

import gzip
import json
import time

from achemap.complaint import complaint_from
from achemap.triage import evaluate, load_rules
from achemap.triage.compiling import compile_rules
from achemap.triage.evaluate import screen_of
from achemap.triage.reading import given_by


TEXT = "For six weeks a burning ache over my kidneys, worse when I cough, no fever."
ROUNDS = 300


def main() -> None:
    rules = load_rules()
    answers = {
        name: "yes" if one.worry == "no" else "no"
        for name, one in rules.questions.items()
    }
    complaint = complaint_from({"text": TEXT, "age": 46, "sex": "m"})
    given = given_by(complaint, rules)
    for name, held in (("no answers", {}), ("all answers", answers)):
        start = time.perf_counter()
        for _ in range(ROUNDS):
            screen_of(given, held, rules)
        print(
            f"evaluation, {name}: {(time.perf_counter() - start) / ROUNDS * 1e3:.2f} ms"
        )
    start = time.perf_counter()
    for number in range(ROUNDS):
        evaluate(complaint_from({"text": f"{TEXT} {number}", "age": 46, "sex": "m"}))
    print(
        f"reading and evaluation: {(time.perf_counter() - start) / ROUNDS * 1e3:.2f} ms"
    )
    held = compile_rules(rules)
    words = held.pop("words")
    print(f"rules and questions: {_packed(held):.1f} kB gzipped, target 60")
    print(f"danger words: {_packed(words):.1f} kB gzipped")


def _packed(held: object) -> float:
    return len(gzip.compress(json.dumps(held, separators=(",", ":")).encode(), 9)) / 1e3


if __name__ == "__main__":
    main()
