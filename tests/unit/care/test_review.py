"""Records of the screen and of care do not outlive their review dates."""

from __future__ import annotations

from datetime import date

from achemap.care.review import overdue, review_dates
from achemap.library import load
from achemap.triage import load_rules


def test_every_rule_list_and_source_has_a_date() -> None:
    sources = load().sources
    dates = list(review_dates(sources.values()))
    named = {due.record for due in dates if due.kind == "rule"}
    assert named == load_rules().rules.keys()
    assert {due.record for due in dates if due.kind == "source"} == sources.keys()
    kinds = {due.kind for due in dates}
    assert kinds == {"rule", "contraindications", "emergency numbers", "source"}
    assert all(due.file is None or due.file.exists() for due in dates)


def test_late_records_are_listed_oldest_first() -> None:
    assert overdue(date(2026, 11, 24)) == ()
    late = overdue(date(2100, 1, 1), load().sources.values())
    assert len(late) == len(list(review_dates(load().sources.values())))
    assert [due.review_by for due in late] == sorted(due.review_by for due in late)
    assert overdue(date(2027, 11, 25))[0].record == "emergency-numbers"
