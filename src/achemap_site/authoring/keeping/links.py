"""Links that lead nowhere: inside at once, to other sites only when asked."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField
from wagtail.models import Page

from achemap_site.authoring.keeping.models import BrokenLink
from achemap_site.patterns import models
from achemap_site.patterns.markdown import RECORD_KINDS
from achemap_site.patterns.models import Product, RecordPage


_LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(r'\bhref="([^"]*)"')
_PAGE = re.compile(
    r'\blinktype="page"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*\blinktype="page"'
)
_GO = re.compile(rf"^/go/({'|'.join(RECORD_KINDS)})/([a-z0-9-]+)/$")
_RECORDS = (
    models.PatternPage,
    models.MusclePage,
    models.TechniquePage,
    models.ConceptPage,
    models.CollectionPage,
)


def prose_of(page: Page) -> str:
    """Return all rich text of a page."""
    return "\n".join(
        str(getattr(page, field.name) or "")
        for field in page._meta.get_fields()
        if isinstance(field, RichTextField)
    )


def links_of(page: Page) -> Iterator[tuple[str, int | None]]:
    """Yield each link of a page: its address, or the number of the page it names."""
    for tag in _LINK.findall(prose_of(page)):
        number = _PAGE.search(tag)
        href = _HREF.search(tag)
        if number:
            yield "", int(number[1] or number[2])
        elif href:
            yield unescape(href[1]), None


class Known:
    """What there is to link to, read once for a whole check."""

    def __init__(self) -> None:
        self.records = {
            (model.kind, record)
            for model in _RECORDS
            for record in model.objects.live().values_list("record_id", flat=True)
        }
        self.records |= {
            ("product", record)
            for record in Product.objects.values_list("record_id", flat=True)
        }
        home = models.HomePage.objects.first()
        base = home.url_path.rstrip("/") if home else ""
        paths = dict(Page.objects.live().values_list("pk", "url_path"))
        self.pages = set(paths)
        self.paths = {
            path.removeprefix(base) for path in paths.values() if path.startswith(base)
        }
        self.redirects = set(Redirect.objects.values_list("old_path", flat=True))

    def problem(self, address: str, number: int | None) -> str:
        """Return why a link inside the site leads nowhere, or an empty text."""
        if number is not None:
            return "" if number in self.pages else "its page is not published"
        record = _GO.match(address)
        if record:
            there = (record[1], record[2]) in self.records
            return "" if there else f"there is no {record[1]} “{record[2]}”"
        path = urlsplit(address).path
        if not path or path in self.paths or f"{path.rstrip('/')}/" in self.paths:
            return ""
        if Redirect.normalise_path(address) in self.redirects:
            return ""
        if path.startswith(settings.MEDIA_URL):
            name = path.removeprefix(settings.MEDIA_URL)
            there = ".." not in name and default_storage.exists(name)
            return "" if there else "there is no such file"
        try:
            match = resolve(path)
        except Resolver404:
            return "there is no such address"
        is_page = match.url_name == "wagtail_serve"
        return "there is no such page" if is_page else ""


def is_external(address: str) -> bool:
    """Return whether an address leads to another site."""
    parts = urlsplit(address)
    own = urlsplit(settings.SITE_ADDRESS).netloc
    return parts.scheme in {"http", "https"} and parts.netloc != own


def _is_text(address: str) -> bool:
    return address.startswith(("mailto:", "tel:", "#"))


@transaction.atomic
def check_page(page: Page, known: Known | None = None) -> int:
    """Check a page's links inside the site; return how many lead nowhere."""
    known = known or Known()
    found = {
        address or f"page {number}": problem
        for address, number in links_of(page)
        if not _is_text(address)
        and not is_external(address)
        and (problem := known.problem(address, number))
    }
    BrokenLink.objects.filter(page_id=page.pk, is_external=False).delete()
    BrokenLink.objects.bulk_create(
        BrokenLink(page_id=page.pk, address=address, problem=problem)
        for address, problem in found.items()
    )
    return len(found)


def texts() -> Iterator[Any]:
    """Yield every live page with text of its own."""
    for model in (*_RECORDS, models.TextPage):
        yield from model.objects.live().iterator(chunk_size=50)


def check_inside() -> int:
    """Check all links inside the site; return how many lead nowhere."""
    known = Known()
    return sum(check_page(page, known) for page in texts())


# --- other sites -------------------------------------------------------------


def check_outside(*, seconds: float, limit: int = 1000) -> tuple[int, int]:
    """Ask other sites for each address once; return (asked, broken).

    At most `limit` addresses, each with a time limit. Addresses of private networks
    are never asked.
    """
    pages: dict[str, set[int]] = {}
    for page in texts():
        for address, _number in links_of(page):
            if is_external(address):
                pages.setdefault(address.partition("#")[0], set()).add(page.pk)
    asked = sorted(pages)[:limit]
    problems = {address: ask(address, seconds) for address in asked}
    with transaction.atomic():
        BrokenLink.objects.filter(is_external=True).delete()
        BrokenLink.objects.bulk_create(
            BrokenLink(page_id=page, address=address, problem=problem, is_external=True)
            for address, problem in problems.items()
            if problem
            for page in sorted(pages[address])
        )
    return len(asked), sum(bool(problem) for problem in problems.values())


def _public_address(host: str, port: int) -> str:
    """Return an address of a host on the public net. Raises OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_rest, where in found:
        if ipaddress.ip_address(str(where[0])).is_global:
            return str(where[0])
    raise OSError("not an address of the public net")


def ask(address: str, seconds: float, hops: int = 4) -> str:
    """Return why another site's address does not answer, or an empty text."""
    parts = urlsplit(address)
    try:
        status, place = _head(parts, seconds)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"does not answer: {error}"[:255]
    if status in {301, 302, 303, 307, 308} and place:
        if not hops:
            return "leads in a circle"
        return ask(urljoin(address, place), seconds, hops - 1)
    # 403, 405 and 429 mean that programs are not welcome, not that nothing is there.
    return f"answers {status}" if status in {404, 410} or status >= 500 else ""


def _head(parts: Any, seconds: float) -> tuple[int, str]:
    secure = parts.scheme == "https"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not a web address")
    port = parts.port or (443 if secure else 80)
    with socket.create_connection(
        (_public_address(parts.hostname, port), port), seconds
    ) as plain:
        stream = plain
        if secure:
            context = ssl.create_default_context()
            stream = context.wrap_socket(plain, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=seconds)
        connection.sock = stream
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("HEAD", path, headers={"User-Agent": "Achemap link check"})
        answer = connection.getresponse()
        found = answer.status, answer.getheader("Location") or ""
        connection.close()
        return found


def record_pages() -> tuple[type[RecordPage], ...]:
    """Return the page types that hold records."""
    return _RECORDS
