"""What a check reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something an author should mend: which file and field, what, and how."""

    file: str
    field: str
    problem: str
    fix: str

    def as_data(self) -> dict[str, str]:
        return {
            "file": self.file,
            "field": self.field,
            "problem": self.problem,
            "fix": self.fix,
        }
