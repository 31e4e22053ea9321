"""A post of an export as the fields of an old post: plain functions, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from achemap.atlas.vocabulary import regions
from achemap.library.records import SECTION_HEADINGS, Muscle
from achemap.wordpress.converting import Converted, convert_post
from achemap.wordpress.placing import Placed, Unplaced
from achemap.wordpress.records import Post


NOT_TEXTS = frozenset(
    {
        "attachment",
        "nav_menu_item",
        "revision",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "wp_block",
        "wp_global_styles",
        "wp_navigation",
        "wp_template",
        "wp_template_part",
    }
)
# Proposals that a page needs before it is worth publishing.
_NEEDED = ("muscle", "zone", "sign")


def key_of(post: Post) -> tuple[str, str]:
    """Return what an old post is known by for ever: its site and its number."""
    host = (urlsplit(post.link).hostname or urlsplit(post.guid).hostname or "").lower()
    number = post.id
    if len(number) > 200:
        number = hashlib.sha256(number.encode()).hexdigest()
    return host.removeprefix("www.")[:255], number


def fingerprint(post: Post) -> str:
    """Return a hash that changes when a post's text or title changes."""
    return hashlib.sha256(f"{post.title}\0{post.content}".encode()).hexdigest()


def _clean(value: Any) -> Any:
    """Return data without NUL, which PostgreSQL does not store."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, Mapping):
        return {_clean(key): _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value


def _paragraph(where: Placed | Unplaced) -> dict[str, Any]:
    segment = where.segment
    found: dict[str, Any] = {
        "n": segment.at + 1,
        "kind": segment.kind,
        "level": segment.level,
        "html": segment.html,
        "text": segment.text,
        "words": segment.words,
        "media": [[m.kind, m.address, m.described, m.caption] for m in segment.media],
        "attachments": [m.attachment for m in segment.media],
        "shortcodes": list(segment.shortcodes) if segment.kind == "shortcode" else [],
    }
    if isinstance(where, Placed):
        return found | {
            "section": where.section,
            "confidence": round(where.confidence, 2),
            "because": where.because,
        }
    return found | {"section": "", "confidence": 1.0, "because": where.reason}


def paragraphs_of(done: Converted) -> list[dict[str, Any]]:
    """Return every part of a post in order, each with where it goes and why."""
    return [_paragraph(each) for each in done.placement.in_order()]


def proposals_of(done: Converted) -> list[dict[str, Any]]:
    """Return what a post seems to say, not yet ticked; a zone gets a level."""
    return [
        {
            "kind": each.kind,
            "value": each.value,
            "evidence": each.evidence,
            "confidence": each.confidence,
            "ticked": False,
        }
        | ({"level": "common"} if each.kind == "zone" else {})
        for each in done.proposals
    ]


def fields_of(post: Post, muscles: Mapping[str, Muscle]) -> dict[str, Any]:
    """Return the fields of an old post, everything of the export included."""
    done = convert_post(post, muscles)
    paragraphs, proposals = paragraphs_of(done), proposals_of(done)
    facts = {
        "slug": post.slug,
        "guid": post.guid,
        "parent": post.parent,
        "menu_order": post.menu_order,
        "excerpt": post.excerpt,
        "categories": post.categories,
        "tags": post.tags,
        "terms": post.terms,
        "fields": post.meta,
        "comments": [
            [each.author, each.date, each.approved, each.content]
            for each in post.comments
        ],
        "addresses": done.addresses,
        "problems": done.report.problems,
        "doubled": done.report.doubled,
        "lost_words": done.report.lost_words[:50],
    }
    return _clean(
        {
            "title": post.title,
            "post_type": post.kind[:60],
            "old_status": post.status[:40],
            "link": post.link,
            "author": post.author[:255],
            "written": post.date[:40],
            "is_protected": bool(post.password),
            "facts": facts,
            "content": post.content,
            "sha256": fingerprint(post),
            "kind": done.kind,
            "generation": done.generation,
            "counts": done.report.numbers(),
            "paragraphs": paragraphs,
            "proposals": proposals,
            "completeness": completeness(paragraphs, proposals),
        }
    )


def is_leaf(region: str) -> bool:
    """Return whether a zone can be drawn from it: a whole limb is too much."""
    known = regions().get(region)
    return known is not None and known.is_leaf


def completeness(
    paragraphs: Sequence[Mapping[str, Any]], proposals: Sequence[Mapping[str, Any]]
) -> int:
    """Return how much of a whole pattern an old post gives by now, in per cent.

    Each of the five sections with text counts, and a ticked muscle, zone and sign.
    """
    sections = {each["section"] for each in paragraphs if each["text"]} & set(
        SECTION_HEADINGS
    )
    ticked = {
        str(each["kind"]).partition(".")[0] for each in proposals if each.get("ticked")
    }
    have = len(sections) + sum(kind in ticked for kind in _NEEDED)
    return round(100 * have / (len(SECTION_HEADINGS) + len(_NEEDED)))
