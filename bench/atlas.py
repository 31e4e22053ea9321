"""Times the atlas: loading, distances, plates. Run by hand; prints milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from achemap import atlas


def best(
    label: str, call: Callable[[], object], limit_ms: float, times: int = 9
) -> None:
    """Print the median of several runs beside what it may cost."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1000)
    middle = statistics.median(took)
    print(
        f"{label:42} {middle:8.2f} ms   limit {limit_ms:g} ms   x{middle / limit_ms:.2f}"
    )


def cold_load() -> object:
    """Load with every cache cleared."""
    for cached in (
        atlas.load, atlas.regions, atlas.landmarks, atlas.leaves, atlas.files.manifest,
    ):  # fmt: skip
        cached.cache_clear()
    return atlas.load()


def cold_plate() -> object:
    """Open a plate and its cell raster."""
    atlas.plate.cache_clear()
    plate = atlas.plate("back")
    return plate.visible, plate.project()


def main() -> None:
    """Run all."""
    best("load", cold_load, 30)
    loaded = atlas.load()
    cell = atlas.landmarks()["rib-angle-11"].cell
    best("distances, 6 cm round a point", lambda: loaded.distances([cell], 60), 5)
    best("distances, whole body", lambda: loaded.distances([cell]), 20)
    best("plate back: raster, visible, project", cold_plate, 100)


if __name__ == "__main__":
    main()
