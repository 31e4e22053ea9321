"""The page types of the site."""

from achemap_site.patterns.models.article import (
    ArticleIndexPage,
    CollectionPage,
    ConceptPage,
    HowWeDecidePage,
    TextPage,
)
from achemap_site.patterns.models.base import RecordPage
from achemap_site.patterns.models.home import HomePage, RegionIndexPage
from achemap_site.patterns.models.muscle import MuscleIndexPage, MusclePage
from achemap_site.patterns.models.pattern import PatternIndexPage, PatternPage
from achemap_site.patterns.models.record_snippets import (
    Product,
    Source,
    SourceFile,
    Word,
)
from achemap_site.patterns.models.technique import TechniqueIndexPage, TechniquePage


__all__ = [
    "ArticleIndexPage",
    "CollectionPage",
    "ConceptPage",
    "HomePage",
    "HowWeDecidePage",
    "MuscleIndexPage",
    "MusclePage",
    "PatternIndexPage",
    "PatternPage",
    "Product",
    "RecordPage",
    "RegionIndexPage",
    "Source",
    "SourceFile",
    "TechniqueIndexPage",
    "TechniquePage",
    "TextPage",
    "Word",
]
