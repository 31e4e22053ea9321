"""Saved answers of WordPress's REST interface as posts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, cast

from achemap.errors import BadInput
from achemap.wordpress.records import Item, Post, Term


LARGEST_ANSWER = 50_000_000


def _rendered(value: object) -> str:
    """Return a REST field that is text, or {"raw"|"rendered": text}."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return str(fields.get("raw") or fields.get("rendered") or "")
    return "" if value is None else str(value)


def _dict(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _terms(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    groups = _list(_dict(data.get("_embedded")).get("wp:term"))
    return tuple(
        (str(_dict(term).get("taxonomy", "category")), str(_dict(term).get("name", "")))
        for group in groups
        for term in _list(group)
    )


def _author(data: dict[str, Any]) -> str:
    known = _list(_dict(data.get("_embedded")).get("author"))
    return (
        str(_dict(known[0]).get("name", "")) if known else str(data.get("author", ""))
    )


def _meta(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = [
        (str(key), json.dumps(value) if isinstance(value, dict | list) else str(value))
        for group in ("meta", "acf")
        for key, value in _dict(data.get(group)).items()
    ]
    if data.get("featured_media"):
        found.append(("_thumbnail_id", str(data["featured_media"])))
    if data.get("alt_text"):
        found.append(("_wp_attachment_image_alt", str(data["alt_text"])))
    return tuple(found)


def _post(data: dict[str, Any]) -> Post:
    terms = _terms(data)
    content = data.get("content")
    return Post(
        id=str(data.get("id", "")),
        kind=str(data.get("type") or "post"),
        title=_rendered(data.get("title")),
        slug=str(data.get("slug") or ""),
        link=str(data.get("link") or ""),
        guid=_rendered(data.get("guid")),
        status=str(data.get("status") or "publish"),
        date=str(data.get("date") or ""),
        author=_author(data),
        content=_rendered(content),
        excerpt=_rendered(data.get("excerpt")) or _rendered(data.get("caption")),
        password="password" if _dict(content).get("protected") else "",
        parent=str(data.get("parent") or data.get("post") or ""),
        attachment_url=str(data.get("source_url") or ""),
        categories=tuple(name for kind, name in terms if kind == "category"),
        tags=tuple(name for kind, name in terms if kind == "post_tag"),
        terms=terms,
        meta=_meta(data),
    )


def read_rest(stream: IO[bytes], name: str) -> Iterator[Item]:
    """Yield the items of a saved REST answer: one item or a list of them."""
    raw = stream.read(LARGEST_ANSWER + 1)
    if len(raw) > LARGEST_ANSWER:
        raise BadInput(
            f"is larger than {LARGEST_ANSWER} bytes",
            file=name,
            fix="save it page by page",
        )
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise BadInput(
            f"is not JSON: {error}", file=name, line=line, fix="save the answer again"
        ) from error
    for item in data if isinstance(data, list) else [data]:
        found = _dict(item)
        if "taxonomy" in found and "slug" in found:
            yield Term(
                str(found["taxonomy"]),
                str(found["slug"]),
                str(found.get("name", "")),
                str(found.get("parent") or ""),
                str(found.get("description") or ""),
            )
        elif "content" in found or "source_url" in found:
            yield _post(found)
        else:
            raise BadInput(
                "is not a WordPress REST answer",
                file=name,
                fix="save /wp-json/wp/v2/posts?per_page=100&_embed",
            )
