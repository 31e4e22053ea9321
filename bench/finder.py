"""Speed and size of the finder against its targets; run by hand: `python bench/finder.py`.

Each line: what was measured, the target, and the ratio (1 or less is met). Times are
those of the processor and, where a reader waits, of the clock: on a busy machine the
clock tells of the neighbours too. `--paint` adds the painted simulation, `--left-out`
what happens when the right muscle is missing. Prints, asserts nothing.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from achemap.bundle import Bundle, compiled
from achemap.complaint import complaint_from
from achemap.finder import find
from achemap.finder.browser import files_of
from achemap.finder.painting import simulate_painting
from achemap.language import understand
from achemap.library import load
from achemap.triage import load_rules
from achemap.triage.compiling import compile_rules


BEFORE_PAINT = ("core.json", "cells.bin")
WORDS = ("words.json", "words.bin", "danger.json")


def _line(what: str, value: float, target: float, unit: str, better: str = "<") -> None:
    ratio = value / target if better == "<" else target / value
    met = "met" if ratio <= 1 else "MISSED"
    print(
        f"{what:34}{value:10.2f} {unit:8} target {target:8.2f}  ratio {ratio:5.2f}  {met}"
    )


def _median_ms(action: Callable[[int], object], rounds: int) -> float:
    times = []
    for at in range(rounds):
        start = time.process_time()
        action(at)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def _speed(bundle: Bundle) -> None:
    texts = [text for each in load().patterns.values() for text in each.sayings]
    longer = [". ".join(texts[at : at + 3]) for at in range(0, len(texts) - 3, 3)]

    def one(at: int) -> None:
        find(complaint_from({"text": longer[at]}, lexicon=bundle.lexicon), bundle)

    def stroke(at: int) -> None:
        first = 4000 + at * 7
        find(complaint_from({"cells": list(range(first, first + 120))}), bundle)

    one(0)
    heard = _median_ms(lambda at: understand(longer[at], lexicon=bundle.lexicon), 400)
    print(f"{'understand three sayings':34}{heard:10.2f} ms")
    _line("find three sayings", _median_ms(one, 400), 2.0, "ms")
    _line("find 120 painted cells", _median_ms(stroke, 200), 2.0, "ms")
    start, count = time.process_time(), min(2000, len(texts))
    for text in texts[:count]:
        find(complaint_from({"text": text}, lexicon=bundle.lexicon), bundle)
    rate = count / (time.process_time() - start)
    _line("batch of single sayings", rate, 1000, "texts/s", ">")


def _cold() -> None:
    command = [str(Path(sys.executable).parent / "achemap"), "find", "my knee aches"]
    walls, works = [], []
    for _ in range(7):
        start, before = time.perf_counter(), os.times()
        subprocess.run([*command, "--json"], check=True, capture_output=True)
        after = os.times()
        walls.append(time.perf_counter() - start)
        works.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    _line("achemap find, cold, clock", min(walls), 0.35, "s")
    _line("achemap find, cold, processor", min(works), 0.35, "s")


def _sizes(bundle: Bundle) -> None:
    danger = json.dumps(compile_rules(load_rules()), separators=(",", ":")).encode()
    held = {**files_of(bundle), "danger.json": danger}
    packed = {name: len(gzip.compress(data, 9)) for name, data in held.items()}
    for name, data in held.items():
        print(f"{name:16}{len(data):10,} bytes {packed[name]:9,} gzipped")
    paint = sum(packed[name] for name in BEFORE_PAINT) / 1000
    words = sum(packed[name] for name in WORDS) / 1000
    _line("before painting works", paint, 200, "kB")
    _line("words, loaded while typing", words, 400, "kB")


def main() -> None:
    """Print every figure."""
    start = time.process_time()
    bundle = compiled()
    print(bundle.describe())
    print(f"compiled() took {time.process_time() - start:.2f} s of the processor")
    _speed(bundle)
    _cold()
    _sizes(bundle)
    if "--paint" in sys.argv:
        found = simulate_painting(bundle=bundle).as_data()
        _line("painted, first three", found["top3"], 0.9, "share", ">")
        print(found)
    if "--left-out" in sys.argv:
        from achemap.finder.leaving import figures, rounds

        for name, kind in zip(("single", "pairs"), rounds(load(), bundle), strict=True):
            print(f"muscle left out, {name}: {figures(kind, bundle.tables.settings)}")


if __name__ == "__main__":
    main()
