"""Pictures of patterns, drawn from their zones."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from achemap.library.records import Pattern


@dataclass(frozen=True, slots=True)
class Picture:
    """An inline drawing (`svg`) and the sentence that says what it shows (`alt`)."""

    svg: SafeString
    alt: str


def of_pattern(record: Pattern) -> Picture | None:
    """Return the picture of a pattern; None while the atlas of the body is not built."""
    return None


def small(pattern: str) -> Picture | None:
    """Return a small picture of a pattern for cards."""
    return None
