"""Schema.org data about pages, for machines that read them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from achemap.library.records import Pattern


def _script(data: dict[str, Any]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    # Inside <script>, these characters could end it or begin a comment.
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return mark_safe(text)  # noqa: S308 - escaped above


def _full(url: str) -> str:
    return f"{settings.SITE_ADDRESS}{url}"


def web_page(page: Any, summary: str) -> SafeString:
    """Return the markup of a plain page."""
    return _script(
        {
            "@type": "WebPage",
            "name": page.title,
            "description": summary,
            "url": _full(page.url or "/"),
        }
    )


def pattern(page: Any, record: Pattern, summary: str) -> SafeString:
    """Return a pattern as a MedicalWebPage about the muscles behind a complaint."""
    from achemap_site.patterns.catalogue import catalogue

    muscles = catalogue().muscles
    about = [
        {
            "@type": "Muscle",
            "name": muscles[name].title,
            "url": _full(muscles[name].url),
        }
        for name in record.muscles
        if name in muscles
    ]
    data: dict[str, Any] = {
        "@type": "MedicalWebPage",
        "name": record.title,
        "description": summary,
        "url": _full(page.url or "/"),
        "inLanguage": record.language,
        "about": [{"@type": "MedicalSignOrSymptom", "name": record.title}, *about],
        "audience": [
            {"@type": "Patient"},
            {"@type": "MedicalAudience", "audienceType": "Bodyworker"},
        ],
        "author": {"@type": "Organization", "name": record.author},
        "dateCreated": record.authored.isoformat(),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": {"@type": "WebSite", "name": "Achemap", "url": _full("/")},
    }
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.date().isoformat()
    if record.reviewed and record.reviewed_by:
        data["lastReviewed"] = record.reviewed.isoformat()
        data["reviewedBy"] = {"@type": "Person", "name": record.reviewed_by}
    return _script(data)


def site() -> SafeString:
    """Return the markup of the first page, with where to search."""
    return _script(
        {
            "@type": "WebSite",
            "name": "Achemap",
            "url": _full("/"),
            "potentialAction": {
                "@type": "SearchAction",
                "target": _full("/search/?q={q}"),
                "query-input": "required name=q",
            },
        }
    )


def muscle(page: Any, summary: str) -> SafeString:
    """Return a muscle page."""
    return _script(
        {
            "@type": "MedicalWebPage",
            "name": page.title,
            "url": _full(page.url or "/"),
            "about": {
                "@type": "Muscle",
                "name": page.name,
                "alternateName": page.latin,
                "muscleAction": page.action,
                "nerve": {"@type": "Nerve", "name": page.nerve},
                "insertion": page.attached_to,
                "description": summary,
            },
        }
    )


def technique(page: Any, summary: str) -> SafeString:
    """Return a technique page; its steps stay behind the safety questions."""
    return _script(
        {
            "@type": "MedicalWebPage",
            "name": page.title,
            "description": summary,
            "url": _full(page.url or "/"),
            "about": {"@type": "TherapeuticProcedure", "name": page.title},
        }
    )
