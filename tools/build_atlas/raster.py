"""A z-buffer rasteriser and orthographic views."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True)
def raster(
    pixels: np.ndarray, triangles: np.ndarray, width: int, height: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw triangles; `pixels` (n, 3) is x, y in pixels and nearness.

    Returns nearness (h, w), triangle number or -1, barycentric weights (h, w, 3).
    """
    near = np.full((height, width), -1e9)
    which = np.full((height, width), -1, np.int64)
    weight = np.zeros((height, width, 3))
    for f in range(triangles.shape[0]):
        a, b, c = triangles[f, 0], triangles[f, 1], triangles[f, 2]
        x0, y0 = pixels[a, 0], pixels[a, 1]
        x1, y1 = pixels[b, 0], pixels[b, 1]
        x2, y2 = pixels[c, 0], pixels[c, 1]
        d = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if d == 0:
            continue
        left = max(0, int(np.floor(min(x0, x1, x2))))
        right = min(width - 1, int(np.ceil(max(x0, x1, x2))))
        top = max(0, int(np.floor(min(y0, y1, y2))))
        bottom = min(height - 1, int(np.ceil(max(y0, y1, y2))))
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                w1 = ((x - x0) * (y2 - y0) - (x2 - x0) * (y - y0)) / d
                w2 = ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / d
                w0 = 1 - w1 - w2
                if w0 < -1e-9 or w1 < -1e-9 or w2 < -1e-9:
                    continue
                z = w0 * pixels[a, 2] + w1 * pixels[b, 2] + w2 * pixels[c, 2]
                if z > near[y, x]:
                    near[y, x] = z
                    which[y, x] = f
                    weight[y, x, 0] = w0
                    weight[y, x, 1] = w1
                    weight[y, x, 2] = w2
    return near, which, weight


def view_matrix(azimuth: float, elevation: float) -> np.ndarray:
    """Return rows right, up, towards the viewer; azimuth 0 sees the front,
    90 the body's left side, 180 the back; elevation 90 looks down on the head."""
    a, e = np.radians(azimuth), np.radians(elevation)
    toward = np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])
    right = np.array([np.cos(a), 0.0, -np.sin(a)])
    return np.stack([right, np.cross(toward, right), toward])
