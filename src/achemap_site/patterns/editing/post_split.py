"""An old post as parts for our sections and proposals, and the draft made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdownify import markdownify

from achemap.atlas.grammar import WEIGHT
from achemap.atlas.vocabulary import regions
from achemap.language import load_lexicon
from achemap.library.records import SECTION_HEADINGS, Muscle
from achemap.wordpress.converting import convert_post
from achemap.wordpress.records import Post
from achemap.wordpress.vocabulary import place_of_heading
from achemap_site.patterns import choices, fronts
from achemap_site.patterns.editing.hints import muscle_records
from achemap_site.patterns.models import PatternIndexPage, PatternPage


# Proposals that can become part of a page, with what each is called.
KINDS: Mapping[str, str] = {
    "muscle": "muscle",
    "zone": "zone",
    "red-flag": "sentence for “when to see someone”",
    "care-step": "relief on the go",
    **{f"sign.{group}": "sign" for group, _label in choices.SIGN_GROUPS},
}
# A proposal this sure is ticked from the start.
SURE = 0.6
# A fuzzy place stands for its regions of at least this weight.
LEAST_WEIGHT = 0.5
_HEADING_WORDS = 9
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the post with the section it goes to, and why."""

    html: str
    kind: str
    section: str
    because: str = ""
    sure: bool = True

    @property
    def text(self) -> str:
        return " ".join(strip_tags(self.html.replace("<", " <")).split())

    @property
    def is_media(self) -> bool:
        return self.kind in {"picture", "video", "table", "drawing"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the post seems to say: its kind, value, evidence, and how sure (0–1)."""

    kind: str
    value: str
    evidence: str = ""
    confidence: float = 0.0
    level: str = "common"

    @property
    def ticked(self) -> bool:
        return self.confidence >= SURE

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)

    @property
    def packed(self) -> str:
        return json.dumps({"kind": self.kind, "value": self.value})

    @property
    def name(self) -> str:
        """The value as a person says it."""
        known = load_lexicon().concepts.get(self.value)
        if self.kind == "zone" and self.value in regions():
            return regions()[self.value].name
        if self.kind == "muscle":
            return self.value.replace("-", " ")
        return known.name if known else self.value

    @property
    def group(self) -> str:
        return self.kind.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Split:
    """A post in parts. `parts` are in our sections' order; `rest` had no place."""

    title: str
    generation: str
    parts: tuple[tuple[int, Part], ...]
    rest: tuple[tuple[int, Part], ...]
    proposals: Mapping[str, tuple[Proposal, ...]]
    others: tuple[Proposal, ...]
    words_in: int
    words_lost: int
    doubled: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.parts) + len(self.rest)


# --- reading -----------------------------------------------------------------


def _as_html(content: str) -> str:
    """Return HTML; in plain text, short lines that name a section become headings."""
    if re.search(r"<(?:p|h[1-6]|div|ul|ol|br|!--)\b", content, re.IGNORECASE):
        return content
    blocks = re.split(r"\n\s*\n", content.replace("\r\n", "\n").strip())
    return "\n\n".join(html for block in blocks for html in _block(block))


def _block(block: str) -> Iterator[str]:
    first, _break, rest = block.partition("\n")
    short = len(first.split()) <= _HEADING_WORDS and not first.rstrip().endswith(".")
    if short and place_of_heading(first) is not None:
        yield f"<h2>{escape(first.strip())}</h2>"
        block = rest
    if block.strip():
        lines = escape(block.strip()).replace("\n", "<br>")
        yield f"<p>{lines}</p>"


def _title_in(content: str) -> str:
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", content, re.IGNORECASE | re.DOTALL)
    found = heading[1] if heading else content.partition("\n")[0]
    return " ".join(strip_tags(found).split())[:200]


def _in_words(reason: str) -> str:
    """Return a reason with our sections by their headings."""
    name = reason.rpartition(" ")[2]
    heading = SECTION_HEADINGS.get(name)
    return reason.replace(name, f"“{heading}”") if heading else reason


def _numbered(parts: Iterable[Part], first: int) -> tuple[tuple[int, Part], ...]:
    return tuple(enumerate(parts, start=first))


def split(title: str, content: str) -> Split:
    """Return a pasted post in parts, with what it seems to say. Pure; never raises."""
    html = _as_html(content)
    title = title or _title_in(content)
    muscles: Mapping[str, Muscle] = muscle_records()
    post = Post(
        id="pasted", kind="post", title=title, slug=slugify(title), content=html
    )
    done = convert_post(post, muscles)
    parts = [
        Part(
            row["html"], row["kind"], section, row["because"], row["confidence"] >= SURE
        )
        for section, rows in done.draft["sections"].items()
        for row in rows
    ]
    named = [part for part in parts[:1] if part.text == title]
    parts = parts[len(named) :]
    rest = [Part(part.html, part.kind, "", _("the title")) for part in named]
    rest += [
        Part(row["html"], "rest", "", _in_words(row["reason"]))
        for row in done.draft["not_placed"]
    ]
    proposals = _without_repeats(
        [Proposal(**_known(row)) for row in done.draft["proposals"]]
    )
    return Split(
        title=title,
        generation=done.draft["generation"],
        parts=_numbered(parts, 0),
        rest=_numbered(rest, len(parts)),
        proposals=_grouped(proposals),
        others=tuple(each for each in proposals if each.kind not in KINDS),
        words_in=done.entry["words_in"],
        words_lost=done.entry["words_lost"],
        doubled=tuple(done.entry["doubled"]),
    )


def _without_repeats(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Leave out steps of care that are sentences about the doctor already."""
    grave = {each.value for each in proposals if each.kind == "red-flag"}
    return [
        each
        for each in proposals
        if each.kind != "care-step" or each.value not in grave
    ]


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("kind", "value", "evidence", "confidence")}


def _grouped(proposals: Sequence[Proposal]) -> dict[str, tuple[Proposal, ...]]:
    groups = {
        _("Muscles"): ("muscle",),
        _("Where it hurts"): ("zone",),
        _("Signs"): tuple(kind for kind in KINDS if kind.startswith("sign.")),
        _("When to see someone"): ("red-flag",),
        _("Relief on the go"): ("care-step",),
    }
    return {
        name: tuple(each for each in proposals if each.kind in kinds)
        for name, kinds in groups.items()
    }


# --- the draft ---------------------------------------------------------------


def _markdown(part: Part) -> str:
    """Return a part as Markdown of a section; pictures become links to them."""
    text = markdownify(part.html, heading_style="ATX", bullets="-").strip()
    if part.kind == "heading":
        return f"### {text.lstrip('# ')}"
    return _PICTURE.sub(lambda found: f"[{found[1] or _('picture')}]({found[2]})", text)


def _texts(parts: Sequence[Part]) -> dict[str, str]:
    return {
        section: "\n\n".join(
            filter(None, (_markdown(part) for part in parts if part.section == section))
        )
        for section in SECTION_HEADINGS
    }


def _leaves(place: str) -> list[str]:
    """Return the leaf regions of a proposed place: a region, a group, a fuzzy place."""
    known = regions()
    if place in known and known[place].is_leaf:
        return [place]
    if place in known:
        return []
    concept = load_lexicon().concepts.get(place)
    held = concept.places if concept else {}
    return [leaf for leaf, weight in held.items() if weight >= LEAST_WEIGHT]


def _zones(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    found: dict[str, str] = {}
    for each in proposals:
        if each.kind == "zone" and each.level in WEIGHT:
            for leaf in _leaves(each.value):
                found.setdefault(leaf, each.level)
    return [{"level": level, "area": leaf} for leaf, level in found.items()]


def _values(proposals: Sequence[Proposal], kind: str) -> list[str]:
    return [each.value for each in proposals if each.kind == kind]


@transaction.atomic
def draft_from(
    *,
    title: str,
    parts: Sequence[Part],
    proposals: Sequence[Proposal],
    parent: PatternIndexPage,
    user: Any,
) -> PatternPage:
    """Make a draft page of what a person confirmed; nothing is published."""
    signs = [
        ("sign", {"group": each.group, "concept": each.value, "how_often": "often"})
        for each in proposals
        if each.kind.startswith("sign.")
    ]
    page = PatternPage(
        title=title[:255],
        live=False,
        has_unpublished_changes=True,
        owner=user,
        author=user.get_full_name() or user.get_username(),
        muscles=fronts.blocks(
            ("muscle", value) for value in _values(proposals, "muscle")
        ),
        zones=fronts.blocks(map(fronts.zone_block, _zones(proposals))),
        signs=fronts.blocks(signs),
        see_someone="\n".join(_values(proposals, "red-flag")),
        relief_on_the_go=fronts.lines(_values(proposals, "care-step")),
    )
    page.set_prose(_texts(parts))
    # The texts came from no file: what the editor holds is the original.
    page.source_prose = {}
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page
