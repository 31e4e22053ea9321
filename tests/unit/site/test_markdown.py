from __future__ import annotations

import pytest

from achemap.library import load
from achemap_site.patterns.markdown import to_markdown, to_rich_text


def test_links_to_records_become_addresses_that_last() -> None:
    html = to_rich_text("See [the cough page](technique:easing-a-cough).")

    assert (
        html == '<p>See <a href="/go/technique/easing-a-cough/">the cough page</a>.</p>'
    )


def test_and_back() -> None:
    assert (
        to_markdown('<p><a href="/go/pattern/x-y/">it</a></p>') == "[it](pattern:x-y)"
    )


def test_a_link_to_a_page_becomes_a_link_to_its_record() -> None:
    html = '<p><a linktype="page" id="7">it</a></p>'

    assert to_markdown(html, {7: "muscle:psoas"}.get) == "[it](muscle:psoas)"


def test_a_link_to_nowhere_keeps_its_words() -> None:
    assert to_markdown('<p><a linktype="page" id="9">it</a></p>') == "it"


def test_raw_html_is_text() -> None:
    assert "<script>" not in to_rich_text("<script>alert(1)</script>")


@pytest.mark.parametrize(
    "markdown",
    [
        "One line.",
        "One.\n\nTwo.",
        "- a\n- b",
        "1. a\n2. b",
        "### Head\n\nText with **bold** and *thin* words.",
    ],
)
def test_a_round_trip_keeps_the_text(markdown: str) -> None:
    assert to_markdown(to_rich_text(markdown)) == markdown


def test_a_second_round_trip_changes_nothing_in_the_whole_library() -> None:
    for pattern in load().patterns.values():
        for text in (pattern.sections.describe, pattern.sections.therapy_notes):
            once = to_markdown(to_rich_text(text))
            assert to_markdown(to_rich_text(once)) == once
