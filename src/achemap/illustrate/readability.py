"""Whether the inks can be told from the plate and from each other, by colour alone.

Colour is never the only sign (see the textures), but it should be a good one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from achemap.atlas.grammar import Level
from achemap.illustrate.palette import EDGE_OPACITY, INKS, POINT_GREEN, Ink


Rgb = tuple[float, float, float]

# Differences in CIELAB (CIE 1976). About 2.3 can just be seen side by side; ten
# times that is told apart at a glance, which a map asks for.
LEAST_DIFFERENCE = 20.0
# Contrast of a shape's edge with what is around it (WCAG 2.2, success criterion 1.4.11).
LEAST_CONTRAST = 3.0


@dataclass(frozen=True, slots=True)
class Unclear:
    """Two things on a picture that are too much alike, and how much they differ."""

    one: str
    other: str
    measure: str
    value: float
    least: float

    def __str__(self) -> str:
        return (
            f"{self.one} and {self.other}: {self.measure} {self.value:.1f},"
            f" needs {self.least:g}"
        )


def rgb(colour: str) -> Rgb:
    """Return red, green and blue (0–1) of "#rrggbb"."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def over(ink: str, opacity: float, ground: Rgb) -> Rgb:
    """Return the colour of an ink of some opacity on a ground."""
    red, green, blue = (
        opacity * own + (1 - opacity) * under
        for own, under in zip(rgb(ink), ground, strict=True)
    )
    return red, green, blue


def _linear(colour: Rgb) -> npt.NDArray[np.float64]:
    value = np.asarray(colour)
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def luminance(colour: Rgb) -> float:
    """Return relative luminance, 0 black to 1 white (WCAG 2.2)."""
    return float(_linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: Rgb) -> npt.NDArray[np.float64]:
    """Return CIELAB coordinates of an sRGB colour, white point D65."""
    to_xyz = np.array(
        [
            [0.4124, 0.3576, 0.1805],
            [0.2126, 0.7152, 0.0722],
            [0.0193, 0.1192, 0.9505],
        ]
    )
    xyz = to_xyz @ _linear(colour) / [0.9505, 1.0, 1.0890]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: Rgb, other: Rgb) -> float:
    """Return how far apart two colours look: the CIE 1976 difference in CIELAB."""
    return float(np.linalg.norm(lab(one) - lab(other)))


def unclear(grounds: Iterable[Rgb], inks: Mapping[Level, Ink] = INKS) -> list[Unclear]:
    """Return what can be mixed up on plates of these greys: nothing, if all is well.

    Each level's fill must differ from the grey, from the other fills and from the
    green of a trigger point, and its edge must stand out from the plate.
    """
    found = []
    for ground in grounds:
        seen: dict[str, Rgb] = {
            name: over(ink.fill, ink.opacity, ground) for name, ink in inks.items()
        }
        seen |= {"plate": ground, "trigger point": rgb(POINT_GREEN)}
        for one, other in itertools.combinations(seen, 2):
            apart = difference(seen[one], seen[other])
            if apart < LEAST_DIFFERENCE:
                found.append(Unclear(one, other, "difference", apart, LEAST_DIFFERENCE))
        for name, ink in inks.items():
            edge = contrast(over(ink.edge, EDGE_OPACITY, ground), ground)
            if edge < LEAST_CONTRAST:
                found.append(
                    Unclear(
                        f"edge of {name}", "plate", "contrast", edge, LEAST_CONTRAST
                    )
                )
    return found
