"""The records: patterns, muscles, techniques, products, sources, concepts."""

from achemap.library.loading import STARTER, load
from achemap.library.records import (
    Article,
    Library,
    Muscle,
    Pattern,
    Product,
    Source,
    Technique,
)


__all__ = [
    "STARTER",
    "Article",
    "Library",
    "Muscle",
    "Pattern",
    "Product",
    "Source",
    "Technique",
    "load",
]
