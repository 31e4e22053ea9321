"""The one error that bad input raises, whatever part of Achemap notices it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import process


class BadInput(ValueError):
    """Input that cannot be used, said in one line that names where and what to do.

    `file`, `line` (1-based) and `field` say where; `fix` says what would be right.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        field: str | None = None,
        fix: str | None = None,
    ) -> None:
        self.message = message
        self.file = None if file is None else str(file)
        self.line = line
        self.field = field
        self.fix = fix
        super().__init__(message)

    def __str__(self) -> str:
        where = self.file or ""
        if self.line is not None:
            where += f":{self.line}"
        parts = [part for part in (where, self.field) if part]
        text = ": ".join([*parts, self.message])
        if self.fix:
            text += f" ({self.fix})"
        return " ".join(text.split())


def nearest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to `limit` of the `known` names most like `name`, best first."""
    found = process.extract(name, list(known), limit=limit, score_cutoff=55)
    return [str(match[0]) for match in found]


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the `fix` words for an unknown name: the nearest known ones."""
    names = nearest(name, known)
    return f"did you mean {', '.join(names)}?" if names else "no known name is near"
