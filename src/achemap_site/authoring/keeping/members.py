"""Therapy notes for members only, where the site's owner wants that; open by default.

What is kept back never reaches a reader who is not logged in: neither the page, nor
the baked pages (which are made for such a reader), nor the API.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from achemap_site.authoring.models import SiteWords


def keeps_notes(request: HttpRequest | None = None) -> bool:
    """Return whether therapy notes are kept from whoever asks."""
    if not SiteWords.objects.filter(notes_for_members=True).exists():
        return False
    user = getattr(request, "user", None)
    return not (user is not None and user.is_authenticated)


def without_notes(context: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Return a pattern page's context with the notes replaced by a way to log in."""
    if not keeps_notes(request):
        return context
    words = render_to_string("authoring/keeping/members.html", {"back": request.path})
    sections = [
        {**part, "html": words} if part["id"] == "therapy" else part
        for part in context["sections"]
    ]
    return {**context, "sections": sections}
