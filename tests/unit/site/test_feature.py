from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from achemap_site.authoring.feature import monday, rotation


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 1, 1))
PATTERNS = st.lists(st.text("abcdef", min_size=1), min_size=1, max_size=40, unique=True)


@given(DAYS)
def test_a_week_begins_on_monday(day: date) -> None:
    assert monday(day).weekday() == 0
    assert monday(day).isocalendar()[:2] == day.isocalendar()[:2]


@given(PATTERNS, DAYS)
def test_the_pattern_stays_for_the_whole_iso_week(
    patterns: list[str], day: date
) -> None:
    first = monday(day)

    assert {rotation(patterns, first + timedelta(days=n)) for n in range(7)} == {
        rotation(patterns, day)
    }


@given(PATTERNS, DAYS)
def test_each_pattern_has_its_turn_once_in_a_round(
    patterns: list[str], day: date
) -> None:
    turns = Counter(
        rotation(patterns, day + timedelta(weeks=n)) for n in range(len(patterns))
    )

    assert set(turns.values()) == {1}


def test_no_pattern_no_feature() -> None:
    assert rotation([], date(2026, 11, 24)) is None


def test_parts_of_one_muscle_do_not_follow_each_other() -> None:
    names = [f"gluteus-{part}" for part in "abcdef"] + [f"soleus-{n}" for n in "abcdef"]
    turns = [
        rotation(names, date(2026, 11, 24) + timedelta(weeks=n)) or ""
        for n in range(len(names))
    ]

    assert sum(a[:3] == b[:3] for a, b in pairwise(turns)) < len(names) - 2
