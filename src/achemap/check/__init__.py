"""The editor's conscience: everything about the library that should be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from achemap.check import care, prose, references, zones
from achemap.check.finding import Finding
from achemap.check.world import World


__all__ = ["CHECKS", "Finding", "World", "findings"]

Check = Callable[[World], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    references.check_pattern_names,
    references.check_signs,
    references.check_muscles,
    references.check_articles,
    references.check_links,
    references.check_lookalikes,
    references.check_unused,
    prose.check_complete,
    prose.check_titles,
    prose.check_grades,
    prose.check_promises,
    prose.check_right_muscle,
    prose.check_boilerplate,
    prose.check_reviews,
    zones.check_coverage,
    zones.check_areas,
    zones.check_zone_words,
    care.check_care,
    care.check_techniques,
)


def findings(world: World, checks: Iterable[Check] = CHECKS) -> list[Finding]:
    """Return what every check finds, by file, without doubles."""
    return sorted({finding for check in checks for finding in check(world)})
