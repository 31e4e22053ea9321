"""Plain HTML as a flat list of segments, each of which has exactly one place later.

Every visible word of a post is in exactly one segment, so that "nothing lost" can be
counted: words, links, pictures, videos, tables and shortcodes in and out. What no
reader saw (scripts, remarks) becomes segments too, of the kind "hidden".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from achemap.wordpress.media_links import Link, Media, links_in, media_in
from achemap.wordpress.vocabulary import place_of_heading


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
    "drawing",
    "shortcode",
    "hidden",
]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEAVES: dict[str, Kind] = {
    "p": "paragraph",
    "ul": "list",
    "ol": "list",
    "dl": "list",
    "menu": "list",
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
    "address": "paragraph",
    "svg": "drawing",
    "canvas": "drawing",
}
_CONTAINERS = frozenset(
    ["div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "body", "details", "form", "wp-shortcode", "figcaption", "summary", "fieldset", "noscript-shown"]
)  # fmt: skip
_HIDDEN = frozenset(
    ["script", "style", "noscript", "template", "head", "link", "meta", "title", "base", "noframes"]
)  # fmt: skip
_BLOCK_CSS = "p, ul, ol, dl, table, blockquote, figure, div, section, h1, h2, h3, h4, h5, h6"  # fmt: skip
_CONTROLS = "input, select, textarea, button"
_WORD = re.compile(r"\w+(?:['’-]\w+)*", re.UNICODE)
# Tags at which one word ends and another begins, whatever the spaces.
_ENDS_WORD = re.compile(
    r"(?=</?(?:p|li|ul|ol|dl|dt|dd|td|th|tr|table|caption|div|section|article|h[1-6]|hr|"
    r"br|figure|figcaption|blockquote|pre|option|optgroup|select|textarea|button|form|"
    r"label|legend|fieldset|iframe|video|audio|object|svg|canvas|wp-shortcode|img|"
    r"header|footer|nav|aside|main|address|summary|details|center|noscript|script|"
    r"style|template|input|menu)\b)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?([^'\")\s]+)")
_DEEPEST = 150
_LONGEST_HEADING = 12


@dataclass(frozen=True, slots=True)
class Segment:
    """One block of a post: what kind, its HTML and text, and what is in it.

    `at` is its number in the post. `level` is that of a heading (1-6), else 0.
    `shortcodes` are names of known shortcodes that it came from; an unknown one is a
    segment of its own, whose `html` is the shortcode as written. `lead` is the bold
    or first line that a paragraph begins with, when it may be meant as a heading.
    """

    kind: Kind
    html: str
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()
    shortcodes: tuple[str, ...] = ()
    tables: int = 0
    lead: str = ""
    at: int = 0

    @property
    def words(self) -> int:
        return count_words(self.text)

    def count(self, kind: str) -> int:
        """Return how many pictures, videos, sounds or embeds it holds."""
        return sum(media.kind == kind for media in self.media)


def words_of(text: str) -> list[str]:
    """Return the words of any script in a text, in order."""
    return _WORD.findall(text)


@lru_cache(maxsize=1024)
def count_words(text: str) -> int:
    """Return the number of words of any script in a text."""
    return len(_WORD.findall(text))


def parsed(html: str) -> LexborNode | None:
    """Return the body of HTML in which every block ends a word, None without one."""
    return LexborHTMLParser("<body>" + _ENDS_WORD.sub("\n", html)).body


@dataclass(slots=True)
class _Pending:
    """What a container itself carried: it goes to the first segment inside."""

    shortcodes: list[str] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    tables: int = 0

    def take(self, segment: Segment) -> Segment:
        if not (self.shortcodes or self.media or self.tables):
            return segment
        taken = replace(
            segment,
            shortcodes=(*self.shortcodes, *segment.shortcodes),
            media=(*self.media, *segment.media),
            tables=segment.tables + self.tables,
        )
        self.shortcodes, self.media, self.tables = [], [], 0
        return taken


def _text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator="").split())


def _visible(node: LexborNode) -> str:
    """Return a node's text without scripts and the like inside it."""
    html = node.html or ""
    if "<" in html[1:] and any(f"<{tag}" in html for tag in ("script", "style", "templ", "noscr")):  # fmt: skip
        body = LexborHTMLParser(html).body
        if body is not None:
            for each in body.css("script, style, template, noscript"):
                each.decompose()
            return _text(body)
    return _text(node)


def _lead(node: LexborNode, text: str, html: str) -> str:
    """Return the bold start or first line of a paragraph, if it is short."""
    first = next(iter(node.iter(include_text=True)), None)
    while first is not None and not (first.text(deep=True) or "").strip():
        first = first.next
    if first is not None and (first.tag or "") in {"strong", "b", "u", "em", "span"}:
        said = _text(first)
        if said and len(said) <= 80:
            return said
    if "<br" in html:
        line = (node.text(deep=True, separator="") or "").strip().partition("\n")[0]
        if line and len(line) <= 80:
            return line.strip()
    return text if len(text) <= 80 else ""


def _is_heading(node: LexborNode, text: str) -> bool:
    """Return whether a line by itself is meant as a heading: known as one, or bold.

    A line that is a link is a way to another post, whatever its words.
    """
    if node.css_first("a[href]") is not None:
        return False
    if place_of_heading(text, exactly=True) is not None:
        return True
    if count_words(text) > _LONGEST_HEADING or text.endswith((".", ",", ";", "!")):
        return False
    strong = node.css_first("strong, b")
    return strong is not None and _text(strong) == text


def _segments_of(kind: Kind, node: LexborNode) -> Iterator[Segment]:
    """Yield a node as one segment, then the unknown shortcodes and code inside it."""
    html = node.html or ""
    text = _visible(node)
    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    shortcodes: tuple[str, ...] = ()
    tables = int(kind == "table")
    after: list[Segment] = []
    level = _HEADINGS.get(node.tag or "", 0)
    rich = html.count("<") > 2 or kind in {"picture", "video"}
    rich = rich or "data-" in html or text.startswith("http")
    if rich:
        media = tuple(media_in(node, text))
        links = tuple(links_in(node))
        if "data-shortcode" in html:
            named = node.css("[data-shortcode]")
            shortcodes = tuple(_get(each, "data-shortcode") for each in named)
        if "<table" in html:
            tables = len(node.css("table"))
        after = list(_apart(node, html))
    if kind == "paragraph" and rich and node.css_first(_CONTROLS) is not None:
        kind = "form"
    if kind in {"paragraph", "picture"}:
        kind = _by_media(kind, text, media, html)
    lead = _lead(node, text, html) if kind == "paragraph" else ""
    if lead and lead == text and _is_heading(node, text):
        kind, level = "heading", 4
    made = Segment(kind, html, text, level, links, media, shortcodes, tables, lead)
    if (
        text
        or media
        or shortcodes
        or links
        or tables
        or kind in {"rule", "form", "drawing"}
    ):
        yield made
    yield from after


def _by_media(kind: Kind, text: str, media: Sequence[Media], html: str) -> Kind:
    """Return what a paragraph or figure is, going by what it shows."""
    if kind == "picture" and "<table" in html:
        return "table"
    if kind == "picture" and not media:
        return "quote" if "<blockquote" in html else "paragraph"
    if media and (kind == "picture" or not text or text == media[0].address):
        return "picture" if media[0].kind == "picture" else "video"
    return kind


def _get(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _apart(node: LexborNode, html: str) -> Iterator[Segment]:
    """Yield what inside a block is no text of it: shortcodes, scripts, remarks."""
    if "<wp-shortcode" in html:
        for each in node.css("wp-shortcode"):
            yield _shortcode(each)
    if any(f"<{tag}" in html for tag in ("script", "style", "templ", "noscr")):
        for each in node.css("script, style, template, noscript"):
            yield _hidden(each)
    if "<!--" in html:
        for found in re.findall(r"<!--.*?-->", html, re.DOTALL):
            yield Segment("hidden", found, "")


def _shortcode(node: LexborNode) -> Segment:
    return Segment(
        "shortcode", _get(node, "data-raw"), "", shortcodes=(_get(node, "data-name"),)
    )


def _hidden(node: LexborNode) -> Segment:
    return Segment("hidden", node.html or "", "")


def _loose(nodes: list[LexborNode], pending: _Pending) -> Iterator[Segment]:
    """Yield text that stands directly in a container, as a paragraph."""
    content = "".join(node.html or "" for node in nodes)
    if not content.strip():
        return
    body = LexborHTMLParser(f"<body><p>{content}</p>").body
    if body is None:
        return
    for node in body.iter(include_text=False):
        for made in _segments_of("paragraph", node):
            yield pending.take(made)


def _is_layout(table: LexborNode) -> bool:
    """Return whether a table only lays out the page: its cells hold blocks."""
    return bool(table.css_first("h1, h2, h3, h4, h5, h6")) or len(table.css("td p")) > 3


def _opens(node: LexborNode, tag: str) -> bool:
    """Return whether to look into a node rather than keep it whole."""
    if tag in _CONTAINERS:
        return True
    if tag in {"table", "tbody", "tr", "td", "th", "thead", "tfoot"}:
        return _is_layout(node)
    if tag in _LEAVES or tag in _HEADINGS or tag.startswith(("-", "_")):
        return tag in {"ul", "ol", "blockquote"} and bool(node.css_first("h1, h2, h3"))
    blocks = len(node.css(_BLOCK_CSS)) if "<" in (node.html or "")[1:] else 0
    return blocks > (3 if tag == "a" else 0)


def _own(node: LexborNode, tag: str, pending: _Pending) -> None:
    """Note what a container carries besides its content."""
    if name := _get(node, "data-shortcode"):
        pending.shortcodes.append(name)
    if match := _BACKGROUND.search(_get(node, "style")):
        pending.media.append(Media("picture", match[1]))
    if tag == "table":
        pending.tables += 1


def _walk(parent: LexborNode, pending: _Pending, depth: int) -> Iterator[Segment]:
    loose: list[LexborNode] = []
    for node in parent.iter(include_text=True):
        tag = (node.tag or "").lower()
        hidden = tag in _HIDDEN or tag in {"_comment", "-comment", "!--"}
        opens = not hidden and depth < _DEEPEST and _opens(node, tag)
        if not (hidden or opens or tag in _HEADINGS or tag in _LEAVES):
            loose.append(node)
            continue
        yield from _loose(loose, pending)
        loose = []
        if hidden:
            yield _hidden(node)
        elif opens:
            yield from _inside(node, tag, pending, depth)
        else:
            kind: Kind = "heading" if tag in _HEADINGS else _LEAVES[tag]
            for made in _segments_of(kind, node):
                yield pending.take(made)
    yield from _loose(loose, pending)


def _inside(
    node: LexborNode, tag: str, pending: _Pending, depth: int
) -> Iterator[Segment]:
    if tag == "wp-shortcode":
        yield _shortcode(node)
    _own(node, tag, pending)
    if tag == "a":
        first = True
        for made in _walk(node, pending, depth + 1):
            link = Link(_get(node, "href"), made.text)
            yield replace(made, links=(link, *made.links)) if first else made
            first = False
        return
    yield from _walk(node, pending, depth + 1)


def segments(html: str) -> list[Segment]:
    """Return the segments of plain HTML, in order.

    Never raises: broken markup is mended as a browser would.
    """
    body = parsed(html)
    if body is None:
        return []
    pending = _Pending()
    found = list(_walk(body, pending, 0))
    if pending.shortcodes or pending.media or pending.tables:
        found.append(pending.take(Segment("picture" if pending.media else "shortcode", "", "")))  # fmt: skip
    return [replace(each, at=at) for at, each in enumerate(found)]


def visible_words(html: str) -> int:
    """Return how many words of the HTML a reader can see: the count to be kept."""
    body = parsed(html)
    return count_words(_visible(body)) if body is not None else 0
