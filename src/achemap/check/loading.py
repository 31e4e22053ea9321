"""The world that `achemap check` looks at: the starter library or another folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from achemap.atlas.vocabulary import regions
from achemap.check.world import World
from achemap.language import load_lexicon
from achemap.library import load
from achemap.triage import load_rules
from achemap.triage.note import number_sources


def load_world(today: date, path: Path | None = None) -> World:
    """Load everything that is checked. Raises BadInput for the first broken file."""
    rules = load_rules()
    return World(
        library=load(path),
        kinds=_kinds(),
        rules=frozenset(rules.rules),
        rule_sources=frozenset(
            key for rule in rules.rules.values() for key in rule.sources
        )
        | number_sources(),
        today=today,
    )


def _kinds() -> dict[str, str]:
    """Return the kind of every lexicon concept, by its id and its other ids."""
    concepts = load_lexicon().concepts.values()
    others = {other: each.kind for each in concepts for other in each.also}
    return {**others, **{each.id: each.kind for each in concepts}}


def counts(world: World) -> dict[str, int]:
    """Return how many records of each kind there are."""
    library = world.library
    return {
        "patterns": len(library.patterns),
        "muscles": len(library.muscles),
        "techniques": len(library.techniques),
        "products": len(library.products),
        "concepts": len(library.concepts),
        "collections": len(library.collections),
        "sources": len(library.sources),
        "regions": sum(each.is_leaf for each in regions().values()),
        "words": len(world.kinds),
        "rules": len(world.rules),
    }
