"""The library into pages and back.

Loading is idempotent and never overwrites an editor's change; exporting gives back
the same files, byte for byte where nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from achemap.errors import BadInput
from achemap.library.loading import load
from achemap.library.reading import (
    parse_yaml,
    read_sections,
    read_text,
    split_front_matter,
)
from achemap.library.records import Library
from achemap_site.patterns import catalogue, fronts, models
from achemap_site.patterns.records_without_pages import export_records, load_records
from achemap_site.patterns.tree import ensure_tree


@dataclass(slots=True)
class Loaded:
    """What a load did: record names by what happened to them."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of record is kept: its folder, its page type, its front."""

    folder: str
    model: type[models.RecordPage]
    fields: Any
    parent: type[Page]


KINDS = (
    _Kind("muscles", models.MusclePage, fronts.muscle_fields, models.MuscleIndexPage),
    _Kind(
        "techniques",
        models.TechniquePage,
        fronts.technique_fields,
        models.TechniqueIndexPage,
    ),
    _Kind(
        "concepts", models.ConceptPage, fronts.article_fields, models.ArticleIndexPage
    ),
    _Kind(
        "collections",
        models.CollectionPage,
        fronts.article_fields,
        models.ArticleIndexPage,
    ),
    _Kind(
        "patterns", models.PatternPage, fronts.pattern_fields, models.PatternIndexPage
    ),
)


@transaction.atomic
def load_library(*, root: Path) -> Loaded:
    """Bring every record under `root` into pages.

    A new record becomes a live page. A record whose file changed replaces its page,
    unless an editor changed the page since it was loaded: then the page stays and is
    named in `kept`. Raises BadInput, and changes nothing, for a broken file.
    """
    library = load(root)
    done = Loaded()
    # Loaded texts link by record id, never by page: there are no references to index.
    with disable_reference_index_auto_update():
        ensure_tree()
        _load_all(root, library, done)
    catalogue.forget()
    return done


def _load_all(root: Path, library: Library, done: Loaded) -> None:
    load_records(root=root, library=library, done=done)
    for kind in KINDS:
        parent = kind.parent.objects.get()
        pages = {page.record_id: page for page in kind.model.objects.all()}
        taken = set(parent.get_children().values_list("slug", flat=True))
        for (folder, record), file in library.files.items():
            if folder == kind.folder:
                text = read_text(root / file)
                _load_one(
                    kind, parent, pages.get(record), record, text, file, done, taken
                )


def _load_one(
    kind: _Kind,
    parent: Page,
    page: Any,
    record: str,
    text: str,
    file: str,
    done: Loaded,
    taken: set[str],
) -> None:
    if page is not None and page.source_text == text:
        done.unchanged += 1
        return
    if page is not None and (page.has_unpublished_changes or page.is_edited):
        done.kept.append(file)
        return
    is_new = page is None
    page = kind.model(record_id=record) if is_new else page
    _fill(kind, page, text, file)
    if is_new:
        page.slug = _free_slug(page.title, taken)
        page.live = True
        page.first_published_at = page.last_published_at = timezone.now()
        parent.add_child(instance=page)
        done.new.append(file)
    else:
        page.last_published_at = timezone.now()
        page.save()
        done.updated.append(file)


def _free_slug(title: str, taken: set[str]) -> str:
    base = slugify(title)[:200]
    tries = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    slug = next(name for name in tries if name not in taken)
    taken.add(slug)
    return slug


def _fill(kind: _Kind, page: Any, text: str, file: str) -> None:
    """Set a page's fields from the text of its file."""
    front, prose = _parts(kind, text, file)
    for name, value in kind.fields(front).items():
        setattr(page, name, value)
    page.draft_title = page.title
    page.set_prose(prose)
    page.source_text = text


def _parts(
    kind: _Kind, text: str, file: str
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Return the front and the prose (by page field) of a file."""
    if not kind.model.prose:
        return dict(parse_yaml(text, file)), {}
    front, body, line = split_front_matter(text, file)
    data = dict(parse_yaml(front, file, 2))
    if None in kind.model.prose.values():
        return data, dict.fromkeys(kind.model.prose, body.strip("\n"))
    return data, read_sections(body, file, line)


def export_library(*, folder: Path) -> list[str]:
    """Write every live record under `folder`; return the files, in order.

    Raises BadInput when a page cannot be written as a record, or the folder is not
    one to write to.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput("is not a folder", file=folder, fix="name a folder")
    written = []
    for name, text in _texts():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        written.append(name)
    return sorted(written)


def _texts() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        ending = ".md" if kind.model.prose else ".yaml"
        for page in kind.model.objects.live().order_by("record_id"):
            yield f"{kind.folder}/{page.record_id}{ending}", page.export_text()
    yield from export_records()
