"""Names that must lead somewhere: muscles, patterns, rules, words, sources, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from achemap.atlas.vocabulary import regions
from achemap.check.finding import Finding
from achemap.check.world import World
from achemap.errors import suggestion
from achemap.library.records import SECTION_HEADINGS


_LINK = re.compile(r"\[[^\]]*\]\(([a-z]+):([^)\s]+)\)")

# Which kinds of lexicon concept each sign group draws from.
SIGN_KINDS: Mapping[str, frozenset[str]] = {
    "feels": frozenset({"feeling"}),
    "worse": frozenset({"activity"}),
    "better": frozenset({"activity"}),
    "onset": frozenset({"activity"}),
    "gesture": frozenset({"gesture"}),
    "comes-with": frozenset({"companion"}),
    "time": frozenset({"time"}),
}


def _unknown(
    file: str, field: str, what: str, names: Iterable[str], known: Iterable[str]
) -> Iterator[Finding]:
    known = list(known)
    for name in names:
        if name not in known:
            yield Finding(
                file, field, f"unknown {what} {name!r}", suggestion(name, known)
            )


def check_pattern_names(world: World) -> Iterator[Finding]:
    """Every name in a pattern's front matter is the id of something."""
    library = world.library
    for pattern in library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        yield from _unknown(file, "muscles", "muscle", pattern.muscles, library.muscles)
        yield from _unknown(file, "sources", "source", pattern.sources, library.sources)
        yield from _unknown(file, "triage", "triage rule", pattern.triage, world.rules)
        yield from _unknown(
            file,
            "similar",
            "pattern",
            (each.pattern for each in pattern.similar),
            library.patterns,
        )
        yield from _unknown(
            file,
            "care.routine",
            "technique",
            (step.technique for step in pattern.care.routine if step.technique),
            library.techniques,
        )
        yield from _unknown(
            file,
            "care.product",
            "product",
            (each.product for each in pattern.care.product),
            library.products,
        )


def check_signs(world: World) -> Iterator[Finding]:
    """Every sign is a lexicon concept of a kind that fits its group."""
    for pattern in world.library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        for group, signs in pattern.signs.groups().items():
            for name in signs:
                kind = world.kinds.get(name)
                if kind is None:
                    yield Finding(
                        file,
                        f"signs.{group}.{name}",
                        f"{name!r} is not in the lexicon",
                        "add it to a lexicon file, or " + suggestion(name, world.kinds),
                    )
                elif kind not in SIGN_KINDS[group]:
                    yield Finding(
                        file,
                        f"signs.{group}.{name}",
                        f"{name!r} is of kind {kind!r}",
                        f"{group} takes {' or '.join(sorted(SIGN_KINDS[group]))}",
                    )


def check_muscles(world: World) -> Iterator[Finding]:
    """Every name in a muscle file is the id of something, and the muscle is used."""
    library = world.library
    used = {name for each in library.patterns.values() for name in each.muscles}
    for muscle in library.muscles.values():
        file = world.file_of("muscles", muscle.id)
        yield from _unknown(file, "related", "muscle", muscle.related, library.muscles)
        yield from _unknown(file, "sources", "source", muscle.sources, library.sources)
        yield from _unknown(file, "region", "region", [muscle.region], regions())
        if muscle.part_of is not None:
            yield from _unknown(
                file, "part-of", "muscle", [muscle.part_of], library.muscles
            )
        parts = {each.part_of for each in library.muscles.values()}
        if muscle.id not in used and muscle.id not in parts:
            yield Finding(
                file, "id", "no pattern uses this muscle", "write one, or remove it"
            )


def check_articles(world: World) -> Iterator[Finding]:
    """Every name in a technique, concept or collection is the id of something."""
    library = world.library
    for technique in library.techniques.values():
        file = world.file_of("techniques", technique.id)
        yield from _unknown(
            file, "sources", "source", technique.sources, library.sources
        )
        if technique.region != "any":
            yield from _unknown(file, "region", "region", [technique.region], regions())
    known = [*library.patterns, *library.concepts, *library.collections]
    known += [*library.muscles, *library.techniques]
    for folder, articles in (
        ("concepts", library.concepts),
        ("collections", library.collections),
    ):
        for article in articles.values():
            file = world.file_of(folder, article.id)
            yield from _unknown(
                file, "patterns", "pattern", article.patterns, library.patterns
            )
            yield from _unknown(file, "related", "record", article.related, known)
            yield from _unknown(
                file, "sources", "source", article.sources, library.sources
            )


def _texts(world: World) -> Iterator[tuple[str, str, str]]:
    """Yield (file, field, Markdown) of every prose text."""
    library = world.library
    for pattern in library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        for name, heading in SECTION_HEADINGS.items():
            yield file, heading, getattr(pattern.sections, name)
    for technique in library.techniques.values():
        yield world.file_of("techniques", technique.id), "body", technique.body
    for folder, articles in (
        ("concepts", library.concepts),
        ("collections", library.collections),
    ):
        for article in articles.values():
            yield world.file_of(folder, article.id), "body", article.body


def check_links(world: World) -> Iterator[Finding]:
    """Every link between records leads to a record."""
    library = world.library
    targets: dict[str, Iterable[str]] = {
        "pattern": library.patterns,
        "muscle": library.muscles,
        "technique": library.techniques,
        "concept": library.concepts,
        "collection": library.collections,
        "product": library.products,
        "region": regions(),
    }
    for file, field, text in _texts(world):
        for kind, name in _LINK.findall(text):
            if kind in {"http", "https", "mailto"}:
                continue
            if kind not in targets:
                yield Finding(
                    file,
                    field,
                    f"unknown kind of link {kind!r}",
                    f"one of {', '.join(targets)}",
                )
            else:
                yield from _unknown(file, field, f"{kind} link", [name], targets[kind])


def check_lookalikes(world: World) -> Iterator[Finding]:
    """A look-alike link is there from both sides."""
    patterns = world.library.patterns
    named: dict[str, set[str]] = {
        name: {each.pattern for each in pattern.similar}
        for name, pattern in patterns.items()
    }
    for pattern in patterns.values():
        for other in sorted(named[pattern.id] & set(patterns)):
            if pattern.id not in named[other]:
                yield Finding(
                    world.file_of("patterns", other),
                    "similar",
                    f"{pattern.id!r} names this pattern as similar, but not the other way",
                    f"add {pattern.id} with what tells it apart",
                )


def check_unused(world: World) -> Iterator[Finding]:
    """Every source and every own word of a writer is used somewhere."""
    library = world.library
    used: set[str] = set()
    for records in (
        library.patterns,
        library.muscles,
        library.techniques,
        library.products,
        library.concepts,
        library.collections,
    ):
        for record in records.values():
            used.update(record.sources)
    used.update(world.rule_sources)
    for key in library.sources:
        if key not in used:
            yield Finding(
                world.file_of("sources", key),
                key,
                "no record uses this source",
                "cite it or remove it",
            )
