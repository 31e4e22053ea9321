"""Zones against the body and against the words that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from achemap import atlas
from achemap.atlas.baking import bake
from achemap.atlas.grammar import Zone
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


@dataclass(frozen=True, slots=True)
class _Covered:
    """What a pattern's zones cover: leaf regions, and areas in cm2."""

    regions: frozenset[str]
    whole: float
    essential: float


@lru_cache(maxsize=512)
def _covered(zones: tuple[Zone, ...]) -> _Covered:
    body = atlas.load()
    baked = bake(zones, body)
    area = body.area_cm2[baked.cells]
    essential = baked.weights >= 1.0 - 1e-6
    return _Covered(
        body.regions_at(baked.cells), float(area.sum()), float(area[essential].sum())
    )


def _leaves() -> list[str]:
    return [each.id for each in atlas.load().regions]


def reasons(path: Path = REASONS) -> dict[str, str]:
    """Return why a region is reached by few patterns, by leaf region.

    Raises BadInput when the file names a region that does not exist.
    """
    held = yaml.safe_load(path.read_text("utf-8")) or {}
    known = _leaves()
    for name in held:
        if name not in known:
            raise BadInput(
                f"unknown region {name!r}",
                file=str(path),
                field=str(name),
                fix=suggestion(str(name), known),
            )
    return {str(name): str(reason) for name, reason in held.items()}


def check_coverage(world: World) -> Iterator[Finding]:
    """Every leaf region is reached by three patterns, or a file says why not."""
    counts = dict.fromkeys(_leaves(), 0)
    for pattern in world.library.patterns.values():
        for name in _covered(pattern.zones).regions:
            counts[name] += 1
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
        covered = _covered(pattern.zones)
        whole, essential = covered.whole, covered.essential
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


def _outside(text: str, held: frozenset[str]) -> tuple[int, list[str]]:
    """Return how many places a text names and does not deny, and which of them lie
    wholly outside the leaf regions `held`."""
    concepts = load_lexicon().concepts
    named = [
        mention
        for mention in understand(text).mentions
        if mention.kind == "region" and not mention.negated
    ]
    return len(named), [
        mention.words
        for mention in named
        if held.isdisjoint(concepts[mention.concept].places)
    ]


def check_zone_words(world: World) -> Iterator[Finding]:
    """Title and description speak of places that the zones cover."""
    for pattern in world.library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        held = _covered(pattern.zones).regions
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
