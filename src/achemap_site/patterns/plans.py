"""From a completed screen to the plan that is shown."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from achemap.atlas.vocabulary import leaves
from achemap.triage.records import Screen
from achemap_site.patterns.models import PatternPage, TechniquePage
from achemap_site.patterns.screening import Subject


# Shown together: a page does not know where its reader is.
EMERGENCY_NUMBERS = (
    ("112", _("Europe and most of the world")),
    ("911", _("United States and Canada")),
    ("999", _("United Kingdom")),
    ("000", _("Australia")),
    ("111", _("New Zealand")),
)


def pattern_subject(page: PatternPage) -> Subject:
    """Return what the questions for a pattern are about: where it is felt most."""
    record = page.record()
    most = tuple(leaf for leaf, level in page.reach.items() if level != "spillover")
    return Subject(regions=most or tuple(page.reach), always=record.triage)


def technique_subject(page: TechniquePage) -> Subject:
    """Return what the questions for a technique are about: its part of the body."""
    return Subject() if page.region == "any" else Subject(regions=leaves(page.region))
