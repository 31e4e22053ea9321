"""The body surface as cells: arrays of places, areas, labels and neighbours."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from achemap.atlas import files, geodesic, records
from achemap.atlas.records import Landmark, Side
from achemap.atlas.vocabulary import Region
from achemap.atlas.vocabulary import regions as known_regions
from achemap.errors import BadInput, suggestion


Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Graph:
    """A symmetric CSR graph over cells; `length_mm` belongs to `indices`."""

    indptr: Ints
    indices: Ints
    length_mm: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """The neutral body cut into n cells of about 1 cm (0.5–0.6 on face, hands, feet).

    Axes in mm: x to the body's LEFT, y up from the soles, z to the front.
    Even ids are left, odd are right, and `id ^ 1` is the mirror cell. `region` is
    the position in `regions` (leaves only); `choir` the CHOIR segment, male
    numbering. `neighbours` are cells that share a border; `reach` also those two
    steps away, so that distances over it follow the skin closely.
    """

    version: str
    position_mm: Floats
    normal: Floats
    area_cm2: Floats
    region: npt.NDArray[np.uint8]
    choir: npt.NDArray[np.uint8]
    neighbours: Graph
    reach: Graph
    regions: tuple[Region, ...]
    landmarks: Mapping[str, Landmark]

    @property
    def count(self) -> int:
        """Return the number of cells."""
        return len(self.region)

    def cells_of(self, region: str, side: Side = "both") -> Ints:
        """Return the cells of a leaf region or of a whole group, by id.

        Raises BadInput for an unknown id.
        """
        known = known_regions()
        if region not in known:
            fix = suggestion(region, known)
            raise BadInput(f"unknown region {region!r}", field="region", fix=fix)
        wanted = [
            i for i, r in enumerate(self.regions) if region in (r.id, r.parent, "body")
        ]
        held = np.isin(self.region, wanted)
        if side != "both":
            held &= np.arange(self.count) % 2 == (1 if side == "right" else 0)
        return np.flatnonzero(held).astype(np.int32)

    def mirror(self, cells: npt.ArrayLike) -> Ints:
        """Return the cells of the other side."""
        return np.asarray(cells, dtype=np.int32) ^ np.int32(1)

    def distances(
        self, seeds: Iterable[int] | Mapping[int, float], limit_mm: float = np.inf
    ) -> npt.NDArray[np.float64]:
        """Return mm over the skin from the nearest seed, inf beyond the limit.

        `seeds` may map cells to a start distance. Raises BadInput off the body.
        """
        return geodesic.distances(self.reach, seeds, limit_mm)

    def regions_at(self, cells: npt.NDArray[np.integer]) -> frozenset[str]:
        """Return the leaf regions that hold any of `cells`, by id."""
        return frozenset(
            self.regions[number].id for number in set(self.region[cells].tolist())
        )


def _arrays(folder: Path) -> dict[str, npt.NDArray[np.generic]]:
    index = json.loads(files.read("cells.json", folder))
    content = files.read("cells.bin", folder)
    out = {}
    for name, spec in index["arrays"].items():
        flat = np.frombuffer(
            content,
            dtype=spec["dtype"],
            count=int(np.prod(spec["shape"])),
            offset=spec["offset"],
        )
        out[name] = flat.reshape(spec["shape"])
    return out


def _graph(arrays: Mapping[str, npt.NDArray[np.generic]], name: str) -> Graph:
    return Graph(
        arrays[f"{name}_indptr"].astype(np.int32),
        arrays[f"{name}_indices"].astype(np.int32),
        arrays[f"{name}_length"].astype(np.float32) / np.float32(500),
    )


@functools.lru_cache(maxsize=4)
def load(folder: Path = files.FOLDER) -> Atlas:
    """Return the atlas; raises BadInput when a file is missing or damaged."""
    arrays = _arrays(folder)
    return Atlas(
        version=files.VERSION,
        position_mm=arrays["position"].astype(np.float32) / np.float32(10),
        normal=arrays["normal"].astype(np.float32) / np.float32(127),
        area_cm2=arrays["area"].astype(np.float32) / np.float32(1000),
        region=arrays["region"].astype(np.uint8),
        choir=arrays["choir"].astype(np.uint8),
        neighbours=_graph(arrays, "touch"),
        reach=_graph(arrays, "reach"),
        regions=records.leaves(),
        landmarks=records.landmarks(),
    )
