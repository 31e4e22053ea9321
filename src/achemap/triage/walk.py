"""The open questions of a screen as a walk of short pages, at most twelve.

Each page asks one topic, or a few short ones. Where several signs of danger are asked
at once, silence is never taken for a "no": the reader says "none of the rest" or "I am
not sure", and the unsure are asked one by one. Every answer can change what is still
open, so that the next page is chosen anew each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from achemap.complaint import Answer, Complaint
from achemap.triage.evaluate import WHERE, evaluate
from achemap.triage.loading import RuleSet, load_rules
from achemap.triage.records import Ask, Screen


MOST_PAGES = 12
# Short topics share a page up to this many questions; more when pages run out.
A_PAGE = 9
# Pages kept free for follow-ups that answers may still open.
SPARE = 3


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one topic: signs to tick, and questions to answer one by one."""

    topic: str
    title: str
    flags: tuple[Ask, ...]
    each: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of questions, and which page of about how many it is."""

    groups: tuple[Group, ...]
    step: int
    steps: int

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of the page, in order."""
        return tuple(group.topic for group in self.groups)

    @property
    def flags(self) -> tuple[Ask, ...]:
        """All signs to tick on this page."""
        return tuple(ask for group in self.groups for ask in group.flags)

    @property
    def each(self) -> tuple[Ask, ...]:
        """All questions to answer one by one on this page."""
        return tuple(ask for group in self.groups for ask in group.each)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Everything asked on this page."""
        return (*self.flags, *self.each)


def lacks_place(screen: Screen) -> bool:
    """Whether the place has to be asked for before anything else."""
    return any(ask.id == WHERE.id for ask in screen.ask)


def is_over(screen: Screen) -> bool:
    """Whether nothing more is asked: an emergency, or no open question."""
    return screen.disposition == "emergency" or not screen.ask


def _group(topic: str, asks: Sequence[Ask], rules: RuleSet, one_by_one: bool) -> Group:
    title = rules.topics[topic].title if topic in rules.topics else asks[0].text
    flags = tuple(ask for ask in asks if rules.questions[ask.id].worry == "yes")
    if one_by_one or len(flags) < 2:
        flags = ()
    return Group(topic, title, flags, tuple(ask for ask in asks if ask not in flags))


def _packed(topics: Mapping[str, Sequence[Ask]], done: int) -> list[tuple[str, ...]]:
    """Return the topics page by page; short ones share a page."""
    total = sum(len(asks) for asks in topics.values())
    room = max(A_PAGE, ceil(total / max(1, MOST_PAGES - SPARE - done)))
    if done >= MOST_PAGES - 1:
        return [tuple(topics)]
    pages: list[tuple[str, ...]] = []
    for topic, asks in topics.items():
        # The first page asks about what cannot wait; nothing shares it.
        alone = done == 0 and len(pages) == 1
        together = sum(len(topics[one]) for one in pages[-1]) if pages else total + room
        if pages and not alone and together + len(asks) <= room:
            pages[-1] = (*pages[-1], topic)
        else:
            pages.append((topic,))
    return pages


def next_page(
    screen: Screen,
    done: int,
    *,
    unsure: Sequence[str] = (),
    rules: RuleSet | None = None,
) -> Page:
    """Return the page to ask after `done` pages; `screen` has open questions.

    `unsure` names the topics of which the reader was not sure: they are asked again,
    one question at a time.
    """
    known = rules or load_rules()
    topics: dict[str, tuple[Ask, ...]] = {}
    for ask in screen.ask:
        topics[ask.topic] = (*topics.get(ask.topic, ()), ask)
    pages = _packed(topics, done)
    again = tuple(topic for topic in unsure if topic in topics)
    return Page(
        groups=tuple(
            _group(topic, topics[topic], known, bool(unsure))
            for topic in again or pages[0]
        ),
        step=done + 1,
        steps=done + len(pages),
    )


def walked(
    complaint: Complaint,
    rules: RuleSet | None = None,
    *,
    always: Sequence[str] = (),
) -> int:
    """Return how many pages a reader goes through who answers as in `complaint`.

    What `complaint` does not answer is answered so that it raises no concern.
    """
    known = rules or load_rules()
    given: dict[str, Answer] = {}
    for done in range(MOST_PAGES * 2):
        screen = evaluate(replace(complaint, answers=given), known, always=always)
        if is_over(screen) or lacks_place(screen):
            return done
        for ask in next_page(screen, done, rules=known).asks:
            calm: Answer = "yes" if known.questions[ask.id].worry == "no" else "no"
            given[ask.id] = complaint.answers.get(ask.id, calm)
    return MOST_PAGES * 2
