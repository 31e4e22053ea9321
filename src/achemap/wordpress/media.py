"""Pictures of the old site: found, checked by what they hold, and written anew.

A file is never trusted for its name. Photographs are decoded and encoded again,
without what cameras write into them; drawings (SVG) are cleaned and painted. Nothing
is fetched unless a host was named.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from achemap.wordpress.media_links import is_file_name
from achemap.wordpress.pictures import Refused, checked
from achemap.wordpress.uploads import LARGEST_FILE, Archive


_WAIT_SECONDS = 20
_SIZED = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled|rotated|e\d{10,})(?=\.\w+$)")


@dataclass(slots=True)
class Gathered:
    """How many files were found, are missing, or were refused."""

    found: int = 0
    missing: int = 0
    refused: int = 0


class _SameHosts(HTTPRedirectHandler):
    """Follows a redirect only to a host that was named."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str) -> Any:  # fmt: skip
        if not _allowed(newurl, self._hosts):
            raise URLError(f"leads to another host: {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _allowed(address: str, hosts: frozenset[str]) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.lower() in hosts


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Where pictures may be taken from.

    `uploads` is a copy of wp-content/uploads, `archive` a zip of it; `hosts` (with
    port where it has one) may be asked for what is not there.
    """

    uploads: Path | None = None
    hosts: frozenset[str] = frozenset()
    archive: Archive | None = None

    @property
    def is_idle(self) -> bool:
        """Whether there is nowhere to look for pictures."""
        return self.uploads is None and self.archive is None and not self.hosts

    def fit_alt(self, alt: str, address: str) -> str:
        """Return an alternative text, or nothing when it is only the file's name."""
        return "" if is_file_name(alt, address) else alt.strip()

    def all(
        self, listed: Iterable[dict[str, Any]], stage: Path, gathered: Gathered
    ) -> Iterator[dict[str, Any]]:
        """Yield each file with what became of it; found ones are put into `stage`."""
        resolve = lru_cache(maxsize=2048)(lambda url: self._resolved(url, stage))
        for each in listed:
            told = dict(resolve(each["url"]))
            gathered.found += told["state"] == "found"
            gathered.missing += told["state"] == "missing"
            gathered.refused += told["state"] == "refused"
            yield {**each, **told}

    def _resolved(self, url: str, stage: Path) -> dict[str, Any]:
        if self.is_idle:
            return {"state": "not looked for", "file": None}
        if not url:
            return {"state": "by number", "file": None, "reason": "see the attachment"}
        try:
            raw = self.raw(url)
        except (OSError, ValueError, URLError) as error:
            return {"state": "missing", "file": None, "reason": plain(error)}
        if raw is None:
            return {"state": "missing", "file": None, "reason": "is not in the folder"}
        try:
            picture = checked(raw)
        except Refused as error:
            return {"state": "refused", "file": None, "reason": str(error)}
        name = f"{hashlib.sha256(raw).hexdigest()[:20]}.{picture.suffix}"
        (stage / "media" / name).write_bytes(picture.content)
        return {
            "state": "found",
            "file": f"media/{name}",
            "width": picture.width,
            "height": picture.height,
            **({"reason": picture.note} if picture.note else {}),
        }

    def raw(self, url: str) -> bytes | None:
        """Return the bytes of an address, None when it is nowhere.

        Raises OSError or ValueError, with the reason, for what cannot be read.
        """
        if self.uploads is not None:
            path = _in_folder(self.uploads, url)
            if path is not None:
                if path.stat().st_size > LARGEST_FILE:
                    raise ValueError(f"is larger than {LARGEST_FILE} bytes")
                return path.read_bytes()
        if self.archive is not None:
            found = self.archive.read(_candidates(url))
            if found is not None:
                return found
        if _allowed(url, self.hosts):
            return self._fetched(url)
        return None

    def _fetched(self, url: str) -> bytes:
        request = Request(url, headers={"User-Agent": "achemap convert-wordpress"})  # noqa: S310
        opener = build_opener(_SameHosts(self.hosts))
        with opener.open(request, timeout=_WAIT_SECONDS) as answer:
            raw = answer.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            raise ValueError(f"is larger than {LARGEST_FILE} bytes")
        return bytes(raw)


def plain(error: Exception) -> str:
    """Return an error's reason in one line."""
    return " ".join(str(getattr(error, "reason", error)).split())[:200]


def whole_name(address: str) -> str:
    """Return the address of the picture that a smaller copy was made of."""
    head, _, query = address.partition("?")
    return _SIZED.sub("", head) + (f"?{query}" if query else "")


def _candidates(url: str) -> Iterator[str]:
    """Yield the paths under which a file may lie in the uploads folder."""
    path = unquote(urlsplit(url).path)
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    if "uploads" in parts:
        parts = parts[len(parts) - parts[::-1].index("uploads") :]
    else:
        parts = parts[-3:]
    for number in range(len(parts)):
        name = "/".join(parts[number:])
        yield name
        whole = _SIZED.sub("", name)
        if whole != name:
            yield whole


def _in_folder(folder: Path, url: str) -> Path | None:
    """Return the file of an address in a folder, never one outside it."""
    root = folder.resolve()
    for name in _candidates(url):
        if "\x00" in name:
            continue
        path = (root / name).resolve()
        if path.is_relative_to(root) and path.is_file():
            return path
    return None
