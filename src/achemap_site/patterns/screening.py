"""The safety questions as a walk of short pages, without cookies or accounts.

Everything a reader has said travels in the form itself (`Walk`), so nothing is kept
on the server, and the way back is always open. Each page asks one topic. Where
several signs of danger are asked at once, silence is never taken for a "no": the
reader says "none of the rest" or "I am not sure", and the unsure are asked one by one.
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
from achemap.triage.evaluate import WHERE, evaluate
from achemap.triage.loading import load_rules
from achemap.triage.records import Ask, Screen


ANSWERS = ("yes", "no", "unknown")
PREFIX = "a."
NONE_OF_THESE = "none"
NOT_SURE = "unsure"
# Short topics share a page up to this many questions.
MOST_ON_A_PAGE = 9


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


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one topic: signs to tick, and questions to answer one by one."""

    topic: str
    title: str
    flags: tuple[Ask, ...]
    each: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of questions: a topic, or a few short ones."""

    groups: tuple[Group, ...]
    step: int
    steps: int

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of the page, in order."""
        return tuple(group.topic for group in self.groups)

    @property
    def name(self) -> str:
        """What the form calls this page."""
        return "+".join(self.topics)

    @property
    def flags(self) -> tuple[Ask, ...]:
        """All signs to tick on this page."""
        return tuple(ask for group in self.groups for ask in group.flags)

    @property
    def each(self) -> tuple[Ask, ...]:
        """All questions to answer one by one on this page."""
        return tuple(ask for group in self.groups for ask in group.each)


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


def lacks_place(screen: Screen) -> bool:
    """Whether the place has to be asked for before anything else."""
    return any(ask.id == WHERE.id for ask in screen.ask)


def is_over(screen: Screen) -> bool:
    """Whether nothing more is asked: an emergency, or no open question."""
    return screen.disposition == "emergency" or not screen.ask


def _group(topic: str, asks: tuple[Ask, ...], one_by_one: bool) -> Group:
    rules = load_rules()
    title = rules.topics[topic].title if topic in rules.topics else asks[0].text
    flags = tuple(ask for ask in asks if rules.questions[ask.id].worry == "yes")
    if one_by_one or len(flags) < 2:
        flags = ()
    return Group(topic, title, flags, tuple(ask for ask in asks if ask not in flags))


def _packed(
    topics: Mapping[str, tuple[Ask, ...]], *, first_alone: bool
) -> list[tuple[str, ...]]:
    """Return the topics page by page; short ones share a page."""
    pages: list[tuple[str, ...]] = []
    for topic, asks in topics.items():
        together = sum(len(topics[one]) for one in pages[-1]) if pages else 99
        alone = first_alone and len(pages) == 1
        if not alone and together + len(asks) <= MOST_ON_A_PAGE:
            pages[-1] = (*pages[-1], topic)
        else:
            pages.append((topic,))
    return pages


def page_of(screen: Screen, walk: Walk) -> Page:
    """Return the next page of questions; the screen has some."""
    topics: dict[str, tuple[Ask, ...]] = {}
    for ask in screen.ask:
        topics[ask.topic] = (*topics.get(ask.topic, ()), ask)
    # The first page asks about what cannot wait; nothing shares it.
    pages = _packed(topics, first_alone=not walk.topics)
    here = tuple(t for t in walk.unsure.split("+") if t in topics) or pages[0]
    return Page(
        groups=tuple(_group(topic, topics[topic], bool(walk.unsure)) for topic in here),
        step=walk.pages + 1,
        steps=walk.pages + len(pages),
    )


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
        return replace(walk, answers={**walk.answers, **found}, unsure=page.name), False
    found |= {ask.id: "no" for ask in page.flags if ask.id not in ticked}
    return replace(
        walk,
        answers={**walk.answers, **found},
        topics=(*walk.topics, page.name),
        unsure="",
    ), False


def one_back(walk: Walk) -> Walk:
    """Return the walk before its last page (or before age and sex)."""
    if not walk.topics:
        return replace(walk, about=False)
    rules = load_rules()
    dropped = walk.topics[-1].split("+")
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


def said(walk: Walk) -> list[dict[str, Any]]:
    """Return the questions a reader answered, for the note to the doctor."""
    rules = load_rules()
    return [
        {"question": rules.questions[name].text, "answer": answer}
        for name, answer in walk.answers.items()
    ]
