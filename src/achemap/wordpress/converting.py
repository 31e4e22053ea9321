"""One old post to a draft: sections, proposals, account, addresses, original."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from achemap.library.records import Muscle
from achemap.wordpress.cleaning import clean
from achemap.wordpress.generations import (
    Generation,
    PostKind,
    generation_of,
    kind_of,
)
from achemap.wordpress.markup import to_html
from achemap.wordpress.placing import SECTIONS, Placement, place
from achemap.wordpress.proposals import Proposal, propose
from achemap.wordpress.records import Post
from achemap.wordpress.redirects import old_addresses
from achemap.wordpress.report import PostReport, account, entry_of
from achemap.wordpress.segments import Segment, segments


STATUSES: Mapping[str, str] = {
    "publish": "published on the old site",
    "future": "was scheduled; it is a draft here",
    "draft": "was a draft",
    "pending": "was waiting for review",
    "private": "was private",
    "trash": "was in the bin: it gets no address unless you keep it",
    "auto-draft": "was never saved by its author",
}


@dataclass(frozen=True, slots=True)
class Converted:
    """An old post as a draft. Nothing in it is published by itself.

    `placement` says where every part went; `proposals` what the post seems to say;
    `report` the account of what came in; `addresses` every old address, the last one
    first; `html` the post as plain HTML, from which the parts were cut; `original`
    the content as exported, for side-by-side view (hostile HTML and all: show it as
    text or in a sandbox, or show `clean(original)`).
    """

    post: Post
    kind: PostKind
    generation: Generation
    placement: Placement
    proposals: tuple[Proposal, ...]
    report: PostReport
    addresses: tuple[str, ...]
    html: str

    @property
    def original(self) -> str:
        return self.post.content

    @property
    def sections(self) -> dict[str, str]:
        """The cleaned HTML of each section that holds anything."""
        found: dict[str, list[str]] = {}
        for each in self.placement.placed:
            found.setdefault(each.section, []).append(clean(each.segment.html))
        return {name: "\n".join(found[name]) for name in SECTIONS if name in found}

    @property
    def entry(self) -> dict[str, Any]:
        """The post's entry in the report file."""
        return entry_of(self.post, self.kind, self.generation, self.report, self.placement)  # fmt: skip

    @property
    def draft(self) -> dict[str, Any]:
        """The draft file's content."""
        return {
            "wordpress": _about(self.post),
            "title": self.post.title,
            "kind": self.kind,
            "generation": self.generation,
            "sections": _sections(self.placement),
            "not_placed": [
                {
                    "reason": each.reason,
                    "at": each.segment.at,
                    "html": each.segment.html,
                }
                for each in self.placement.unplaced
            ],
            "proposals": [each.as_data() for each in self.proposals],
            "addresses": list(self.addresses),
            "problems": list(self.report.problems),
            "original": self.original,
        }


def _about(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "type": post.kind,
        "status": post.status,
        "date": post.date,
        "author": post.author,
        "link": post.link,
        "slug": post.slug,
        "parent": post.parent,
        "protected": bool(post.password),
        "featured": post.field("_thumbnail_id"),
        "categories": list(post.categories),
        "tags": list(post.tags),
        "terms": [list(pair) for pair in post.terms],
        "fields": [list(pair) for pair in post.meta],
        "comments": [
            [each.id, each.parent, each.author, each.date, each.approved, each.content]
            for each in post.comments
        ],
        "excerpt": post.excerpt,
        "sha256": hashlib.sha256(post.content.encode("utf-8", "replace")).hexdigest(),
    }


def _media(segment: Segment) -> list[dict[str, str]]:
    return [
        {
            "kind": media.kind,
            "address": media.address,
            "alt": media.described,
            "caption": media.caption,
            "attachment": media.attachment,
        }
        for media in segment.media
    ]


def _sections(placement: Placement) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS}
    for placed in placement.placed:
        part: dict[str, Any] = {
            "at": placed.segment.at,
            "kind": placed.segment.kind,
            "html": clean(placed.segment.html),
            "confidence": round(placed.confidence, 2),
            "because": placed.because,
        }
        if placed.segment.media:
            part["media"] = _media(placed.segment)
        found[placed.section].append(part)
    return found


def _problems(post: Post, found: list[Segment]) -> list[str]:
    problems = []
    if post.status != "publish":
        said = STATUSES.get(post.status, f"had the status {post.status!r}")
        problems.append(said)
    if post.password:
        problems.append("asked for a password: decide who may read it")
    if not post.content.strip():
        problems.append("has no content")
    elif not any(each.text for each in found):
        problems.append("has no words")
    if "�" in post.content:
        problems.append("holds characters that were already broken in the export")
    return problems


def convert_post(post: Post, muscles: Mapping[str, Muscle]) -> Converted:
    """Return a post as a draft with its account. Pure; never raises."""
    html = to_html(post.content)
    found = segments(html)
    kind = kind_of(post.title, post.slug, found)
    generation = generation_of(kind, found)
    placement = place(found, kind, generation)
    return Converted(
        post=post,
        kind=kind,
        generation=generation,
        placement=placement,
        proposals=tuple(propose(post, placement, muscles)),
        report=account(html, placement, _problems(post, found)),
        addresses=tuple(old_addresses(post)),
        html=html,
    )


def convert_text(
    text: str, muscles: Mapping[str, Muscle], *, title: str = ""
) -> Converted:
    """Return a pasted post, HTML or plain text, as a draft. Pure; never raises."""
    return convert_post(Post(id="", kind="post", title=title, content=text), muscles)
