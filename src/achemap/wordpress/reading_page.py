"""A saved HTML page as the post it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from achemap.errors import BadInput
from achemap.wordpress.markup import untangled
from achemap.wordpress.records import Post


LARGEST_PAGE = 20_000_000
_ARTICLE = (
    "article .entry-content",
    ".entry-content",
    ".post-content",
    ".fusion-text",
    "[itemprop=articleBody]",
    "article",
    "main",
    "body",
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,30})", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:postid|page-id)-(\d+)\b")


def _text(raw: bytes, name: str) -> str:
    """Return a page's text in the encoding that it names, or in UTF-8."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    match = _CHARSET.search(raw[:4096])
    encoding = match[1].decode("ascii", "replace") if match else "utf-8"
    try:
        return raw.decode(encoding, "replace")
    except LookupError as error:
        raise BadInput(
            f"names an encoding nobody knows: {encoding}",
            file=name,
            fix="save it as UTF-8",
        ) from error


def _address(tree: LexborHTMLParser) -> str:
    canonical = tree.css_first('link[rel="canonical"]')
    if canonical is not None:
        return canonical.attributes.get("href") or ""
    meta = tree.css_first('meta[property="og:url"]')
    return (meta.attributes.get("content") or "") if meta is not None else ""


def _id_of(tree: LexborHTMLParser) -> str:
    """Return WordPress's number of a page, from what themes and it leave behind."""
    short = tree.css_first('link[rel="shortlink"]')
    match = re.search(r"[?&](?:p|page_id)=(\d+)", _attribute(short, "href"))
    if match is None:
        match = _NUMBER.search(_attribute(tree.body, "class"))
    if match is None:
        match = re.fullmatch(r"post-(\d+)", _attribute(tree.css_first("article"), "id"))
    return match[1] if match else ""


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""


def read_page(stream: IO[bytes], name: str) -> Iterator[Post]:
    """Yield the one post of a saved HTML page; its address is the canonical link."""
    raw = stream.read(LARGEST_PAGE + 1)
    if len(raw) > LARGEST_PAGE:
        raise BadInput(f"is larger than {LARGEST_PAGE} bytes", file=name)
    tree = LexborHTMLParser(untangled(_text(raw, name)))
    body = next((found for css in _ARTICLE if (found := tree.css_first(css))), None)
    if body is None or not body.text(strip=True):
        raise BadInput("holds no text", file=name, fix="save the page as HTML")
    title = tree.css_first("h1.entry-title") or tree.css_first("h1")
    shown = title or tree.css_first("title")
    words = " ".join(shown.text().split()) if shown is not None else ""
    link = _address(tree)
    if title is not None and body.css_first("h1") is not None:
        for each in body.css("h1"):
            if " ".join(each.text().split()) == words:
                each.decompose()
                break
    time = tree.css_first("time[datetime]")
    yield Post(
        id=_id_of(tree) or link or name,
        kind="post",
        title=words,
        slug=urlsplit(link).path.strip("/").rpartition("/")[2] if link else "",
        link=link,
        date=_attribute(time, "datetime"),
        content=f"<div>{body.inner_html or ''}</div>",
        categories=tuple(
            " ".join(a.text().split()) for a in tree.css('a[rel~="category"]')
        ),
        tags=tuple(" ".join(a.text().split()) for a in tree.css('a[rel="tag"]')),
    )
