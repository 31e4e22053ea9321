"""The command: exit codes, one line of error, JSON, batches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from achemap import __version__
from achemap.cli import main


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given)


def test_version_and_help_of_every_command() -> None:
    assert __version__ in run("--version").output
    for name in main.commands:
        assert run(name, "--help").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "serratus-posterior-inferor"), "serratus-posterior-inferior"),
        (("region", "nowhere at all"), "nowhere at all"),
        (("triage", "sore back", "--answer", "fever"), "QUESTION=yes|no|unknown"),
        (
            ("triage", "sore", "--answer", "fever=yes", "--answer", "fever=no"),
            "given twice",
        ),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    arguments: tuple[str, ...], says: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_regions_as_json() -> None:
    listed = json.loads(run("regions", "--json").stdout)["regions"]
    assert {"id", "name", "term", "parent", "synonyms", "choir"} == set(listed[0])


def test_a_region_by_a_lay_name_gives_its_patterns_strongest_first() -> None:
    found = json.loads(run("region", "kidney area", "--json").stdout)
    levels = [each["level"] for each in found["patterns"]]
    assert levels == sorted(levels, key=["essential", "common", "spillover"].index)


def test_a_batch_answers_each_line_in_order() -> None:
    lines = [{"id": n, "text": text} for n, text in enumerate(["sore knee", "", "hip"])]
    result = run(
        "triage", "--batch", "-", given="\n\n".join(json.dumps(each) for each in lines)
    )
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [0, 1, 2]


def test_a_broken_line_of_a_batch_is_named(tmp_path: Path) -> None:
    file = tmp_path / "complaints.jsonl"
    file.write_text('{"id": 1, "text": "sore knee"}\n[]\n')
    result = run("triage", "--batch", str(file))
    assert result.exit_code == 2
    assert f"{file}" in result.stderr
    assert "2" in result.stderr.removeprefix(f"achemap: {file}")
