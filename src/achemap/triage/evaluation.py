"""Read labelled vignettes and answers, and report the screen's figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from achemap.errors import BadInput
from achemap.triage.judging import Table, as_lines
from achemap.triage.judging import evaluate_file as tables_of
from achemap.triage.loading import RuleSet


@dataclass(frozen=True, slots=True)
class Report:
    """The tables by name: `text`, and `answered` when answers were given."""

    tables: Mapping[str, Table]

    def as_data(self) -> dict[str, Any]:
        """Return the tables as plain data for JSON."""
        return {name: asdict(table) for name, table in self.tables.items()}

    def as_text(self) -> str:
        """Return the tables for people at a terminal."""
        return "\n".join(as_lines(self.tables))


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                held = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadInput("is not JSON", file=file, line=number) from error
            if not isinstance(held, dict) or "id" not in held:
                raise BadInput("has no id", file=file, line=number, field="id")
            yield number, held


def _cases(file: Path) -> list[dict[str, Any]]:
    cases = []
    for number, held in _lines(file):
        if not (held.get("acceptable") or held.get("category")):
            raise BadInput(
                "says no right level",
                file=file,
                line=number,
                field="acceptable",
                fix='give "acceptable": [level, …]',
            )
        cases.append(held)
    if not cases:
        raise BadInput("holds no cases", file=file)
    return cases


def _answers(file: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for number, held in _lines(file):
        answers = held.get("answers")
        if not isinstance(answers, dict):
            raise BadInput("has no answers", file=file, line=number, field="answers")
        found[str(held["id"])] = answers
    return found


def evaluate_file(
    file: Path, answers: Path | None = None, rules: RuleSet | None = None
) -> Report:
    """Return the figures for the labelled cases of `file`.

    `answers` holds one `{"id", "answers": {question: yes|no|unknown}}` a line. Raises
    BadInput naming the file and line.
    """
    given = None if answers is None else _answers(answers)
    return Report(tables_of(_cases(file), given, rules))
