"""Times the pictures of all patterns: baking, SVG, size. Run by hand.

Each pattern is drawn once in a warm process: plates and regions are known, its own
zones are not. Sizes are without the plate's picture, which pages load by itself.
"""

from __future__ import annotations

import gzip
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from achemap.atlas import load as load_atlas
from achemap.atlas.baking import bake, forget
from achemap.illustrate import figure, png
from achemap.library import load


FIGURE_MS, FIGURE_BYTES, BAKING_MS, LOAD_MS = 15.0, 40_000, 20.0, 30.0


def machine() -> str:
    """Return the processor's name and how many there are."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next(
                (x.split(":")[1].strip() for x in lines if "model name" in x), model
            )
    except OSError:
        pass
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}"


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call keeps the processor busy: others may be using it too."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def line(
    label: str, values: Sequence[float], names: Sequence[str], target: float, unit: str
) -> None:
    """Print median, ninth decile and worst case beside a target."""
    order = sorted(zip(values, names, strict=True))
    middle = statistics.median(values)
    high = order[int(0.9 * len(order))][0]
    worst, name = order[-1]
    print(
        f"{label:22} median {middle:8.1f} {unit}   p90 {high:8.1f}   worst {worst:8.1f} ({name})"
        f"   target {target:g}   median/target {middle / target:.2f}"
    )


def cold_load() -> float:
    """Return the ms that loading the atlas takes in a new process, files in memory."""
    code = (
        "import time; from achemap import atlas; s = time.process_time();"
        "atlas.load(); print((time.process_time() - s) * 1000)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return float(out.stdout)


def link(plate: object) -> str:
    """Return an address in place of the plate's picture."""
    return "plate.webp"


def main() -> None:
    """Run all."""
    print(machine())
    loads = [cold_load() for _ in range(7)]
    line("atlas load", loads, [""] * len(loads), LOAD_MS, "ms")
    library, body = load(), load_atlas()
    names = list(library.patterns)
    patterns = list(library.patterns.values())
    for pattern in patterns:
        figure(pattern, library.muscles, link=link)
    baking, drawing, sizes = [], [], []
    for pattern in patterns:
        forget()
        baking.append(milliseconds(lambda p=pattern: bake(p.zones, body)))
        forget()
        drawing.append(
            milliseconds(lambda p=pattern: figure(p, library.muscles, link=link))
        )
        svg = figure(pattern, library.muscles, link=link)
        sizes.append(float(len(gzip.compress(svg.encode()))))
    line("baking a pattern", baking, names, BAKING_MS, "ms")
    line("one SVG figure", drawing, names, FIGURE_MS, "ms")
    line("SVG, gzipped", sizes, names, FIGURE_BYTES, "bytes")
    some = patterns[:: max(1, len(patterns) // 8)]
    raster = [
        milliseconds(lambda p=p: png(figure(p, library.muscles), 640)) for p in some
    ]
    line("PNG 640 wide (8)", raster, [p.id for p in some], 1000.0, "ms")


if __name__ == "__main__":
    main()
