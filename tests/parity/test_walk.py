"""The device packs the questions into the same pages as the server."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from achemap.triage.records import Ask
from achemap.triage.walk import _packed


MODULE = Path(__file__).parents[2] / "src/achemap_site/static/achemap/finder/danger.js"
RUNNER = """
import { readFileSync } from "node:fs";
import { packed } from "MODULE";
const out = JSON.parse(readFileSync(0, "utf8")).map(({ sizes, done }) =>
  packed(sizes.map((size, at) => ({ topic: `t${at}`, asks: Array(size).fill(0) })), done)
    .map((page) => page.map(({ topic }) => topic)));
process.stdout.write(JSON.stringify(out));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_same_pages_in_node() -> None:
    dice = random.Random(20261124)
    cases = [
        {
            "sizes": [dice.randint(1, 14) for _ in range(dice.randint(1, 18))],
            "done": dice.randint(0, 13),
        }
        for _ in range(300)
    ]
    said = subprocess.run(
        [
            "node",
            "--input-type=module",
            "-e",
            RUNNER.replace("MODULE", MODULE.as_uri()),
        ],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    ask = Ask("q", "Question?", "Question", "t", "urgent")
    for case, got in zip(cases, json.loads(said.stdout), strict=True):
        topics = {f"t{at}": (ask,) * size for at, size in enumerate(case["sizes"])}
        assert got == [list(page) for page in _packed(topics, case["done"])], case
