"""The text of an old post as the editor's rich text: plain functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import nh3
from selectolax.lexbor import LexborHTMLParser


Paragraph = Mapping[str, Any]
# Where a link of the old site leads to now, or None when nobody knows.
NewAddress = Callable[[str], str | None]

_KEPT = {"p", "b", "i", "strong", "em", "ol", "ul", "li", "a", "br"}
_SAME = (("strong", "b"), ("em", "i"))
_BLOCK = re.compile(r"^\s*<(?:p|ul|ol)\b")
_HREF = re.compile(r'(<a\b[^>]*\bhref=")([^"]*)(")')
# A table, a picture and a video have no place in a section as they are.
NOT_CARRIED = {
    "picture": "a picture: the map is drawn from the zones; upload others by hand",
    "form": "a form",
    "rule": "a line",
}


def original_html(paragraph: Paragraph) -> str:
    """Return a paragraph for the frame that shows the original, made harmless.

    Nothing is fetched for it: a picture or video is shown by its name.
    """
    shown = nh3.clean(
        paragraph["html"],
        tags=_KEPT | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "td", "th", "dl", "dt", "dd", "blockquote", "pre", "hr", "figcaption", "cite"},
        attributes={},
        url_schemes=set(),
        link_rel=None,
    )  # fmt: skip
    names = "".join(
        f'<p class="media">{escape(kind.capitalize())}: {escape(address)}'
        + (f" — “{escape(alt)}”" if alt else "")
        + "</p>"
        for kind, address, alt, _caption in paragraph["media"]
    )
    codes = "".join(
        f'<p class="media">Shortcode: [{escape(name)}]</p>'
        for name in paragraph["shortcodes"]
    )
    return shown + names + codes


def _cells(html: str) -> str:
    body = LexborHTMLParser(html).body
    rows = body.css("tr") if body is not None else []
    lines = [
        " · ".join(
            text
            for cell in row.css("td, th")
            if (text := " ".join(cell.text(deep=True, separator=" ").split()))
        )
        for row in rows
    ]
    return (
        "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines if line) + "</ul>"
    )


def _prose(html: str, new_address: NewAddress) -> str:
    kept = nh3.clean(
        html,
        tags=_KEPT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    for old, new in _SAME:
        kept = kept.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")

    def lead(match: re.Match[str]) -> str:
        address = match[2].replace("&amp;", "&")
        return match[1] + escape(new_address(address) or address) + match[3]

    kept = _HREF.sub(lead, kept).strip()
    return kept if not kept or _BLOCK.match(kept) else f"<p>{kept}</p>"


def _media(paragraph: Paragraph) -> str:
    """Return videos as links and captions as words."""
    parts = []
    for kind, address, _alt, caption in paragraph["media"]:
        if kind in {"video", "audio", "embed"} and address.startswith(
            ("https://", "http://")
        ):
            words = caption or address
            parts.append(f'<p><a href="{escape(address)}">{escape(words)}</a></p>')
        elif caption:
            parts.append(f"<p><i>{escape(caption)}</i></p>")
    return "".join(dict.fromkeys(parts))


def paragraph_html(paragraph: Paragraph, new_address: NewAddress) -> str:
    """Return a paragraph as rich text that a section can hold; no word is dropped."""
    kind, text = paragraph["kind"], paragraph["text"]
    if kind == "heading":
        tag = "h3" if paragraph["level"] <= 3 else "h4"
        return f"<{tag}>{escape(text)}</{tag}>"
    if kind == "table":
        return _cells(paragraph["html"])
    if kind == "shortcode":
        return f"<p>{escape(text)}</p>" if text else ""
    if kind in {"picture", "video", "audio", "embed"}:
        said = _media(paragraph)
        left = any(word not in said for word in escape(text).split())
        return said + (f"<p>{escape(text)}</p>" if left and text else "")
    if kind == "list" and "<dl" in paragraph["html"]:
        return f"<p>{escape(text)}</p>"
    return _prose(paragraph["html"], new_address) + (
        _media(paragraph) if paragraph["media"] else ""
    )


def section_html(
    paragraphs: Iterable[Paragraph], section: str, new_address: NewAddress
) -> str:
    """Return the rich text of one section."""
    return "".join(
        paragraph_html(each, new_address)
        for each in paragraphs
        if each["section"] == section
    )


def whole_html(paragraphs: Iterable[Paragraph], new_address: NewAddress) -> str:
    """Return a post as one text: all but the site's own furniture."""
    return "".join(
        paragraph_html(each, new_address)
        for each in paragraphs
        if each["section"] or str(each["because"]).startswith("the heading of")
    )


def not_carried(paragraphs: Iterable[Paragraph]) -> list[tuple[str, str]]:
    """Return (what, why) for all that a draft does not hold as it was."""
    found = []
    for each in paragraphs:
        if not each["section"]:
            what = each["text"] or each["kind"]
            found.append((str(what)[:200], str(each["because"])))
            continue
        found.extend(
            (address, NOT_CARRIED["picture"])
            for kind, address, _alt, _caption in each["media"]
            if kind == "picture"
        )
        found.extend(
            (f"[{name}]", "a shortcode nobody knows") for name in each["shortcodes"]
        )
    return found
