"""Old posts: nothing lost, nothing doubled, bad files refused."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.errors import BadInput
from achemap.wordpress.converting import convert_post
from achemap.wordpress.markup import to_html
from achemap.wordpress.reading import read_posts
from achemap.wordpress.reading_wxr import read_wxr
from achemap.wordpress.records import Post
from achemap.wordpress.redirects import normal_address, redirects
from achemap.wordpress.running import convert_export
from achemap.wordpress.segments import segments, visible_words


OLD_POST = """
<p>Understanding your pain.</p>
<h2>Client Description</h2>
These people point at the outer hip and say it burns.

See a medical doctor first if the leg is swollen.
<h2>Self Care</h2>
Ice it, then [caption id="x"]<img src="/u/referral-piriformis-back.jpg"> A joke[/caption]
<a href="https://www.amazon.com/thing">this patch</a>
<h3>For Relief on the Go.</h3>
Put a patch on it. [unknown-thing a="b"]kept words[/unknown-thing]
<h2>Therapy Notes</h2>
<ul><li>Release the joint</li><li>Then the muscle</li></ul>
<p>This site is undergoing changes. We are adding posts.</p>
"""


def export_of(*posts: str) -> str:
    items = "".join(posts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<title>Site</title><wp:wxr_version>1.2</wp:wxr_version>{items}"
        "</channel></rss>"
    )


def item(number: int, title: str, content: str) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>https://old.example/p{number}/</link>"
        f"<content:encoded>{escape(content)}</content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_name>p{number}</wp:post_name>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
    )


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.xml"
    path.write_text(
        export_of(
            item(1, "Burning outer hip pain", OLD_POST),
            item(2, "Self Care – Hip", "<p>Ice and stretch.</p>"),
        ),
        encoding="utf-8",
    )
    return path


def test_an_old_post_is_split_into_our_sections() -> None:
    done = convert_post(
        Post("1", "post", "Burning outer hip pain", content=OLD_POST), {}
    )

    sections = done.draft["sections"]
    assert done.entry["generation"] == "G1b"
    assert "outer hip" in sections["describe"][1]["html"]
    assert any("Put a patch" in each["html"] for each in sections["relief"])
    assert any(
        "Release the joint" in each["html"] for each in sections["therapy_notes"]
    )
    assert any(
        each["reason"] == "the site's footer" for each in done.draft["not_placed"]
    )


def test_links_pictures_and_shortcodes_are_counted() -> None:
    entry = convert_post(Post("1", "post", "Hip pain", content=OLD_POST), {}).entry

    assert entry["words_lost"] == 0
    assert entry["pictures_placed"] == 1
    assert entry["links_placed"] == 1
    assert entry["shortcode_names"] == ["unknown-thing"]


def test_proposals_carry_their_evidence() -> None:
    proposals = convert_post(Post("1", "post", "Hip pain", content=OLD_POST), {}).draft[
        "proposals"
    ]

    kinds = {each["kind"] for each in proposals}
    assert {"red-flag", "product", "care-step"} <= kinds
    assert all(each["evidence"] and 0 < each["confidence"] <= 1 for each in proposals)


words = st.text(alphabet="abc déñ中[]<>&\n\"'/=", max_size=40)
tags = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h2>Self",
        "Care</h2>",
        "<ul><li>",
        "</li></ul>",
        "<br>",
        "<table><tr><td>",
        "</td></tr></table>",
        "[gallery]",
        "[box]",
        "[/box]",
        "<!--",
        "wp:paragraph",
        "-->",
        "<blockquote>",
        "<img>",
        "<iframe",
        "src='//v'></iframe>",
        "<b>",
        "</b>",
        "<script>x</script>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(words, tags), max_size=25).map(" ".join))
def test_no_word_is_lost_whatever_the_markup(content: str) -> None:
    html = to_html(content)

    assert sum(each.words for each in segments(html)) >= visible_words(html)
    assert (
        convert_post(Post("1", "post", "x", content=content), {}).entry["words_lost"]
        == 0
    )


def test_a_second_run_changes_nothing(export: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "out", tmp_path / "report.json"

    first = convert_export(export, out, report, {})
    again = convert_export(export, out, report, {})

    assert first["posts_converted"] == 2
    assert first["files_changed"] == 7
    assert again["files_changed"] == 0
    assert json.loads(report.read_text())["words_lost"] == 0


def test_a_run_that_was_cut_short_is_finished_by_the_next(
    export: Path, tmp_path: Path
) -> None:
    out, report = tmp_path / "out", tmp_path / "report.json"
    convert_export(export, out, report, {})
    drafts = sorted((out / "drafts").iterdir())
    whole = drafts[0].read_bytes()
    drafts[0].unlink()
    (out / ".unfinished" / "drafts").mkdir(parents=True)
    (out / ".unfinished" / "drafts" / "x.json").write_bytes(whole[:10])

    convert_export(export, out, report, {})

    assert drafts[0].read_bytes() == whole
    assert sorted((out / "drafts").iterdir()) == drafts
    assert not (out / ".unfinished").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"<?xml version='1.0'?><rss><channel><item/></channel></rss>", "a feed"),
        (b"plain words", "none of"),
        (export_of(item(1, "a", "b")).encode()[:-30], "not whole XML"),
        (export_of(item(1, "a", "é")).encode("latin-1"), "not whole XML"),
        (
            (
                b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                b"<rss><channel><title>&b;</title></channel></rss>"
            ),
            "document type",
        ),
        (b"[1, 2]", "not a WordPress REST answer"),
        (b"{", "not JSON"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(content)

    with pytest.raises(BadInput, match=says) as caught:
        list(read_posts(path))

    assert "\n" not in str(caught.value)


def test_custom_fields_and_comments_are_kept_in_order() -> None:
    extra = (
        "<item><title>t</title><wp:post_id>5</wp:post_id><wp:post_type>post</wp:post_type>"
        "<wp:postmeta><wp:meta_key>a</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>"
        "<wp:postmeta><wp:meta_key>a</wp:meta_key><wp:meta_value>2</wp:meta_value></wp:postmeta>"
        "<wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_content>hi</wp:comment_content>"
        "</wp:comment></item>"
    )

    _, post = read_wxr(BytesIO(export_of(extra).encode()), "x.xml")

    assert isinstance(post, Post)

    assert post.meta == (("a", "1"), ("a", "2"))
    assert [each.content for each in post.comments] == ["hi"]


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("http://old.example/a-post/?share=reddit", "/a-post"),
        ("https://old.example/a-post/?amp", "/a-post"),
        ("https://old.example/?p=12", "/?p=12"),
        ("https://old.example//a//b/", "/a/b"),
    ],
)
def test_addresses_are_compared_without_noise(address: str, normal: str) -> None:
    assert normal_address(address) == normal


def test_collisions_and_other_texts_are_reported() -> None:
    one = Post("1", "post", "Neck pain", "neck-pain", "https://o/neck-pain/")
    two = Post(
        "2",
        "post",
        "Burning hips trouble",
        "shoulder-while-pitching-behind",
        "https://o/neck-pain/",
    )

    found, problems = redirects([one, two], {"1": "/patterns/n/", "2": "/patterns/h/"})

    assert {each.kind for each in problems} == {"collision", "other-text"}
    assert {each.new for each in found} == {"/patterns/n/", "/patterns/h/"}
