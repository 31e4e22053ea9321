"""What kind of post it is, and in which of the site's formats it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from achemap.wordpress.segments import Segment
from achemap.wordpress.vocabulary import (
    cue_scores,
    marks_in,
    normal,
    place_of_heading,
)


PostKind = Literal[
    "pattern",
    "self-care",
    "therapist-notes",
    "functional-anatomy",
    "protocol",
    "technique",
    "concept",
    "other",
]
Generation = Literal[
    "G0", "G1", "G1b", "G1s", "G2", "G2b", "G2c", "G3", "S0", "S1", "S2", "S3", "T1", "T2", "other"
]  # fmt: skip

_KINDS: tuple[tuple[PostKind, re.Pattern[str]], ...] = (
    ("self-care", re.compile(r"\bself[- ]?care\b")),
    ("therapist-notes", re.compile(r"\b(?:th?e?erap(?:y|ist)|threapy|massage(?: therapy)?) notes\b")),
    ("functional-anatomy", re.compile(r"\bfunctional anatomy\b")),
    ("protocol", re.compile(r"\b(?:nmt protocol|protocol|cranial technique)\b")),
    ("technique", re.compile(r"\b(?:ice-and-stretch|ice and stretch|ice pack|breathing (?:exercise|technique|practice)|how to breathe|the box|stretch(?:es|ing)? routine)\b")),
    ("concept", re.compile(r"\b(?:sensory integration|collection of|essay|in session|forward[- ]head posture|thoracic outlet)\b")),
)  # fmt: skip
_PATTERN = re.compile(
    r"\b(?:pain|ache|aches|aching|headache|migraine|sore|soreness|stiff|stiffness|burning"
    r"|tingling|numb|numbness|itch|itching|tender|tension|trigger points?|spasm|cramp)\b"
)
_OLD_HEADINGS = frozenset(
    {"client description", "client's description", "clients description"}
)


def kind_named(text: str) -> PostKind | None:
    """Return the kind of post that a title or an address names, if it does."""
    plain = normal(text)
    return next((kind for kind, words in _KINDS if words.search(plain)), None)


def kind_of(title: str, slug: str, found: Sequence[Segment]) -> PostKind:
    """Return the kind of a post, by title, then slug, then its own headings."""
    names = f"{normal(title)} / {normal(slug.replace('-', ' '))}"
    named = kind_named(title) or kind_named(slug.replace("-", " "))
    places = {place_of_heading(each) for each in _headings(found)}
    described = "describe" in places and bool(
        {"relief", "activate", "therapy_notes"} & places
    )
    if described and named in {None, "technique", "concept"}:
        return "pattern"
    if named is not None:
        return named
    if "describe" in places or _PATTERN.search(names) or _speaks_of_pain(found):
        return "pattern"
    return "other"


def _headings(found: Sequence[Segment]) -> list[str]:
    """Return headings, and the bold starts of paragraphs that are fixed headings."""
    return [
        text
        for each in found
        if (text := each.text if each.kind == "heading" else each.lead)
        and (each.kind == "heading" or place_of_heading(text, exactly=True))
    ]


def _speaks_of_pain(found: Sequence[Segment]) -> bool:
    """Return whether a post that its title does not give away is about a complaint."""
    shown = [media.address for each in found for media in each.media]
    if any("referral-" in address.lower() for address in shown):
        return True
    totals: dict[str, int] = {}
    for each in found[:40]:
        for section, score in cue_scores(each.text).items():
            totals[section] = totals.get(section, 0) + min(score, 2)
    return totals.get("describe", 0) >= 3 and totals.get("relief", 0) >= 2


def _marked(texts: Sequence[str], mark: str) -> bool:
    return mark in _marks(tuple(texts))


@lru_cache(maxsize=2)
def _marks(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(marks_in, texts))


def _pattern_format(texts: Sequence[str], headings: Sequence[str]) -> Generation:
    old = any(heading in _OLD_HEADINGS for heading in headings)
    contents = _marked(texts, "contents")
    order = [place for text in headings if (place := place_of_heading(text))]
    care_first = (
        "relief" in order
        and "anatomy" in order
        and order.index("relief") < order.index("anatomy")
    )
    if not old and (_marked(texts, "skip-ahead") or (contents and care_first)):
        return "G3"
    if _marked(texts, "bullet-strapline"):
        return "G2c"
    fixed = {
        "how people describe this pain pattern",
        "how people describe this pattern",
    }
    if _marked(texts, "strapline") or "activate" in order:
        named = any(
            place_of_heading(text) == "describe" and text not in fixed
            for text in headings
        )
        return "G2b" if named and not old else "G2"
    if old:
        if _marked(texts, "split-card") and "therapy_notes" not in order:
            return "G1s"
        go = "for relief on the go" in headings
        return "G1b" if go or _marked(texts, "notice") else "G1"
    return "G1" if order else "G0"


def _self_care_format(texts: Sequence[str], headings: Sequence[str]) -> Generation:
    if (
        _marked(texts, "self-care-preface")
        or "activities to avoid or change" in headings
    ):
        return "S3" if _marked(texts, "contents") else "S2"
    return "S1" if headings else "S0"


def generation_of(kind: PostKind, found: Sequence[Segment]) -> Generation:
    """Return the format generation of a post; see the founding site's list."""
    texts = [each.text for each in found]
    headings = [normal(text) for text in _headings(found)]
    if kind == "pattern":
        return _pattern_format(texts, headings)
    if kind == "self-care":
        return _self_care_format(texts, headings)
    if kind == "therapist-notes":
        return "T2" if _marked(texts, "therapist-preface") else "T1"
    return "other"
