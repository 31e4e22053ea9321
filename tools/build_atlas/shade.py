"""Draws one plate: a shaded picture and the quad under every pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter, zoom

from build_atlas.body import Surface
from build_atlas.raster import raster
from build_atlas.views import View


LIGHT = np.array([-0.36, 0.55, 0.75]) / np.linalg.norm([-0.36, 0.55, 0.75])
# One warm cast for all tones: then the colour planes are flat and compress cleanly.
PALE, DEEP, LINE = (
    np.array(c, float) for c in ((251, 245, 239), (108, 102, 96), (88, 82, 76))
)


@dataclass(frozen=True)
class Drawn:
    """A plate before encoding: `rgba` (h, w, 4) and `quad` (h, w), -1 off the body.

    `frame` is left, right, bottom, top in view cm; pixel row 0 is the top.
    """

    rgba: np.ndarray
    quad: np.ndarray
    alpha: np.ndarray
    near: np.ndarray
    frame: tuple[float, float, float, float]
    scale: float


def draw(
    surface: Surface,
    view: View,
    shown: np.ndarray,
    fade: np.ndarray | None,
    frame: tuple[float, float, float, float],
    over: int = 2,
) -> Drawn:
    """Render the quads where `shown`; `fade` is an opacity per vertex."""
    left, right, bottom, top = frame
    width = round((right - left) * view.scale / 2) * 2
    height = round((top - bottom) * view.scale / 2) * 2
    s = view.scale * over
    m = view.matrix
    p = surface.points @ m.T
    pixels = np.c_[(p[:, 0] - left) * s - 0.5, (top - p[:, 1]) * s - 0.5, p[:, 2]]
    rows = np.flatnonzero(np.repeat(shown, 2))
    triangles = surface.triangles[rows]
    near, which, bary = raster(pixels, triangles, width * over, height * over)
    on = which >= 0
    corner = triangles[np.maximum(which, 0)]
    normal = (surface.normals[corner] * bary[..., None]).sum(2) @ m.T
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
    tone = _tone(normal, near, on, s)
    edge = _edges(near, on, s, over)
    alpha = on.astype(float)
    if fade is not None:
        alpha *= (fade[corner] * bary).sum(2)
    picture = _paint(tone, edge, alpha, over)
    quad = np.where(on, rows[np.maximum(which, 0)] // 2, -1)[::over, ::over]
    return Drawn(
        picture,
        quad,
        alpha[::over, ::over],
        near[::over, ::over],
        frame,
        view.scale,
    )


def _paint(
    tone: np.ndarray, edge: np.ndarray, alpha: np.ndarray, over: int
) -> np.ndarray:
    """Return the 8-bit RGBA picture, made small from `over` times the size."""
    colour = DEEP + (PALE - DEEP) * tone[..., None]
    strength = 0.72 * edge[..., None]
    colour = colour * (1 - strength) + LINE * strength
    outer = np.maximum(alpha, 0.9 * edge * _spread(alpha, over))
    rgba = _shrink(np.dstack([colour * outer[..., None], outer[..., None]]), over)
    clear = np.maximum(rgba[..., 3:], 1e-6)
    picture = np.dstack([rgba[..., :3] / clear, rgba[..., 3:] * 255])
    return np.clip(np.round(picture), 0, 255).astype(np.uint8)


def _spread(alpha: np.ndarray, over: int) -> np.ndarray:
    """Return the opacity of the nearest surface, a little beyond the outline."""
    soft = gaussian_filter(alpha, over * 1.5)
    weight = gaussian_filter((alpha > 0).astype(float), over * 1.5)
    return np.where(weight > 1e-3, soft / np.maximum(weight, 1e-3), 0)


def _shrink(image: np.ndarray, over: int) -> np.ndarray:
    h, w, c = image.shape
    return image.reshape(h // over, over, w // over, over, c).mean((1, 3))


def _tone(normal: np.ndarray, near: np.ndarray, on: np.ndarray, s: float) -> np.ndarray:
    """Return 0..1 brightness: soft light, sky, rim, and depth shading in creases."""
    light = np.clip(normal @ LIGHT, 0, 1)
    sky = 0.5 + 0.5 * normal[..., 1]
    facing = np.clip(normal[..., 2], 0, 1)
    step = 4
    small_on = on[::step, ::step].astype(float)
    small = np.where(on, near, 0)[::step, ::step]
    hollow = np.zeros_like(small)
    for cm, weight in ((0.35, 0.55), (1.1, 0.45), (3.0, 0.3)):
        sigma = max(cm * s / step, 0.7)
        mean = gaussian_filter(small * small_on, sigma)
        held = gaussian_filter(small_on, sigma)
        depth = np.where(small_on > 0, small - mean / np.maximum(held, 1e-3), 0)
        hollow += weight * np.clip(depth / cm * 0.9, -1, 0.6)
    full = zoom(hollow, step, order=1)[: on.shape[0], : on.shape[1]]
    pad = [(0, on.shape[0] - full.shape[0]), (0, on.shape[1] - full.shape[1])]
    full = np.pad(full, pad, mode="edge")
    tone = 0.33 + 0.37 * light + 0.08 * sky + 0.23 * facing + 0.18 * full
    return np.clip(tone, 0, 1) ** 1.12


def _edges(near: np.ndarray, on: np.ndarray, s: float, over: int) -> np.ndarray:
    """Return 0..1 line strength where the depth jumps."""
    if not on.any():
        return np.zeros(near.shape)
    z = np.where(on, near, near[on].min() - 3)
    jump = np.maximum(
        np.abs(np.diff(z, axis=1, prepend=z[:, :1])),
        np.abs(np.diff(z, axis=0, prepend=z[:1])),
    )
    line = (jump > max(0.12, 7.0 / s)).astype(float)
    return np.clip(gaussian_filter(line, 0.5 * over) * 1.25, 0, 1)
