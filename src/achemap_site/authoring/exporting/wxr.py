"""Everything as a WordPress export file (WXR 1.2), written as a stream.

A page's text stands under the headings of the newest format, so that WordPress shows
it and `achemap.wordpress` splits it again; the whole record is a custom field, so
that nothing is lost that WordPress has no place for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.utils import timezone
from lxml import etree
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html

from achemap.errors import BadInput
from achemap_site.authoring.models import OldPost
from achemap_site.patterns import models
from achemap_site.patterns.records_without_pages import export_records


RECORD = "achemap_record"
FILE = "achemap_file"
NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}
# Headings of the old site's newest format, which every migrator knows.
HEADINGS = {
    "describe": "How People Describe This Pain Pattern",
    "activate": "How You Activate and Intensify This Pain Pattern",
    "relief": "Self-Care – Getting Relief on Your Own",
    "anatomy": "Musculoskeletal Anatomy Behind Your Pain",
    "therapy_notes": "Therapy Notes for Massage and Bodywork",
}
_PAGES = (
    models.PatternPage,
    models.MusclePage,
    models.TechniquePage,
    models.ConceptPage,
    models.CollectionPage,
    models.TextPage,
)
# Numbers of old posts and pictures begin here, far above those of pages.
_OLD_FROM, _PICTURES_FROM, _FILES_FROM = 10_000_000, 20_000_000, 30_000_000
# What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Item:
    """One item of the file; `terms` and `meta` are pairs."""

    number: int
    kind: str
    title: str
    link: str
    slug: str
    status: str
    content: str = ""
    author: str = ""
    written: datetime | None = None
    guid: str = ""
    excerpt: str = ""
    password: str = ""
    parent: str = "0"
    attachment: str = ""
    terms: list[tuple[str, str]] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    comments: list[list[str]] = field(default_factory=list)
    date: str = ""


def write_wxr(stream: IO[bytes]) -> int:
    """Write everything to a stream; return the number of items."""
    written = 0
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with (
            file.element("rss", {"version": "2.0"}, nsmap=NAMESPACES),
            file.element("channel"),
        ):
            for name, text in _head():
                file.write(_element(name, text))
            for item in items():
                file.write(_xml(item))
                written += 1
    return written


def items() -> Iterator[Item]:
    """Yield pages, records without a page, pictures, and old posts that wait."""
    old_slugs = _old_slugs()
    for model in _PAGES:
        for page in model.objects.order_by("pk").iterator(chunk_size=50):
            yield _page(page, old_slugs.get(page.pk, []))
    for number, (path, text) in enumerate(export_records()):
        yield Item(
            number=_FILES_FROM + number,
            kind="achemap_record",
            title=path,
            link=f"{settings.SITE_ADDRESS}/#{path}",
            slug="",
            status="private",
            meta=[(FILE, text)],
        )
    for image in get_image_model().objects.order_by("pk"):
        yield _picture(image)
    for old in OldPost.objects.filter(page=None).iterator(chunk_size=50):
        yield _old(old)


def _old_slugs() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for page, path in Redirect.objects.exclude(redirect_page=None).values_list(
        "redirect_page_id", "old_path"
    ):
        found.setdefault(page, []).append(path)
    return found


def _page(page: Any, old_paths: Iterable[str]) -> Item:
    if not page.live:
        page = page.get_latest_revision_as_object()
    meta = [("achemap_old_address", path) for path in old_paths]
    meta += [
        ("_wp_old_slug", path.rpartition("/")[2])
        for path in old_paths
        if "?" not in path
    ]
    if isinstance(page, models.RecordPage):
        meta += [(RECORD, f"{page.kind}:{page.record_id}"), (FILE, _file(page))]
    return Item(
        number=page.pk,
        kind="post" if isinstance(page, models.PatternPage) else "page",
        title=page.title,
        link=page.full_url or f"{settings.SITE_ADDRESS}/?p={page.pk}",
        guid=f"{settings.SITE_ADDRESS}/?page_id={page.pk}",
        slug=page.slug,
        status="publish" if page.live else "draft",
        content=_content(page),
        author=getattr(page, "author", "") or "",
        written=page.first_published_at or page.latest_revision_created_at,
        terms=[("category", str(type(page)._meta.verbose_name).capitalize())],
        meta=meta,
    )


def _file(page: models.RecordPage) -> str:
    try:
        return page.export_text()
    except (BadInput, ValueError, KeyError, TypeError):  # a draft, not finished yet
        return page.to_text()


def _content(page: Any) -> str:
    if isinstance(page, models.PatternPage):
        parts = [
            f"<h2>{heading}</h2>\n{html}"
            for name, heading in HEADINGS.items()
            if (html := _html(getattr(page, name)))
        ]
        return "\n\n".join(parts)
    return _html(getattr(page, "body", "") or "")


def _html(rich: Any) -> str:
    """Return rich text as a reader gets it, with whole addresses."""
    html = expand_db_html(str(rich))
    return str(html.replace('href="/', f'href="{settings.SITE_ADDRESS}/'))


def _picture(image: Any) -> Item:
    return Item(
        number=_PICTURES_FROM + image.pk,
        kind="attachment",
        title=image.title,
        link=f"{settings.SITE_ADDRESS}{image.file.url}",
        attachment=f"{settings.SITE_ADDRESS}{image.file.url}",
        slug=f"picture-{image.pk}",
        status="inherit",
        written=image.created_at,
        meta=[("_wp_attachment_image_alt", getattr(image, "description", "") or "")],
    )


def _old(old: OldPost) -> Item:
    """Return an old post that is no page yet as it came."""
    facts = old.facts
    return Item(
        number=_OLD_FROM + old.pk,
        kind=old.post_type,
        title=old.title,
        link=old.link,
        guid=str(facts.get("guid", "")),
        slug=str(facts.get("slug", "")),
        status=old.old_status,
        content=old.content,
        author=old.author,
        date=old.written,
        excerpt=str(facts.get("excerpt", "")),
        password="kept back" if old.is_protected else "",
        parent=str(facts.get("parent", "")),
        terms=[(str(kind), str(name)) for kind, name in facts.get("terms", [])],
        meta=[(str(k), str(v)) for k, v in facts.get("fields", [])]
        + [("achemap_old_number", old.number), ("achemap_state", old.state)],
        comments=[[str(part) for part in each] for each in facts.get("comments", [])],
    )


# --- XML ---------------------------------------------------------------------


def _head() -> list[tuple[str, str]]:
    return [
        ("title", settings.WAGTAIL_SITE_NAME),
        ("link", settings.SITE_ADDRESS),
        ("language", settings.LANGUAGE_CODE),
        ("wp:wxr_version", "1.2"),
        ("wp:base_site_url", settings.SITE_ADDRESS),
        ("wp:base_blog_url", settings.SITE_ADDRESS),
    ]


def _tag(name: str) -> str:
    prefix, _colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def _element(name: str, text: str = "", **attributes: str) -> Any:
    element = etree.Element(_tag(name), attributes, nsmap=NAMESPACES)
    element.text = _ILLEGAL.sub("", text)
    return element


def _xml(item: Item) -> Any:
    when = timezone.localtime(item.written) if item.written else None
    date = item.date or (f"{when:%Y-%m-%d %H:%M:%S}" if when else "")
    root = etree.Element("item", nsmap=NAMESPACES)
    root.extend(
        _element(name, text)
        for name, text in (
            ("title", item.title),
            ("link", item.link),
            ("dc:creator", item.author),
            ("guid", item.guid or item.link),
            ("content:encoded", item.content),
            ("excerpt:encoded", item.excerpt),
            ("wp:post_id", str(item.number)),
            ("wp:post_date", date),
            ("wp:post_name", item.slug),
            ("wp:status", item.status),
            ("wp:post_parent", item.parent or "0"),
            ("wp:post_type", item.kind),
            ("wp:post_password", item.password),
        )
    )
    if item.attachment:
        root.append(_element("wp:attachment_url", item.attachment))
    root.extend(_element("category", name, domain=kind) for kind, name in item.terms)
    root.extend(
        _pair("wp:postmeta", "wp:meta_key", k, "wp:meta_value", v) for k, v in item.meta
    )
    root.extend(_comment(number, each) for number, each in enumerate(item.comments, 1))
    return root


def _pair(name: str, key: str, key_text: str, value: str, value_text: str) -> Any:
    element = _element(name)
    element.extend([_element(key, key_text), _element(value, value_text)])
    return element


def _comment(number: int, parts: list[str]) -> Any:
    author, date, approved, content = parts[:4]
    element = _element("wp:comment")
    element.extend(
        [
            _element("wp:comment_id", str(number)),
            _element("wp:comment_author", author),
            _element("wp:comment_date", date),
            _element("wp:comment_approved", approved),
            _element("wp:comment_content", content),
        ]
    )
    return element
