"""Segments of a post into our five sections; what has no place is listed with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from achemap.wordpress.generations import Generation, PostKind
from achemap.wordpress.segments import Segment
from achemap.wordpress.vocabulary import (
    Place,
    Section,
    cue_scores,
    has_mark,
    place_of_heading,
)


SECTIONS: tuple[Section, ...] = (
    "describe",
    "activate",
    "relief",
    "anatomy",
    "therapy_notes",
)
# The section that all of a post belongs to when its kind says so.
_HOME: dict[PostKind, Section] = {
    "self-care": "relief",
    "therapist-notes": "therapy_notes",
    "functional-anatomy": "anatomy",
    "protocol": "therapy_notes",
    "technique": "relief",
}
# Old three-part posts hold aggravators in the description and anatomy in the notes.
_WITHIN: dict[Section, tuple[Section, ...]] = {
    "describe": ("activate",),
    "therapy_notes": ("anatomy",),
}
# What follows the first sentence of the footer is footer too, up to a heading.
_FOOTER = "the site's footer"
_OLD = frozenset({"G0", "G1", "G1b", "G1s"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment with its section; `confidence` is 1 for a heading's own text."""

    segment: Segment
    section: Section
    confidence: float
    because: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A segment that has no section, and why."""

    segment: Segment
    reason: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where each segment of a post went. Together they are all segments, once each."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]


def _furniture(segment: Segment) -> str | None:
    """Return why a segment is no part of the post's text, or None."""
    if segment.kind == "rule":
        return "a line between sections"
    if has_mark(segment.text, "footer") or has_mark(segment.text, "notice"):
        return _FOOTER
    if has_mark(segment.text, "strapline") or has_mark(segment.text, "skip-ahead"):
        return "the format's own words"
    if segment.text.lower().strip(" .") in {"line - black 400", "line black 400"}:
        return "a line between sections"
    return None


def _by_content(segment: Segment, home: Section | None) -> tuple[Section, float, str]:
    """Return the best section for a text without heading, with a confidence."""
    scores = cue_scores(segment.text)
    best = max(SECTIONS, key=lambda section: scores[section])
    total = sum(scores.values())
    if not total:
        return home or "describe", 0.4, "stands between its neighbours"
    return best, min(0.9, 0.4 + scores[best] / (total + 2)), "its words"


def _moved(segment: Segment, section: Section) -> Section:
    """Return the section of a text that old posts keep under another heading."""
    scores = cue_scores(segment.text)
    for other in _WITHIN.get(section, ()):
        if scores[other] >= 2 and scores[other] > scores[section]:
            return other
    return section


def _one(
    segment: Segment,
    current: Place | None,
    home: Section | None,
    old: bool,
    last: Section | None,
) -> Placed | Unplaced:
    if current == "furniture":
        return Unplaced(segment, "the site's own furniture")
    if current == "similar":
        return Unplaced(segment, "look-alike links: see the proposals")
    if current is not None:
        moved = _moved(segment, current) if old else current
        if moved != current:
            return Placed(segment, moved, 0.7, f"its words, under {current}")
        return Placed(segment, current, 1.0, "its heading")
    if home is not None:
        return Placed(segment, home, 0.9, "the kind of post")
    if not segment.text and last is not None:
        return Placed(segment, last, 0.5, "stands after its neighbour")
    section, confidence, because = _by_content(segment, last)
    return Placed(segment, section, confidence, because)


def place(
    found: Sequence[Segment], kind: PostKind, generation: Generation
) -> Placement:
    """Return where each segment goes. Every segment is placed once or listed."""
    home = _HOME.get(kind)
    old = generation in _OLD
    current: Place | None = None
    last: Section | None = None
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    for segment in found:
        if reason := _furniture(segment):
            unplaced.append(Unplaced(segment, reason))
            if reason == _FOOTER:
                current = "furniture"
            continue
        if segment.kind == "heading":
            opened = place_of_heading(segment.text)
            if opened is not None and (
                home is None or opened in {"furniture", "similar"}
            ):
                current = opened
                unplaced.append(Unplaced(segment, f"the heading of {opened}"))
                continue
            if opened is None and current in {"furniture", "similar"}:
                current = None
        one = _one(segment, current, home, old, last)
        if isinstance(one, Placed):
            placed.append(one)
            last = one.section
        else:
            unplaced.append(one)
    return Placement(tuple(placed), tuple(unplaced))
