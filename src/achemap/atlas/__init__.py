"""The body: regions, landmarks, surface cells, distances and plates."""

from achemap.atlas.files import VERSION
from achemap.atlas.records import (
    Landmark,
    Side,
    landmarks,
    leaves,
    nearest_region,
)
from achemap.atlas.surface import Atlas, Graph, load
from achemap.atlas.vocabulary import Region, regions


__all__ = [
    "VERSION",
    "Atlas",
    "Graph",
    "Landmark",
    "Region",
    "Side",
    "landmarks",
    "leaves",
    "load",
    "nearest_region",
    "regions",
]
