"""Smooth outlines of a field over cells, as seen on a plate."""

from __future__ import annotations

import contourpy
import numpy as np
import numpy.typing as npt

from achemap.atlas.baking import FIELD_REACH, Field


Pixels = npt.NDArray[np.float32]
Curve = npt.NDArray[np.float64]

# How far, in cm, a field is blurred so that cells do not show: half a cell.
SMOOTHING_CM = 0.55
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


def blurred(image: Pixels, sigma: float) -> Pixels:
    """Return the image under a Gaussian blur of `sigma` pixels, zero outside."""
    kernel = _kernel(sigma)
    reach = len(kernel) // 2
    padded = np.pad(image, ((reach, reach), (0, 0)))
    rows = np.zeros_like(image)
    for at, weight in enumerate(kernel):
        rows += weight * padded[at : at + image.shape[0]]
    padded = np.pad(rows, ((0, 0), (reach, reach)))
    out = np.zeros_like(image)
    for at, weight in enumerate(kernel):
        out += weight * padded[:, at : at + image.shape[1]]
    return out


def simplified(curve: Curve, tolerance: float) -> Curve:
    """Return fewer points of a curve, none moved (Ramer, Douglas and Peucker)."""
    keep = np.zeros(len(curve), dtype=bool)
    keep[[0, -1]] = True
    # A closed curve starts and ends alike: split it at the point farthest away.
    first = int(np.argmax(((curve - curve[0]) ** 2).sum(1)))
    keep[first] = True
    spans = [(0, first), (first, len(curve) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        along = curve[end] - curve[start]
        away = curve[start + 1 : end] - curve[start]
        length = float(np.hypot(*along)) or 1.0
        gaps = np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length
        at = int(np.argmax(gaps))
        if gaps[at] > tolerance:
            middle = start + 1 + at
            keep[middle] = True
            spans += [(start, middle), (middle, end)]
    return curve[keep]


def _area(curve: Curve) -> float:
    """Return the area inside a closed curve (shoelace formula)."""
    x, y = curve[:, 0], curve[:, 1]
    return abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1])) / 2


def outlines(
    field: Field, ids: npt.NDArray[np.integer], px_per_cm: float
) -> list[Curve]:
    """Return closed curves (n, 2), in cm on the plate, around where `field` > 0.

    `ids` is the plate's raster of cell ids (-1 off the body). The field is averaged
    over the body's own pixels only, so a zone at the body's edge runs up to it.
    """
    on = ids >= 0
    values = np.where(on, field[np.maximum(ids, 0)], 0).astype(np.float32)
    if not (values > 0).any():
        return []
    margin = int(3 * SMOOTHING_CM * px_per_cm) + 2
    rows, columns = np.nonzero(on & (values > 0))
    top, left = max(0, rows.min() - margin), max(0, columns.min() - margin)
    window = (
        slice(top, rows.max() + margin + 1),
        slice(left, columns.max() + margin + 1),
    )
    sigma = SMOOTHING_CM * px_per_cm
    cover = blurred(on[window].astype(np.float32), sigma)
    mean = blurred(values[window], sigma) / np.maximum(cover, 1e-6)
    mean = np.where(cover > 0.02, mean, -FIELD_REACH)
    mean = np.pad(mean, 1, constant_values=-FIELD_REACH)
    lines = contourpy.contour_generator(z=mean).lines(0.0)
    curves = []
    for line in lines:
        at = np.asarray(line, dtype=np.float64) + np.array([left - 0.5, top - 0.5])
        at /= px_per_cm
        if len(at) > 3 and _area(at) >= SMALLEST_CM2:
            curves.append(simplified(at, TOLERANCE_CM))
    return curves


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
