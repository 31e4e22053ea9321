"""Many threads may read their first record at once, as a fresh server process does."""

from __future__ import annotations

import subprocess
import sys


THREADS = """
import sys, threading
from achemap.library.loading import STARTER
from achemap.library.reading import parse_pattern

sys.setswitchinterval(1e-6)
texts = [file.read_text() for file in sorted((STARTER / "patterns").glob("*.md"))[:8]]
together = threading.Barrier(len(texts))

def read(text):
    together.wait()
    parse_pattern(text)

threads = [threading.Thread(target=read, args=(text,)) for text in texts]
for each in threads:
    each.start()
for each in threads:
    each.join()
"""


def test_the_first_records_are_read_by_several_threads() -> None:
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", THREADS], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
