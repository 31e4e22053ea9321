"""Library Markdown to the editor's rich text and back.

Links between records are `kind:id` in the files and `/go/kind/id/` in rich text: a
plain address that the editor accepts and that always leads to the record, wherever
its page has moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdownify import MarkdownConverter


RECORD_KINDS = ("pattern", "muscle", "technique", "concept", "collection", "product")
_RECORD = re.compile(rf"^({'|'.join(RECORD_KINDS)}):([a-z0-9-]+)$")
_GO = re.compile(rf"^/go/({'|'.join(RECORD_KINDS)})/([a-z0-9-]+)/$")
_BLANK_LINES = re.compile(r"\n{3,}")
_LIST_GAP = re.compile(r"(?m)^(\s*(?:[-*]|\d+\.) .*)\n\n(?=\s*(?:[-*]|\d+\.) )")


class _Renderer(RendererHTML):
    """Writes <b> and <i>, which the editor keeps, instead of <strong> and <em>."""

    def strong_open(self, *_: Any) -> str:
        return "<b>"

    def strong_close(self, *_: Any) -> str:
        return "</b>"

    def em_open(self, *_: Any) -> str:
        return "<i>"

    def em_close(self, *_: Any) -> str:
        return "</i>"


def _link_records(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "link_open":
            match = _RECORD.match(str(token.attrGet("href")))
            if match:
                token.attrSet("href", f"/go/{match[1]}/{match[2]}/")
        if token.children:
            _link_records(token.children)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)


def to_rich_text(markdown: str) -> str:
    """Return the HTML that the editor stores for library Markdown."""
    reader = _reader()
    tokens = reader.parse(markdown)
    _link_records(tokens)
    return str(reader.renderer.render(tokens, reader.options, {})).strip()


class _Writer(MarkdownConverter):
    def __init__(self, page_record: Callable[[int], str | None]) -> None:
        super().__init__(
            heading_style="ATX",
            bullets="-",
            escape_underscores=False,
            escape_asterisks=False,
        )
        self._page_record = page_record

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        target = self._target(el)
        return f"[{text}]({target})" if target and text.strip() else text

    def _target(self, el: Any) -> str | None:
        if el.get("linktype") == "page" and str(el.get("id", "")).isdigit():
            return self._page_record(int(el["id"]))
        href = unescape(el.get("href") or "")
        match = _GO.match(href)
        return f"{match[1]}:{match[2]}" if match else (href or None)


def to_markdown(
    html: str, page_record: Callable[[int], str | None] = lambda _: None
) -> str:
    """Return the library Markdown for the editor's HTML.

    `page_record` gives `kind:id` for the number of a page that an editor linked to.
    """
    if not html.strip():
        return ""
    text = _Writer(page_record).convert(html)
    text = _BLANK_LINES.sub("\n\n", text).strip()
    return _LIST_GAP.sub(r"\1\n", text)
