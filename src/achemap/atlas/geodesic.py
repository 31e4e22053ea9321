"""Distances over the skin: shortest ways on the cell graph, many cells at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

from achemap.errors import BadInput


Millimetres = npt.NDArray[np.float64]

# Cells that are this near to the nearest open one are settled together, in mm.
# Any value gives the same distances; this one was the fastest on the body.
TOGETHER_MM = 15.0


class CellGraph(Protocol):
    """What the search needs of a graph (see `achemap.atlas.surface.Graph`)."""

    @property
    def indptr(self) -> npt.NDArray[np.int32]: ...
    @property
    def indices(self) -> npt.NDArray[np.int32]: ...
    @property
    def length_mm(self) -> npt.NDArray[np.float32]: ...


def _started(
    count: int, seeds: Iterable[int] | Mapping[int, float]
) -> tuple[Millimetres, npt.NDArray[np.bool_]]:
    """Return the distances known at first and which cells are open."""
    start = dict(seeds) if isinstance(seeds, Mapping) else dict.fromkeys(seeds, 0.0)
    cells = np.fromiter(start, dtype=np.int64, count=len(start))
    wrong = cells[(cells < 0) | (cells >= count)]
    if wrong.size:
        raise BadInput(f"no cell {wrong[0]}", field="cells", fix=f"0 to {count - 1}")
    best = np.full(count, np.inf)
    best[cells] = np.fromiter(start.values(), dtype=np.float64, count=len(start))
    opened = np.zeros(count, dtype=bool)
    opened[cells] = True
    return best, opened


def row_places(
    graph: CellGraph, cells: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the places in `indices` of all neighbours of cells, and how many each."""
    first = graph.indptr[cells].astype(np.int64)
    many = graph.indptr[cells + 1].astype(np.int64) - first
    ends = np.cumsum(many)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(first - ends + many, many), many


def distances(
    graph: CellGraph,
    seeds: Iterable[int] | Mapping[int, float],
    limit_mm: float = np.inf,
) -> Millimetres:
    """Return mm from the nearest seed for every cell, inf beyond `limit_mm`.

    Delta-stepping (Meyer and Sanders, 2003): all open cells within a step of the
    nearest one are relaxed together, and opened again when a shorter way appears,
    so the result is that of Dijkstra's algorithm. Raises BadInput when a seed is
    not a cell.
    """
    best, opened = _started(len(graph.indptr) - 1, seeds)
    while True:
        cells = np.flatnonzero(opened)
        if cells.size == 0:
            return best
        away = best[cells]
        cells = cells[away <= away.min() + TOGETHER_MM]
        opened[cells] = False
        at, many = row_places(graph, cells)
        others = graph.indices[at]
        there = np.repeat(best[cells], many) + graph.length_mm[at]
        shorter = (there <= limit_mm) & (there < best[others])
        others = others[shorter]
        np.minimum.at(best, others, there[shorter])
        opened[others] = True
