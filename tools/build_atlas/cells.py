"""Cuts the labelled left half into cells; the right half is its exact mirror."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from build_atlas.regions import Half


SEED = 20261123
TRUNK, HEAD, HAND, FOOT = 0.95, 0.62, 0.55, 0.58  # wanted cell width, cm
ROUNDS = 8  # Lloyd steps


@dataclass(frozen=True)
class Cells:
    """All cells of both sides; even ids are left, `id ^ 1` is the mirror.

    `touch` and `reach` are CSR graphs (indptr, indices, length in mm): cells that
    share a border, and those within two such steps (for distances over the skin).
    `of_face` gives the cell of every outer face of the left half, `face` the outer
    face at the middle of each left cell (so that other bodies can place it).
    """

    position: np.ndarray
    normal: np.ndarray
    area: np.ndarray
    region: np.ndarray
    of_face: np.ndarray
    face: np.ndarray
    touch: tuple[np.ndarray, np.ndarray, np.ndarray]
    reach: tuple[np.ndarray, np.ndarray, np.ndarray]


def wanted_width(h: Half) -> np.ndarray:
    """Return the wanted cell width at every face."""
    c = h.chart
    hand = np.clip(c.share("finger", "metacarpal", "wrist"), 0, 1)
    foot = np.clip(c.share("toe", "foot"), 0, 1)
    head = np.clip((c.y - 146.5) / 3.0, 0, 1)
    body = np.clip(1 - hand - foot - head, 0, 1)
    return body * TRUNK + hand * HAND + foot * FOOT + head * HEAD


def _links(h: Half) -> np.ndarray:
    """Return face pairs that share an edge or, over a common neighbour, a corner."""
    n = len(h.face)
    ones = np.ones(len(h.edges))
    graph = coo_matrix((ones, (h.edges[:, 0], h.edges[:, 1])), shape=(n, n)).tocsr()
    graph = graph + graph.T
    second = (graph @ graph).tocoo()
    corner = (second.data >= 1.5) & (second.row < second.col)
    return np.r_[h.edges, np.stack([second.row[corner], second.col[corner]], 1)]


def grow(h: Half, region: np.ndarray) -> np.ndarray:
    """Return the cell number (any order) of each face; no cell crosses a border."""
    width = wanted_width(h)
    links = _links(h)
    links = links[region[links[:, 0]] == region[links[:, 1]]]
    a, b = links.T
    length = np.linalg.norm(h.centre[a] - h.centre[b], axis=1)
    length = length / ((width[a] + width[b]) / 2)
    n = len(h.face)
    graph = coo_matrix((length, (a, b)), shape=(n, n)).tocsr()
    seeds = _darts(h, region, width)
    weight = h.area
    for step in range(ROUNDS + 1):
        _, _, source = dijkstra(
            graph,
            directed=False,
            indices=seeds,
            min_only=True,
            return_predecessors=True,
        )
        place = np.full(n, -1)
        place[seeds] = np.arange(len(seeds))
        owner = place[source]
        if step == ROUNDS:
            break
        total = np.bincount(owner, weights=weight, minlength=len(seeds))
        middle = np.stack(
            [
                np.bincount(owner, weights=weight * h.centre[:, k]) / total
                for k in range(3)
            ],
            1,
        )
        away = np.linalg.norm(h.centre - middle[owner], axis=1)
        order = np.lexsort((np.round(away, 9), owner))
        first = np.r_[True, owner[order][1:] != owner[order][:-1]]
        seeds = order[first]
    return owner


def _darts(h: Half, region: np.ndarray, width: np.ndarray) -> np.ndarray:
    """Return seed faces no nearer than about the wanted width, region by region."""
    order = np.random.default_rng(SEED).permutation(len(h.face))
    tree = cKDTree(h.centre)
    covered = np.zeros(len(h.face), bool)
    seeds = []
    for i in order:
        if covered[i]:
            continue
        seeds.append(i)
        close = np.array(tree.query_ball_point(h.centre[i], width[i] * 0.83))
        same = (region[close] == region[i]) & (h.normal[close] @ h.normal[i] > 0.1)
        covered[close[same]] = True
    return np.array(seeds)


def build(h: Half, region: np.ndarray) -> Cells:
    """Return all cells, numbered head to foot, left even and right odd."""
    owner = grow(h, region)
    count = owner.max() + 1
    area = np.bincount(owner, weights=h.area)

    def mean(values: np.ndarray) -> np.ndarray:
        parts = [np.bincount(owner, weights=h.area * values[:, k]) for k in range(3)]
        return np.stack(parts, 1) / area[:, None]

    middle, normal = mean(h.centre), mean(h.normal)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    away = np.linalg.norm(h.centre - middle[owner], axis=1)
    order = np.lexsort((np.round(away, 9), owner))
    first = np.r_[True, owner[order][1:] != owner[order][:-1]]
    middle_face = order[first]
    spot = h.centre[middle_face]
    rank = np.lexsort((np.round(spot[:, 0], 3), -np.round(spot[:, 1])))
    number = np.empty(count, int)
    number[rank] = np.arange(count)
    owner = number[owner]
    spot, normal, area = spot[rank], normal[rank], area[rank]
    middle_face = middle_face[rank]
    label = np.zeros(count, int)
    label[owner] = region
    both = _both(spot), _both(normal)
    touch = _touching(h, owner, both[0])
    reach = _reaching(touch, *both)
    return Cells(
        both[0] * 10,
        both[1],
        np.repeat(area, 2),
        np.repeat(label, 2),
        owner * 2,
        middle_face,
        touch,
        reach,
    )


def _both(left: np.ndarray) -> np.ndarray:
    out = np.repeat(left, 2, axis=0)
    out[1::2, 0] *= -1
    return out


def _csr(
    a: np.ndarray, b: np.ndarray, mm: np.ndarray, count: int
) -> tuple[np.ndarray, ...]:
    """Return a symmetric CSR graph of unique pairs, lengths in whole 0.1 mm."""
    graph = coo_matrix((mm, (a, b)), shape=(count, count)).tocsr()
    graph = graph.maximum(graph.T)
    graph.sort_indices()
    return graph.indptr, graph.indices, graph.data


def _touching(h: Half, owner: np.ndarray, spot: np.ndarray) -> tuple[np.ndarray, ...]:
    pairs = owner[h.edges]
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], 1), axis=0)
    middle = np.unique(owner[h.border])
    a = np.r_[pairs[:, 0] * 2, pairs[:, 0] * 2 + 1, middle * 2]
    b = np.r_[pairs[:, 1] * 2, pairs[:, 1] * 2 + 1, middle * 2 + 1]
    mm = np.linalg.norm(spot[a] - spot[b], axis=1) * 10
    return _csr(a, b, mm, len(spot))


def _reaching(
    touch: tuple[np.ndarray, ...], spot: np.ndarray, normal: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return the two-step graph: arcs where the skin bends evenly, paths elsewhere."""
    from scipy.sparse import csr_matrix

    indptr, indices, mm = touch
    count = len(indptr) - 1
    one = csr_matrix((mm, indices, indptr), shape=(count, count))
    step = csr_matrix((np.ones_like(mm), indices, indptr), shape=(count, count))
    two = (step @ step).tocoo()
    keep = two.row < two.col
    a, b = two.row[keep], two.col[keep]
    path = np.full(len(a), np.inf)
    for i, (u, v) in enumerate(zip(a, b, strict=True)):
        left = indices[indptr[u] : indptr[u + 1]]
        right = indices[indptr[v] : indptr[v + 1]]
        _, at, to = np.intersect1d(left, right, return_indices=True)
        path[i] = (mm[indptr[u] + at] + mm[indptr[v] + to]).min()
    chord = np.linalg.norm(spot[a] - spot[b], axis=1) * 10
    bend = np.clip((normal[a] * normal[b]).sum(1), -1, 1)
    angle = np.maximum(np.arccos(bend), 1e-6)
    arc = np.where(bend > 0.3, chord * (angle / 2) / np.sin(angle / 2), path)
    length = np.clip(arc, chord, path)
    edges = one.tocoo()
    near = edges.row < edges.col
    # A touching pair keeps its own length; drop it from the two-step list.
    known = set(zip(edges.row[near].tolist(), edges.col[near].tolist(), strict=True))
    fresh = np.array(
        [(u, v) not in known for u, v in zip(a.tolist(), b.tolist(), strict=True)]
    )
    aa = np.r_[a[fresh], edges.row[near]]
    bb = np.r_[b[fresh], edges.col[near]]
    return _csr(aa, bb, np.r_[length[fresh], edges.data[near]], count)
