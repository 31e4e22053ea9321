"""The technique page and the list of techniques and products."""

from __future__ import annotations

import re
from typing import Any

from achemap.atlas.vocabulary import regions
from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.fronts import items
from achemap_site.patterns.models.record_snippets import Product
from achemap_site.patterns.models.technique import TechniquePage
from achemap_site.patterns.presenters import markup
from achemap_site.patterns.presenters.links import by_region, card, rich_text
from achemap_site.patterns.presenters.pattern import review
from achemap_site.patterns.presenters.sources import references


# The part of a technique's text that tells what to do, up to the next heading.
_HOW_TO = re.compile(r"<h2[^>]*>\s*How to do it\s*</h2>.*?(?=<h2|\Z)", re.DOTALL)


def technique_index() -> dict[str, Any]:
    """Return all techniques, and the products they use."""
    return {
        "groups": by_region(catalogue().techniques.values()),
        "products": list(Product.objects.all()),
    }


def without_steps(html: str) -> str:
    """Return a technique's text without the part that tells what to do."""
    return _HOW_TO.sub("", html)


def technique_page(page: TechniquePage) -> dict[str, Any]:
    """Return what the technique page shows before the safety questions."""
    known = catalogue()
    entry = known.techniques.get(page.record_id)
    group = regions().get(page.region)
    return {
        "body": rich_text(without_steps(page.body)),
        "materials": items(page.materials),
        "region_name": group.name if group else "",
        "used_for": [
            card(one)
            for one in known.patterns.values()
            if page.record_id in one.techniques
        ],
        "sources": references(items(page.sources)),
        "review": review(page.record()),
        "summary": entry.summary if entry else "",
        "json_ld": markup.technique(page, entry.summary if entry else ""),
    }
