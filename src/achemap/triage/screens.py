"""The questions of the screen, and their grouping into a few short pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from achemap.complaint import Complaint
from achemap.errors import BadInput, suggestion
from achemap.triage.evaluate import WHERE, is_active
from achemap.triage.loading import RuleSet, load_rules
from achemap.triage.reading import Given, given_by, readings, zones_named
from achemap.triage.records import RANK, Ask, Level, Question, Reading


MOST_PAGES = 12
FLAGS_A_PAGE = 10
NONE_OF_THESE = "None of these"


@dataclass(frozen=True, slots=True)
class Flag:
    """One line to tick. `read` is what the text already said, to be confirmed.

    `worry` is the answer that raises concern: a flag with worry "no" is asked as a
    yes/no question of its own. `follow_ups` are asked when this one is answered so
    that their `when` holds.
    """

    question: str
    label: str
    text: str
    worry: str
    level: Level
    read: Reading | None
    when: tuple[str, ...]
    follow_ups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One short screen: a title, flags to tick, and "none of these"."""

    title: str
    flags: tuple[Flag, ...]
    none: str = NONE_OF_THESE


def _levels(
    given: Given, rules: RuleSet, always: frozenset[str]
) -> dict[str, tuple[Question, Level]]:
    found: dict[str, tuple[Question, Level]] = {}
    for rule in rules.rules.values():
        if not is_active(rule, given, always):
            continue
        for way in rule.ways:
            for literal in (*way.all, *way.any, *way.of):
                name = literal.partition("=")[0]
                if literal.startswith("age"):
                    name = "under-16" if "<" in literal else "over-50"
                question = rules.questions.get(name)
                if question is None or not _suits(question, given, always, rules):
                    continue
                held = found.get(name)
                if held is None or RANK[held[1]] < RANK[way.level]:
                    found[name] = (question, way.level)
    return found


def _suits(
    question: Question, given: Given, always: frozenset[str], rules: RuleSet
) -> bool:
    """Whether a question can come up here for this person, now or as a follow-up."""
    zones = given.zones | {zone for name in always for zone in rules.rules[name].where}
    where = question.where
    if "anywhere" not in where and not any(zone in zones for zone in where):
        return False
    for literal in question.when:
        parent = rules.questions.get(literal.partition("=")[0])
        if parent is not None and not _suits(parent, given, always, rules):
            return False
        if literal.startswith("zone:") and literal[5:] not in zones:
            return False
        if literal.startswith("not-zone:") and literal[9:] in zones:
            return False
        if literal.startswith("sex=") and given.sex not in (None, literal[4:]):
            return False
        if literal.startswith("age") and given.age is not None:
            bound = int(literal.lstrip("age<>="))
            if (given.age >= bound) != (">=" in literal):
                return False
    return not (
        question.when_any
        and all(literal.startswith("zone:") for literal in question.when_any)
        and not any(literal[5:] in zones for literal in question.when_any)
    )


def _ordered(
    found: Mapping[str, tuple[Question, Level]], rules: RuleSet
) -> list[tuple[Question, Level]]:
    place = {name: number for number, name in enumerate(rules.questions)}
    return sorted(
        found.values(),
        key=lambda held: (rules.topics[held[0].topic].order, place[held[0].id]),
    )


def questions(
    regions: Iterable[str] = (),
    *,
    rules: RuleSet | None = None,
    age: int | None = None,
    sex: str | None = None,
) -> tuple[Ask, ...]:
    """Return every question that may come up for pain in `regions` (ids).

    Without regions: the questions asked of everyone. Raises BadInput for a region
    that is unknown.
    """
    known = rules or load_rules()
    zones: set[str] = set()
    for region in regions:
        found = zones_named(region, known)
        if not found:
            raise BadInput(
                f"unknown region {region!r}",
                field="regions",
                fix=suggestion(region, known.zones),
            )
        zones |= found
    given = Given(frozenset(zones), bool(zones), age, sex, {})
    listed = _ordered(_levels(given, known, frozenset()), known)
    return tuple(
        Ask(one.id, one.text, one.label, one.topic, level) for one, level in listed
    )


def _parents(question: Question, names: Iterable[str]) -> list[str]:
    wanted = [literal.partition("=")[0] for literal in question.when]
    wanted += [literal.partition("=")[0] for literal in question.when_any]
    return [name for name in names if name in wanted]


def screens(
    complaint: Complaint,
    rules: RuleSet | None = None,
    *,
    always: Iterable[str] = (),
) -> tuple[Page, ...]:
    """Return the pages to show for `complaint`: at most twelve, most at most six.

    Questions of one topic stay together; small topics share a page. Follow-ups stand
    on the page of the question that they follow. Answers already given are left in,
    so that they can be corrected.
    """
    known = rules or load_rules()
    wanted = frozenset(always)
    given = given_by(complaint, known)
    read = readings(given, known)
    listed = _ordered(_levels(given, known, wanted), known)
    if given.age is not None:
        listed = [held for held in listed if held[0].id not in ("under-16", "over-50")]
    names = [one.id for one, _ in listed]
    children: dict[str, list[str]] = {}
    for one, _ in listed:
        for parent in _parents(one, names):
            children.setdefault(parent, []).append(one.id)
    followers = {name for held in children.values() for name in held}
    groups: dict[str, list[Flag]] = {}
    for one, level in listed:
        flag = Flag(
            one.id,
            one.label,
            one.text,
            one.worry,
            level,
            read.get(one.id),
            (*one.when, *one.when_any),
            tuple(children.get(one.id, ())),
        )
        groups.setdefault(one.topic, []).append(flag)
    return _packed(groups, known, followers)


def _packed(
    groups: Mapping[str, Sequence[Flag]], rules: RuleSet, followers: set[str]
) -> tuple[Page, ...]:
    """Pack topics into pages: follow-ups are free, they show only when needed."""

    def weight(flags: Sequence[Flag]) -> int:
        return sum(flag.question not in followers for flag in flags)

    total = sum(weight(flags) for flags in groups.values())
    room = max(FLAGS_A_PAGE, ceil(total / (MOST_PAGES - 4)))
    pages: list[Page] = []
    titles: list[str] = []
    held: list[Flag] = []

    def close() -> None:
        if held:
            pages.append(Page(" ".join(titles[:1]), tuple(held)))
            titles.clear()
            held.clear()

    for topic, flags in groups.items():
        if held and weight(held) + weight(flags) > room:
            close()
        titles.append(rules.topics[topic].title)
        for flag in flags:
            if held and weight([*held, flag]) > room + 2:
                close()
                titles.append(rules.topics[topic].title)
            held.append(flag)
    close()
    return tuple(pages)


def place_question() -> Ask:
    """Return the question for the place, asked when none was recognised."""
    return WHERE
