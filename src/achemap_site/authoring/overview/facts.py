"""What a page has and lacks: plain functions over one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from achemap_site.patterns.fronts import items
from achemap_site.patterns.models import PatternPage, RecordPage


Test = Callable[[Any], bool]
SAYINGS = 25


def _has_text(field: str) -> Test:
    return lambda page: bool(strip_tags(str(getattr(page, field, "") or "")).strip())


def _blocks(page: Any, field: str) -> list[Mapping[str, Any]]:
    return list(getattr(page, field).raw_data)


def _essential(page: Any) -> bool:
    return any(
        each["value"].get("level") == "essential" for each in _blocks(page, "zones")
    )


def _told_apart(page: Any) -> bool:
    every = _blocks(page, "similar")
    return bool(every) and all(each["value"].get("tell_apart") for each in every)


# What a pattern is asked for: id, what is said when it is missing, the test.
PATTERN: Sequence[tuple[str, Any, Test]] = (
    ("describe", _("how people describe it"), _has_text("describe")),
    ("activate", _("what sets it off"), _has_text("activate")),
    ("relief", _("getting relief"), _has_text("relief")),
    ("anatomy", _("the anatomy"), _has_text("anatomy")),
    ("therapy-notes", _("therapy notes"), _has_text("therapy_notes")),
    ("zones", _("zones, so no picture"), _essential),
    ("points", _("trigger points"), lambda page: bool(_blocks(page, "points"))),
    ("muscles", _("muscles"), lambda page: bool(_blocks(page, "muscles"))),
    ("signs", _("three signs"), lambda page: len(_blocks(page, "signs")) >= 3),
    ("sayings", _("25 sayings"), lambda page: len(items(page.sayings)) >= SAYINGS),
    ("similar", _("look-alikes told apart"), _told_apart),
    ("care", _("timed self-care"), lambda page: bool(_blocks(page, "care"))),
    ("see-someone", _("when to see someone"), lambda page: bool(page.see_someone)),
    ("sources", _("two sources"), lambda page: len(items(page.sources)) >= 2),
    ("second-reader", _("a second reader"), lambda page: bool(page.reviewed)),
)


def _others(page: Any) -> Sequence[tuple[str, Any, Test]]:
    found: list[tuple[str, Any, Test]] = [
        (field, _("text"), _has_text(field)) for field in page.prose
    ]
    if hasattr(page, "sources"):
        found.append(("sources", _("sources"), lambda p: bool(items(p.sources))))
    if hasattr(page, "reviewed"):
        found.append(
            ("second-reader", _("a second reader"), lambda p: bool(p.reviewed))
        )
    return found


def missing(page: RecordPage) -> tuple[list[tuple[str, str]], int]:
    """Return ((id, what is missing) …, how complete the page is in per cent)."""
    tests = PATTERN if isinstance(page, PatternPage) else _others(page)
    lacks = [(name, str(words)) for name, words, test in tests if not test(page)]
    share = round(100 * (len(tests) - len(lacks)) / len(tests)) if tests else 100
    return lacks, share


def similar_of(page: PatternPage) -> set[str]:
    """Return the patterns that a pattern names as similar."""
    return {
        str(each["value"].get("pattern", "")) for each in _blocks(page, "similar")
    } - {""}


def one_sided(similar: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Return, by pattern, the look-alikes that do not name it back."""
    found = {
        record: sorted(
            other
            for other in named
            if other in similar and record not in similar[other]
        )
        for record, named in similar.items()
    }
    return {record: others for record, others in found.items() if others}
