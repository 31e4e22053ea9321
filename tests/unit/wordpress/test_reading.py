"""Exports of every kind are read; what is no export is refused in one line."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.errors import BadInput
from achemap.wordpress import (
    Author,
    Post,
    Site,
    Term,
    convert_post,
    read_items,
    reading_wxr,
)
from achemap.wordpress.reading_page import read_page
from achemap.wordpress.reading_wxr import read_wxr


HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
    ' xmlns:excerpt="http://wordpress.org/export/1.1/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.1/"><channel>'
    "<title>A site</title><link>https://old.example</link><language>en</language>"
    "<wp:wxr_version>1.1</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>"
    "<wp:author><wp:author_login>tp</wp:author_login>"
    "<wp:author_display_name>T. P.</wp:author_display_name></wp:author>"
    "<wp:category><wp:category_nicename>neck</wp:category_nicename>"
    "<wp:category_parent>torso</wp:category_parent><wp:cat_name>Neck</wp:cat_name></wp:category>"
    "<wp:tag><wp:tag_slug>ice</wp:tag_slug><wp:tag_name>Ice</wp:tag_name></wp:tag>"
)
ITEM = (
    "<item><title>Stiff neck &amp; more</title><link>https://old.example/stiff/</link>"
    "<dc:creator>tp</dc:creator><guid>https://old.example/?p=7</guid>"
    "<content:encoded><![CDATA[It hurts.\n\nSee [[gallery]].]]></content:encoded>"
    "<excerpt:encoded><![CDATA[Short.]]></excerpt:encoded><wp:post_id>7</wp:post_id>"
    "<wp:post_name>stiff</wp:post_name><wp:status>future</wp:status>"
    "<wp:post_type>post</wp:post_type><wp:post_password>x</wp:post_password>"
    '<category domain="category" nicename="neck"><![CDATA[Neck]]></category>'
    '<category domain="post_tag" nicename="ice"><![CDATA[Ice]]></category></item>'
)
EXPORT = f"{HEAD}{ITEM}</channel></rss>".encode()


def written(folder: Path, content: bytes, name: str = "export.xml") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def posts_of(path: Path) -> list[Post]:
    return [each for each in read_items(path) if isinstance(each, Post)]


def test_an_export_says_its_site_authors_terms_and_posts(tmp_path: Path) -> None:
    items = list(read_items(written(tmp_path, EXPORT)))

    assert Author("tp", "T. P.") in items
    assert Term("category", "neck", "Neck", "torso") in items
    assert Term("post_tag", "ice", "Ice") in items
    assert Site("A site", "https://old.example", "en", "1.1") in items
    post = items[-1]
    assert isinstance(post, Post)
    assert (post.id, post.status, post.password, post.excerpt) == ("7", "future", "x", "Short.")  # fmt: skip
    assert (post.categories, post.tags) == (("Neck",), ("Ice",))


def test_protected_and_scheduled_posts_say_so() -> None:
    (post,) = [p for p in read_wxr(BytesIO(EXPORT), "x") if isinstance(p, Post)]

    problems = convert_post(post, {}).report.problems

    assert any("password" in each for each in problems)
    assert any("scheduled" in each for each in problems)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_that_xml_allows_are_read(
    tmp_path: Path, encoding: str
) -> None:
    text = EXPORT.decode().replace('encoding="UTF-8"', "" if encoding == "utf-8-sig" else 'encoding="UTF-16"')  # fmt: skip

    assert len(posts_of(written(tmp_path, text.encode(encoding)))) == 1


def test_control_characters_of_old_posts_do_no_harm(tmp_path: Path) -> None:
    content = EXPORT.replace(b"It hurts.", b"It \x0bhurts\x1f.")

    (post,) = posts_of(written(tmp_path, content))

    assert post.content.startswith("It hurts.")


def test_packed_exports_and_folders_are_read(tmp_path: Path) -> None:
    written(tmp_path, gzip.compress(EXPORT), "a.xml.gz")
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/export.xml", EXPORT)
        archive.writestr("readme.txt", "no export")

    assert len(posts_of(tmp_path / "a.xml.gz")) == 1
    assert len(posts_of(tmp_path / "b.zip")) == 1
    assert len(posts_of(tmp_path)) == 2


def test_rest_answers_are_read(tmp_path: Path) -> None:
    answer = [
        {
            "id": 3,
            "type": "post",
            "slug": "ache",
            "status": "publish",
            "link": "https://old.example/ache/",
            "title": {"rendered": "Ache"},
            "content": {"rendered": "<p>It hurts.</p>", "protected": True},
            "featured_media": 9,
            "_embedded": {
                "author": [{"name": "T. P."}],
                "wp:term": [[{"taxonomy": "category", "name": "Neck"}]],
            },
        },
        {"id": 9, "type": "attachment", "source_url": "https://old.example/a.jpg"},
        {"taxonomy": "category", "slug": "neck", "name": "Neck"},
    ]
    path = written(tmp_path, json.dumps(answer).encode(), "posts.json")

    post, picture, term = list(read_items(path))

    assert isinstance(post, Post)
    assert (post.author, post.categories, post.field("_thumbnail_id")) == ("T. P.", ("Neck",), "9")  # fmt: skip
    assert post.password
    assert isinstance(picture, Post)
    assert picture.attachment_url.endswith("a.jpg")
    assert isinstance(term, Term)


def test_a_saved_page_is_the_post_that_it_shows() -> None:
    page = (
        "<!doctype html><html><head><meta charset='windows-1252'><title>Ache | Site</title>"
        "<link rel='canonical' href='https://old.example/ache/'>"
        "<link rel='shortlink' href='https://old.example/?p=41'></head><body><nav>Menu</nav>"
        "<article><h1 class='entry-title'>Ache – low</h1><div class='entry-content'>"
        "<p>It hurts – here.</p></div></article><footer>Foot</footer></body></html>"
    )

    (post,) = read_page(BytesIO(page.encode("cp1252")), "ache.html")

    assert (post.id, post.title, post.slug) == ("41", "Ache – low", "ache")
    assert "here" in post.content
    assert "Menu" not in post.content
    assert "–" in post.content


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(8)
    )
    + "]><rss><channel><title>&i;</title></channel></rss>"
).encode()
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss><channel><title>&x;</title></channel></rss>"
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (BILLION, "document type"),
        (OUTSIDE, "document type"),
        (EXPORT.replace(b">1.1<", b">9.9<"), "is WXR 9.9"),
        (EXPORT.replace(b"It hurts", b"It h\xfcrts"), "not whole XML"),
        (EXPORT[:-40], "not whole XML"),
        (b"PK\x03\x04 not a zip at all", "not a whole zip"),
        (b"\x1f\x8b not gzip", "cannot be unpacked"),
        (b"\x89PNG\r\n\x1a\n", "none of"),
        (b"[[[[" * 50_000, "not JSON"),
        (b"<html><body></body></html>", "holds no text"),
        (b"<html><meta charset=klingon><body>x</body></html>", "encoding nobody knows"),
    ],
)
def test_what_is_no_export_is_refused(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        list(read_items(written(tmp_path, content)))

    assert "\n" not in str(caught.value)


def test_a_bomb_in_a_packed_file_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(HEAD.encode() + b" " * 60_000_000)

    with pytest.raises(BadInput, match="more than"):
        list(read_items(written(tmp_path, bomb, "bomb.xml.gz")))


def test_one_endless_item_is_refused_before_memory_fills(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading_wxr, "LARGEST_ITEM", 2_000_000)

    class Endless(BytesIO):
        served = 0

        def read(self, size: int | None = -1) -> bytes:
            self.served += 1
            if self.served == 1:
                return f"{HEAD}<item><title>".encode()
            return b"<b>x</b>" * 8000

    stream = Endless()

    with pytest.raises(BadInput, match="one item"):
        list(read_wxr(stream, "x.xml"))

    assert stream.served * 64_000 < 3_000_000


def read_until_refused(items: Iterable[object]) -> tuple[list[Post], str]:
    """Return the posts read, and the line with which reading ended, if it did."""
    posts: list[Post] = []
    try:
        posts.extend(each for each in items if isinstance(each, Post))
    except BadInput as error:
        return posts, str(error)
    return posts, ""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(EXPORT) - 1), st.integers(0, 255)), max_size=6), st.integers(0, len(EXPORT)))  # fmt: skip
def test_flipped_bytes_and_cuts_end_in_posts_or_one_line(
    flips: list[tuple[int, int]], cut: int
) -> None:
    raw = bytearray(EXPORT)
    for at, byte in flips:
        raw[at] = byte

    for content in (bytes(raw), bytes(raw[:cut])):
        posts, refused = read_until_refused(read_wxr(BytesIO(content), "x.xml"))
        assert all(convert_post(each, {}).report.is_complete for each in posts)
        assert "\n" not in refused


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_a_page_end_in_a_post_or_one_line(raw: bytes) -> None:
    posts, refused = read_until_refused(read_page(BytesIO(b"<html>" + raw), "x.html"))

    assert all(convert_post(each, {}).report.is_complete for each in posts)
    assert "\n" not in refused


@pytest.mark.parametrize(
    "knot",
    ["<div>" * 60_000, "<b>" * 500 + "<p>x" * 20_000, "[a x=1]" * 20_000 + "[/a]" * 20_000,
     "<!-- wp:" * 50_000, "<pre" * 50_000, "\n" * 200_000, "<table><tr><td>" * 20_000,
     "<ul><li>" * 30_000, "[[" * 50_000, "&" * 100_000, "<a href=\"" * 50_000],
)  # fmt: skip
def test_knotted_markup_is_read_all_the_same(knot: str) -> None:
    done = convert_post(Post("1", "post", "Ache", content=f"before {knot} after"), {})

    assert done.report.is_complete
