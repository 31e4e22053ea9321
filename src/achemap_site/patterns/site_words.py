"""The editors' own words, and the lexicon file that they make.

The file lies beside the database; `achemap.language.load_lexicon` reads it after the
starter lexicon, so that a word counts from the next compilation on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from achemap.language import load_lexicon
from achemap.language.lexicon import site_words
from achemap.library.reading import parse_yaml
from achemap_site.patterns.fronts import items, lines


FILE = "lexicon/words-site.yaml"
FEWEST_WAYS = 2


def problem_of(word: Any) -> dict[str, str]:
    """Return what is wrong with a new word, by field."""
    found: dict[str, str] = {}
    known = load_lexicon().concepts.get(word.record_id)
    if known is not None and not _is_ours(word):
        found["record_id"] = _("“%(id)s” is already in the lexicon: %(name)s") % {
            "id": word.record_id,
            "name": known.name,
        }
    if len(items(word.ways)) < FEWEST_WAYS:
        found["ways"] = _("Give at least two ways people say it, one a line.")
    return found


def _is_ours(word: Any) -> bool:
    return type(word).objects.filter(record_id=word.record_id).exists()


def as_text(words: Iterable[Any]) -> str:
    """Return the lexicon file of words; empty when there are none."""
    concepts = [
        {
            "id": word.record_id,
            "kind": word.kind,
            "name": word.name,
            "ways": items(word.ways),
        }
        for word in words
    ]
    if not concepts:
        return ""
    return yaml.safe_dump(
        {"language": "en", "concepts": concepts},
        sort_keys=False,
        allow_unicode=True,
        width=10_000,
    )


def current_text() -> str:
    """Return the lexicon file of all words in the database."""
    from achemap_site.patterns.models import Word

    return as_text(Word.objects.order_by("record_id"))


def write_beside() -> Path | None:
    """Write the file where the lexicon looks for it; return it when it changed."""
    file = site_words()
    if file is None:
        return None
    text = current_text()
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if text == before:
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)
    return file


def load_words(*, root: Path, done: Any) -> None:
    """Bring the words of an exported library back; a word that is there stays."""
    from achemap_site.patterns.models import Word

    file = root / FILE
    if not file.is_file():
        return
    data = parse_yaml(file.read_text(encoding="utf-8"), file)
    rows: list[Mapping[str, Any]] = data.get("concepts") or []
    known = set(Word.objects.values_list("record_id", flat=True))
    fresh = [
        Word(
            record_id=row["id"],
            kind=row["kind"],
            name=row["name"],
            ways=lines(row["ways"]),
        )
        for row in rows
        if row["id"] not in known
    ]
    Word.objects.bulk_create(fresh)
    if fresh:
        done.new.append(FILE)
