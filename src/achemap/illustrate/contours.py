"""Smooth outlines of a field over cells, as seen on a plate."""

from __future__ import annotations

import math
from collections.abc import Sequence

import contourpy
import numpy as np
import numpy.typing as npt

from achemap.atlas.baking import FIELD_REACH, Field


Pixels = npt.NDArray[np.float32]
Curve = npt.NDArray[np.float64]

# The blur is worked out on a raster so coarse that it is about this many pixels.
BLUR_PX = 1.5
# Curves around less than this many cm² are crumbs of single cells.
SMALLEST_CM2 = 0.35
# How far, in cm, a simplified outline may leave the true one.
TOLERANCE_CM = 0.05


def _kernel(sigma: float) -> Pixels:
    reach = max(1, int(np.ceil(2.5 * sigma)))
    at = np.arange(-reach, reach + 1)
    weights = np.exp(-(at**2) / (2 * sigma**2))
    kernel: Pixels = (weights / weights.sum()).astype(np.float32)
    return kernel


def blurred(images: Pixels, sigma: float) -> Pixels:
    """Return images (…, rows, columns) under a Gaussian of `sigma` pixels, 0 outside."""
    kernel = _kernel(sigma)
    reach = len(kernel) // 2
    rows, columns = images.shape[-2:]
    around = [(0, 0)] * (images.ndim - 2)
    padded = np.pad(images, [*around, (reach, reach), (0, 0)])
    down = np.zeros_like(images)
    for at, weight in enumerate(kernel):
        down += weight * padded[..., at : at + rows, :]
    padded = np.pad(down, [*around, (0, 0), (reach, reach)])
    out = np.zeros_like(images)
    for at, weight in enumerate(kernel):
        out += weight * padded[..., at : at + columns]
    return out


# Spans shorter than this are searched in plain Python, which is quicker for few points.
FEW_POINTS = 48


def _farthest(
    curve: Curve, rows: list[list[float]], start: int, end: int
) -> tuple[int, float]:
    """Return which point between two is farthest from the line through them."""
    (x0, y0), (x1, y1) = rows[start], rows[end]
    dx, dy = x1 - x0, y1 - y0
    length = math.hypot(dx, dy) or 1.0
    if end - start > FEW_POINTS:
        away = curve[start + 1 : end] - curve[start]
        gaps = np.abs(dx * away[:, 1] - dy * away[:, 0])
        at = int(np.argmax(gaps))
        return start + 1 + at, float(gaps[at]) / length
    most, where = -1.0, start
    for at in range(start + 1, end):
        x, y = rows[at]
        gap = abs(dx * (y - y0) - dy * (x - x0))
        if gap > most:
            most, where = gap, at
    return where, most / length


def simplified(curve: Curve, tolerance: float) -> Curve:
    """Return fewer points of a curve, none moved (Ramer, Douglas and Peucker)."""
    keep = np.zeros(len(curve), dtype=bool)
    keep[[0, -1]] = True
    # A closed curve starts and ends alike: split it at the point farthest away.
    first = int(np.argmax(((curve - curve[0]) ** 2).sum(1)))
    keep[first] = True
    rows: list[list[float]] = curve.tolist()
    spans = [(0, first), (first, len(curve) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        middle, gap = _farthest(curve, rows, start, end)
        if gap > tolerance:
            keep[middle] = True
            spans += [(start, middle), (middle, end)]
    return curve[keep]


def _area(curve: Curve) -> float:
    """Return the area inside a closed curve (shoelace formula)."""
    x, y = curve[:, 0], curve[:, 1]
    return abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1])) / 2


def _window(held: npt.NDArray[np.bool_], margin: int) -> tuple[slice, slice]:
    """Return the part of a raster around its true pixels, with a margin."""
    rows, columns = np.flatnonzero(held.any(1)), np.flatnonzero(held.any(0))
    return (
        slice(max(0, rows[0] - margin), rows[-1] + margin + 1),
        slice(max(0, columns[0] - margin), columns[-1] + margin + 1),
    )


def outlines(
    fields: Sequence[Field],
    ids: npt.NDArray[np.integer],
    px_per_cm: float,
    smoothing_cm: float,
) -> list[list[Curve]]:
    """Return for each field closed curves (n, 2), in cm on the plate, where it is > 0.

    `ids` is the plate's raster of cell ids (-1 off the body); only every few pixels
    are looked at, as the blur of `smoothing_cm` allows. Fields are averaged over the body's own
    pixels only, so a zone at the body's edge runs up to it. A field that is nowhere
    below another has curves that go round the other's.
    """
    step = max(1, round(smoothing_cm * px_per_cm / BLUR_PX))
    ids = ids[step // 2 :: step, step // 2 :: step]
    px_per_cm /= step
    sigma = smoothing_cm * px_per_cm
    cells = np.maximum(ids, 0)
    top = np.maximum.reduce(list(fields))
    held = (top > 0)[cells] & (ids >= 0)
    if not held.any():
        return [[] for _ in fields]
    window = _window(held, int(3 * sigma) + 2)
    on = ids[window] >= 0
    stack = [np.where(on, field[cells[window]], 0) for field in fields]
    smooth = blurred(np.array([on, *stack], dtype=np.float32), sigma)
    cover = smooth[0]
    # Middle of a pixel that was looked at; one less, for the padding below.
    middle = (step // 2 + 0.5) / step - 1.0
    corner = np.array([window[1].start, window[0].start]) + middle
    found = []
    for image in smooth[1:]:
        mean = np.where(cover > 0.02, image / np.maximum(cover, 1e-6), -FIELD_REACH)
        mean = np.pad(mean, 1, constant_values=-FIELD_REACH)
        lines = contourpy.contour_generator(z=mean).lines(0.0)
        curves = [(np.asarray(line) + corner) / px_per_cm for line in lines]
        found.append(
            [
                simplified(curve, TOLERANCE_CM)
                for curve in curves
                if len(curve) > 3 and _area(curve) >= SMALLEST_CM2
            ]
        )
    return found


def smooth_path(curve: Curve, scale: float = 1.0) -> str:
    """Return an SVG path through a closed curve's points (Catmull-Rom as Béziers)."""
    points = curve[:-1] * scale
    before, after = np.roll(points, 1, 0), np.roll(points, -1, 0)
    after2 = np.roll(points, -2, 0)
    c1 = points + (after - before) / 6
    c2 = after - (after2 - points) / 6
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    parts += [
        f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {p[0]:.1f} {p[1]:.1f}"
        for a, b, p in zip(c1, c2, after, strict=True)
    ]
    return "".join(parts) + "Z"
