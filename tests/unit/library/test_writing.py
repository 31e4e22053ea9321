"""Every record of the starter library survives its own canonical text."""

from achemap.library import load
from achemap.library.reading import (
    parse_article,
    parse_muscle,
    parse_pattern,
    parse_product,
    parse_sources,
    parse_technique,
)
from achemap.library.writing import (
    article_as_text,
    pattern_as_data,
    pattern_as_text,
    record_as_text,
    sources_as_text,
)


def test_patterns_survive() -> None:
    for pattern in load().patterns.values():
        text = pattern_as_text(pattern)
        assert parse_pattern(text) == pattern
        assert pattern_as_text(parse_pattern(text)) == text


def test_muscles_and_products_survive() -> None:
    library = load()
    for muscle in library.muscles.values():
        assert parse_muscle(record_as_text(muscle)) == muscle
    for product in library.products.values():
        assert parse_product(record_as_text(product)) == product


def test_techniques_and_articles_survive() -> None:
    library = load()
    for technique in library.techniques.values():
        assert parse_technique(article_as_text(technique)) == technique
    for article in [*library.concepts.values(), *library.collections.values()]:
        assert parse_article(article_as_text(article)) == article


def test_sources_survive() -> None:
    sources = tuple(load().sources.values())
    assert parse_sources(sources_as_text(sources)) == sources


def test_data_uses_the_names_of_the_files() -> None:
    data = pattern_as_data(load().patterns["serratus-posterior-inferior"])

    assert data["how-common"] == "uncommon"
    assert data["zones"][0]["level"] == "essential"
    assert data["care"]["see-someone"]
