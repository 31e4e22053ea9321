"""The records that a chooser offers: id, title, and words to find them by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from achemap.check.references import SIGN_KINDS
from achemap.language import load_lexicon
from achemap.triage.loading import load_rules
from achemap_site.patterns import choices, models


Row = dict[str, Any]


def _records(pairs: choices.Choices) -> list[Row]:
    return [{"id": name, "title": str(title)} for name, title in pairs]


def patterns() -> list[Row]:
    """Return every pattern by its complaint; its id says the muscle."""
    rows = models.PatternPage.objects.values_list("record_id", "title", "live")
    return [
        {"id": name, "title": title, "note": "" if live else "draft", "more": name}
        for name, title, live in sorted(rows, key=lambda row: row[1])
    ]


def muscles() -> list[Row]:
    """Return every muscle by its name, found by its other names too."""
    rows = models.MusclePage.objects.values_list(
        "record_id", "title", "latin", "synonyms"
    )
    return [
        {"id": name, "title": title, "note": latin, "more": synonyms}
        for name, title, latin, synonyms in sorted(rows, key=lambda row: row[1])
    ]


def anything() -> list[Row]:
    """Return every record that a text may name as related, whatever its kind."""
    kinds = {
        "pattern": models.PatternPage,
        "concept": models.ConceptPage,
        "collection": models.CollectionPage,
        "muscle": models.MusclePage,
        "technique": models.TechniquePage,
    }
    return [
        {"id": name, "title": title, "note": kind}
        for kind, model in kinds.items()
        for name, title in model.objects.order_by("title").values_list(
            "record_id", "title"
        )
    ]


def sources() -> list[Row]:
    """Return every source by author, year and title."""
    rows = models.Source.objects.values_list("key", "authors", "year", "title", "where")
    found = [
        {
            "id": key,
            "title": title,
            "note": ", ".join(str(part) for part in (authors, year) if part),
            "more": f"{key} {where}",
        }
        for key, authors, year, title, where in rows
    ]
    return sorted(found, key=lambda row: row["title"].lower())


def rules() -> list[Row]:
    """Return every safety rule by what it is about, the words it says below."""
    return sorted(
        (
            {"id": rule.id, "title": rule.title, "note": rule.level.replace("_", " ")}
            for rule in load_rules().rules.values()
        ),
        key=lambda row: row["title"].lower(),
    )


def words() -> list[Row]:
    """Return every word that can be a sign, with its kind and how people say it."""
    kinds = set().union(*SIGN_KINDS.values())
    found = {
        concept.id: {
            "id": concept.id,
            "title": concept.name,
            "kind": concept.kind,
            "more": "; ".join(concept.ways[:12]),
        }
        for concept in load_lexicon().concepts.values()
        if concept.kind in kinds
    }
    for word in models.Word.objects.all():
        found[word.record_id] = {
            "id": word.record_id,
            "title": word.name,
            "kind": word.kind,
            "note": "ours",
            "more": word.ways,
        }
    return sorted(found.values(), key=lambda row: str(row["title"]).lower())


def regions() -> list[Row]:
    """Return every leaf region by its lay name, in its group."""
    return [
        {"id": name, "title": str(title), "note": str(group)}
        for group, held in choices.leaf_regions()
        for name, title in held  # type: ignore[attr-defined]
    ]


KINDS: dict[str, Callable[[], list[Row]]] = {
    "pattern": patterns,
    "muscle": muscles,
    "article": anything,
    "technique": lambda: _records(choices.techniques()),
    "product": lambda: _records(choices.products()),
    "source": sources,
    "rule": rules,
    "word": words,
    "region": regions,
}
