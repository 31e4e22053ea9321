"""Measure the screen against labelled cases: the table of `achemap evaluate triage`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from achemap.complaint import complaint_from
from achemap.errors import BadInput
from achemap.triage.evaluate import evaluate
from achemap.triage.loading import RuleSet, load_rules
from achemap.triage.records import LEVELS, RANK, Screen
from achemap.triage.walk import walked


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled case: what is acceptable, what came out, and by which rules."""

    id: str
    acceptable: tuple[str, ...]
    danger: bool
    in_scope: bool
    disposition: str
    at_least: str
    pages: int
    fired: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures. Shares are of the cases they name; `of` gives those numbers."""

    cases: int
    right: float
    emergencies_caught: float
    dangerous_to_selfcare: int
    under: int
    over_triaged_benign: float
    median_pages: float
    confusion: Mapping[str, Mapping[str, int]]
    of: Mapping[str, int]
    misses: tuple[Judged, ...] = field(default=())


def _complaint(case: Mapping[str, Any], answers: Mapping[str, str] | None) -> Any:
    """Build the complaint; a region that nobody knows is left out, not fatal."""
    given = {**case, "answers": dict(answers or case.get("answers") or {})}
    try:
        return complaint_from(given), ""
    except BadInput as error:
        if error.field != "regions":
            raise
        known = []
        for region in case.get("regions") or []:
            try:
                complaint_from({"regions": [region]})
            except BadInput:
                continue
            known.append(region)
        return complaint_from({**given, "regions": known}), str(error)


def judge(
    case: Mapping[str, Any],
    answers: Mapping[str, str] | None = None,
    rules: RuleSet | None = None,
) -> Judged:
    """Return what the screen makes of one labelled case."""
    known = rules or load_rules()
    complaint, problem = _complaint(case, answers)
    screen: Screen = evaluate(complaint, known)
    acceptable = tuple(case.get("acceptable") or [case["category"]])
    return Judged(
        id=str(case.get("id", "")),
        acceptable=acceptable,
        danger=bool(case.get("danger", "selfcare_ok" not in acceptable)),
        in_scope=bool(case.get("in_scope", True)),
        disposition=screen.disposition,
        at_least=screen.at_least,
        pages=walked(complaint, known),
        fired=tuple(f"{one.rule}:{one.level}" for one in screen.fired),
        problem=problem,
    )


def _outcome(one: Judged, text_only: bool) -> str:
    return one.at_least if text_only else one.disposition


def table_of(judged: Iterable[Judged], *, text_only: bool = False) -> Table:
    """Return the figures for judged cases; `text_only` reads `at_least`."""
    held = list(judged)
    confusion: dict[str, Counter[str]] = {}
    misses: list[Judged] = []
    right = under = to_selfcare = 0
    caught: list[bool] = []
    over: list[bool] = []
    for one in held:
        outcome = _outcome(one, text_only)
        best = max(one.acceptable, key=RANK.__getitem__)
        least = min(one.acceptable, key=RANK.__getitem__)
        confusion.setdefault(one.acceptable[0], Counter())[outcome] += 1
        rank = RANK.get(outcome, -1)
        if RANK[least] <= rank <= RANK[best]:
            right += 1
        else:
            misses.append(one)
        under += rank < RANK[least]
        to_selfcare += outcome == "selfcare_ok" and least != "selfcare_ok"
        if least == "emergency":
            caught.append(outcome == "emergency")
        if least == "selfcare_ok":
            over.append(rank > RANK[best])
    return Table(
        cases=len(held),
        right=right / max(1, len(held)),
        emergencies_caught=sum(caught) / max(1, len(caught)),
        dangerous_to_selfcare=to_selfcare,
        under=under,
        over_triaged_benign=sum(over) / max(1, len(over)),
        median_pages=float(median(one.pages for one in held)) if held else 0.0,
        confusion={name: dict(counts) for name, counts in confusion.items()},
        of={"emergencies": len(caught), "benign": len(over), "all": len(held)},
        misses=tuple(misses),
    )


def evaluate_file(
    cases: Iterable[Mapping[str, Any]],
    answers: Mapping[str, Mapping[str, str]] | None = None,
    rules: RuleSet | None = None,
) -> dict[str, Table]:
    """Return the tables `text` (words, age, sex, places) and, given answers, `answered`.

    `cases` have `acceptable` (levels) besides the batch input keys; `answers` maps a
    case's id to its answers.
    """
    listed = list(cases)
    found = {
        "text": table_of((judge(case, {}, rules) for case in listed), text_only=True)
    }
    if answers is not None:
        found["answered"] = table_of(
            judge(case, answers.get(str(case["id"]), {}), rules) for case in listed
        )
    return found


def as_lines(tables: Mapping[str, Table]) -> list[str]:
    """Return the tables as plain lines for the terminal."""
    lines: list[str] = []
    for name, table in tables.items():
        what = "text, age, sex and places only" if name == "text" else "with answers"
        lines += [
            f"{what}: {table.cases} cases",
            f"  right                    {table.right:7.1%}",
            f"  emergencies caught       {table.emergencies_caught:7.1%} of {table.of['emergencies']}",
            f"  dangerous to self-care   {table.dangerous_to_selfcare:7d}",
            f"  under-triaged            {table.under:7d}",
            f"  benign over-triaged      {table.over_triaged_benign:7.1%} of {table.of['benign']}",
            f"  median pages             {table.median_pages:7.1f}",
        ]
        for level in LEVELS:
            row = table.confusion.get(level)
            if row:
                counts = ", ".join(f"{got} {count}" for got, count in row.items())
                lines.append(f"  {level:13} -> {counts}")
        for one in table.misses:
            got = _outcome(one, name == "text")
            wanted = "/".join(one.acceptable)
            lines.append(
                f"  miss {one.id}: {got}, wanted {wanted}; {', '.join(one.fired[:3])}"
            )
    return lines
