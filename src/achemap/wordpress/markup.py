"""Post content to plain HTML: blocks, shortcodes and paragraphs made explicit.

WordPress stores three kinds of content: block markup (HTML with comments), classic
markup (line breaks mean paragraphs) and shortcodes in either. This module turns all
three into ordinary HTML without losing anything: a shortcode nobody knows stays, as
a marked element that the report lists.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping


BLOCK_TAGS = (
    "address|article|aside|blockquote|caption|col|colgroup|dd|details|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|legend|li|main|"
    "map|math|menu|nav|ol|option|p|pre|section|select|style|script|summary|svg|"
    "table|tbody|td|tfoot|th|thead|tr|ul|video|audio|wp-shortcode"
)
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:[^>]*?-->", re.DOTALL)
_IS_BLOCKS = re.compile(r"<!--\s*wp:")
_PRE = re.compile(
    r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_AROUND_BLOCK = re.compile(
    rf"\s*(</?(?:{BLOCK_TAGS})(?:\s[^>]*)?/?>)\s*", re.IGNORECASE
)
_STARTS_BLOCK = re.compile(rf"</?(?:{BLOCK_TAGS})\b", re.IGNORECASE)
_SHORTCODE = re.compile(
    r"\[(?P<escape>\[?)(?P<name>[a-z][a-z0-9_-]*)(?P<attributes>(?:\s[^\[\]]*)?)(?P<self>/?)\]"
    r"(?:(?P<content>(?:(?!\[(?P=name)\b).)*?)\[/(?P=name)\])?(?P<close>\]?)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|["']([^"']+)["']|(\S+)"""
)
# Words in square brackets that writers use in prose, not shortcodes.
_PROSE_WORDS = frozenset(
    {"sic", "top", "back", "edit", "ed", "note", "and", "or", "the"}
)


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


def _attr(value: str) -> str:
    return html.escape(value, quote=True)


def _caption(attributes: Mapping[str, str], content: str) -> str:
    caption = attributes.get("caption", "")
    match = re.search(r"<img\b[^>]*>(?:\s*</a>)?", content, re.IGNORECASE)
    if match and not caption:
        caption = content[match.end() :].strip()
        content = content[: match.end()]
    return f"<figure>{content.strip()}<figcaption>{caption}</figcaption></figure>"


def _gallery(attributes: Mapping[str, str], content: str) -> str:
    ids = [
        part.strip() for part in attributes.get("ids", "").split(",") if part.strip()
    ]
    pictures = "".join(f'<img data-attachment="{_attr(each)}" alt="">' for each in ids)
    return f"<figure>{pictures}{content}</figure>"


def _embedded(attributes: Mapping[str, str], content: str) -> str:
    address = content.strip() or next(
        (
            attributes[key]
            for key in ("src", "url", "mp4", "webm", "mp3", "m4a", "0")
            if attributes.get(key)
        ),
        "",
    )
    return f'<figure><a data-embed="1" href="{_attr(address)}">{html.escape(address)}</a></figure>'


def _video_service(host: str) -> Callable[[Mapping[str, str], str], str]:
    def build(attributes: Mapping[str, str], content: str) -> str:
        address = attributes.get("id") or attributes.get("0") or content.strip()
        if not address.startswith("http"):
            address = host + address
        return _embedded({"src": address}, "")

    return build


_KNOWN: Mapping[str, Callable[[Mapping[str, str], str], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _embedded,
    "video": _embedded,
    "audio": _embedded,
    "playlist": _gallery,
    "youtube": _video_service("https://www.youtube.com/watch?v="),
    "vimeo": _video_service("https://vimeo.com/"),
}


def _unknown(name: str, attributes: str, content: str | None) -> str:
    inside = "" if content is None else with_shortcodes(content)
    return (
        f'<wp-shortcode data-name="{_attr(name)}" data-attributes="{_attr(attributes.strip())}">'
        f"{inside}</wp-shortcode>"
    )


def _replace(match: re.Match[str]) -> str:
    if match["escape"] and match["close"]:
        return match.group()[1:-1]
    name = match["name"].lower()
    tail = match["close"]
    if name in _KNOWN:
        inside = with_shortcodes(match["content"] or "")
        return (
            match["escape"]
            + _KNOWN[name](attributes_of(match["attributes"]), inside)
            + tail
        )
    bare = not match["attributes"].strip() and match["content"] is None
    if name in _PROSE_WORDS or (bare and not re.search(r"[_-]", name)):
        return match.group()
    return (
        match["escape"] + _unknown(name, match["attributes"], match["content"]) + tail
    )


def with_shortcodes(content: str) -> str:
    """Return the content with shortcodes as HTML; unknown ones as <wp-shortcode>."""
    if "[" not in content:
        return content
    return _SHORTCODE.sub(_replace, content)


def with_paragraphs(content: str) -> str:
    """Return classic content with its line breaks as paragraphs and <br>.

    Blank lines end a paragraph; a single line break is a <br>; block elements stand
    by themselves; preformatted text is left alone.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\n\n<hr data-kept={len(kept) - 1}>\n\n"

    text = _PRE.sub(keep, content.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"(?:<br\s*/?>\s*){2,}", "\n\n", text, flags=re.IGNORECASE)
    text = _AROUND_BLOCK.sub(r"\n\n\1\n\n", text)
    parts: list[str] = []
    depth = 0
    for part in re.split(r"\n\s*\n", text):
        part = part.strip()
        if not part:
            continue
        if _STARTS_BLOCK.match(part):
            depth += _depth_change(part)
            parts.append(part)
        elif depth > 0:
            parts.append(part.replace("\n", "<br>\n"))
        else:
            broken = re.sub(r"(?<!>)\n", "<br>\n", part)
            parts.append(f"<p>{broken}</p>")
    joined = "\n".join(parts)
    return re.sub(r"<hr data-kept=(\d+)>", lambda m: kept[int(m[1])], joined)


def _depth_change(tag: str) -> int:
    """Return how a block tag changes the depth in which lines are no paragraphs."""
    name = re.match(r"</?([a-z0-9-]+)", tag, re.IGNORECASE)
    if name is None or name[1].lower() in {
        "hr",
        "col",
        "div",
        "section",
        "article",
        "wp-shortcode",
    }:
        return 0
    if tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def to_html(content: str) -> str:
    """Return any WordPress content as ordinary HTML, nothing dropped."""
    content = content.replace("\x00", "")
    if _IS_BLOCKS.search(content):
        return with_shortcodes(_BLOCK_COMMENT.sub("", content))
    return with_paragraphs(with_shortcodes(content))
