"""Distances over the skin against a naive search, and against the body's shape."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achemap import atlas
from achemap.atlas.geodesic import distances
from achemap.atlas.surface import Graph
from achemap.errors import BadInput


A = atlas.load()


def naive(graph: Graph, seeds: list[int]) -> np.ndarray:
    """Bellman and Ford's rounds until nothing changes."""
    row = np.repeat(np.arange(len(graph.indptr) - 1), np.diff(graph.indptr))
    best = np.full(len(graph.indptr) - 1, np.inf)
    best[seeds] = 0
    while True:
        new = best.copy()
        np.minimum.at(new, graph.indices, best[row] + graph.length_mm.astype(float))
        if (new == best).all():
            return best
        best = new


def test_equals_the_naive_search_on_the_body() -> None:
    seeds = [atlas.landmarks()["navel"].cell, atlas.landmarks()["heel-back"].cell]
    ours = A.distances(seeds)
    assert np.allclose(ours, naive(A.reach, seeds), rtol=1e-9)
    near = A.distances(seeds, limit_mm=80)
    assert (np.isfinite(near) == (ours <= 80)).all()
    assert np.allclose(near[np.isfinite(near)], ours[ours <= 80])


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 25).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(
                st.tuples(
                    st.integers(0, n - 1), st.integers(0, n - 1), st.integers(1, 50)
                ),
                max_size=60,
            ),
            st.sets(st.integers(0, n - 1), min_size=1, max_size=3),
        )
    )
)
def test_equals_the_naive_search_on_any_graph(
    case: tuple[int, list[tuple[int, int, int]], set[int]],
) -> None:
    n, edges, seeds = case
    rows: list[dict[int, int]] = [{} for _ in range(n)]
    for a, b, mm in edges:
        if a != b:
            rows[a][b] = rows[b][a] = mm
    indptr = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    indices = np.array([b for row in rows for b in row], dtype=np.int32)
    length = np.array([mm for row in rows for mm in row.values()], dtype=np.float32)
    graph = Graph(indptr, indices, length)
    assert (distances(graph, seeds) == naive(graph, sorted(seeds))).all()


def test_start_distances_and_bad_seeds() -> None:
    cell = atlas.landmarks()["patella-mid"].cell
    assert A.distances({cell: 7.0})[cell] == 7.0
    with pytest.raises(BadInput, match="no cell"):
        A.distances([A.count])


def test_follows_the_skin() -> None:
    """Round the flank is far longer than through the body, and never shorter."""
    mark = atlas.landmarks()
    start = mark["rib-tip-12"].cell
    over = A.distances([start])
    straight = np.linalg.norm(A.position_mm - A.position_mm[start], axis=1)
    assert (over >= straight - 1.0).all()
    assert over[mark["navel"].cell] > 1.2 * straight[mark["navel"].cell]
    assert np.isfinite(over).all()


@pytest.mark.parametrize(
    ("a", "b"), [("spine-t6", "spine-l3"), ("thigh-front-mid", "patella-top")]
)
def test_nearly_straight_where_the_skin_is_nearly_flat(a: str, b: str) -> None:
    mark = atlas.landmarks()
    over = float(A.distances([mark[a].cell])[mark[b].cell])
    first, second = A.position_mm[mark[a].cell], A.position_mm[mark[b].cell]
    straight = float(np.linalg.norm(first - second))
    assert straight <= over <= 1.08 * straight
