"""Which pattern is featured this week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256


def monday(day: date) -> date:
    """Return the Monday of the ISO week that holds `day`."""
    return day - timedelta(days=day.weekday())


def rotation(patterns: Sequence[str], day: date) -> str | None:
    """Return the pattern whose turn it is in the ISO week of `day`.

    Weeks are counted without a break over the years, and `patterns` are taken in
    turn, so that within as many weeks as there are patterns each has one week. The
    order is mixed, or parts of one muscle would follow each other for weeks.
    """
    if not patterns:
        return None
    week = monday(day).toordinal() // 7
    return sorted(patterns, key=_mixed)[week % len(patterns)]


def _mixed(name: str) -> bytes:
    return sha256(name.encode()).digest()
