"""Concepts, collections, and the page “How we decide”."""

from __future__ import annotations

from typing import Any

from achemap_site.patterns import safety
from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.fronts import items
from achemap_site.patterns.models.article import ArticlePage
from achemap_site.patterns.presenters import markup
from achemap_site.patterns.presenters.links import card, rich_text
from achemap_site.patterns.presenters.pattern import review
from achemap_site.patterns.presenters.sources import references


def article_index() -> dict[str, Any]:
    """Return all collections and concepts."""
    known = catalogue()
    return {
        "collections": [card(entry) for entry in known.collections.values()],
        "concepts": [card(entry) for entry in known.concepts.values()],
    }


def article_page(page: ArticlePage) -> dict[str, Any]:
    """Return everything a concept or collection shows."""
    known = catalogue()
    related = (
        known.concepts.get(name)
        or known.collections.get(name)
        or known.techniques.get(name)
        for name in items(page.related)
    )
    return {
        "body": rich_text(page.body),
        "patterns": [
            card(known.patterns[name])
            for name in items(page.patterns)
            if name in known.patterns
        ],
        "related_articles": [card(entry) for entry in related if entry],
        "sources": references(items(page.sources)),
        "review": review(page.record()),
        "summary": page.summary,
        "json_ld": markup.web_page(page, page.summary),
    }


def how_we_decide() -> dict[str, Any]:
    """Return the safety rules in plain words, from the rules themselves."""
    return {"decision_topics": safety.rules_in_words()}
