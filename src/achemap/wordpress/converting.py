"""An export to a folder of drafts, with a report of what went where and what did not.

Idempotent: every file's content depends only on the export, and a file is replaced
whole or not at all. A run that was killed is finished by running it again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from achemap.errors import BadInput
from achemap.library.records import SECTION_HEADINGS, Muscle
from achemap.wordpress.generations import generation_of, kind_of
from achemap.wordpress.markup import to_html
from achemap.wordpress.placing import Placement, place
from achemap.wordpress.proposals import propose
from achemap.wordpress.reading import read_posts
from achemap.wordpress.records import Post
from achemap.wordpress.redirects import redirects, slug_of
from achemap.wordpress.segments import Segment, segments, visible_words


# Item types that are not texts of the site.
_NOT_TEXT = frozenset(
    {
        "attachment",
        "nav_menu_item",
        "revision",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "wp_global_styles",
    }
)
_DOUBLE_WORDS = 12
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Converted:
    """A converted post: its report entry, draft text, original HTML, and address."""

    post: Post
    entry: dict[str, Any]
    draft: dict[str, Any]

    @property
    def name(self) -> str:
        return (
            f"{self.post.id}-{slug_of(self.post.title) or 'untitled'}"
            if self.post.id.isdigit()
            else slug_of(self.post.id)
        )


def _doubles(found: list[Segment]) -> list[str]:
    """Return the openings of paragraphs that stand in a post more than once."""
    texts = Counter(each.text for each in found if each.words >= _DOUBLE_WORDS)
    return [text[:120] for text, times in texts.items() if times > 1]


def _counts(found: list[Segment]) -> dict[str, int]:
    return {
        "links": sum(len(each.links) for each in found),
        "pictures": sum(
            media.kind == "picture" for each in found for media in each.media
        ),
        "videos": sum(media.kind == "video" for each in found for media in each.media),
        "tables": sum(each.kind == "table" for each in found),
        "shortcodes": sum(len(each.shortcodes) for each in found),
    }


def _sections(placement: Placement) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTION_HEADINGS}
    for placed in placement.placed:
        found[placed.section].append(
            {
                "kind": placed.segment.kind,
                "html": placed.segment.html,
                "confidence": round(placed.confidence, 2),
                "because": placed.because,
            }
        )
    return found


def convert_post(post: Post, muscles: Mapping[str, Muscle]) -> Converted:
    """Return a post as a draft with its report entry. Pure; never raises."""
    html = to_html(post.content)
    found = segments(html)
    kind = kind_of(post.title, post.slug, found)
    generation = generation_of(kind, found)
    placement = place(found, kind, generation)
    proposals = propose(post, found, placement, muscles) if not post.password else []
    words_in = visible_words(html)
    placed_words = sum(each.segment.words for each in placement.placed)
    unplaced = [
        {
            "reason": each.reason,
            "kind": each.segment.kind,
            "words": each.segment.words,
            "text": each.segment.text[:160],
        }
        for each in placement.unplaced
    ]
    listed_words = sum(each.segment.words for each in placement.unplaced)
    entry: dict[str, Any] = {
        "id": post.id,
        "title": post.title,
        "type": post.kind,
        "status": post.status,
        "kind": kind,
        "generation": generation,
        "words_in": words_in,
        "words_placed": placed_words,
        "words_not_placed": listed_words,
        "words_lost": max(0, words_in - placed_words - listed_words),
        **_counts(found),
        "unknown_shortcodes": sorted(
            {name for each in found for name in each.shortcodes}
        ),
        "pictures_without_alt": sum(
            not media.alt
            for each in found
            for media in each.media
            if media.kind == "picture"
        ),
        "doubled": _doubles(found),
        "protected": bool(post.password),
        "comments": len(post.comments),
        "custom_fields": len(post.meta),
        "not_placed": unplaced,
    }
    draft = {
        "wordpress": {
            "id": post.id,
            "type": post.kind,
            "status": post.status,
            "date": post.date,
            "author": post.author,
            "link": post.link,
            "slug": post.slug,
            "protected": bool(post.password),
            "categories": list(post.categories),
            "tags": list(post.tags),
            "fields": [list(pair) for pair in post.meta],
            "comments": [
                [c.author, c.date, c.approved, c.content] for c in post.comments
            ],
            "excerpt": post.excerpt,
            "sha256": hashlib.sha256(post.content.encode()).hexdigest(),
        },
        "title": post.title,
        "kind": kind,
        "generation": generation,
        "sections": _sections(placement),
        "not_placed": [
            {"reason": each.reason, "html": each.segment.html}
            for each in placement.unplaced
        ],
        "proposals": [each.as_data() for each in proposals],
        "original": post.content,
    }
    return Converted(post, entry, draft)


def write_whole(path: Path, content: str) -> bool:
    """Write a file so that it is old or new, never half; return whether it changed."""
    raw = content.encode("utf-8")
    try:
        if path.read_bytes() == raw:
            return False
    except FileNotFoundError:
        pass
    part = path.with_name(path.name + ".part")
    with part.open("wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    return True


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _texts(source: Path) -> Iterator[tuple[Post, bool]]:
    for post in read_posts(source):
        yield post, post.kind not in _NOT_TEXT


_SUMMED = ("words_in", "words_placed", "words_not_placed", "words_lost", "links", "pictures", "videos", "tables", "shortcodes", "pictures_without_alt", "comments")  # fmt: skip


def convert_export(
    source: Path,
    out: Path,
    report: Path,
    muscles: Mapping[str, Muscle],
    progress: Progress = lambda done: None,
) -> dict[str, Any]:
    """Convert an export into `out` and write the report; return the report.

    Drafts go to `out`/drafts, attachments to `out`/media.json, addresses to
    `out`/redirects.json. Raises BadInput for an export that cannot be read; what was
    written by then is whole, and the report of an earlier run is left as it was.
    """
    drafts = out / "drafts"
    try:
        drafts.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot be made: {error.strerror}", file=out) from error
    for part in drafts.glob("*.part"):
        part.unlink()
    entries: list[dict[str, Any]] = []
    light: list[Post] = []
    media: list[dict[str, str]] = []
    skipped: Counter[str] = Counter()
    names: set[str] = set()
    changed = 0
    for post, is_text in _texts(source):
        if not is_text:
            skipped[post.kind] += 1
            if post.kind == "attachment":
                media.append(
                    {
                        "id": post.id,
                        "url": post.attachment_url or post.guid,
                        "title": post.title,
                        "alt": post.field("_wp_attachment_image_alt"),
                        "parent": post.parent,
                    }
                )
            continue
        done = convert_post(post, muscles)
        if done.name in names:
            raise BadInput(
                f"post id {post.id!r} is there twice",
                file=source,
                fix="export again; ids must be unique",
            )
        names.add(done.name)
        changed += write_whole(drafts / f"{done.name}.json", _json(done.draft))
        entries.append(done.entry)
        light.append(
            Post(
                post.id,
                post.kind,
                post.title,
                post.slug,
                post.link,
                post.guid,
                meta=tuple(pair for pair in post.meta if pair[0] == "_wp_old_slug"),
            )
        )
        progress(len(entries))
    new = {post.id: f"/patterns/{slug_of(post.title)}/" for post in light if post.title}
    found, problems = redirects(light, new)
    write_whole(out / "media.json", _json(media))
    write_whole(
        out / "redirects.json",
        _json(
            [{"old": each.old, "new": each.new, "post": each.post} for each in found]
        ),
    )
    totals = {name: sum(int(entry[name]) for entry in entries) for name in _SUMMED}
    whole: dict[str, Any] = {
        "posts_in": len(entries) + sum(skipped.values()),
        "posts_converted": len(entries),
        "attachments": len(media),
        **totals,
        "unknown_shortcodes": sum(
            len(entry["unknown_shortcodes"]) for entry in entries
        ),
        "doubled_paragraphs": sum(len(entry["doubled"]) for entry in entries),
        "redirects": len(found),
        "address_problems": len(problems),
        "skipped": dict(skipped),
        "generations": dict(Counter(entry["generation"] for entry in entries)),
        "addresses": [
            {
                "kind": each.kind,
                "address": each.address,
                "posts": list(each.posts),
                "problem": each.problem,
            }
            for each in problems
        ],
        "posts": entries,
    }
    write_whole(report, _json(whole))
    return {**whole, "files_changed": changed}
