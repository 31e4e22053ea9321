"""WordPress exports as a stream of items: WXR, REST JSON, or saved HTML pages.

Memory stays flat: a file is read piece by piece and each piece forgotten when used.
Nothing is fetched, entities are never resolved, and sizes are bounded.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from achemap.errors import BadInput
from achemap.wordpress.reading_page import read_page
from achemap.wordpress.reading_rest import read_rest
from achemap.wordpress.reading_wxr import read_wxr
from achemap.wordpress.records import Item, Post


# What a packed file may grow to, for each of its bytes, and in all.
LARGEST_GROWTH = 200
LARGEST_UNPACKED = 20_000_000_000
_ENDINGS = (".xml", ".wxr", ".json", ".html", ".htm", ".gz", ".zip")


def _unknown(name: str) -> BadInput:
    return BadInput(
        "is none of: WordPress export (XML), REST answer (JSON), saved page (HTML)",
        file=name,
        fix="export from WordPress: Tools, Export, All content",
    )


def _read_any(stream: IO[bytes], name: str) -> Iterator[Item]:
    start = stream.read(4096)
    stream.seek(0)
    if not start.strip():
        raise BadInput("is empty", file=name, fix="export from WordPress again")
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    lowered = start.replace(b"\x00", b"").lower() if wide else head.lower()
    if lowered[:1] in (b"{", b"["):
        return read_rest(stream, name)
    if b"<html" in lowered or b"<!doctype html" in lowered or b"<body" in lowered:
        return read_page(stream, name)
    if b"<rss" in lowered or lowered[:5] == b"<?xml" or wide:
        return read_wxr(stream, name)
    if head[:1] == b"<":
        return read_page(stream, name)
    raise _unknown(name)


def read_items(path: Path) -> Iterator[Item]:
    """Yield what an export holds: its site, authors, terms and posts, in file order.

    `path` is a file, a zip or gzip of it, or a folder of such files. Raises BadInput
    for whatever cannot be read, before or while items are yielded.
    """
    if path.is_dir():
        files = sorted(
            each
            for each in path.rglob("*")
            if each.is_file() and each.name.lower().endswith(_ENDINGS)
        )
        if not files:
            raise BadInput(
                "holds no export", file=path, fix="put .xml, .json or .html files there"
            )
        for file in files:
            yield from read_items(file)
        return
    if not path.is_file():
        raise BadInput("is not there", file=path, fix="name an export file or folder")
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == b"PK\x03\x04" or start == b"PK\x05\x06":
        yield from _read_zip(path)
    elif start[:2] == b"\x1f\x8b":
        yield from _read_gzip(path)
    else:
        with path.open("rb") as stream:
            yield from _read_any(stream, path.name)


def read_posts(path: Path) -> Iterator[Post]:
    """Yield the posts of an export, leaving out what else it holds. See `read_items`."""
    for item in read_items(path):
        if isinstance(item, Post):
            yield item


class _Bounded:
    """A packed stream that refuses to grow beyond measure."""

    def __init__(self, stream: IO[bytes], packed: int, name: str) -> None:
        self._stream = stream
        self._name = name
        self._most = min(LARGEST_UNPACKED, max(10_000_000, packed * LARGEST_GROWTH))
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._stream.read(size)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
        ) as error:
            raise BadInput(f"cannot be unpacked: {error}", file=self._name) from error
        self._read += len(piece)
        if self._read > self._most:
            raise BadInput(
                f"unpacks to more than {self._most} bytes: refused",
                file=self._name,
                fix="unpack it yourself if you trust it",
            )
        return piece

    def seek(self, offset: int) -> int:
        self._read = 0
        return self._stream.seek(offset)


def _read_gzip(path: Path) -> Iterator[Item]:
    with gzip.open(path) as unpacked:
        bounded = _Bounded(cast("IO[bytes]", unpacked), path.stat().st_size, path.name)
        yield from _read_any(cast("IO[bytes]", bounded), path.name.removesuffix(".gz"))


def _read_zip(path: Path) -> Iterator[Item]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadInput(f"is not a whole zip file: {error}", file=path.name) from error
    with archive:
        wanted = [
            member
            for member in archive.infolist()
            if not member.is_dir() and member.filename.lower().endswith(_ENDINGS[:5])
        ]
        if not wanted:
            raise BadInput(
                "holds no export", file=path.name, fix="put the .xml file into it"
            )
        for member in wanted:
            try:
                stream = archive.open(member)
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
                raise BadInput(
                    f"cannot be unpacked: {error}", file=path.name
                ) from error
            with stream:
                bounded = _Bounded(stream, member.compress_size, member.filename)
                yield from _read_any(cast("IO[bytes]", bounded), member.filename)
