"""Which patterns reach a region: read straight from the zones, no finder needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from achemap import atlas
from achemap.atlas.baking import bake
from achemap.finder.compiling import muscle_names
from achemap.library import Library, load


_LEVELS = ((1.0, "essential"), (0.6, "common"), (0.3, "spillover"))


@dataclass(frozen=True, slots=True)
class Reaching:
    """A pattern in a region: its strongest level there, and the region's share of
    all that the pattern covers (weighted by level, 0 to 1)."""

    pattern: str
    muscles: tuple[str, ...]
    level: str
    share: float


def patterns_reaching(region: str, library: Library | None = None) -> list[Reaching]:
    """Return the patterns with a zone in `region` (leaf or group), strongest first.

    Raises BadInput for an unknown region id.
    """
    known = library or load()
    body = atlas.load()
    wanted = body.cells_of(region)
    found = []
    for pattern in known.patterns.values():
        baked = bake(pattern.zones, body)
        mass = baked.weights * body.area_cm2[baked.cells]
        held = np.isin(baked.cells, wanted)
        if not held.any():
            continue
        top = float(baked.weights[held].max())
        level = next(name for weight, name in _LEVELS if top >= weight - 1e-6)
        share = float(mass[held].sum() / mass.sum())
        found.append(Reaching(pattern.id, muscle_names(pattern, known), level, share))
    order = {name: at for at, (_, name) in enumerate(_LEVELS)}
    return sorted(
        found, key=lambda each: (order[each.level], -each.share, each.pattern)
    )
