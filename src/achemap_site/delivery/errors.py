"""Pages for when something is not there or went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Suggest patterns whose words are near the address that was asked for."""
    from achemap_site.delivery.search import index

    words = request.path.replace("-", " ").replace("/", " ").strip()
    hits = index().search(words, limit=5) if words else []
    return render(request, "404.html", {"hits": hits, "words": words}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say sorry without any detail of what went wrong inside."""
    return render(request, "500.html", status=500)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that was open for too long."""
    return render(request, "403_form.html", {"reason": reason}, status=403)
