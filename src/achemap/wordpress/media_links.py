"""The links, pictures, videos and sounds inside a piece of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode


MediaKind = Literal["picture", "video", "audio", "embed"]

_SOURCES = ("data-orig-file", "data-large-file", "data-src", "data-lazy-src", "data-original", "src")  # fmt: skip
_VIDEO = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|"
    r"wistia\.\w+|videopress\.com|tiktok\.com|rumble\.com|ted\.com)$"
)
_AUDIO = re.compile(r"(?:^|\.)(?:soundcloud\.com|spotify\.com|mixcloud\.com)$")
_SUFFIXES: dict[str, MediaKind] = {
    "mp4": "video", "m4v": "video", "webm": "video", "mov": "video", "ogv": "video",
    "mp3": "audio", "m4a": "audio", "ogg": "audio", "wav": "audio",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video, sound or other embed.

    `attachment` is WordPress's number when known. `alt` is what the source says; use
    `described` for words fit to be shown.
    """

    kind: MediaKind
    address: str
    alt: str = ""
    caption: str = ""
    attachment: str = ""

    @property
    def described(self) -> str:
        """The alternative text, empty when it is only the file's name."""
        return "" if is_file_name(self.alt, self.address) else self.alt


def is_file_name(alt: str, address: str) -> bool:
    """Return whether an alternative text is only a file's name, not a description."""
    plain = _plain(alt)
    if not plain:
        return True
    name = urlsplit(address).path.rpartition("/")[2] if address else ""
    stem = re.sub(r"-\d+x\d+$|-scaled$", "", name.rpartition(".")[0] or name)
    if plain in {_plain(name), _plain(stem)}:
        return not (alt.strip().isalpha() and alt.strip() != stem)
    if re.fullmatch(r"\S+\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)", alt.strip(), re.I):
        return True
    return bool(
        re.fullmatch(
            r"(?:img|dsc|dscn|pict?|image|photo|screenshot|untitled|scan)?[\W_\d]*",
            alt.strip(),
            re.I,
        )
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def player_kind(address: str) -> MediaKind:
    """Return whether an address plays a video, a sound, or is some other embed."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "embed"
    host = (parts.netloc or "").lower().partition(":")[0]
    if _VIDEO.search(host):
        return "video"
    if _AUDIO.search(host):
        return "audio"
    return _SUFFIXES.get(parts.path.rpartition(".")[2].lower(), "embed")


def _get(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip()


def _source(image: LexborNode) -> str:
    found = [value for name in _SOURCES if (value := _get(image, name))]
    real = [value for value in found if not value.startswith("data:")]
    return real[0] if real else "".join(found[:1])


def _attachment(image: LexborNode) -> str:
    given = _get(image, "data-attachment") or _get(image, "data-id")
    match = re.search(r"wp-image-(\d+)", _get(image, "class"))
    return given or (match[1] if match else "")


def _caption(node: LexborNode) -> str:
    found = node.css_first("figcaption")
    return " ".join(found.text(deep=True).split()) if found is not None else ""


def _players(node: LexborNode, said: str) -> Iterator[Media]:
    for player in node.css("iframe, video, audio, embed, object"):
        tag = player.tag or ""
        if (
            tag == "embed"
            and player.parent is not None
            and player.parent.tag == "object"
        ):
            continue
        inner = player.css_first("source, embed") if tag != "iframe" else None
        address = (
            _get(player, "src")
            or _get(player, "data-src")
            or _get(player, "data")
            or (_get(inner, "src") if inner is not None else "")
        )
        kind = player_kind(address)
        if tag in {"video", "audio"}:
            kind = "video" if tag == "video" else "audio"
        yield Media(kind, address, caption=said)


def media_in(node: LexborNode, text: str) -> Iterator[Media]:
    """Yield what a block shows or plays; `text` is its text.

    A block that is nothing but the address of a video is that video, as WordPress
    makes it.
    """
    html = node.html or ""
    said = _caption(node) if "<figcaption" in html else ""
    if "<img" in html:
        for image in node.css("img"):
            yield Media("picture", _source(image), _get(image, "alt"), said, _attachment(image))  # fmt: skip
    if any(tag in html for tag in ("<iframe", "<video", "<audio", "<embed", "<object")):
        yield from _players(node, said)
    if "data-embed" in html:
        for link in node.css("a[data-embed]"):
            kind: MediaKind = (
                "audio" if _get(link, "data-embed") == "audio" else "video"
            )
            yield Media(kind, _get(link, "href"), caption=said)
    elif _ADDRESS.fullmatch(text) and player_kind(text) in {"video", "audio"}:
        yield Media(player_kind(text), text)


def links_in(node: LexborNode) -> Iterator[Link]:
    """Yield the links of a block, those of picture maps too."""
    for each in node.css("a[href], area[href]"):
        if "data-embed" not in each.attributes:
            words = " ".join(each.text(deep=True, separator="").split())
            yield Link(_get(each, "href"), words or _get(each, "alt"))
