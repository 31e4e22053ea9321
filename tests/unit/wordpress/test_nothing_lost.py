"""Nothing of a post is lost, counted a second time by another parser."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.wordpress import Converted, Post, convert_post, convert_text
from achemap.wordpress.reading import read_items


TOOL = Path(__file__).parents[3] / "tools" / "make_wordpress_export"
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?:\s[^\]]*)?\]")


class _Words(HTMLParser):
    """The words, links and pictures of HTML, as the standard library reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.found: Counter[str] = Counter()
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += tag != "a" or any(name == "href" for name, _ in attrs)
        self._skipped += tag in {"script", "style"}
        self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in {"script", "style"}
        self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.text.append(data)


def by_the_other(content: str) -> _Words:
    parser = _Words()
    parser.feed(_SHORTCODE.sub(" ", content))
    parser.close()
    return parser


def kept(done: Converted) -> Counter[str]:
    return Counter(
        word
        for each in done.placement.in_order()
        for word in _WORD.findall(each.segment.text)
    )


def _tool() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("make_wordpress_export", str(TOOL))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


MAKER = _tool()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6), st.sampled_from(sorted(set(MAKER.FORMS))), st.integers(0, 4)
)
def test_all_words_links_and_pictures_of_every_form_are_kept(
    seed: int, form: str, look: int
) -> None:
    parts = [
        part
        for part in MAKER.Writer(seed, 1).parts(form)
        if not part.startswith(("[embed", "[caption"))
    ]
    content = MAKER.LOOKS[look](parts)

    done = convert_post(Post("1", "post", "Ache", content=content), {})
    other = by_the_other(content)

    assert done.report.is_complete
    assert not Counter(_WORD.findall("".join(other.text))) - kept(done)
    assert sum(len(e.segment.links) for e in done.placement.in_order()) == other.found["a"]  # fmt: skip
    assert done.report.came_in["pictures"] == other.found["img"]
    assert done.report.came_in["tables"] == other.found["table"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_damage_loses_nothing_either(seed: int) -> None:
    writer = MAKER.Writer(seed, 1)
    form = writer.random.choice(MAKER.FORMS)
    content = MAKER.LOOKS[seed % 5](list(writer.parts(form)))

    done = convert_text(MAKER.damaged(content, writer.random), {})

    assert done.report.is_complete, done.report.lost_words


pieces = st.sampled_from(
    [
        "plain words", "naïve 中文 слово", "&amp;", "&nbsp;", "<p>", "</p>", "<div>", "</div>",
        "<h2>Self", "Care</h2>", "<h2>Therapy Notes</h2>", "<ul><li>", "</li></ul>", "<br>",
        "<table><tr><td>", "</td></tr></table>", "<a href='/x'>", "</a>", "<a name=y>",
        '<img src="/a.jpg">', "<figure>", "</figure>", "<figcaption>", "[gallery ids='1,2']",
        "[box]", "[/box]", "[caption width='1']", "[/caption]", "[youtube]x[/youtube]", "[[x]]",
        "<!--", "-->", "<!--more-->", "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->",
        '<!-- wp:block {"ref":1} /-->', "<blockquote>", "<iframe src='https://youtu.be/v'></iframe>",
        "<b>", "</b>", "<span>", "</span>", "<script>x</script>", "<style>y</style>", "<pre>", "</pre>",
        "<video src=a.mp4></video>", "<object data='z'><embed src='z'></object>", "\n\n", "\n",
        "<svg><text>in a drawing</text></svg>", "<noscript><img src=n></noscript>", "<form><input>",
        "<select><option>o", "<template>t</template>", "<textarea>", "<plaintext>", "<frameset>",
        "https://youtu.be/abc", "<area href=q>", "<details><summary>", "</", "<p", 'href="',
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=30).map(" ".join))
def test_whatever_the_markup_nothing_is_lost(content: str) -> None:
    done = convert_text(content, {})

    assert done.report.is_complete, done.report.lost
    listed = {each.segment.at for each in done.placement.unplaced}
    placed = {each.segment.at for each in done.placement.placed}
    assert not listed & placed
    assert listed | placed == set(range(len(listed) + len(placed)))
    assert all(each.reason for each in done.placement.unplaced)
    assert done.original == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[contact-form-7 id='3']", "old site"),
        ('<!-- wp:block {"ref":12} /-->', "shared block"),
        ("<!-- a note to myself -->", "never saw"),
        ("<form><label>Name <input></label></form>", "a form"),
        ("<svg><text>Ribs</text></svg>", "drawing"),
        ("<script>count()</script>", "code"),
        ("[gallery]", "attached"),
        ("<hr>", "a line"),
        ("one<!--nextpage-->two", "page break"),
    ],
)
def test_what_has_no_place_is_listed_with_a_reason(content: str, reason: str) -> None:
    done = convert_text(content, {})

    assert any(reason in each.reason for each in done.placement.unplaced)


def test_a_paragraph_under_two_headings_is_flagged() -> None:
    said = "<p>They press on the brow with a thumb and say that it is a dull ache all day long.</p>"
    done = convert_text(
        f"<h2>Client Description</h2>{said}<h2>Self Care</h2>{said}",
        {},
        title="Headache",
    )

    assert [where for _, where in done.report.doubled] == [("describe", "relief")]


@pytest.mark.parametrize(
    "hostile",
    [
        "<p onclick='x()'>words</p>",
        "<a href='javascript:x()'>words</a>",
        "<img src=x onerror=alert(1)>words",
        "<iframe srcdoc='<script>x()</script>'></iframe>words",
        "<svg/onload=x()>words",
        "<math><mtext></mtext><script>x()</script></math>words",
        "<p style='background:url(javascript:x())'>words</p>",
        "<scr<script>ipt>x()</script>words",
        "<a href='data:text/html,<script>x()</script>'>words</a>",
    ],
)
def test_hostile_html_comes_out_harmless(hostile: str) -> None:
    done = convert_text(hostile, {})

    for html in done.sections.values():
        lowered = html.lower()
        assert "<script" not in lowered
        assert "javascript:" not in lowered
        assert "data:text" not in lowered
        assert not re.search(r"<[^>]*\son\w+\s*=", lowered)
    assert done.report.is_complete


def test_the_generators_own_export_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    with path.open("w", encoding="utf-8") as stream:
        MAKER.write(stream, 5, 3)

    posts = [each for each in read_items(path) if isinstance(each, Post)]

    assert len(posts) == 10
