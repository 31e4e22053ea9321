"""The named parts of the body: regions and landmarks (no cells are loaded)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from achemap.atlas import files
from achemap.atlas.vocabulary import Region, Sides, landmark_names, regions


Side = Literal["left", "right", "both"]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named point of the skin: nearest cell and place in mm.

    For a pair both are those of the RIGHT side; the left is the mirror.
    """

    id: str
    name: str
    term: str
    sides: Sides
    cell: int
    position_mm: tuple[float, float, float]

    def on(self, side: Side) -> int:
        """Return the cell on one side ("both" and midline: the right one)."""
        return self.cell ^ 1 if side == "left" else self.cell


@functools.lru_cache(maxsize=1)
def leaves() -> tuple[Region, ...]:
    """Return the leaf regions; cell labels are positions in this tuple."""
    return tuple(r for r in regions().values() if r.sides != "group")


@functools.lru_cache(maxsize=1)
def landmarks() -> Mapping[str, Landmark]:
    """Return every landmark by id."""
    places = {row["id"]: row for row in files.rows("places.csv")}
    out = {}
    for known in landmark_names().values():
        at = places[known.id]
        spot = (float(at["x_mm"]), float(at["y_mm"]), float(at["z_mm"]))
        out[known.id] = Landmark(
            id=known.id,
            name=known.name,
            term=known.term,
            sides=known.sides,
            cell=int(at["cell"]),
            position_mm=spot,
        )
    return MappingProxyType(out)
