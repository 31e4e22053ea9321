from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from achemap_site.delivery.search import index


pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [hit.entry.id for hit in index().search(text).hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aching and burning over my kidneys", "serratus-posterior-inferior"),
        ("kidny ache", "serratus-posterior-inferior"),
        ("serratus posterior inferior", "serratus-posterior-inferior"),
        ("burn mid back", "serratus-posterior-inferior"),
    ],
)
def test_finds_the_founding_pattern(text: str, expected: str) -> None:
    assert expected in found(text)[:3]


def test_lay_words_find_the_place() -> None:
    reach = index().search("wing bone").hits[0].entry.reach

    assert any("shoulder-blade" in region for region in reach)


def test_word_endings_do_not_matter() -> None:
    assert found("coughing")[:5] == found("cough")[:5]


def test_a_repaired_word_is_said() -> None:
    assert index().search("shoudler").corrected == {"shoudler": "shoulder"}


def test_a_known_word_is_left_alone() -> None:
    assert index().search("shoulder").corrected == {}


@pytest.mark.parametrize("text", ["", "   ", "xqzzy blorp", "the of and", "🦵", "\x00"])
def test_nothing_to_find_is_no_error(text: str) -> None:
    assert isinstance(found(text), list)


@given(st.text(max_size=300))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_text_breaks_the_search(text: str) -> None:
    index().search(text)


def test_what_is_unpublished_is_not_found() -> None:
    from achemap_site.patterns.models import PatternPage

    PatternPage.objects.get(record_id="serratus-posterior-inferior").unpublish()

    assert "serratus-posterior-inferior" not in [
        hit.entry.id
        for hit in index().search("aching and burning over my kidneys").hits
        if hit.entry.kind == "pattern"
    ]
