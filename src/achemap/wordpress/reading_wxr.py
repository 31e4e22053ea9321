"""WordPress eXtended RSS, versions 1.0 to 1.2, as a stream of items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast
from urllib.parse import urlsplit

from lxml import etree

from achemap.errors import BadInput
from achemap.wordpress.records import Author, Comment, Item, Post, Site, Term


CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
VERSIONS = ("1.0", "1.1", "1.2")
# No item of a real site is larger; nothing is held for longer than one item.
LARGEST_ITEM = 12_000_000
_PIECE = 1 << 16
# Control characters that XML forbids and that old posts hold all the same.
_FORBIDDEN = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_WATCHED = (
    "item",
    "title",
    "link",
    "language",
    "{*}wxr_version",
    "{*}base_blog_url",
    "{*}base_site_url",
    "{*}author",
    "{*}category",
    "{*}tag",
    "{*}term",
)
_EXPORT_AGAIN = "export again from WordPress: Tools, Export, All content"


class _Watched:
    """The stream of a file that is cleaned and never piles up within one item."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._wide: bool | None = None
        self.held = 0

    def read(self, size: int = _PIECE) -> bytes:
        piece = self._stream.read(min(size, _PIECE) if size > 0 else _PIECE)
        if self._wide is None:
            self._wide = piece[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in piece[:4]
        self.held += len(piece)
        if self.held > LARGEST_ITEM:
            raise BadInput(
                f"has one item of more than {LARGEST_ITEM} bytes",
                file=self._name,
                fix=_EXPORT_AGAIN,
            )
        return piece if self._wide else piece.translate(None, _FORBIDDEN)


def _local(tag: object) -> str:
    """Return a tag without its namespace; WXR's own changes with the version."""
    return str(tag).rpartition("}")[2]


def _wordpress(tag: object) -> bool:
    return "wordpress.org/export/" in str(tag)


def _fields(element: etree._Element) -> dict[str, str]:
    return {_local(child.tag): child.text or "" for child in element}


def _comment(element: etree._Element) -> Comment:
    found = _fields(element)
    return Comment(
        id=found.get("comment_id", ""),
        author=found.get("comment_author", ""),
        date=found.get("comment_date", ""),
        approved=found.get("comment_approved", ""),
        content=found.get("comment_content", ""),
        parent=found.get("comment_parent", ""),
    )


def _meta(element: etree._Element) -> tuple[str, str]:
    found = _fields(element)
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
        elif name == "encoded" and "excerpt" in str(child.tag).partition("}")[0]:
            excerpt = text
        elif child.tag == CREATOR:
            creator = text
        elif _wordpress(child.tag):
            if name == "postmeta":
                meta.append(_meta(child))
            elif name == "comment":
                comments.append(_comment(child))
            else:
                wordpress[name] = text
        elif isinstance(child.tag, str) and "}" not in child.tag:
            plain.setdefault(name, text)
    terms = _terms(element)
    return Post(
        id=wordpress.get("post_id", "").strip() or _id_from(plain),
        kind=wordpress.get("post_type", "post").strip() or "post",
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
        try:
            query = urlsplit(plain.get(name, "")).query
        except ValueError:
            continue
        for part in query.split("&"):
            key, _, value = part.partition("=")
            if key in {"p", "page_id", "attachment_id"} and value.isdigit():
                return value
    return plain.get("link", "").strip() or plain.get("title", "").strip() or "no-id"


def _term(element: etree._Element) -> Term | None:
    found = _fields(element)
    name = _local(element.tag)
    if name == "category":
        return Term(
            "category",
            found.get("category_nicename", ""),
            found.get("cat_name", ""),
            found.get("category_parent", ""),
            found.get("category_description", ""),
        )
    if name == "tag":
        return Term(
            "post_tag",
            found.get("tag_slug", ""),
            found.get("tag_name", ""),
            "",
            found.get("tag_description", ""),
        )
    if name == "term":
        return Term(
            found.get("term_taxonomy", ""),
            found.get("term_slug", ""),
            found.get("term_name", ""),
            found.get("term_parent", ""),
            found.get("term_description", ""),
        )
    return None


def _author(element: etree._Element) -> Author:
    found = _fields(element)
    return Author(found.get("author_login", ""), found.get("author_display_name", ""))


def _free(element: etree._Element) -> None:
    """Forget an element that was read, and what came before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _events(stream: _Watched) -> Iterator[etree._Element]:
    for _, element in etree.iterparse(
        cast("IO[bytes]", stream),
        events=("end",),
        tag=_WATCHED,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    ):
        yield element


def _check_declared(element: etree._Element, name: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise BadInput(
            "declares a document type, which no WordPress export does",
            file=name,
            fix=_EXPORT_AGAIN,
        )


def _check_version(text: str, name: str) -> None:
    if text.strip() not in VERSIONS:
        raise BadInput(
            f"is WXR {text.strip()[:20] or '?'}",
            file=name,
            fix=f"known: {', '.join(VERSIONS)}",
        )


class _Channel:
    """What the head of an export says of its site, until the first item."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: dict[str, str] = {}
        self._told = False

    def take(self, element: etree._Element) -> Iterator[Item]:
        """Yield what an element of the head says."""
        name, parent = _local(element.tag), element.getparent()
        if parent is None or _local(parent.tag) != "channel":
            return
        if not _wordpress(element.tag):
            self.found.setdefault(name, (element.text or "").strip())
            return
        if name == "wxr_version":
            _check_version(element.text or "", self._name)
            self.found[name] = (element.text or "").strip()
        elif name.startswith("base_"):
            self.found[name] = (element.text or "").strip()
        elif name == "author":
            yield _author(element)
        elif (term := _term(element)) is not None:
            yield term
        if name not in {"wxr_version", "base_blog_url", "base_site_url"}:
            _free(element)

    def site(self) -> Iterator[Site]:
        """Yield the site, once, when its version is known."""
        if "wxr_version" not in self.found:
            raise BadInput(
                "is a feed, not a WordPress export",
                file=self._name,
                fix="export from WordPress: Tools, Export, All content",
            )
        if not self._told:
            self._told = True
            yield Site(
                self.found.get("title", ""),
                self.found.get("base_blog_url") or self.found.get("link", ""),
                self.found.get("language", ""),
                self.found["wxr_version"],
            )


def _explained(error: etree.XMLSyntaxError, name: str) -> BadInput:
    said = str(error.msg).partition("\n")[0][:200]
    if "amplification" in said or "Entity" in said:
        message, fix = "declares a document type with entities", _EXPORT_AGAIN
    elif "XML_PARSE_HUGE" in said:
        message, fix = "has one text of more than ten megabytes", _EXPORT_AGAIN
    else:
        message = f"is not whole XML: {said}"
        fix = "the file may be cut short or in another encoding; export it again"
    return BadInput(message, file=name, line=error.lineno or None, fix=fix)


def read_wxr(stream: IO[bytes], name: str) -> Iterator[Item]:
    """Yield the site, authors, terms and posts of a WXR export, in file order.

    Raises BadInput, naming the line, for a file that is cut short, is not WXR, has
    the wrong encoding, declares entities, or holds an item beyond measure.
    """
    watched = _Watched(stream, name)
    channel = _Channel(name)
    first = True
    try:
        for element in _events(watched):
            if first:
                _check_declared(element, name)
                first = False
            if element.tag != "item":
                yield from channel.take(element)
                continue
            yield from channel.site()
            yield _post(element)
            _free(element)
            watched.held = 0
    except etree.XMLSyntaxError as error:
        raise _explained(error, name) from error
    if "wxr_version" not in channel.found:
        raise BadInput(
            "is not a WordPress export (no wxr_version)",
            file=name,
            fix="export from WordPress: Tools, Export, All content",
        )
    yield from channel.site()
