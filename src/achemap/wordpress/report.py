"""What went in and where it went, counted twice: on the whole, and on the parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from achemap.wordpress.media_links import links_in, media_in
from achemap.wordpress.placing import Placed, Placement, Unplaced
from achemap.wordpress.records import Post
from achemap.wordpress.segments import Segment, parsed, words_of


THINGS = ("words", "links", "pictures", "videos", "audio", "embeds", "tables", "shortcodes")  # fmt: skip
_DOUBLE_WORDS = 12
_HIDDEN_CSS = "script, style, template, noscript"
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PostReport:
    """One post's account.

    `came_in`, `placed` and `listed` count each of `THINGS`; `lost` is what is in
    neither, and must be zero throughout. `lost_words` names the words. `doubled` are
    paragraphs that stand in the post twice: (opening, sections). `problems` are
    sentences for the editor.
    """

    came_in: Counts
    placed: Counts
    listed: Counts
    lost: Counts
    lost_words: tuple[str, ...] = ()
    unknown_shortcodes: tuple[str, ...] = ()
    pictures_without_alt: int = 0
    doubled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    problems: tuple[str, ...] = field(default_factory=tuple)

    @property
    def is_complete(self) -> bool:
        """True when nothing at all was lost."""
        return not any(self.lost.values())

    def numbers(self) -> dict[str, int]:
        """Return the counts as flat fields: words_in, words_placed, words_lost …"""
        found: dict[str, int] = {}
        for thing in THINGS:
            found[f"{thing}_in"] = self.came_in[thing]
            found[f"{thing}_placed"] = self.placed[thing]
            found[f"{thing}_not_placed"] = self.listed[thing]
            found[f"{thing}_lost"] = self.lost[thing]
        found["words_out"] = found["words_placed"] + found["words_not_placed"]
        found["media_in"] = sum(
            self.came_in[each] for each in ("pictures", "videos", "audio", "embeds")
        )
        found["unknown_shortcodes"] = len(self.unknown_shortcodes)
        found["pictures_without_alt"] = self.pictures_without_alt
        found["doubled_paragraphs"] = len(self.doubled)
        return found


def _of_media(kinds: Counter[str]) -> dict[str, int]:
    return {
        "pictures": kinds["picture"],
        "videos": kinds["video"],
        "audio": kinds["audio"],
        "embeds": kinds["embed"],
    }


def of_segments(found: Iterable[Segment]) -> dict[str, int]:
    """Return how many of each thing some segments hold."""
    total = Counter[str]()
    kinds = Counter[str]()
    for each in found:
        total["words"] += each.words
        total["links"] += len(each.links)
        total["tables"] += each.tables
        total["shortcodes"] += len(each.shortcodes)
        kinds.update(media.kind for media in each.media)
    return {
        **{name: total[name] for name in ("words", "links", "tables", "shortcodes")},
        **_of_media(kinds),
    }


def of_html(html: str) -> tuple[dict[str, int], list[str]]:
    """Return the counts of whole HTML and its words, without looking at segments.

    What no reader saw (scripts, templates) is left out here and there.
    """
    body = parsed(html)
    if body is None:
        return dict.fromkeys(THINGS, 0), []
    for each in body.css(_HIDDEN_CSS):
        each.decompose()
    words = words_of(body.text(deep=True, separator=""))
    kinds = Counter[str](each.kind for each in media_in(body, ""))
    counts = {
        "words": len(words),
        "links": sum(1 for _ in links_in(body)),
        "tables": len(body.css("table")),
        "shortcodes": len(body.css("wp-shortcode, [data-shortcode]")),
        **_of_media(kinds),
    }
    return counts, words


def _doubled(
    everything: Sequence[Placed | Unplaced],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return paragraphs that stand in a post more than once, with their sections."""
    seen: dict[str, list[Placed | Unplaced]] = {}
    for each in everything:
        if each.segment.words >= _DOUBLE_WORDS:
            key = each.segment.text.lower().rstrip(".!? ")
            seen.setdefault(key, []).append(each)
    return tuple(
        (found[0].segment.text[:120], tuple(e.section or "not placed" for e in found))
        for found in seen.values()
        if len(found) > 1
    )


def account(
    html: str, placement: Placement, problems: Sequence[str] = ()
) -> PostReport:
    """Return the account of a post: everything that came in, and where it is.

    An address that stands alone is known to be a video only after splitting, so of
    pictures and players at least as many came in as are accounted for.
    """
    came_in, words = of_html(html)
    ordered = placement.in_order()
    everything = [each.segment for each in ordered]
    placed = of_segments(each.segment for each in placement.placed)
    listed = of_segments(each.segment for each in placement.unplaced)
    for thing in ("pictures", "videos", "audio", "embeds"):
        came_in[thing] = max(came_in[thing], placed[thing] + listed[thing])
    there = words_of("\n".join(each.text for each in everything))
    missing = Counter() if words == there else Counter(words) - Counter(there)
    lost = {
        thing: max(0, came_in[thing] - placed[thing] - listed[thing])
        for thing in THINGS
    }
    lost["words"] = missing.total()
    pictures = [
        media for each in everything for media in each.media if media.kind == "picture"
    ]
    return PostReport(
        came_in=came_in,
        placed=placed,
        listed=listed,
        lost=lost,
        lost_words=tuple(sorted(missing)),
        unknown_shortcodes=tuple(
            sorted(
                {n for e in everything if e.kind == "shortcode" for n in e.shortcodes}
            )
        ),
        pictures_without_alt=sum(not media.described for media in pictures),
        doubled=_doubled(ordered),
        problems=tuple(problems),
    )


def entry_of(post: Post, kind: str, generation: str, account_of: PostReport, placement: Placement) -> dict[str, Any]:  # fmt: skip
    """Return a post's entry in the report file."""
    return {
        "id": post.id,
        "title": post.title,
        "type": post.kind,
        "status": post.status,
        "kind": kind,
        "generation": generation,
        **account_of.numbers(),
        "shortcode_names": list(account_of.unknown_shortcodes),
        "lost_words": list(account_of.lost_words[:50]),
        "doubled": [
            {"text": text, "sections": list(where)}
            for text, where in account_of.doubled
        ],
        "protected": bool(post.password),
        "comments": len(post.comments),
        "custom_fields": len(post.meta),
        "problems": list(account_of.problems),
        "not_placed": [
            {
                "reason": each.reason,
                "kind": each.segment.kind,
                "words": each.segment.words,
                "text": (each.segment.text or each.segment.html)[:160],
            }
            for each in placement.unplaced
        ],
    }
