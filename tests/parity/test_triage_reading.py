"""The browser reads the same signs of danger in a text as Python does."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from achemap.triage import load_rules
from achemap.triage.compiling import compile_rules
from achemap.triage.reading import heard_in


ROOT = Path(__file__).parents[2]
MODULE = ROOT / "src/achemap_site/static/achemap/triage/cues.js"
STORIES = ROOT / "tests/unit/triage/stories.jsonl"
FRESH = ROOT / "tests/unit/triage/fresh_phrasings.jsonl"
RULES = load_rules()
RUNNER = """
import { readFileSync } from "node:fs";
import { prepareWords, read } from "MODULE";
const { words, texts } = JSON.parse(readFileSync(0, "utf8"));
const known = prepareWords(words);
process.stdout.write(JSON.stringify(texts.map((text) => {
  const { cues, zones } = read(text, known);
  return [Object.keys(cues).sort(), zones];
})));
"""


def texts() -> list[str]:
    """Return the stories, and stories shuffled, cut and joined with denials."""
    told = [json.loads(line)["text"] for line in STORIES.read_text().splitlines()]
    dice = random.Random(5)
    made = list(told)
    for _ in range(400):
        one, two = dice.choice(told).split(), dice.choice(told).split()
        cut = dice.randint(0, len(one))
        joint = dice.choice(
            ["no", "but", "and", ", not", ". My mum had", "or", "last year"]
        )
        made.append(" ".join([*one[:cut], joint, *two[dice.randint(0, len(two)) :]]))
    made += [json.loads(line)["text"] for line in FRESH.read_text().splitlines()]
    made += [
        "Temp of 38.9, 0.5 mg",
        "mum's skin's yelow, sweling, unable to pee",
        "it's",
    ]
    return made


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_same_reading_in_node() -> None:
    told = texts()
    said = subprocess.run(
        [
            "node",
            "--input-type=module",
            "-e",
            RUNNER.replace("MODULE", MODULE.as_uri()),
        ],
        input=json.dumps({"words": compile_rules(RULES)["words"], "texts": told}),
        capture_output=True,
        text=True,
        check=True,
    )
    for text, got in zip(told, json.loads(said.stdout), strict=True):
        heard = heard_in(text, (), RULES)
        assert got == [sorted(heard.cues), sorted(heard.zones)], text
