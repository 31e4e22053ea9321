"""From records to what templates show: plain functions, plain dicts."""

from achemap_site.patterns.presenters.articles import (
    article_index,
    article_page,
    how_we_decide,
)
from achemap_site.patterns.presenters.body import region_index, region_page
from achemap_site.patterns.presenters.first_page import featured, home
from achemap_site.patterns.presenters.muscles import muscle_index, muscle_page
from achemap_site.patterns.presenters.pattern import pattern_index, pattern_page
from achemap_site.patterns.presenters.technique import technique_index, technique_page


__all__ = [
    "article_index",
    "article_page",
    "featured",
    "home",
    "how_we_decide",
    "muscle_index",
    "muscle_page",
    "pattern_index",
    "pattern_page",
    "region_index",
    "region_page",
    "technique_index",
    "technique_page",
]
