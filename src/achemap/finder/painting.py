"""Simulated paintings: can a pattern be found from a clumsy drawing of itself?

For each pattern the cells of its own zones are taken, every cell is shifted by up to
1.5 cm over the skin, half of the drawing is left out in one piece, and a fifth of the
final drawing lies outside the zones. Seeds are fixed, so the figures repeat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from achemap import atlas
from achemap.atlas import Atlas
from achemap.atlas.baking import bake
from achemap.complaint import Complaint
from achemap.finder.scoring import find
from achemap.finder.stored import Bundle, compiled
from achemap.library import Library, load


JITTER_MM = 15.0
LEFT_OUT = 0.5
OUTSIDE = 0.2
OUTSIDE_MM = 60.0

Cells = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PaintReport:
    """The rank at which each painted pattern was found, by pattern and drawing."""

    ranks: Mapping[str, tuple[int, ...]]

    def share(self, top: int) -> float:
        """Return the share of patterns whose mean drawing is within the first `top`.

        A pattern counts when at least half of its drawings find it there.
        """
        good = [
            np.mean([rank <= top for rank in ranks]) >= 0.5
            for ranks in self.ranks.values()
        ]
        return float(np.mean(good)) if good else 0.0

    def as_data(self) -> dict[str, Any]:
        """Return the shares, and the patterns not found in the first three."""
        every = [rank for ranks in self.ranks.values() for rank in ranks]
        return {
            "patterns": len(self.ranks),
            "drawings": len(every),
            **{f"top{top}": round(self.share(top), 4) for top in (1, 3, 5)},
            "drawings_top3": round(
                float(np.mean([r <= 3 for r in every] or [False])), 4
            ),
            "missed": {
                name: list(ranks)
                for name, ranks in self.ranks.items()
                if np.mean([rank <= 3 for rank in ranks]) < 0.5
            },
        }


def _shifted(cells: Cells, body: Atlas, chance: np.random.Generator) -> Cells:
    """Return each cell moved by up to JITTER_MM, all in about the same direction."""
    push = chance.normal(size=3)
    push *= chance.uniform(0.3, 1.0) * JITTER_MM / np.linalg.norm(push)
    shake = chance.normal(scale=JITTER_MM / 4, size=(len(cells), 3))
    wanted = body.position_mm[cells] + push + shake
    low, high = wanted.min(axis=0) - JITTER_MM, wanted.max(axis=0) + JITTER_MM
    at = body.position_mm
    near = np.flatnonzero(((at >= low) & (at <= high)).all(axis=1))
    away = ((at[near][None, :, :] - wanted[:, None, :]) ** 2).sum(axis=2)
    facing = body.normal[cells] @ body.normal[near].T
    away[facing < 0.3] = np.inf
    return np.unique(near[away.argmin(axis=1)])


def _halved(cells: Cells, body: Atlas, chance: np.random.Generator) -> Cells:
    """Return the half of the cells on one side of a random plane."""
    along = body.position_mm[cells] @ chance.normal(size=3)
    kept = np.argsort(along)[: max(1, round(len(cells) * (1 - LEFT_OUT)))]
    return np.asarray(cells[kept])


def _outside(
    cells: Cells, zone: Cells, body: Atlas, chance: np.random.Generator
) -> Cells:
    """Return cells near the drawing but off the zones, OUTSIDE of the whole."""
    reach = body.distances([int(cell) for cell in zone], limit_mm=OUTSIDE_MM)
    near = np.flatnonzero(np.isfinite(reach) & (reach > JITTER_MM))
    count = round(len(cells) * OUTSIDE / (1 - OUTSIDE))
    if not len(near) or not count:
        return np.zeros(0, dtype=np.int64)
    start = int(chance.choice(near))
    gap = np.linalg.norm(body.position_mm[near] - body.position_mm[start], axis=1)
    return np.asarray(near[np.argsort(gap)[:count]])


def drawing(zone: Cells, body: Atlas, chance: np.random.Generator) -> tuple[int, ...]:
    """Return one clumsy drawing of the `zone`, as sorted cell ids."""
    inside = _halved(_shifted(zone, body, chance), body, chance)
    extra = _outside(inside, zone, body, chance)
    return tuple(int(cell) for cell in np.union1d(inside, extra))


def simulate_painting(
    seed: int = 1,
    drawings: int = 3,
    bundle: Bundle | None = None,
    library: Library | None = None,
) -> PaintReport:
    """Return how well each pattern is found from clumsy drawings of its own zones."""
    held, known, body = bundle or compiled(), library or load(), atlas.load()
    ranks: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(held.tables.patterns):
        zone = bake(known.patterns[row.id].zones, body).cells
        chance = np.random.default_rng([seed, number])
        found = []
        for _ in range(drawings):
            cells = drawing(zone, body, chance)
            ranking = find(Complaint(cells=cells), held, top=None)
            order = [each.pattern.id for each in ranking.results]
            found.append(order.index(row.id) + 1)
        ranks[row.id] = tuple(found)
    return PaintReport(ranks)
