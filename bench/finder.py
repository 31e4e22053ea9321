"""Speed of the finder; run by hand: `python bench/finder.py`. Prints, asserts nothing.

Cold start of the command, one text find, a batch, a stroke re-rank, the sizes of the
browser's files, and the painted simulation when asked for (`--paint`).
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from achemap.bundle import compiled, write
from achemap.complaint import complaint_from
from achemap.finder import find
from achemap.finder.painting import simulate_painting
from achemap.language import understand
from achemap.library import load


def _median_ms(action, rounds: int) -> float:
    times = []
    for at in range(rounds):
        start = time.perf_counter()
        action(at)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    start = time.perf_counter()
    bundle = compiled()
    print(bundle.describe())
    print(f"compiled() took {time.perf_counter() - start:.2f} s")
    texts = [text for each in load().patterns.values() for text in each.sayings]
    longer = [". ".join(texts[at : at + 3]) for at in range(0, len(texts) - 3, 3)]

    def one(at: int) -> None:
        complaint = complaint_from({"text": longer[at]}, lexicon=bundle.lexicon)
        find(complaint, bundle)

    def stroke(at: int) -> None:
        first = 4000 + at * 7
        find(complaint_from({"cells": list(range(first, first + 120))}), bundle)

    one(0)
    print(
        f"understand, 3 sayings  {_median_ms(lambda at: understand(longer[at]), 400):6.2f} ms"
    )
    print(f"find, 3 sayings        {_median_ms(one, 400):6.2f} ms")
    print(f"find, 120 cells        {_median_ms(stroke, 200):6.2f} ms")
    start = time.perf_counter()
    for text in texts[:2000]:
        find(complaint_from({"text": text}, lexicon=bundle.lexicon), bundle)
    print(
        f"batch                  {min(2000, len(texts)) / (time.perf_counter() - start):6.0f} texts/s"
    )
    command = [
        str(Path(sys.executable).parent / "achemap"),
        "find",
        "my knee aches",
        "--json",
    ]
    cold = _median_ms(
        lambda _: subprocess.run(command, check=True, capture_output=True), 7
    )
    print(f"achemap find, cold     {cold:6.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), bundle)
        for path in sorted(Path(folder).iterdir()):
            held = path.read_bytes()
            print(
                f"{path.name:15}{len(held):10,} bytes {len(gzip.compress(held, 9)):9,} gzipped"
            )
    if "--paint" in sys.argv:
        print(simulate_painting(bundle=bundle).as_data())


if __name__ == "__main__":
    main()
