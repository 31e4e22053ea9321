"""Products and sources: records that have no page of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from achemap.library.reading import (
    convert,
    parse_product,
    parse_sources,
    parse_yaml,
    read_text,
)
from achemap.library.records import Library
from achemap.library.records import Product as ProductRecord
from achemap.library.records import Source as SourceRecord
from achemap.library.writing import record_as_text, sources_as_text
from achemap_site.patterns import site_words
from achemap_site.patterns.fronts import items, lines
from achemap_site.patterns.models.record_snippets import Product, Source, SourceFile


def product_record(product: Product) -> ProductRecord:
    """Return the library record of a product."""
    return ProductRecord(
        id=product.record_id,
        name=product.title,
        what=product.what,
        placement=product.placement,
        not_when=product.not_when,
        shop_link=product.shop_link or None,
        advertising_note=product.advertising_note,
        language=product.language,
        sources=tuple(items(product.sources)),
    )


def source_record(source: Source) -> SourceRecord:
    """Return the library record of a source."""
    data = {
        "key": source.key,
        "authors": source.authors,
        "title": source.title,
        "year": source.year,
        "kind": source.source_kind,
        "where": source.where,
        "url": source.url or None,
        "doi": source.doi or None,
        "pmid": source.pmid or None,
        "seen": source.seen,
        "seen-as": source.seen_as,
        "says": source.says,
    }
    return convert(data, SourceRecord, "", f"source {source.key}")


def _is_edited(product: Product) -> bool:
    return product_record(product) != parse_product(product.source_text)


def _held(path: str) -> tuple[SourceRecord, ...]:
    return tuple(source_record(source) for source in Source.objects.filter(file=path))


def load_records(*, root: Path, library: Library, done: Any) -> None:
    """Bring products and sources into the database; editors' changes stay."""
    for name, record in library.products.items():
        _load_product(record, read_text(root / library.files["products", name]), done)
    files = dict.fromkeys(
        file for (kind, _key), file in library.files.items() if kind == "sources"
    )
    for file in files:
        _load_sources(file, read_text(root / file), done)
    site_words.load_words(root=root, done=done)


def _load_product(record: ProductRecord, text: str, done: Any) -> None:
    product = Product.objects.filter(record_id=record.id).first() or Product(
        record_id=record.id
    )
    if product.source_text == text:
        done.unchanged += 1
        return
    if product.pk and _is_edited(product):
        done.kept.append(f"products/{record.id}.yaml")
        return
    (done.updated if product.pk else done.new).append(f"products/{record.id}.yaml")
    product.title = record.name
    for name in ("what", "placement", "not_when", "advertising_note", "language"):
        setattr(product, name, getattr(record, name))
    product.shop_link = record.shop_link or ""
    product.sources = lines(record.sources)
    product.source_text = text
    product.save()


SOURCE_FIELDS = [
    field.name
    for field in Source._meta.concrete_fields
    if field.name not in {"id", "key"}
]


def _source(entry: Mapping[str, Any], path: str, position: int) -> Source:
    return Source(
        key=entry["key"],
        file=path,
        position=position,
        authors=entry.get("authors") or "",
        title=entry["title"],
        year=entry.get("year"),
        source_kind=entry["kind"],
        where=entry.get("where") or "",
        url=entry.get("url") or "",
        doi=entry.get("doi") or "",
        pmid=str(entry.get("pmid") or ""),
        seen=entry["seen"],
        seen_as=entry["seen-as"],
        says=entry["says"],
    )


def _load_sources(path: str, text: str, done: Any) -> None:
    file = SourceFile.objects.filter(path=path).first()
    if file is not None and file.text == text:
        done.unchanged += 1
        return
    if file is not None and _held(path) != parse_sources(file.text, path):
        done.kept.append(path)
        return
    (done.new if file is None else done.updated).append(path)
    entries = parse_yaml(text, path) or []
    fresh = [_source(entry, path, position) for position, entry in enumerate(entries)]
    Source.objects.filter(file=path).exclude(
        key__in=[one.key for one in fresh]
    ).delete()
    Source.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=SOURCE_FIELDS,
    )
    SourceFile.objects.update_or_create(path=path, defaults={"text": text})


def export_records() -> Iterator[tuple[str, str]]:
    """Yield (file, text) for each product and each source list."""
    for product in Product.objects.order_by("record_id"):
        kept = bool(product.source_text) and not _is_edited(product)
        text = product.source_text if kept else record_as_text(product_record(product))
        yield f"products/{product.record_id}.yaml", text
    originals = {file.path: file.text for file in SourceFile.objects.all()}
    paths = Source.objects.order_by("file").values_list("file", flat=True).distinct()
    for path in paths:
        held = _held(path)
        text = originals.get(path, "")
        same = bool(text) and held == parse_sources(text, path)
        yield path, text if same else sources_as_text(held)
    words = site_words.current_text()
    if words:
        yield site_words.FILE, words
