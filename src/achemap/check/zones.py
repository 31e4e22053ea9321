"""Zones against the body and against the words that go with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from achemap import atlas
from achemap.atlas.baking import bake
from achemap.atlas.grammar import Zone
from achemap.atlas.vocabulary import regions
from achemap.check.finding import Finding
from achemap.check.readability import plain
from achemap.check.world import World
from achemap.errors import BadInput, suggestion
from achemap.language import load_lexicon, understand


# A region that fewer patterns reach needs a written reason.
FEWEST_PATTERNS = 3
REASONS = Path(__file__).parent.parent / "data" / "atlas" / "seldom-reached.yaml"
# Bounds on one side's zones, in cm2, twice what the widest and half what the smallest
# pattern of the literature covers on the body bm-1.
LARGEST_CM2 = 1200.0
SMALLEST_CM2 = 12.0
LARGEST_ESSENTIAL_CM2 = 500.0
# Texts that speak of at least this many places should mostly speak of the zone's own.
ENOUGH_PLACES = 4
LEAST_SHARE = 0.25


@lru_cache(maxsize=512)
def _cells(zones: tuple[Zone, ...]) -> tuple[frozenset[int], float, float]:
    """Return the cells of all zones, their area and that of the essential ones."""
    body = atlas.load()
    baked = bake(zones, body)
    area = body.area_cm2[baked.cells]
    essential = baked.weights >= 1.0 - 1e-6
    return (
        frozenset(map(int, baked.cells)),
        float(area.sum()),
        float(area[essential].sum()),
    )


@lru_cache(maxsize=1)
def _leaf_cells() -> Mapping[str, frozenset[int]]:
    body = atlas.load()
    return {
        each.id: frozenset(map(int, body.cells_of(each.id)))
        for each in regions().values()
        if each.is_leaf
    }


def reasons(path: Path = REASONS) -> dict[str, str]:
    """Return why a region is reached by few patterns, by leaf region.

    Raises BadInput when the file names a region that does not exist.
    """
    held = yaml.safe_load(path.read_text("utf-8")) or {}
    for name in held:
        if name not in _leaf_cells():
            raise BadInput(
                f"unknown region {name!r}",
                file=str(path),
                field=str(name),
                fix=suggestion(str(name), _leaf_cells()),
            )
    return {str(name): str(reason) for name, reason in held.items()}


def check_coverage(world: World) -> Iterator[Finding]:
    """Every leaf region is reached by three patterns, or a file says why not."""
    counts = dict.fromkeys(_leaf_cells(), 0)
    for pattern in world.library.patterns.values():
        held = _cells(pattern.zones)[0]
        for name, cells in _leaf_cells().items():
            counts[name] += not held.isdisjoint(cells)
    excused = reasons()
    file = f"atlas/{REASONS.name}"
    for name, count in counts.items():
        if count < FEWEST_PATTERNS and name not in excused:
            yield Finding(
                file,
                name,
                f"{count} pattern(s) reach this region",
                f"at least {FEWEST_PATTERNS}, or the reason in this file",
            )
        if count >= FEWEST_PATTERNS and name in excused:
            yield Finding(
                file, name, f"{count} patterns reach it now", "remove the reason"
            )


def check_areas(world: World) -> Iterator[Finding]:
    """No zone is as small as a dot or as large as half a body."""
    for pattern in world.library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        _, whole, essential = _cells(pattern.zones)
        if not SMALLEST_CM2 <= whole <= LARGEST_CM2:
            yield Finding(
                file,
                "zones",
                f"cover {whole:.0f} cm2 together",
                f"between {SMALLEST_CM2:g} and {LARGEST_CM2:g} cm2; look at the picture",
            )
        if essential > LARGEST_ESSENTIAL_CM2:
            yield Finding(
                file,
                "zones",
                f"the essential zone covers {essential:.0f} cm2",
                f"at most {LARGEST_ESSENTIAL_CM2:g} cm2: what is felt by nearly all?",
            )


def _named_cells(text: str) -> list[tuple[str, frozenset[int]]]:
    """Return the places that a text names and does not deny, with their cells."""
    concepts = load_lexicon().concepts
    return [
        (
            mention.words,
            frozenset().union(
                *(_leaf_cells()[leaf] for leaf in concepts[mention.concept].places)
            ),
        )
        for mention in understand(text).mentions
        if mention.kind == "region" and not mention.negated
    ]


def _outside(text: str, held: Iterable[int]) -> tuple[int, list[str]]:
    """Return how many places a text names, and which do not touch the cells."""
    cells = frozenset(held)
    named = _named_cells(text)
    return len(named), [words for words, place in named if cells.isdisjoint(place)]


def check_zone_words(world: World) -> Iterator[Finding]:
    """Title and description speak of places that the zones cover."""
    for pattern in world.library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        held = _cells(pattern.zones)[0]
        count, off = _outside(pattern.title, held)
        if count and len(off) == count:
            yield Finding(
                file,
                "title",
                f"speaks of {off[0]!r}, where no zone is",
                "mend the title or the zones",
            )
        text = f"{plain(pattern.sections.describe)} {pattern.partial}"
        count, off = _outside(text, held)
        if count >= ENOUGH_PLACES and 1 - len(off) / count < LEAST_SHARE:
            yield Finding(
                file,
                "How people describe it",
                f"speaks of {', '.join(off[:3])}, where no zone is",
                "is this the text of another pattern?",
            )
