"""What surrounds every page: notice, contact, featured pattern, message form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from achemap_site.delivery.middleware import is_for_editors


NO_PAGE = dict.fromkeys(("title", "seo_title", "search_description", "language"), "")


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return the template context that every public page shares."""
    if is_for_editors(request.path):
        return {}
    from achemap_site.authoring.forms import FeedbackForm, fresh_stamp
    from achemap_site.authoring.models import SiteWords
    from achemap_site.patterns import presenters

    return {
        # Pages that are not in the tree say what they are with their own blocks.
        "page": NO_PAGE,
        "site_address": settings.SITE_ADDRESS,
        "words": SiteWords.for_request(request),
        "featured": presenters.featured(),
        "feedback_form": FeedbackForm(
            initial={"address": request.path, "stamp": fresh_stamp()}
        ),
    }
