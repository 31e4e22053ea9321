"""Distances over the skin: Dijkstra's algorithm on the cell graph."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

from achemap.errors import BadInput


class CellGraph(Protocol):
    """What the search needs of a graph (see `achemap.atlas.surface.Graph`)."""

    @property
    def indptr(self) -> npt.NDArray[np.int32]: ...
    @property
    def indices(self) -> npt.NDArray[np.int32]: ...
    @property
    def length_mm(self) -> npt.NDArray[np.float32]: ...


def distances(
    graph: CellGraph,
    seeds: Iterable[int] | Mapping[int, float],
    limit_mm: float = np.inf,
) -> npt.NDArray[np.float64]:
    """Return mm from the nearest seed for every cell, inf beyond `limit_mm`.

    A row is turned into lists only when the search reaches it, so short searches
    cost what they touch. Raises BadInput when a seed is not a cell.
    """
    count = len(graph.indptr) - 1
    start = dict(seeds) if isinstance(seeds, Mapping) else dict.fromkeys(seeds, 0.0)
    best: dict[int, float] = {}
    queue: list[tuple[float, int]] = []
    for seed, away in start.items():
        cell = int(seed)
        if not 0 <= cell < count:
            raise BadInput(f"no cell {cell}", field="cells", fix=f"0 to {count - 1}")
        best[cell] = float(away)
        queue.append((float(away), cell))
    heapq.heapify(queue)
    indptr, indices, length = graph.indptr, graph.indices, graph.length_mm
    infinite = float("inf")
    while queue:
        away, cell = heapq.heappop(queue)
        if away > best[cell]:
            continue
        row = slice(int(indptr[cell]), int(indptr[cell + 1]))
        for other, mm in zip(indices[row].tolist(), length[row].tolist(), strict=True):
            there = away + mm
            if there <= limit_mm and there < best.get(other, infinite):
                best[other] = there
                heapq.heappush(queue, (there, other))
    out = np.full(count, np.inf)
    out[list(best)] = list(best.values())
    return out
