"""Runs ordered region rules: the first rule that holds names the face."""

from __future__ import annotations

import numpy as np


class Rules:
    """Collects labels for the faces of one part; later rules fill what is left."""

    def __init__(self, part: np.ndarray, label: np.ndarray, ids: list[str]) -> None:
        self.part = part
        self.label = label
        self.ids = ids

    def give(self, region: str, where: np.ndarray | bool = True) -> None:
        """Name every face of the part that has no name yet and where it holds."""
        free = self.part & (self.label < 0)
        self.label[free & where] = self.ids.index(region)


def near(
    a: np.ndarray, b: np.ndarray, spot: tuple[float, float], radius: float
) -> np.ndarray:
    """Return where (a, b) lies within `radius` of `spot`."""
    return (a - spot[0]) ** 2 + (b - spot[1]) ** 2 < radius**2
