"""The text of an old post as the editor's rich text: plain functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
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
AS_A_LIST = "a table: a pattern’s sections hold none, so its rows are a list"
NOT_DESCRIBED = "Picture, not described yet"


@dataclass(frozen=True, slots=True)
class Into:
    """What a text is made for: where links lead now, and what it can hold.

    `pictures` gives the HTML of the pictures of a part, by its number.
    """

    new_address: NewAddress
    pictures: Callable[[int], str] = lambda _part: ""
    holds_tables: bool = False


def picture_html(image: Any, words: str, *, as_picture: bool) -> str:
    """Return a picture for a page's rich text.

    The sections of records go to plain files, which hold no pictures: there it is a
    link to the picture, with the words that say what it shows.
    """
    if as_picture:
        return (
            f'<embed alt="{escape(words)}" embedtype="image" format="fullwidth"'
            f' id="{image.pk}"/>'
        )
    said = f"Picture: {words}" if words else NOT_DESCRIBED
    return f'<p><a href="{escape(image.file.url)}">{escape(said)}</a></p>'


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


_TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "p", "b", "i", "strong", "em", "ul", "ol", "li", "br", "a"}  # fmt: skip


_AROUND = re.compile(r" ?(</?(?:table|caption|thead|tbody|tfoot|tr|th|td)\b[^>]*>) ?")


def kept_table(html: str) -> str:
    """Return the tables of a piece of HTML, cleaned; empty when there is none.

    Used when a draft is made and again whenever the page is shown.
    """
    clean = nh3.clean(
        html,
        tags=_TABLE,
        attributes={
            "a": {"href"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    body = LexborHTMLParser(clean).body
    tables = body.css("table") if body is not None else []
    if not any(
        cell.text(strip=True) for table in tables for cell in table.css("td, th")
    ):
        return ""
    return _AROUND.sub(r"\1", " ".join(clean.split()))


def table_html(html: str) -> str:
    """Return a table as a page of text stores it, in one piece."""
    kept = kept_table(html)
    return f'<embed embedtype="table" html="{escape(kept)}"/>' if kept else ""


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


def _prose(html: str, into: Into) -> str:
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
        return match[1] + escape(into.new_address(address) or address) + match[3]

    kept = _HREF.sub(lead, kept).strip()
    return kept if not kept or _BLOCK.match(kept) else f"<p>{kept}</p>"


def _media(paragraph: Paragraph, into: Into) -> str:
    """Return pictures, videos as links, and captions as words."""
    parts = [into.pictures(paragraph["n"])]
    for kind, address, _alt, caption in paragraph["media"]:
        if kind in {"video", "audio", "embed"} and address.startswith(
            ("https://", "http://")
        ):
            words = caption or address
            parts.append(f'<p><a href="{escape(address)}">{escape(words)}</a></p>')
        elif caption:
            parts.append(f"<p><i>{escape(caption)}</i></p>")
    return "".join(dict.fromkeys(parts))


def paragraph_html(paragraph: Paragraph, into: Into) -> str:
    """Return a paragraph as rich text that a page can hold; no word is dropped."""
    kind, text = paragraph["kind"], paragraph["text"]
    shown = _media(paragraph, into) if paragraph["media"] else ""
    if kind in {"picture", "video", "audio", "embed"}:
        left = any(word not in shown for word in escape(text).split())
        return shown + (f"<p>{escape(text)}</p>" if left and text else "")
    return _words(paragraph, into) + shown


def _words(paragraph: Paragraph, into: Into) -> str:
    kind, text = paragraph["kind"], paragraph["text"]
    if kind == "heading":
        tag = "h3" if paragraph["level"] <= 3 else "h4"
        return f"<{tag}>{escape(text)}</{tag}>"
    if kind == "table":
        table = table_html(paragraph["html"]) if into.holds_tables else ""
        return table or _cells(paragraph["html"])
    if kind == "shortcode" or (kind == "list" and "<dl" in paragraph["html"]):
        return f"<p>{escape(text)}</p>" if text else ""
    return _prose(paragraph["html"], into)


def section_html(paragraphs: Iterable[Paragraph], section: str, into: Into) -> str:
    """Return the rich text of one section."""
    return "".join(
        paragraph_html(each, into) for each in paragraphs if each["section"] == section
    )


def in_whole(paragraph: Paragraph) -> bool:
    """Return whether a page of text holds a paragraph: not the site's own furniture."""
    return bool(paragraph["section"]) or str(paragraph["because"]).startswith(
        "the heading of"
    )


def whole_html(paragraphs: Iterable[Paragraph], into: Into) -> str:
    """Return a post as one text: all but the site's own furniture."""
    return "".join(paragraph_html(each, into) for each in paragraphs if in_whole(each))


def not_carried(
    paragraphs: Iterable[Paragraph], *, holds_tables: bool = False
) -> list[tuple[str, str]]:
    """Return (what, why) for all but pictures that a draft does not hold as it was."""
    found = []
    for each in paragraphs:
        if not each["section"]:
            what = each["text"] or each["kind"]
            found.append((str(what)[:200], str(each["because"])))
            continue
        if each["kind"] == "table" and not (holds_tables and kept_table(each["html"])):
            found.append((str(each["text"])[:200], AS_A_LIST))
        found.extend(
            (f"[{name}]", "a shortcode nobody knows") for name in each["shortcodes"]
        )
    return found
