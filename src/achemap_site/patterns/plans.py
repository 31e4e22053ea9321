"""From a completed screen to the plan that is shown."""

from __future__ import annotations

import re

from achemap.atlas.vocabulary import leaves
from achemap.triage.note import Numbers
from achemap_site.patterns.models import PatternPage, TechniquePage
from achemap_site.patterns.screening import Subject


_NUMBER = re.compile(r"\d[\d ]*\d")


def dialled(numbers: Numbers) -> list[str]:
    """Return the emergency numbers of a place, each ready to be dialled."""
    return [found.replace(" ", "") for found in _NUMBER.findall(numbers.emergency)]


def pattern_subject(page: PatternPage) -> Subject:
    """Return what the questions for a pattern are about: where it is felt most."""
    record = page.record()
    most = tuple(leaf for leaf, level in page.reach.items() if level != "spillover")
    return Subject(regions=most or tuple(page.reach), always=record.triage)


def technique_subject(page: TechniquePage) -> Subject:
    """Return what the questions for a technique are about: its part of the body."""
    return Subject() if page.region == "any" else Subject(regions=leaves(page.region))
