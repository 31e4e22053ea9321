"""The body: regions, landmarks, surface cells, distances and plates."""

from achemap.atlas.files import VERSION
from achemap.atlas.plates import BODIES, Body, Bone, Plate, plate, plate_names
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
    "BODIES",
    "VERSION",
    "Atlas",
    "Body",
    "Bone",
    "Graph",
    "Landmark",
    "Plate",
    "Region",
    "Side",
    "landmarks",
    "leaves",
    "load",
    "nearest_region",
    "plate",
    "plate_names",
    "regions",
]
