"""Where a pattern hurts, as chances: for named places and for painted cells.

**Named places.** A person with pattern p speaks of leaf region r with share

    share_p(r) = a_p(r) / sum of a_p,   a_p(r) = max over levels of
                 level weight x min(1, covered area / enough of r)

and then chooses a word m for r with chance q_m(r) / Q(r), where q_m are the place's
lexicon weights and Q(r) their sum over all words. So

    P(m | p) = (1 - noise) * sum over r of share_p(r) * q_m(r) / Q(r) + noise * P(m)

and the evidence of the mention is log P(m | p) / P(m). P(m), which also stands for
"something else", is half the mean over patterns and half an even spread over all
leaves, so that a region that few patterns reach proves little. Partial maps cost nothing: each mention is drawn on its own. Broad words
("back") weigh little because every pattern there explains them.

**Painted cells.** Painted skin is drawn from the pattern's density over the skin

    d_p(i) = level weight of cell i / sum of weight x area

(a ring of 1.5 cm around the zones has weight RING of the level), mixed with noise
spread evenly over the body. The evidence of a painting is the area-weighted mean of
log d_p / d over its cells times a number of independent looks that grows with the
painted area, so paint outside the zones counts against a pattern.

Each pattern is written for one side: share and density exist for the sore side and,
for zones on the other side, for the opposite side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.atlas import Atlas
from achemap.atlas.baking import bake
from achemap.atlas.grammar import Zone


Matrix = npt.NDArray[np.float64]

RING_MM = 15.0
RING = 0.35
ENOUGH_CM2 = 12.0
ENOUGH_SHARE = 0.4
LEAK = 0.25


@dataclass(frozen=True, slots=True)
class Map:
    """One pattern on the body, sore side right: cells with weights, ring included."""

    cells: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]


def map_of(zones: Iterable[Zone], atlas: Atlas) -> Map:
    """Return the weighted cells of `zones` with the tolerance ring around them."""
    baked = bake(zones, atlas)
    weights = np.zeros(atlas.count)
    weights[baked.cells] = baked.weights
    for level in np.unique(baked.weights):
        seeds = [int(cell) for cell in baked.cells[baked.weights >= level]]
        away = atlas.distances(seeds, limit_mm=RING_MM)
        near = np.where(np.isfinite(away), 1.0 - away / (2 * RING_MM), 0.0)
        np.maximum(weights, RING * float(level) * near, out=weights)
    cells = np.flatnonzero(weights)
    return Map(cells, weights[cells])


def _named_chance(
    weights: npt.NDArray[np.float64],
    areas: npt.NDArray[np.float64],
    labels: npt.NDArray[np.int64],
    region_area: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Return a_p(r) for each leaf: how likely it is named, 0 to 1."""
    enough = np.minimum(region_area * ENOUGH_SHARE, ENOUGH_CM2)
    found = np.zeros(len(region_area))
    for level in (1.0, 0.6, 0.3, 0.15):
        held = weights >= level - 1e-6
        covered = np.bincount(
            labels[held], weights=areas[held], minlength=len(region_area)
        )
        best = level * np.minimum(1.0, covered / np.maximum(enough, 1e-9))
        np.maximum(found, best, out=found)
    return found


def shares(maps: Sequence[Map], atlas: Atlas) -> tuple[Matrix, Matrix]:
    """Return share_p(r) on the sore side and on the other side, patterns x leaves.

    A leaf in the midline counts on both. Rows of both matrices together sum to 1,
    midline leaves counted once.
    """
    count = len(atlas.regions)
    labels = atlas.region.astype(np.int64)
    areas = atlas.area_cm2.astype(np.float64)
    right = np.arange(atlas.count) % 2 == 1
    middle = np.array([region.sides == "midline" for region in atlas.regions])
    sizes = {
        side: np.bincount(labels[held], weights=areas[held], minlength=count)
        for side, held in (("right", right), ("left", ~right))
    }
    total = sizes["right"] + sizes["left"]
    same, other = np.zeros((len(maps), count)), np.zeros((len(maps), count))
    for row, each in enumerate(maps):
        on_right = each.cells % 2 == 1
        for out, held, size in (
            (same, on_right | middle[labels[each.cells]], sizes["right"]),
            (other, ~on_right | middle[labels[each.cells]], sizes["left"]),
        ):
            cells = each.cells[held]
            whole = np.where(middle, total, size)
            out[row] = _named_chance(
                each.weights[held], areas[cells], labels[cells], whole
            )
        once = np.where(middle, 0.0, other[row])
        scale = same[row].sum() + once.sum()
        same[row] /= scale
        other[row] /= scale
    return same, other


def word_chances(
    places: Mapping[str, Mapping[str, float]], leaf_ids: Sequence[str]
) -> dict[str, tuple[list[int], list[float]]]:
    """Return for each place word its leaves and q_m(r) / Q(r)."""
    position = {leaf: at for at, leaf in enumerate(leaf_ids)}
    total = np.zeros(len(leaf_ids))
    for weights in places.values():
        for leaf, weight in weights.items():
            total[position[leaf]] += weight
    found = {}
    for name, weights in places.items():
        at = sorted(position[leaf] for leaf in weights)
        chances = [float(weights[leaf_ids[i]] / total[i]) for i in at]
        found[name] = (at, chances)
    return found


def centres(atlas: Atlas) -> Matrix:
    """Return the middle of each leaf on the right side, in mm, leaves x 3."""
    right = np.arange(atlas.count) % 2 == 1
    found = np.zeros((len(atlas.regions), 3))
    for at in range(len(atlas.regions)):
        held = right & (atlas.region == at)
        areas = atlas.area_cm2[held][:, None].astype(np.float64)
        found[at] = (atlas.position_mm[held] * areas).sum(0) / max(areas.sum(), 1e-9)
    return found


def cell_evidence(
    maps: Sequence[Map], atlas: Atlas, noise: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Matrix]:
    """Return (cell, pattern, log-odds) of every cell in a pattern's map.

    Log-odds are log of density over even spread, noise mixed in; a cell outside a
    map has log(noise). Sorted by cell, then pattern.
    """
    areas = atlas.area_cm2.astype(np.float64)
    body = float(areas.sum())
    parts = []
    for row, each in enumerate(maps):
        mass = float((each.weights * areas[each.cells]).sum())
        density = each.weights / mass * body
        value = np.log((1.0 - noise) * density + noise)
        parts.append((each.cells, np.full(len(each.cells), row), value))
    cells = np.concatenate([part[0] for part in parts])
    rows = np.concatenate([part[1] for part in parts])
    values = np.concatenate([part[2] for part in parts])
    order = np.lexsort((rows, cells))
    return cells[order], rows[order], values[order]
