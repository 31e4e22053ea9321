"""Pages as files, for any web server: every page and a gzipped copy beside it.

What needs the program stays with it: the safety questions, search, the message form
and the editor. See docs/how-to/serve-baked-pages.md.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from wagtail.models import Page, Site

from achemap.errors import BadInput


EXTRA = ("/feed.rss", "/feed.atom", "/sitemap.xml", "/robots.txt")
NOT_FOUND = "/404.html"


@dataclass(frozen=True, slots=True)
class Baked:
    """How much was baked, in files and bytes (as HTML, and gzipped)."""

    files: int
    bytes: int
    gzipped: int


def addresses() -> Iterator[str]:
    """Yield the path of every public page and file."""
    root = Site.objects.get(is_default_site=True).root_page
    pages = Page.objects.descendant_of(root, inclusive=True).live().public()
    for page in pages.specific().iterator():
        for entry in page.get_sitemap_urls():
            yield urlsplit(entry["location"]).path
    yield from EXTRA


def bake(folder: Path) -> Baked:
    """Write every page under `folder`, which is replaced as a whole when all is done.

    Raises BadInput when a page does not answer with 200, or the folder holds other
    things than an earlier bake.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / ".baked").exists():
        raise BadInput(
            "holds other files", file=folder, fix="name an empty or new folder"
        )
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    parts = urlsplit(settings.SITE_ADDRESS)
    client = Client(
        raise_request_exception=False,
        SERVER_NAME=str(parts.hostname),
        SERVER_PORT=str(parts.port or 80),
    )
    sizes = [
        _write(client, address, fresh, secure=parts.scheme == "https")
        for address in dict.fromkeys(addresses())
    ]
    sizes.append(
        _write(client, NOT_FOUND, fresh, secure=parts.scheme == "https", status=404)
    )
    (fresh / ".baked").touch()
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return Baked(len(sizes), sum(one for one, _ in sizes), sum(two for _, two in sizes))


def _write(
    client: Client, address: str, folder: Path, *, secure: bool, status: int = 200
) -> tuple[int, int]:
    response = client.get(address, secure=secure)
    if response.status_code != status:
        raise BadInput(
            f"answered {response.status_code}", file=address, fix="see the log"
        )
    name = address.lstrip("/")
    file = folder / (f"{name}index.html" if address.endswith("/") else name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(response.content)
    # No time in the gzip header: the same page gives the same bytes.
    packed = gzip.compress(response.content, compresslevel=9, mtime=0)
    file.with_name(f"{file.name}.gz").write_bytes(packed)
    return len(response.content), len(packed)
