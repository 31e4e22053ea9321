"""Whole exports: killed and run again, run twice, run on what is not an export."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from achemap.errors import BadInput
from achemap.wordpress.running import UNFINISHED, convert_export


TOOL = Path(__file__).parents[3] / "tools" / "make_wordpress_export"
_RUN = """
import sys
from pathlib import Path
from achemap.wordpress.running import convert_export
convert_export(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), {})
"""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "export.xml"
    subprocess.run(
        [sys.executable, TOOL, "--posts", "60", "--seed", "5", "--out", path],
        check=True,
        capture_output=True,
    )
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def killed(export: Path, folder: Path, when: Callable[[], bool]) -> bool:
    """Start a conversion, kill -9 it when `when` says so; return whether it was cut."""
    child = subprocess.Popen(
        [sys.executable, "-c", _RUN, export, folder / "out", folder / "report.json"]
    )
    while child.poll() is None:
        if when():
            child.send_signal(signal.SIGKILL)
            break
    return child.wait() == -signal.SIGKILL


def count(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*.json")) if folder.is_dir() else 0


def test_killed_anywhere_it_ends_as_if_nothing_had_happened(
    export: Path, tmp_path: Path
) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    for folder in (whole, cut):
        folder.mkdir()
    convert_export(export, whole / "out", whole / "report.json", {})
    moments = random.Random(11)
    stage, drafts = cut / "out" / UNFINISHED / "drafts", cut / "out" / "drafts"

    cuts = 0
    for reached in moments.sample(range(1, 50), 3):
        cuts += killed(export, cut, lambda n=reached: count(stage) >= n)
        assert not (cut / "report.json").exists()
    cuts += killed(export, cut, lambda: count(drafts) >= moments.randrange(1, 40))
    convert_export(export, cut / "out", cut / "report.json", {})

    assert cuts >= 3
    assert contents(cut) == contents(whole)


def test_a_second_run_changes_no_byte_and_no_time(export: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "out", tmp_path / "report.json"
    convert_export(export, out, report, {})
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}

    again = convert_export(export, out, report, {})

    assert again["files_changed"] == 0
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.json")} == before


def test_ids_stay_when_titles_change(export: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "out", tmp_path / "report.json"
    convert_export(export, out, report, {})
    names = sorted(path.name for path in (out / "drafts").iterdir())
    renamed = tmp_path / "renamed.xml"
    renamed.write_text(
        export.read_text(encoding="utf-8").replace("<title>", "<title>New "),
        encoding="utf-8",
    )

    convert_export(renamed, out, report, {})

    assert sorted(path.name for path in (out / "drafts").iterdir()) == names


def test_every_post_of_every_form_is_accounted_for(
    export: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    convert_export(export, tmp_path / "out", report, {})

    data = json.loads(report.read_text(encoding="utf-8"))
    things = ("words", "links", "pictures", "videos", "audio", "embeds", "tables", "shortcodes")  # fmt: skip
    for thing in things:
        assert data[f"{thing}_lost"] == 0
        assert data[f"{thing}_in"] == data[f"{thing}_placed"] + data[f"{thing}_not_placed"]  # fmt: skip
        assert data[f"{thing}_in"] == sum(post[f"{thing}_in"] for post in data["posts"])
    assert data["posts_converted"] == len(data["posts"]) == 60
    assert data["attachments"] == 60
    assert data["doubled_paragraphs"] > 0
    assert set(data["generations"]) >= {"G0", "G1", "G2", "G3", "S0", "T1"}


def test_a_broken_export_leaves_what_was_there(export: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "out", tmp_path / "report.json"
    convert_export(export, out, report, {})
    before = contents(tmp_path)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "export.xml").write_bytes(export.read_bytes()[:-400])

    with pytest.raises(BadInput, match="not whole XML"):
        convert_export(broken / "export.xml", out, report, {})

    (broken / "export.xml").unlink()
    assert contents(tmp_path) == before


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(b"<?xml version='1.0'?><rss><channel><item></channel></rss>")

    run = subprocess.run(
        [
            *(sys.executable, "-m", "achemap.cli", "convert-wordpress", path),
            *("--out", tmp_path / "out", "--report", tmp_path / "report.json"),
        ],
        check=False,
        capture_output=True,
        text=True,
    )

    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "export.xml:1" in run.stderr
    assert not (tmp_path / "report.json").exists()
    assert contents(tmp_path / "out") == {}
