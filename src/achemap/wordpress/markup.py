"""Post content to plain HTML: blocks, shortcodes and paragraphs made explicit.

WordPress stores three kinds of content: block markup (HTML with comments), classic
markup (line breaks mean paragraphs) and shortcodes in either. This module turns all
three into ordinary HTML without losing anything: a shortcode or block nobody knows
stays, as a marked element that the report lists. Every step is one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from achemap.wordpress.shortcodes import marked, with_shortcodes


BLOCK_TAGS = (
    "address|article|aside|blockquote|caption|col|colgroup|dd|details|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|legend|li|main|"
    "map|math|menu|nav|ol|option|p|pre|section|select|style|script|summary|svg|"
    "table|tbody|td|tfoot|th|thead|tr|ul|video|audio"
)
_BLOCK = re.compile(r"\s*(?P<shut>/?)wp:(?P<name>[\w/-]+)(?P<rest>.*)", re.DOTALL)
_KEPT = re.compile(r"<(pre|script|style|textarea)\b", re.IGNORECASE)
_AROUND_BLOCK = re.compile(rf"(</?(?:{BLOCK_TAGS})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_STARTS_BLOCK = re.compile(rf"</?(?:{BLOCK_TAGS})\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"(?<!>)\n")
_HELD = re.compile(r"<hr data-kept=(\d+)>")
_UNCOUNTED = frozenset(
    ["hr", "col", "div", "section", "article", "wp-shortcode", "main", "header", "footer", "aside", "nav", "details"]
)  # fmt: skip
# An address that lacks its closing quote; no address holds a bracket.
_UNQUOTED = re.compile(r"\b(href|src)=\"([^\"\s<>]{0,2000})>", re.IGNORECASE)
# An element that can never be closed.
_PLAINTEXT = re.compile(r"<(/?)(?:plaintext|xmp|listing)\b", re.IGNORECASE)
# Elements that end by themselves, so that many in a row are no nesting.
_SHALLOW = frozenset(
    ["p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "input", "meta", "link", "source", "col", "area", "base", "embed", "param", "wbr"]
)  # fmt: skip
_STYLING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)  # fmt: skip
# Deeper nesting than a person writes costs a parser quadratic time.
_DEEPEST = 200
_FEW_TAGS = 2000
_MOST_COPIES = 100_000


def _comments(content: str) -> Iterator[tuple[str, str | None]]:
    """Yield the content as (text before, HTML comment after it) pairs."""
    at = 0
    while (start := content.find("<!--", at)) >= 0:
        end = content.find("-->", start + 4)
        if end < 0:
            break
        yield content[at:start], content[start + 4 : end]
        at = end + 3
    yield content[at:], None


def _plain_blocks(content: str) -> str:
    """Return block markup without its comments; what only they hold is marked."""
    parts: list[str] = []
    depth, free = 0, 0
    for text, comment in _comments(content):
        loose = text.strip() and (depth == 0 or free == depth)
        parts.append(with_paragraphs(text) if loose else text)
        if comment is None:
            continue
        match = _BLOCK.match(comment)
        if match is None:
            parts.append(f"<!--{comment}-->")
        elif match["shut"]:
            free = 0 if free == depth else free
            depth = max(0, depth - 1)
        elif match["rest"].rstrip().endswith("/"):
            parts.append(marked(f"wp:{match['name']}", f"<!--{comment}-->"))
        else:
            depth += 1
            if match["name"] in {"freeform", "core/freeform"}:
                free = depth
    return "".join(parts)


def _held(text: str) -> tuple[str, list[str]]:
    """Return the text with a mark for each preformatted part, and those parts."""
    kept: list[str] = []
    parts: list[str] = []
    lowered, unclosed = text.lower(), set[str]()
    at = start = 0
    while match := _KEPT.search(text, start):
        name = match[1].lower()
        close = f"</{name}"
        end = -1 if name in unclosed else lowered.find(close, match.end())
        end = text.find(">", end) + 1 if end >= 0 else 0
        if end <= 0:
            unclosed.add(name)
            start = match.end()
            continue
        parts.append(text[at : match.start()])
        parts.append(f"\n\n<hr data-kept={len(kept)}>\n\n")
        kept.append(text[match.start() : end])
        at = start = end
    parts.append(text[at:])
    return "".join(parts), kept


def with_paragraphs(content: str) -> str:
    """Return classic content with its line breaks as paragraphs and <br>.

    Blank lines end a paragraph; a single line break is a <br>; block elements stand
    by themselves; preformatted text is left alone.
    """
    text, kept = _held(content.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BREAKS.sub("\n\n", text)
    text = "\n\n".join(_AROUND_BLOCK.split(text))
    parts: list[str] = []
    depth = 0
    for part in _BLANK.split(text):
        part = part.strip()
        if not part:
            continue
        if _STARTS_BLOCK.match(part):
            depth = max(0, depth + _depth_change(part))
            parts.append(part)
        elif depth > 0:
            parts.append(part.replace("\n", "<br>\n"))
        else:
            broken = _LINE.sub("<br>\n", part)
            parts.append(f"<p>{broken}</p>")
    joined = "\n".join(parts)
    return _HELD.sub(lambda match: _put_back(match, kept), joined)


def _put_back(match: re.Match[str], kept: list[str]) -> str:
    number = int(match[1]) if len(match[1]) < 9 else len(kept)
    return kept[number] if number < len(kept) else match.group()


def _depth_change(tag: str) -> int:
    """Return how a block tag changes the depth in which lines are no paragraphs."""
    match = _TAG.match(tag)
    if match is None or match[2].lower() in _UNCOUNTED or tag.endswith("/>"):
        return 0
    return -1 if match[1] else 1


def untangled(html: str) -> str:
    """Return HTML without tags nested deeper than any person would write.

    Only tags go, never words. Guards the parser, whose time grows with the square
    of the depth and with what unclosed styling tags make it copy.
    """
    if html.count("<") < _FEW_TAGS:
        return html
    depth = dropped = copies = styled = 0
    parts: list[str] = []
    at = 0
    for match in _TAG.finditer(html):
        name, shut = match[2].lower(), bool(match[1])
        if name in _STYLING:
            styled = max(0, styled + (-1 if shut else 1))
        elif not shut:
            copies += styled
        if name in _SHALLOW:
            continue
        if shut and dropped:
            dropped -= 1
        elif not shut and depth >= _DEEPEST:
            dropped += 1
        else:
            depth = max(0, depth + (-1 if shut else 1))
            continue
        parts.append(html[at : match.start()] + "\n")
        at = match.end()
    parts.append(html[at:])
    whole = "".join(parts)
    return _unstyled(whole) if copies > _MOST_COPIES else whole


def _unstyled(html: str) -> str:
    return _TAG.sub(
        lambda match: (
            match.group()
            if match[2].lower() not in _STYLING or match[2].lower() == "a"
            else ""
        ),
        html,
    )


def mended(content: str) -> str:
    """Return content in which no broken tag swallows the words after it."""
    content = _UNQUOTED.sub(r'\1="\2">', content.replace("\x00", ""))
    content = _PLAINTEXT.sub(r"<\1pre", content)
    last = content.rfind("<")
    if last >= 0 and content.find(">", last) < 0:
        content = f"{content[:last]}&lt;{content[last + 1 :]}"
    return content


def to_html(content: str) -> str:
    """Return any WordPress content as ordinary HTML, nothing dropped."""
    content = mended(content)
    if "<!-- wp:" in content or "<!--wp:" in content:
        return untangled(with_shortcodes(_plain_blocks(content)))
    return untangled(with_paragraphs(with_shortcodes(content)))
