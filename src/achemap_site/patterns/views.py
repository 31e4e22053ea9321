"""Views outside the page tree, and the routes that ask before they show."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from achemap.atlas.vocabulary import regions
from achemap_site.delivery.search import index
from achemap_site.patterns.presenters.links import address, card


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what a reader's words find."""
    text = " ".join(request.GET.get("q", "").split())
    answer = index().search(text, limit=20)
    context = {
        "text": text[:200],
        "hits": [card(hit.entry) for hit in answer.hits],
        "corrected": answer.corrected,
        "near_regions": _regions_named(text),
        "summary": _("Search the pain patterns"),
    }
    return render(request, "patterns/search.html", context)


def _regions_named(text: str) -> list[object]:
    words = {word for word in text.lower().split() if len(word) > 3}
    return [
        region
        for region in regions().values()
        if words & set(f"{region.name} {' '.join(region.synonyms)}".lower().split())
    ][:4]


@require_safe
def go(request: HttpRequest, kind: str, record: str) -> HttpResponse:
    """Lead to a record's page, wherever it is now."""
    url = address(kind, record)
    if url is None:
        raise Http404(f"no {kind} {record}")
    return HttpResponsePermanentRedirect(url)
