"""Segments of a post into our sections; what has no place is listed with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from achemap.wordpress.generations import Generation, PostKind
from achemap.wordpress.segments import Segment
from achemap.wordpress.vocabulary import (
    Place,
    Section,
    cue_scores,
    has_mark,
    heading_place,
    marks_in,
    place_of_heading,
)


# The five sections of a pattern, its look-alikes, and the text of an article.
SECTIONS: tuple[Section, ...] = get_args(Section)
# The section that all of a post belongs to when its kind says so.
HOME: dict[PostKind, Section] = {
    "self-care": "relief",
    "therapist-notes": "therapy_notes",
    "functional-anatomy": "anatomy",
    "protocol": "therapy_notes",
    "technique": "article",
    "concept": "article",
    "other": "article",
}
# Old three-part posts hold aggravators in the description and anatomy in the notes.
_WITHIN: dict[Section, tuple[Section, ...]] = {
    "describe": ("activate", "relief"),
    "therapy_notes": ("anatomy",),
}
_OLD = frozenset({"G0", "G1", "G1b", "G1s", "T1"})
_CARDS = "a card that led to another post"
_FOOTER = "the site's footer"
_WORDING = "the format's own words"


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment with its section; `confidence` is 1 for a heading's own text."""

    segment: Segment
    section: Section
    confidence: float
    because: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A segment that is left out, and why; `section` is the one a heading opened."""

    segment: Segment
    reason: str
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where each segment of a post went. Together they are all segments, once each."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]

    def section(self, name: Section) -> tuple[Placed, ...]:
        """Return what stands in a section, in the post's order."""
        return tuple(each for each in self.placed if each.section == name)

    def in_order(self) -> list[Placed | Unplaced]:
        """Return every segment in the order of the old post, placed or not."""
        return sorted((*self.placed, *self.unplaced), key=lambda each: each.segment.at)


def _no_text(segment: Segment) -> str | None:
    """Return why a segment that is no text has no section, or None."""
    if segment.kind == "rule":
        return "a line between sections"
    if segment.kind == "form":
        return "a form: it works on the old site only"
    if segment.kind == "drawing":
        return "a drawing in the page's own code: add it again as a picture"
    if segment.kind == "shortcode":
        return _shortcode_reason(segment)
    if segment.kind == "hidden":
        if "<!--more" in segment.html:
            return "the mark at which the excerpt ended"
        if "<!--nextpage" in segment.html:
            return "a page break"
        remark = segment.html.startswith("<!--")
        return "a remark that readers never saw" if remark else "code, not text"
    if segment.kind == "picture" and not segment.text and _is_rule_picture(segment):
        return "a line between sections"
    return None


def _shortcode_reason(segment: Segment) -> str:
    name = segment.shortcodes[0] if segment.shortcodes else "?"
    if name == "wp:block":
        return "a shared block: its text is an item of its own (type wp_block)"
    if name in {"gallery", "playlist"}:
        return "shows whatever was attached to the post: see the media list"
    if name.startswith("wp:"):
        return f"the old site filled the block {name[3:]!r} by itself"
    return f"only the old site knows what {name!r} did; any words in it are kept"


def _is_rule_picture(segment: Segment) -> bool:
    names = [media.address.rpartition("/")[2].lower() for media in segment.media]
    return bool(names) and all(
        name.startswith(("line-", "line_", "rule-", "divider", "separator", "spacer"))
        for name in names
    )


def _wording(segment: Segment) -> str | None:
    """Return why a text is the site's furniture, or None."""
    marks = marks_in(segment.text)
    if not marks:
        return None
    if marks & {"footer", "notice"}:
        return _FOOTER
    if "rule" in marks and segment.words < 8:
        return "a line between sections"
    if marks & {"strapline", "bullet-strapline", "skip-ahead", "blurb"}:
        return _WORDING
    if segment.words < 120 and "disclaimer" in marks:
        return "the old site's disclaimer: ours stands on every page"
    if segment.words < 60 and "preface" in marks:
        return _WORDING
    if segment.words < 30 and "crumbs" in marks:
        return "the old site's path of pages"
    if segment.words < 16 and "caption" in marks:
        return _WORDING
    if segment.words < 30 and "split-card" in marks:
        return _CARDS
    return None


def _is_crumbs(segment: Segment) -> bool:
    """Return whether a text is a breadcrumb: few words with arrows between."""
    marks = sum(segment.text.count(mark) for mark in (">", "»", "›", "→"))
    return marks > 0 and segment.words <= 16 and segment.words <= 6 * (marks + 1)


@dataclass(slots=True)
class _Reader:
    """The state while a post is read from top to bottom."""

    kind: PostKind
    old: bool
    home: Section | None
    current: Place | None = None
    state: str = ""
    last: Section | None = None
    found: list[Placed | Unplaced] = field(default_factory=list)

    def leave(self, segment: Segment, reason: str, to: Section | None = None) -> None:
        self.found.append(Unplaced(segment, reason, to))

    def keep(
        self, segment: Segment, section: Section, sure: float, because: str
    ) -> None:
        self.found.append(Placed(segment, section, sure, because))
        self.last = section

    def read(self, segment: Segment) -> None:
        if reason := _no_text(segment):
            self.leave(segment, reason)
        elif segment.kind == "heading":
            self._heading(segment)
        elif reason := _wording(segment):
            self.leave(segment, reason)
            self.state = "footer" if reason == _FOOTER else self.state
            if has_mark(segment.text, "bullet-strapline"):
                self.state = "contents"
        elif self.last is None and _is_crumbs(segment):
            self.leave(segment, "the old site's path of pages")
        else:
            self._text(segment)

    def _heading(self, segment: Segment) -> None:
        opened = heading_place(segment.text)
        exact = opened is not None and opened.exact
        place = None if opened is None else opened.place
        if place == "furniture" or (place is None and self.state == "footer"):
            self._furniture(segment)
            return
        if place is not None and place == self.home:
            self.current, self.state = None, ""
            self.keep(segment, place, 1.0, "a heading of its own")
            return
        if place is None or not self._follows(place, exact):
            reason = _wording(segment)
            if reason is not None:
                self.leave(segment, reason)
                self.state = "footer" if reason == _FOOTER else self.state
                return
            self.state = ""
            self._text(segment)
            return
        self.current, self.state = place, ""
        if exact:
            self.leave(segment, f"the heading of {place}", place)
        else:
            self.keep(segment, place, 1.0, "a heading of its own")

    def _furniture(self, segment: Segment) -> None:
        self.leave(segment, "the site's own furniture")
        plain = segment.text.lower()
        if "contents" in plain:
            self.state = "contents"
        elif has_mark(segment.text, "split-card"):
            self.state = "cards"
        else:
            self.state = "footer"

    def _follows(self, place: Place, exact: bool) -> bool:
        """Return whether a heading may open a section in a post of this kind."""
        if self.home is None or place == "similar":
            return True
        if self.home == "article" or place == self.home:
            return False
        if self.home == "anatomy":
            return exact and place == "therapy_notes"
        if self.home == "therapy_notes":
            return place == "anatomy" or (exact and place == "relief")
        return exact and place in {"anatomy", "therapy_notes"}

    def _text(self, segment: Segment) -> None:
        if self.state == "footer":
            self.leave(segment, _FOOTER)
            return
        if self.state == "contents" and segment.kind in {"list", "paragraph"}:
            mostly = sum(len(link.text) for link in segment.links)
            if segment.kind == "list" or mostly * 2 > len(segment.text):
                self.leave(segment, "the table of contents: ours is made anew")
                return
        if self.state == "cards" and segment.links and segment.words < 40:
            self.leave(segment, _CARDS)
            return
        self.state = ""
        self._lead(segment)
        self._section(segment)

    def _lead(self, segment: Segment) -> None:
        """Open the section that a paragraph's bold start or first line names."""
        if segment.lead and segment.lead != segment.text:
            place = place_of_heading(segment.lead, exactly=True)
            if (
                place is not None
                and place != "furniture"
                and self._follows(place, True)
            ):
                self.current = place

    def _section(self, segment: Segment) -> None:
        current = self.current
        if current is not None and current != "furniture":
            moved = self._moved(segment, current)
            if moved != current:
                self.keep(segment, moved, 0.7, f"its words, under {current}")
            else:
                self.keep(segment, current, 1.0, "its heading")
        elif self.home is not None:
            moved = self._moved(segment, self.home)
            sure = 0.9 if moved == self.home else 0.7
            self.keep(segment, moved, sure, "the kind of post")
        else:
            self._by_content(segment)

    def _moved(self, segment: Segment, section: Section) -> Section:
        """Return the section of a text that old posts keep under another heading."""
        if not self.old or segment.kind == "heading" or segment.words < 6:
            return section
        scores = cue_scores(segment.text)
        for other in _WITHIN.get(section, ()):
            if scores[other] >= 2 and scores[other] > scores[section]:
                return other
        return section

    def _by_content(self, segment: Segment) -> None:
        """Place a text that no heading stands over by what it says."""
        scores = cue_scores(segment.text)
        order: tuple[Section, ...] = ("describe", "activate", "relief", "anatomy", "therapy_notes")  # fmt: skip
        best = max(order, key=lambda section: scores[section])
        total = sum(scores.values())
        if not segment.text or not total or scores[best] < 1:
            self.keep(
                segment, self.last or "describe", 0.4, "stands after its neighbour"
            )
            return
        if self.last and scores[self.last] == scores[best]:
            best = self.last
        sure = min(0.9, 0.4 + scores[best] / (total + 2))
        self.keep(segment, best, sure, "its words")


def _entries(
    found: Sequence[Segment], kind: PostKind, generation: Generation
) -> Iterator[Placed | Unplaced]:
    reader = _Reader(kind, generation in _OLD, HOME.get(kind))
    for segment in found:
        reader.read(segment)
    yield from reader.found


def place(
    found: Sequence[Segment], kind: PostKind, generation: Generation
) -> Placement:
    """Return where each segment goes. Every segment is placed once or listed."""
    entries = list(_entries(found, kind, generation))
    return Placement(
        tuple(each for each in entries if isinstance(each, Placed)),
        tuple(each for each in entries if isinstance(each, Unplaced)),
    )
