"""Plain HTML as a flat list of segments, each of which has exactly one place later.

Every visible word of a post is in exactly one segment, so that "nothing lost" can be
counted: words, links, pictures, videos, tables and shortcodes in and out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode


Kind = Literal[
    "heading",
    "paragraph",
    "list",
    "table",
    "quote",
    "picture",
    "video",
    "rule",
    "code",
    "form",
]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEAVES: dict[str, Kind] = {
    "p": "paragraph",
    "ul": "list",
    "ol": "list",
    "dl": "list",
    "table": "table",
    "blockquote": "quote",
    "pre": "code",
    "figure": "picture",
    "img": "picture",
    "picture": "picture",
    "iframe": "video",
    "video": "video",
    "audio": "video",
    "embed": "video",
    "object": "video",
    "hr": "rule",
    "form": "form",
    "fieldset": "form",
    "address": "paragraph",
}
_CONTAINERS = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "center",
        "body",
        "details",
        "wp-shortcode",
        "figcaption",
        "summary",
    ]
)
_HIDDEN = frozenset(
    ["script", "style", "noscript", "template", "head", "link", "meta", "title"]
)
_WORD = re.compile(r"\w+(?:['’-]\w+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video or sound; `attachment` is WordPress's number when known."""

    kind: Literal["picture", "video"]
    address: str
    alt: str = ""
    caption: str = ""
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One block of a post: what kind, its HTML and text, and what is in it."""

    kind: Kind
    html: str
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()
    shortcodes: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        return count_words(self.text)


def count_words(text: str) -> int:
    """Return the number of words of any script in a text."""
    return len(_WORD.findall(text))


def _text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator=" ").split())


def _media(node: LexborNode) -> Iterator[Media]:
    caption = node.css_first("figcaption")
    said = _text(caption) if caption is not None else ""
    for image in node.css("img"):
        get = image.attributes.get
        yield Media(
            "picture",
            get("src") or get("data-src") or "",
            (get("alt") or "").strip(),
            said,
            get("data-attachment") or _attachment(get("class") or ""),
        )
    for player in node.css("iframe, video, audio, embed, source"):
        if address := player.attributes.get("src"):
            yield Media("video", address, caption=said)
    for link in node.css("a[data-embed]"):
        yield Media("video", link.attributes.get("href") or "", caption=said)


def _attachment(classes: str) -> str:
    match = re.search(r"wp-image-(\d+)", classes)
    return match[1] if match else ""


def _segment(kind: Kind, node: LexborNode, shortcodes: tuple[str, ...]) -> Segment:
    media = tuple(_media(node))
    if kind == "picture" and any(each.kind == "video" for each in media):
        kind = "video"
    links = tuple(
        Link(address, _text(each))
        for each in node.css("a")
        if (address := each.attributes.get("href") or "")
        and "data-embed" not in each.attributes
    )
    inside = tuple(
        each.attributes.get("data-name") or "" for each in node.css("wp-shortcode")
    )
    if kind == "paragraph" and media and not _text(node):
        kind = media[0].kind
    return Segment(
        kind=kind,
        html=node.html or "",
        text=_text(node),
        level=_HEADINGS.get(node.tag or "", 0),
        links=links,
        media=media,
        shortcodes=shortcodes + inside,
    )


def _loose(nodes: list[LexborNode], shortcodes: tuple[str, ...]) -> Iterator[Segment]:
    """Yield text that stands directly in a container, as a paragraph."""
    if not nodes:
        return
    content = "".join(node.html or "" for node in nodes)
    if not content.strip():
        return
    body = LexborHTMLParser(f"<p>{content}</p>").body
    if body is None:
        return
    for node in body.iter(include_text=False):
        made = _segment("paragraph", node, shortcodes)
        if made.text or made.media:
            yield made


def _walk(parent: LexborNode, shortcodes: tuple[str, ...]) -> Iterator[Segment]:
    loose: list[LexborNode] = []
    for node in parent.iter(include_text=True):
        tag = (node.tag or "").lower()
        if tag in _HIDDEN or tag == "_comment":
            continue
        block = tag in _HEADINGS or tag in _LEAVES or tag in _CONTAINERS
        if not block:
            loose.append(node)
            continue
        yield from _loose(loose, shortcodes)
        loose, pending = [], shortcodes
        shortcodes = ()
        if tag in _CONTAINERS:
            name = node.attributes.get("data-name") if tag == "wp-shortcode" else None
            yield from _walk_named(node, name, pending)
        elif tag in _HEADINGS:
            yield _segment("heading", node, pending)
        else:
            yield _segment(_LEAVES[tag], node, pending)
    yield from _loose(loose, shortcodes)


def _walk_named(
    node: LexborNode, name: str | None, pending: tuple[str, ...]
) -> Iterator[Segment]:
    """Yield a container's segments; a shortcode's name goes to its first one."""
    names = pending + ((name,) if name else ())
    found = list(_walk(node, names))
    if not found and names:
        yield Segment("paragraph", node.html or "", "", shortcodes=names)
    yield from found


def _as_heading(segment: Segment) -> Segment:
    """Return a short all-bold paragraph as the heading it stands for."""
    if (
        segment.kind != "paragraph"
        or segment.words > 12
        or segment.media
        or not segment.text
    ):
        return segment
    body = LexborHTMLParser(segment.html).body
    strong = body.css_first("strong, b") if body is not None else None
    if (
        strong is None
        or _text(strong) != segment.text
        or segment.text.endswith((".", ",", ";"))
    ):
        return segment
    return Segment("heading", segment.html, segment.text, 4, segment.links)


def segments(html: str) -> list[Segment]:
    """Return the segments of plain HTML, in order.

    Never raises: broken markup is mended as a browser would.
    """
    body = LexborHTMLParser(html).body
    if body is None:
        return []
    found = [_as_heading(each) for each in _walk(body, ())]
    return [
        each
        for each in found
        if each.text or each.media or each.shortcodes or each.kind == "rule"
    ]


def visible_words(html: str) -> int:
    """Return how many words of the HTML a reader can see: the count to be kept."""
    tree = LexborHTMLParser(html)
    for hidden in tree.css(", ".join(sorted(_HIDDEN - {"head"}))):
        hidden.decompose()
    return count_words(tree.body.text(deep=True, separator=" ")) if tree.body else 0
