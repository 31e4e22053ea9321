"""The body: regions, landmarks, surface cells, distances and plates."""

from achemap.atlas.files import VERSION
from achemap.atlas.plates import BODIES, Body, Bone, Plate, plate, plate_names
from achemap.atlas.records import (
    Landmark,
    Side,
    landmarks,
    leaves,
)
from achemap.atlas.surface import Atlas, Graph, load
from achemap.atlas.vocabulary import Region, region_named, regions


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
    "plate",
    "plate_names",
    "region_named",
    "regions",
]
