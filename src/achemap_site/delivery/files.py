"""Small files at fixed addresses."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static


def robots(_request: HttpRequest) -> HttpResponse:
    """Tell search engines what to leave alone and where the sitemap is."""
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /find/",
        "Disallow: /go/",
        "Disallow: /relief/",
        "Disallow: /steps/",
        "Disallow: /feedback/",
        f"Sitemap: {settings.SITE_ADDRESS}/sitemap.xml",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead old browsers to the icon."""
    return redirect(static("achemap/favicon.svg"), permanent=True)
