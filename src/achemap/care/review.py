"""When the rules, contraindications, numbers and sources are to be read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import yaml

from achemap.care.conditions import FILE, conditions_due
from achemap.errors import BadInput
from achemap.library.records import Source
from achemap.triage.loading import RULES, rule_files


# Content without review for 24 months is too old to stand.
SOURCE_LASTS = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Due:
    """A record and the day by which it has to be reviewed; no file for a source."""

    kind: Literal["rule", "contraindications", "emergency numbers", "source"]
    record: str
    file: Path | None
    review_by: date


def review_dates(sources: Iterable[Source] = ()) -> Iterator[Due]:
    """Yield every record of the screen and of care that has a review date.

    `sources` (of the library) are due two years after they were last seen. Raises
    BadInput for a date that is none.
    """
    for file, held in rule_files(RULES):
        for rule in held.rules:
            yield Due("rule", rule.id, file, _date(rule.review_by, file, rule.id))
    yield Due("contraindications", "contraindications", FILE, conditions_due())
    numbers = RULES / "emergency-numbers.yaml"
    told = yaml.safe_load(numbers.read_text(encoding="utf-8"))
    said = str(told.get("review-by"))
    yield Due(
        "emergency numbers",
        "emergency-numbers",
        numbers,
        _date(said, numbers, "review-by"),
    )
    for source in sources:
        yield Due("source", source.key, None, source.seen + SOURCE_LASTS)


def overdue(today: date, sources: Iterable[Source] = ()) -> tuple[Due, ...]:
    """Return the records whose review date is before `today`, the oldest first."""
    late = [due for due in review_dates(sources) if due.review_by < today]
    return tuple(sorted(late, key=lambda due: (due.review_by, due.kind, due.record)))


def _date(said: str, file: Path, field: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        fix = "give a day such as 2028-11-23"
        raise BadInput(f"{said} is no day", file=file, field=field, fix=fix) from error
