"""Who wrote and reviewed a text, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from achemap_site.patterns.fronts.fields import Fields, Front


REVIEW = {
    "authored": "authored",
    "author": "author",
    "reviewed": "reviewed",
    "reviewed-by": "reviewed_by",
    "medical-review": "medical_review",
    "review-by": "review_by",
}


def _day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def review_fields(front: Front) -> Fields:
    """Return the fields that say who wrote and reviewed a text, and when."""
    found = {field: front.get(name) for name, field in REVIEW.items()}
    for field in ("authored", "reviewed", "review_by"):
        found[field] = _day(found[field])
    found["reviewed_by"] = found["reviewed_by"] or ""
    found["medical_review"] = found["medical_review"] or "open"
    return found


def review_front(page: Any) -> dict[str, Any]:
    """Return the review part of a front, in file order."""
    front = {name: getattr(page, field) for name, field in REVIEW.items()}
    front["reviewed-by"] = front["reviewed-by"] or None
    return front
