"""How fast and how lean an export is converted.

    .venv/bin/python bench/wordpress.py [posts] [folder] [export.xml]

Makes an export of all formats and damage (unless one is named), runs the command on
it, and prints posts a second of processor time and the most memory that it held. The
time to start (load library and lexicon) is measured apart, on an export of one post.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "achemap.cli", "convert-wordpress"]


def made(path: Path, posts: int) -> Path:
    """Write an export of so many posts."""
    tool = ROOT / "tools" / "make_wordpress_export"
    subprocess.run(
        [sys.executable, tool, "--posts", str(posts), "--out", path],
        check=True,
        capture_output=True,
    )
    return path


def measured(export: Path, folder: Path) -> tuple[float, float]:
    """Return seconds of processor time and megabytes that converting takes."""
    folder.mkdir()
    child = subprocess.Popen(
        [*COMMAND, export, "--out", folder / "out", "--report", folder / "report.json"],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit("the command failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    base = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory(dir=base) as name:
        folder = Path(name)
        given = Path(sys.argv[3]) if len(sys.argv) > 3 else None
        export = given or made(folder / "export.xml", posts)
        start, _ = measured(made(folder / "one.xml", 1), folder / "one")
        begun = time.perf_counter()
        spent, memory = measured(export, folder / "all")
        wall = time.perf_counter() - begun
        report = json.loads((folder / "all" / "report.json").read_bytes())
        done = report["posts_converted"]
        print(f"export      {done} posts, {export.stat().st_size / 1e6:.0f} MB")
        print(f"start       {start:.1f} s")
        print(f"rate        {done / (spent - start):.0f} posts a second of one core")
        print(f"wall        {wall:.0f} s")
        print(f"memory      {memory:.0f} MB at most")
        print(f"words lost  {report['words_lost']} of {report['words_in']}")


if __name__ == "__main__":
    main()
