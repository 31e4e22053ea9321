"""What was understood, and how a reader takes one thing out of it.

The twin of static/achemap/finder/correcting.js.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from achemap.complaint import Complaint
from achemap.finder import Ranking
from achemap.language import Lexicon, Mention, Understood, understand


# Below this chance a wording alone, without any known thing, is nothing found.
LEAST_BY_WORDING = 0.05


def key_of(mention: Mention) -> str:
    """Return what tells two things understood apart, as a form can carry it."""
    side = f".{mention.side}" if mention.side else ""
    return f"{'-' if mention.negated else ''}{mention.concept}{side}"


def _blanked(text: str, mentions: Collection[Mention], left: Collection[str]) -> str:
    kept = [each for each in mentions if key_of(each) not in left]
    for each in mentions:
        if key_of(each) not in left:
            continue
        if any(one.start < each.end and each.start < one.end for one in kept):
            continue
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def corrected(
    complaint: Complaint, left: Collection[str], lexicon: Lexicon
) -> Complaint:
    """Return a complaint without what the reader took out (see `key_of`).

    The words of such a thing count no more, unless something else is said by them.
    """
    if not left:
        return complaint
    text = _blanked(complaint.text, complaint.understood.mentions, left)
    again = understand(text, lexicon=lexicon)
    mentions = tuple(each for each in again.mentions if key_of(each) not in left)
    return replace(complaint, text=text, understood=replace(again, mentions=mentions))


def things_in(
    understood: Understood, left: Collection[str], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the things understood, each once, for the page."""
    found: dict[str, dict[str, Any]] = {}
    for each in understood.mentions:
        if each.counts or each.negated:
            key = key_of(each)
            found.setdefault(
                key,
                {
                    "key": key,
                    "name": names.get(each.concept, each.concept.replace("-", " ")),
                    "denied": each.negated,
                    "side": each.side,
                    "left": key in left,
                },
            )
    return list(found.values())


def is_nothing(ranking: Ranking) -> bool:
    """Whether no known thing was said and nothing fits by its wording either."""
    if not ranking.results:
        return True
    complaint = ranking.complaint
    if complaint.cells or complaint.regions or complaint.answers:
        return False
    known = any(each.counts for each in complaint.understood.mentions)
    return not known and ranking.results[0].probability < LEAST_BY_WORDING
