"""From a completed screen to the plan that is shown."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from achemap.atlas.vocabulary import leaves
from achemap.care import Condition, Item, Plan, conditions, plan
from achemap.care.conditions import touches
from achemap.care.plans import modalities
from achemap.library.records import Pattern, Step, Technique
from achemap.triage.loading import load_rules
from achemap.triage.note import SAFETY_NET, Numbers
from achemap.triage.records import Screen
from achemap_site.patterns.models import PatternPage, TechniquePage
from achemap_site.patterns.models.record_snippets import Product
from achemap_site.patterns.presenters.links import address, rich_text
from achemap_site.patterns.screening import NONE_OF_THESE, Subject, Walk


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


# --- what does not suit this reader ------------------------------------------

# A "no" in the safety questions answers these too; the others ask for more there.
SAME_AS_ASKED = frozenset(
    {"fever", "blood-thinner", "pregnancy", "cancer", "osteoporosis", "diabetes"}
)


def _modalities(record: Pattern | Technique) -> set[str]:
    """Return what a record asks a reader to use or do."""
    steps = record.steps if isinstance(record, Technique) else record.care.routine
    used = {each for step in steps for each in modalities(step.kind, step.text)}
    if isinstance(record, Pattern):
        care = record.care
        single = {"heat": care.heat, "ice": care.ice, "pressure": care.pressure}
        used |= {kind for kind, held in single.items() if held is not None}
        used |= {"patch"} if care.product else set()
    return used


def _flags(record: Pattern | Technique) -> set[str]:
    steps = record.steps if isinstance(record, Technique) else record.care.routine
    return {flag for step in steps for flag in step.flags}


def _told(walk: Walk) -> set[str]:
    """Return the conditions that the safety questions have ruled out."""
    told = {
        condition
        for question in load_rules().questions.values()
        if walk.answers.get(question.id) not in (None, "unknown", question.worry)
        for condition in question.care
    }
    return (told & SAME_AS_ASKED) | ({"pregnancy"} if walk.sex == "m" else set())


def unsuitable_choices(
    page: Any, subject: Subject, walk: Walk, screen: Screen
) -> list[Condition]:
    """Return the conditions to ask about: those that would change this very plan.

    What the safety questions already told is not asked again.
    """
    told = _told(walk) | screen.care
    record = page.record()
    used, flagged = _modalities(record), _flags(record)
    places = frozenset(subject.regions)
    return [
        one
        for one in conditions().values()
        if one.id not in told
        and (
            used & {*one.without, *one.light}
            or any(used & local.without.keys() for local in one.where_without)
            or flagged & set(one.flags)
        )
        and (not one.where or touches(one.where, places))
    ]


def unsuitable_asked(data: QueryDict) -> frozenset[str] | None:
    """Return the conditions a reader has, None when they were not asked yet."""
    if data.get("unsuitable") != NONE_OF_THESE:
        return None
    known = conditions()
    return frozenset(name for name in data.getlist("condition") if name in known)


# --- the plan ----------------------------------------------------------------


def shown(
    page: Any, subject: Subject, screen: Screen, held: frozenset[str]
) -> dict[str, Any]:
    """Return what the plan of a page shows. The screen must be cleared.

    Raises TypeError for a screen that is not.
    """
    if isinstance(page, TechniquePage):
        return _technique(page, subject, screen, held)
    return _pattern(page, screen, held)


def _pattern(page: PatternPage, screen: Screen, held: frozenset[str]) -> dict[str, Any]:
    record: Pattern = page.record()
    cleared = screen.cleared()
    if cleared is None:
        raise TypeError("a plan needs a screen that is cleared")
    made: Plan = plan(record, cleared, held)
    holds = held | (screen.care & conditions().keys())
    # Loose advice names heat, ice and patches in passing: only for those who have
    # nothing that forbids any of them.
    return {
        "kind": "pattern",
        "items": [_item(item) for item in made.items],
        "avoid": made.avoid,
        "stop_if": made.stop_if,
        "see_someone": made.see_someone,
        "left_out": made.left_out,
        "on_the_go": () if holds else record.care.relief,
        "prose": "" if holds else rich_text(page.relief),
        "products": [] if _forbids("patch", holds) else _products(record),
    }


def _forbids(modality: str, held: frozenset[str]) -> bool:
    known = conditions()
    return any(modality in known[name].without for name in held)


def _products(record: Pattern) -> list[dict[str, Any]]:
    known = Product.objects.in_bulk(
        [one.product for one in record.care.product], field_name="record_id"
    )
    return [
        {"product": known[one.product], "placement": one.placement}
        for one in record.care.product
        if one.product in known
    ]


def _item(item: Item) -> dict[str, Any]:
    link = address("technique", item.technique) if item.technique else None
    return {
        "kind": item.kind,
        "name": kind_words(item.kind),
        "text": item.text,
        "dose": dose(item.seconds, item.times, item.sides),
        "seconds": item.seconds,
        "times": item.times,
        "sides": item.sides,
        "notes": item.notes,
        "technique": link and escape(link),
    }


def kind_words(kind: str) -> str:
    """Return what kind of thing to do this is, in a word or two."""
    return {
        "ice": _("Ice"),
        "heat": _("Warmth"),
        "pressure": _("Press"),
        "stretch": _("Stretch"),
        "move": _("Move"),
        "breathe": _("Breathe"),
        "patch": _("Patch"),
        "posture": _("Sit or stand"),
        "rest": _("Rest"),
    }[kind]


def dose(seconds: int, times: int, sides: str) -> str:
    """Return how long and how often, in words."""
    if seconds % 60 == 0:
        long = ngettext("%(n)s minute", "%(n)s minutes", seconds // 60) % {
            "n": seconds // 60
        }
    else:
        long = ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    words = [long]
    if times > 1:
        words.append(ngettext("%(n)s time", "%(n)s times", times) % {"n": times})
    if sides == "each":
        words.append(_("each side"))
    return ", ".join(words)


def _technique(
    page: TechniquePage, subject: Subject, screen: Screen, held: frozenset[str]
) -> dict[str, Any]:
    record: Technique = page.record()
    if screen.cleared() is None:
        raise TypeError("steps need a screen that is cleared")
    holds = held | (screen.care & conditions().keys())
    places = frozenset(subject.regions)
    kept, left = [], []
    for step in record.steps:
        why = _unsuitable(step, holds, places)
        if why is None:
            kept.append(_step(step))
        else:
            left.append({"what": step.text, "why": why})
    return {
        "kind": "technique",
        "items": kept,
        "stop_if": (record.stop_if, *SAFETY_NET) if record.stop_if else SAFETY_NET,
        "left_out": left,
        "prose": "" if left else rich_text(page.body),
    }


def _unsuitable(step: Step, held: frozenset[str], places: frozenset[str]) -> str | None:
    """Return why a step is left out; None when nothing speaks against it."""
    for name in sorted(held):
        one = conditions()[name]
        for modality in modalities(step.kind, step.text):
            if why := one.forbids(modality, places):
                return why
        if set(step.flags) & set(one.flags):
            return _("Left out because of: %(what)s.") % {"what": one.label.lower()}
    return None


def _step(step: Step) -> dict[str, Any]:
    item = Item(step.kind, step.text, step.seconds, step.times, step.sides)
    return {**_item(item), "number": step.number}
