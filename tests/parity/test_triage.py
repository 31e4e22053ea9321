"""The browser's evaluation of the danger screen gives what Python gives."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from achemap.triage import load_rules
from achemap.triage.compiling import compile_rules
from achemap.triage.evaluate import screen_of
from achemap.triage.reading import Given


ROOT = Path(__file__).parents[2]
MODULE = ROOT / "src/achemap_site/static/achemap/triage/rules.js"
RULES = load_rules()
RUNNER = """
import { readFileSync } from "node:fs";
import { evaluate, prepare } from "MODULE";
const { set, vectors } = JSON.parse(readFileSync(0, "utf8"));
const known = prepare(set);
const out = vectors.map(({ given, answers }) => {
  const screen = evaluate(known, given, answers);
  return [screen.disposition, screen.atLeast, screen.fired.map((one) => [one.rule, one.level, one.because]),
    screen.ask.map((one) => [one.id, one.level]), screen.care];
});
process.stdout.write(JSON.stringify(out));
"""


def vectors(count: int) -> list[dict[str, Any]]:
    """Return random complaints: zones, person, danger words and answers."""
    dice = random.Random(20261123)
    zones, cues = sorted(RULES.zones), sorted(RULES.lexicon.cues)
    names = sorted(RULES.questions)
    made = []
    for number in range(count):
        calm = number % 2 == 0
        answers = {}
        for name in names if calm else dice.sample(names, dice.randint(0, 40)):
            worry = RULES.questions[name].worry
            ease = "no" if worry == "yes" else "yes"
            if calm:
                answers[name] = dice.choices([ease, worry, "unknown"], [96, 2, 2])[0]
            else:
                answers[name] = dice.choice(["yes", "no", "unknown"])
        here = dice.sample(zones, dice.randint(0, 3))
        given = {
            "zones": here,
            "hasPlace": bool(here),
            "age": dice.choice([None, 8, 15, 24, 44, 55, 63, 72, 90]),
            "sex": dice.choice([None, "f", "m"]),
            "cues": dict.fromkeys(
                dice.sample(cues, dice.choice([0, 0, 0, 1, 2])), "these words"
            ),
        }
        made.append({"given": given, "answers": answers})
    return made


def expected(vector: dict[str, Any]) -> list[Any]:
    held = vector["given"]
    given = Given(
        frozenset(held["zones"]),
        held["hasPlace"],
        held["age"],
        held["sex"],
        held["cues"],
    )
    screen = screen_of(given, vector["answers"], RULES)
    return [
        screen.disposition,
        screen.at_least,
        [[one.rule, one.level, list(one.because)] for one in screen.fired],
        [[one.id, one.level] for one in screen.ask],
        sorted(screen.care),
    ]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_same_screen_in_node() -> None:
    made = vectors(1000)
    said = subprocess.run(
        [
            "node",
            "--input-type=module",
            "-e",
            RUNNER.replace("MODULE", MODULE.as_uri()),
        ],
        input=json.dumps({"set": compile_rules(RULES), "vectors": made}),
        capture_output=True,
        text=True,
        check=True,
    )
    for vector, got in zip(made, json.loads(said.stdout), strict=True):
        assert got == expected(vector), vector


@pytest.mark.browser
def test_the_same_screen_in_a_browser(page: Any) -> None:
    made = vectors(1000)
    page.goto("about:blank")
    source = MODULE.read_text(encoding="utf-8")
    got = page.evaluate(
        """async ([source, set, vectors]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { evaluate, prepare } = await import(url);
            const known = prepare(set);
            return vectors.map(({ given, answers }) => {
                const screen = evaluate(known, given, answers);
                return [screen.disposition, screen.atLeast,
                    screen.fired.map((one) => [one.rule, one.level, one.because]),
                    screen.ask.map((one) => [one.id, one.level]), screen.care];
            });
        }""",
        [source, compile_rules(RULES), made],
    )
    assert got == [expected(vector) for vector in made]


def test_the_rules_are_small() -> None:
    import gzip

    text = json.dumps(compile_rules(RULES), separators=(",", ":"), ensure_ascii=False)
    assert len(gzip.compress(text.encode())) <= 80_000
