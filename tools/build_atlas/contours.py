"""Turns label maps into smooth closed outlines whose borders meet."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter
from shapely.geometry import LinearRing
from skimage.measure import find_contours


def path(rings: list[np.ndarray], tolerance: float, smallest: float) -> str:
    """Return SVG path data of closed rings (x, y in px), simplified; "" when tiny."""
    out = []
    for ring in rings:
        if len(ring) < 5:
            continue
        line = LinearRing(ring).simplify(tolerance, preserve_topology=False)
        points = np.asarray(line.coords)[:-1]
        x, y = points.T
        area = 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))
        if len(points) < 3 or area < smallest:
            continue
        out.append(relative(points) + "z")
    return "".join(out)


def relative(points: np.ndarray) -> str:
    """Return "M x y l dx dy …" in tenths of a pixel, as short as SVG allows."""
    tenths = np.round(points * 10).astype(int)
    first, steps = tenths[0], np.diff(tenths, axis=0)
    text = f"M{_number(first[0])} {_number(first[1])}l"
    for dx, dy in steps[(steps != 0).any(1)]:
        text += f" {_number(dx)} {_number(dy)}"
    return text.replace(" -", "-").replace("l ", "l")


def _number(tenths: int) -> str:
    sign, whole = "-" if tenths < 0 else "", abs(int(tenths))
    text = f"{whole // 10}" + (f".{whole % 10}" if whole % 10 else "")
    return sign + (text[1:] if text.startswith("0.") else text)


def rings(field: np.ndarray, left: int = 0, top: int = 0) -> list[np.ndarray]:
    """Return the rings of field = 0 as (x, y), where inside is above 0."""
    padded = np.pad(field, 1, constant_values=min(-1.0, float(field.min())))
    found = find_contours(padded, 0.0)
    return [ring[:, ::-1] - 0.5 + [left, top] for ring in found]


def outline(on: np.ndarray, scale: float) -> str:
    """Return the outline of a mask."""
    soft = gaussian_filter(np.pad(on, 2).astype(float), 0.8)[1:-1, 1:-1] - 0.5
    found = [ring - 1 for ring in rings(soft)]
    return path(found, 0.35, (0.3 * scale) ** 2)


def regions(label: np.ndarray, scale: float, smooth_cm: float) -> dict[int, str]:
    """Return path data for each label of an integer map (-1 is off the body).

    Every mask is blurred alike and each place goes to the strongest one, so that
    neighbours share one smooth border; the body's outline is kept sharp.
    """
    on = label >= 0
    if not on.any():
        return {}
    nearest = distance_transform_edt(~on, return_distances=False, return_indices=True)
    full = label[nearest[0], nearest[1]]
    body = gaussian_filter(on.astype(float), 0.8) - 0.5
    sigma = smooth_cm * scale
    first = np.zeros(label.shape)
    second = np.zeros(label.shape)
    winner = np.full(label.shape, -1)
    crops = {}
    for value in np.unique(label[on]):
        crop = _crop(label == value, round(4 * sigma) + 3)
        strength = gaussian_filter((full[crop] == value).astype(float), sigma)
        crops[int(value)] = crop, strength
        beats = strength > first[crop]
        second[crop] = np.where(beats, first[crop], np.maximum(second[crop], strength))
        winner[crop] = np.where(beats, value, winner[crop])
        first[crop] = np.maximum(first[crop], strength)
    out = {}
    for value, (crop, strength) in crops.items():
        rival = np.where(winner[crop] == value, second[crop], first[crop])
        field = np.minimum(strength - rival, body[crop])
        found = rings(field, crop[1].start, crop[0].start)
        data = path(found, 0.4, (0.25 * scale) ** 2)
        if data:
            out[value] = data
    return out


def _crop(mask: np.ndarray, margin: int) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    h, w = mask.shape
    return (
        slice(max(rows[0] - margin, 0), min(rows[-1] + margin + 1, h)),
        slice(max(columns[0] - margin, 0), min(columns[-1] + margin + 1, w)),
    )
