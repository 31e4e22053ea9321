"""The safety questions as a walk of short pages, without cookies or accounts.

Everything a reader has said travels in the form itself (`Walk`), so nothing is kept
on the server, and the way back is always open. Each page asks one topic. Where
several signs of danger are asked at once, silence is never taken for a "no"; see
achemap.triage.walk, which chooses the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from achemap.atlas.vocabulary import regions
from achemap.complaint import Complaint, complaint_from
from achemap.errors import BadInput
from achemap.triage.evaluate import evaluate
from achemap.triage.loading import load_rules
from achemap.triage.records import Screen
from achemap.triage.walk import Page, next_page


ANSWERS = ("yes", "no", "unknown")
PREFIX = "a."
NONE_OF_THESE = "none"
NOT_SURE = "unsure"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the questions are about: the places it hurts and the rules always asked.

    `text` is what the reader wrote, `cells` what was painted. Where neither tells a
    place, the reader is asked for it.
    """

    regions: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    text: str = ""
    cells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """What a reader has said so far.

    `topics` are the pages answered, in order, each as its topics joined by "+";
    `about` says whether age and sex were asked. `unsure` is the page whose questions
    are now asked one by one.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    about: bool = False
    age: str = ""
    sex: str = ""
    where: str = ""
    unsure: str = ""

    @property
    def pages(self) -> int:
        """How many pages were answered."""
        return len(self.topics)

    def hidden(self) -> list[tuple[str, str]]:
        """Return the form fields that carry this walk to the next page."""
        fields = [
            (f"{PREFIX}{question}", answer) for question, answer in self.answers.items()
        ]
        fields += [("topics", topic) for topic in self.topics]
        if self.about:
            fields += [
                ("about", "1"),
                ("age", self.age),
                ("sex", self.sex),
                ("where", self.where),
            ]
        return fields


def walk_from(data: QueryDict) -> Walk:
    """Read what a form carries. Unknown questions and answers are dropped."""
    known = load_rules().questions
    answers = {
        name.removeprefix(PREFIX): value
        for name, value in data.items()
        if name.startswith(PREFIX)
        and name.removeprefix(PREFIX) in known
        and value in ANSWERS
    }
    return Walk(
        answers=answers,
        topics=tuple(data.getlist("topics")),
        about=data.get("about") == "1",
        age=data.get("age", "").strip(),
        sex=data.get("sex", ""),
        where=data.get("where", "") if data.get("where", "") in regions() else "",
    )


def complaint_of(subject: Subject, walk: Walk) -> Complaint:
    """Return the complaint that the screen judges. Raises BadInput for a wrong age."""
    return complaint_from(
        {
            "text": subject.text,
            "cells": list(subject.cells),
            "regions": list(subject.regions) or ([walk.where] if walk.where else []),
            "age": walk.age or None,
            "sex": walk.sex or None,
            "answers": dict(walk.answers),
        }
    )


def screen_of(subject: Subject, walk: Walk) -> Screen:
    """Return the result of the screen so far."""
    return evaluate(complaint_of(subject, walk), always=subject.always)


def page_of(screen: Screen, walk: Walk) -> Page:
    """Return the next page of questions; the screen has some."""
    return next_page(screen, walk.pages, unsure=topics_of(walk.unsure))


def name_of(page: Page) -> str:
    """Return what the form calls this page: its topics."""
    return "+".join(page.topics)


def topics_of(name: str) -> tuple[str, ...]:
    """Return the topics of a page by its name in the form."""
    return tuple(filter(None, name.split("+")))


def answered(page: Page, data: QueryDict, walk: Walk) -> tuple[Walk, bool]:
    """Return the walk after a page was sent, and whether something was left open."""
    ticked = set(data.getlist("flag"))
    rest = data.get("rest", "")
    found = {ask.id: data.get(f"q.{ask.id}", "") for ask in page.each}
    if any(value not in ANSWERS for value in found.values()):
        return walk, True
    if page.flags and rest not in (NONE_OF_THESE, NOT_SURE):
        return walk, True
    found |= {ask.id: "yes" for ask in page.flags if ask.id in ticked}
    if page.flags and rest == NOT_SURE:
        return replace(
            walk, answers={**walk.answers, **found}, unsure=name_of(page)
        ), False
    found |= {ask.id: "no" for ask in page.flags if ask.id not in ticked}
    return replace(
        walk,
        answers={**walk.answers, **found},
        topics=(*walk.topics, name_of(page)),
        unsure="",
    ), False


def one_back(walk: Walk) -> Walk:
    """Return the walk before its last page (or before age and sex)."""
    if not walk.topics:
        return replace(walk, about=False)
    rules = load_rules()
    dropped = topics_of(walk.topics[-1])
    kept = {
        question: answer
        for question, answer in walk.answers.items()
        if rules.questions[question].topic not in dropped
    }
    return replace(walk, answers=kept, topics=walk.topics[:-1], unsure="")


def about_problem(walk: Walk) -> str:
    """Return what is wrong with age or sex, in words; "" if nothing."""
    try:
        complaint_from({"age": walk.age or None, "sex": walk.sex or None})
    except BadInput:
        return _("Please give your age in whole years, 0 to 120, or leave it empty.")
    return ""


def said(walk: Walk) -> dict[str, Any]:
    """Return the answers for the note to the doctor.

    `open` holds question and answer ("yes" or "unknown") of what a doctor will want
    to ask about; `denied` the short labels of all that was answered with "no".
    """
    asked = load_rules().questions
    return {
        "open": [
            {"question": asked[name].text, "answer": answer}
            for name, answer in walk.answers.items()
            if answer != "no" or asked[name].worry == "no"
        ],
        "denied": [
            asked[name].label
            for name, answer in walk.answers.items()
            if answer == "no" and asked[name].worry != "no"
        ],
    }
