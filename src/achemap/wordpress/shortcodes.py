"""Shortcodes to elements: known ones become pictures and players, others are marked.

One pass over the content, whatever it holds: the time grows with its length only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml


DATA = Path(__file__).parent.parent / "data" / "wordpress" / "shortcodes.yaml"
_TAG = re.compile(
    r"\[(?P<shut>/?)(?P<name>[a-zA-Z][\w-]{0,60})(?P<rest>(?:[\s/=][^\[\]]{0,8000})?)\]"
)
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|["']([^"']+)["']|(\S+)"""
)
_ASSIGNS = re.compile(r"[\w-]\s*=\s*[\"'“”″\w&#/]")
_PICTURE = re.compile(r"<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_KEPT_WHOLE = re.compile(r"<(pre|code|script|style|textarea|xmp)\b", re.IGNORECASE)
# Deeper than this, a shortcode is taken to hold nothing; what is in it stays.
_DEEPEST = 40
_ADDRESSES = ("src", "url", "mp4", "webm", "ogv", "m4v", "mp3", "m4a", "ogg", "wav")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Shortcode names by what becomes of them."""

    pictures: frozenset[str]
    players: frozenset[str]
    layout: frozenset[str]
    layout_starts: tuple[str, ...]
    bare: frozenset[str]
    prose: frozenset[str]

    def is_layout(self, name: str) -> bool:
        return name in self.layout or name.startswith(self.layout_starts)

    def is_known(self, name: str) -> bool:
        return name in self.pictures or name in self.players or self.is_layout(name)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the names of the data file."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    layout = [str(name) for name in data["layout"]]
    return Vocabulary(
        pictures=frozenset(data["pictures"]),
        players=frozenset(data["players"]),
        layout=frozenset(name for name in layout if not name.endswith("*")),
        layout_starts=tuple(name[:-1] for name in layout if name.endswith("*")),
        bare=frozenset(map(str, data["bare"])),
        prose=frozenset(map(str, data["prose"])),
    )


@dataclass(slots=True)
class _Open:
    """A shortcode that was opened: its tag as written, and what came inside."""

    name: str
    rest: str
    raw: str
    parts: list[str] = field(default_factory=list)


def attributes_of(text: str) -> dict[str, str]:
    """Return a shortcode's attributes; unnamed ones get their position as name."""
    found: dict[str, str] = {}
    text = html.unescape(text).replace("“", '"').replace("”", '"').replace("″", '"')
    for name, double, single, bare, quoted, word in _ATTRIBUTE.findall(text):
        if name:
            found[name.lower()] = double or single or bare
        else:
            found[str(len(found))] = quoted or word
    return found


def attribute(value: str) -> str:
    """Return a text as it stands between the quotes of an HTML attribute."""
    return html.escape(value, quote=True)


def marked(name: str, raw: str, inside: str = "") -> str:
    """Return the element that stands for a shortcode or block nobody knows."""
    return (
        f'<wp-shortcode data-name="{attribute(name)}" data-raw="{attribute(raw)}">'
        f"{inside}</wp-shortcode>"
    )


def _caption(opened: _Open, inside: str) -> str:
    given = attributes_of(opened.rest)
    caption = given.get("caption", "")
    rest = inside.strip()
    match = _PICTURE.search(rest)
    if match:
        caption = f"{caption} {rest[match.end() :].strip()}".strip()
        rest = rest[: match.end()]
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-shortcode="{opened.name}">{rest}{said}</figure>'


def _gallery(opened: _Open, inside: str) -> str:
    given = attributes_of(opened.rest)
    wanted = given.get("ids") or given.get("include") or ""
    ids = [part.strip() for part in wanted.split(",") if part.strip()]
    pictures = "".join(
        f'<img data-attachment="{attribute(each)}" alt="">' for each in ids
    )
    if not pictures and not inside.strip():
        return marked(opened.name, opened.raw)
    return f'<figure data-shortcode="{opened.name}">{pictures}{inside}</figure>'


def _player(opened: _Open, inside: str) -> str:
    given = attributes_of(opened.rest)
    address = (
        html.unescape(re.sub(r"<[^>]*>", " ", inside)).strip().partition(" ")[0]
        or next((given[key] for key in _ADDRESSES if given.get(key)), "")
        or given.get("id", "")
        or given.get("0", "").lstrip("=")
    )
    if not address:
        return marked(opened.name, opened.raw, inside)
    if opened.name in {"youtube", "tube"} and "/" not in address:
        address = f"https://www.youtube.com/watch?v={address}"
    if opened.name == "vimeo" and address.isdigit():
        address = f"https://vimeo.com/{address}"
    kind = "audio" if opened.name == "audio" else "video"
    kept = inside if "<" in inside else ""
    return (
        f'<figure data-shortcode="{opened.name}"><a data-embed="{kind}"'
        f' href="{attribute(address)}">{html.escape(address)}</a>{kept}</figure>'
    )


def _layout(opened: _Open, inside: str) -> str:
    given = attributes_of(opened.rest)
    shown = next(
        (given[key] for key in ("heading", "title", "text") if given.get(key)), ""
    )
    said = f"<h3>{html.escape(shown)}</h3>" if shown else ""
    return f'<div data-shortcode="{opened.name}">{said}{inside}</div>'


def _built(opened: _Open, inside: str) -> str:
    known = vocabulary()
    if opened.name in {"caption", "wp_caption"}:
        return _caption(opened, inside)
    if opened.name in known.pictures:
        return _gallery(opened, inside)
    if opened.name in known.players:
        return _player(opened, inside)
    if known.is_layout(opened.name):
        return _layout(opened, inside)
    return marked(opened.name, opened.raw, inside)


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like shortcode tags, but not inside preformatted text."""
    at, unclosed = 0, set[str]()
    lowered = text.lower()
    spans: list[tuple[int, int]] = []
    while match := _KEPT_WHOLE.search(text, at):
        name = match[1].lower()
        end = -1 if name in unclosed else lowered.find(f"</{name}", match.end())
        if end < 0:
            unclosed.add(name)
            at = match.end()
            continue
        spans.append((match.start(), end))
        at = end
    number = 0
    for match in _TAG.finditer(text):
        while number < len(spans) and spans[number][1] <= match.start():
            number += 1
        if number == len(spans) or match.start() < spans[number][0]:
            yield match


def _is_shortcode(name: str, rest: str, closes: Mapping[str, int]) -> bool:
    known = vocabulary()
    if name in closes:
        return True
    if name in known.prose:
        return False
    if rest.strip(" /"):
        return bool(_ASSIGNS.search(rest)) or known.is_known(name)
    return name in known.bare or known.is_known(name) or bool(re.search("[_-]", name))


def with_shortcodes(text: str) -> str:
    """Return the content with shortcodes as HTML; unknown ones as <wp-shortcode>."""
    if "[" not in text:
        return text
    tags = list(_tags(text))
    closes: dict[str, int] = {}
    for match in tags:
        if match["shut"]:
            name = match["name"].lower()
            closes[name] = closes.get(name, 0) + 1
    root = _Open("", "", "")
    stack = [root]
    at = 0
    for match in tags:
        start, end = match.span()
        if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
            stack[-1].parts.append(text[at : start - 1] + match.group())
            at = end + 1
            continue
        name = match["name"].lower()
        if not match["shut"] and not _is_shortcode(name, match["rest"], closes):
            continue
        stack[-1].parts.append(text[at:start])
        at = end
        if match["shut"]:
            closes[name] -= 1
            _shut(stack, name, match.group())
        else:
            opened = _Open(name, match["rest"], match.group())
            holds = closes.get(name, 0) > 0 and len(stack) <= _DEEPEST
            if match["rest"].endswith("/") or not holds:
                stack[-1].parts.append(_built(opened, ""))
            else:
                stack.append(opened)
    stack[-1].parts.append(text[at:])
    while len(stack) > 1:
        _drop(stack)
    return "".join(root.parts)


def _drop(stack: list[_Open]) -> None:
    """End a shortcode that was never closed: it holds nothing."""
    opened = stack.pop()
    stack[-1].parts.append(_built(opened, ""))
    stack[-1].parts.extend(opened.parts)


def _shut(stack: list[_Open], name: str, raw: str) -> None:
    """Close the nearest open shortcode of that name; a stray closing tag is text."""
    depth = next(
        (at for at in range(len(stack) - 1, 0, -1) if stack[at].name == name), 0
    )
    if depth == 0:
        stack[-1].parts.append(raw)
        return
    while len(stack) - 1 > depth:
        _drop(stack)
    opened = stack.pop()
    stack[-1].parts.append(_built(opened, "".join(opened.parts)))
