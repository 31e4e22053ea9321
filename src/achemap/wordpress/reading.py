"""WordPress exports as a stream of posts: WXR, REST JSON, or saved HTML pages.

Memory stays flat: a WXR file is parsed element by element and each is freed when
read. Entities are never resolved, nothing is fetched, and sizes are bounded.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from achemap.errors import BadInput
from achemap.wordpress.records import Comment, Post


CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
WXR_VERSIONS = ("1.0", "1.1", "1.2")
# One post larger than this is not a post; a zip may not grow by more than this.
LARGEST_POST = 20_000_000
LARGEST_GROWTH = 200
_REST_LARGEST = 200_000_000


def _local(tag: object) -> str:
    """Return a tag without its namespace; WXR's own changes with the version."""
    text = str(tag)
    return text.rpartition("}")[2]


def _wordpress(tag: object) -> bool:
    return "wordpress.org/export/" in str(tag)


def _excerpt(tag: object) -> bool:
    return "excerpt" in str(tag).partition("}")[0] and _local(tag) == "encoded"


def _comment(element: etree._Element) -> Comment:
    found = {_local(child.tag): child.text or "" for child in element}
    return Comment(
        id=found.get("comment_id", ""),
        author=found.get("comment_author", ""),
        date=found.get("comment_date", ""),
        approved=found.get("comment_approved", ""),
        content=found.get("comment_content", ""),
    )


def _meta(element: etree._Element) -> tuple[str, str]:
    found = {_local(child.tag): child.text or "" for child in element}
    return found.get("meta_key", ""), found.get("meta_value", "")


def _terms(element: etree._Element) -> list[tuple[str, str]]:
    return [
        (child.get("domain") or "category", child.text or "")
        for child in element
        if child.tag == "category"
    ]


def _post(element: etree._Element) -> Post:
    plain: dict[str, str] = {}
    wordpress: dict[str, str] = {}
    content = excerpt = creator = ""
    meta: list[tuple[str, str]] = []
    comments: list[Comment] = []
    for child in element:
        name, text = _local(child.tag), child.text or ""
        if child.tag == CONTENT:
            content = text
        elif _excerpt(child.tag):
            excerpt = text
        elif child.tag == CREATOR:
            creator = text
        elif _wordpress(child.tag) and name == "postmeta":
            meta.append(_meta(child))
        elif _wordpress(child.tag) and name == "comment":
            comments.append(_comment(child))
        elif _wordpress(child.tag):
            wordpress[name] = text
        elif isinstance(child.tag, str) and "}" not in child.tag:
            plain.setdefault(name, text)
    terms = _terms(element)
    return Post(
        id=wordpress.get("post_id", "").strip() or _id_from(plain),
        kind=wordpress.get("post_type", "post").strip(),
        title=plain.get("title", "").strip(),
        slug=wordpress.get("post_name", "").strip(),
        link=plain.get("link", "").strip(),
        guid=plain.get("guid", "").strip(),
        status=wordpress.get("status", "publish").strip(),
        date=wordpress.get("post_date", "").strip(),
        author=creator.strip(),
        content=content,
        excerpt=excerpt.strip(),
        password=wordpress.get("post_password", ""),
        parent=wordpress.get("post_parent", "").strip(),
        menu_order=wordpress.get("menu_order", "").strip(),
        attachment_url=wordpress.get("attachment_url", "").strip(),
        categories=tuple(name for kind, name in terms if kind == "category"),
        tags=tuple(name for kind, name in terms if kind in {"post_tag", "tag"}),
        terms=tuple(terms),
        meta=tuple(meta),
        comments=tuple(comments),
    )


def _id_from(plain: dict[str, str]) -> str:
    """Return the number in ?p= or ?page_id= of an item that has no post id."""
    for name in ("guid", "link"):
        query = urlsplit(plain.get(name, "")).query
        for part in query.split("&"):
            key, _, value = part.partition("=")
            if key in {"p", "page_id", "attachment_id"} and value.isdigit():
                return value
    return plain.get("link", "") or plain.get("title", "")


def _free(element: etree._Element) -> None:
    """Forget an element that was read, and what came before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def read_wxr(stream: IO[bytes], name: str) -> Iterator[Post]:
    """Yield the posts of a WXR export, in file order.

    Raises BadInput, naming the line, for a file that is cut short, is not WXR, has
    the wrong encoding or declares entities.
    """
    seen_version = False
    try:
        events = etree.iterparse(
            stream,
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in events:
            tree = element.getroottree()
            if tree.docinfo.internalDTD is not None:
                raise BadInput(
                    "declares a document type, which no WordPress export does",
                    file=name,
                    fix="export again from WordPress: Tools, Export",
                )
            if _local(element.tag) == "wxr_version":
                seen_version = True
                _check_version(element.text or "", name)
            if element.tag != "item":
                continue
            if not seen_version:
                raise BadInput(
                    "is a feed, not a WordPress export",
                    file=name,
                    fix="export from WordPress: Tools, Export, All content",
                )
            post = _post(element)
            if len(post.content) > LARGEST_POST:
                raise BadInput(
                    f"post {post.id} is larger than {LARGEST_POST} characters",
                    file=name,
                )
            yield post
            _free(element)
    except etree.XMLSyntaxError as error:
        raise BadInput(
            f"is not whole XML: {error.msg}",
            file=name,
            line=error.lineno or None,
            fix="the file may be cut short or in another encoding; export it again",
        ) from error
    if not seen_version:
        raise BadInput(
            "is not a WordPress export (no wxr_version)",
            file=name,
            fix="export from WordPress: Tools, Export, All content",
        )


def _check_version(text: str, name: str) -> None:
    if text.strip() not in WXR_VERSIONS:
        raise BadInput(
            f"is WXR {text.strip() or '?'}",
            file=name,
            fix=f"known: {', '.join(WXR_VERSIONS)}",
        )


def _rendered(value: object) -> str:
    """Return a REST field that is text, or {"raw"|"rendered": text}."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return str(fields.get("raw") or fields.get("rendered") or "")
    return "" if value is None else str(value)


def _rest_terms(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    groups = data.get("_embedded", {}).get("wp:term", [])
    return tuple(
        (str(term.get("taxonomy", "category")), str(term.get("name", "")))
        for group in groups
        for term in group
    )


def _rest_post(data: dict[str, Any]) -> Post:
    terms = _rest_terms(data)
    return Post(
        id=str(data.get("id", "")),
        kind=str(data.get("type", "post")),
        title=_rendered(data.get("title")),
        slug=str(data.get("slug", "")),
        link=str(data.get("link", "")),
        guid=_rendered(data.get("guid")),
        status=str(data.get("status", "publish")),
        date=str(data.get("date", "")),
        author=str(data.get("author", "")),
        content=_rendered(data.get("content")),
        excerpt=_rendered(data.get("excerpt")),
        password="password" if data.get("content", {}).get("protected") else "",
        parent=str(data.get("parent", "") or data.get("post", "") or ""),
        attachment_url=str(data.get("source_url", "")),
        categories=tuple(name for kind, name in terms if kind == "category"),
        tags=tuple(name for kind, name in terms if kind == "post_tag"),
        terms=terms,
        meta=tuple(
            (
                str(key),
                json.dumps(value) if isinstance(value, dict | list) else str(value),
            )
            for key, value in dict(data.get("meta") or {}).items()
        ),
    )


def read_rest(stream: IO[bytes], name: str) -> Iterator[Post]:
    """Yield the posts of a saved WordPress REST answer: one post or a list."""
    raw = stream.read(_REST_LARGEST + 1)
    if len(raw) > _REST_LARGEST:
        raise BadInput(
            f"is larger than {_REST_LARGEST} bytes",
            file=name,
            fix="save it page by page",
        )
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise BadInput(f"is not JSON: {error}", file=name) from error
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict) or (
            "content" not in item and "source_url" not in item
        ):
            raise BadInput(
                "is not a WordPress REST answer",
                file=name,
                fix="save /wp-json/wp/v2/posts?per_page=100&_embed",
            )
        yield _rest_post(item)


_ARTICLE = (
    "article .entry-content",
    ".entry-content",
    ".post-content",
    ".fusion-text",
    "article",
    "main",
    "body",
)


def read_page(stream: IO[bytes], name: str) -> Iterator[Post]:
    """Yield the one post of a saved HTML page; its address is the canonical link."""
    raw = stream.read(LARGEST_POST + 1)
    if len(raw) > LARGEST_POST:
        raise BadInput(f"is larger than {LARGEST_POST} bytes", file=name)
    tree = LexborHTMLParser(raw)
    title = tree.css_first("h1") or tree.css_first("title")
    body = next((found for css in _ARTICLE if (found := tree.css_first(css))), None)
    canonical = tree.css_first('link[rel="canonical"]')
    link = (canonical.attributes.get("href") if canonical else None) or ""
    if body is None or not (body.text(strip=True) if body else ""):
        raise BadInput("holds no text", file=name, fix="save the page as HTML")
    yield Post(
        id=link or name,
        kind="post",
        title=title.text(strip=True) if title else "",
        slug=urlsplit(link).path.strip("/").rpartition("/")[2],
        link=link,
        content=body.inner_html or "",
    )


def _read_any(stream: IO[bytes], name: str) -> Iterator[Post]:
    start = stream.read(4096)
    stream.seek(0)
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in (b"{", b"["):
        return read_rest(stream, name)
    lowered = head[:2048].lower()
    if b"<rss" in lowered or head[:5] == b"<?xml" or lowered.startswith(b"\xff\xfe<"):
        return read_wxr(stream, name)
    if b"<html" in lowered or b"<!doctype html" in lowered or b"<body" in lowered:
        return read_page(stream, name)
    raise BadInput(
        "is none of: WordPress export (XML), REST answer (JSON), saved page (HTML)",
        file=name,
        fix="export from WordPress: Tools, Export, All content",
    )


def read_posts(path: Path) -> Iterator[Post]:
    """Yield every post of an export file, of the files in a zip, or in a folder.

    Raises BadInput for whatever cannot be read, before or while posts are yielded.
    """
    if path.is_dir():
        for file in sorted(each for each in path.rglob("*") if each.is_file()):
            yield from read_posts(file)
        return
    if not path.is_file():
        raise BadInput("is not there", file=path, fix="name an export file or folder")
    if zipfile.is_zipfile(path):
        yield from _read_zip(path)
        return
    with path.open("rb") as stream:
        if stream.read(2) == b"\x1f\x8b":
            with gzip.open(path) as unpacked:
                yield from _read_any(cast("IO[bytes]", unpacked), path.name)
            return
        stream.seek(0)
        yield from _read_any(stream, path.name)


def _read_zip(path: Path) -> Iterator[Post]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.is_dir() or not member.filename.lower().endswith(
                (".xml", ".json", ".html", ".htm")
            ):
                continue
            if member.file_size > LARGEST_GROWTH * max(1, member.compress_size):
                raise BadInput(
                    f"{member.filename} unpacks to {member.file_size} bytes: refused",
                    file=path.name,
                    fix="unpack it yourself if you trust it",
                )
            with archive.open(member) as stream:
                yield from _read_any(stream, member.filename)
