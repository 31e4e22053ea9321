"""The hand-labelled posts: how they are read, built and compared with a placement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from achemap.wordpress import Post, convert_post
from achemap.wordpress.markup import to_html
from achemap.wordpress.segments import parsed, words_of


FOLDER = Path(__file__).parents[2] / "data" / "wordpress" / "labelled"
_SECTIONS = {"notes": "therapy_notes"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a labelled post: the section it belongs to, and its source."""

    section: str
    source: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled post; `markup` is classic, blocks or html."""

    title: str
    kind: str
    generation: str
    markup: str
    parts: tuple[Part, ...]

    @property
    def content(self) -> str:
        return "\n\n".join(_built(part.source, self.markup) for part in self.parts)

    @property
    def post(self) -> Post:
        return Post("1", "post", self.title, content=self.content)


def _built(source: str, markup: str) -> str:
    """Return a part as the named markup writes it."""
    name = "p"
    if heading := re.fullmatch(r"(##+) (.*)", source):
        name = f"h{len(heading[1])}"
        made = f"<{name}>{heading[2]}</{name}>"
    elif bold := re.fullmatch(r"\*\*(.*)\*\*", source):
        made = f"<p><strong>{bold[1]}</strong></p>"
    elif source.startswith("- "):
        name = "ul"
        made = (
            "<ul>"
            + "".join(f"<li>{each.strip()}</li>" for each in source[2:].split("|"))
            + "</ul>"
        )
    elif source.startswith("<"):
        name, made = "html", source
    else:
        made = source if markup == "classic" else f"<p>{source}</p>"
    if markup != "blocks":
        return made
    block = {"p": "paragraph", "ul": "list", "html": "html"}.get(name, "heading")
    return f"<!-- wp:{block} -->\n{made}\n<!-- /wp:{block} -->"


def read() -> Iterator[Labelled]:
    """Yield every labelled post."""
    for path in sorted(FOLDER.glob("*.txt")):
        head: list[str] = []
        parts: list[Part] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), "=== "]:
            if not line.startswith("=== "):
                section, _, source = line.partition(": ")
                parts.append(Part(_SECTIONS.get(section, section), source))
                continue
            if head:
                yield Labelled(head[0], head[1], head[2], head[3], tuple(parts))
            head, parts = [each.strip() for each in line[4:].split("|")], []


def _words(html: str) -> list[str]:
    body = parsed(html)
    return words_of(body.text(deep=True, separator="")) if body is not None else []


def judged(labelled: Labelled) -> Iterator[tuple[Part, str]]:
    """Yield each part with the section in which the program put it.

    Words keep their order, so the n-th word of the post is that of the n-th part; a
    part counts as placed where most of its words are. Pictures without words go by
    the segment that shows them.
    """
    done = convert_post(labelled.post, {})
    row: list[str] = []
    shown: dict[str, str] = {}
    for each in done.placement.in_order():
        where = each.section or "out"
        row += [where] * each.segment.words
        for media in each.segment.media:
            shown[media.address] = where
    at = 0
    for part in labelled.parts:
        words = _words(to_html(_built(part.source, labelled.markup)))
        here = row[at : at + len(words)]
        at += len(words)
        if here:
            yield part, max(sorted(set(here)), key=here.count)
            continue
        source = re.search(r'src="([^"]*)"', part.source)
        yield part, shown.get(source[1], "nowhere") if source else "nowhere"
