"""The world that `achemap check` looks at: the starter library or another folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from achemap.atlas.vocabulary import regions
from achemap.check.world import World
from achemap.language import load_lexicon
from achemap.library import load
from achemap.triage import load_rules


def load_world(today: date, path: Path | None = None) -> World:
    """Load everything that is checked. Raises BadInput for the first broken file."""
    rules = load_rules()
    return World(
        library=load(path),
        kinds={each.id: each.kind for each in load_lexicon().concepts.values()},
        rules=frozenset(rule.id for rule in rules.rules),
        rule_sources=frozenset(key for rule in rules.rules for key in rule.sources),
        today=today,
    )


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
