"""Every question that may come up for a place (see walk.py for the pages)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from achemap.errors import BadInput, suggestion
from achemap.triage.evaluate import is_active
from achemap.triage.loading import RuleSet, load_rules
from achemap.triage.reading import Given, zones_named
from achemap.triage.records import RANK, Ask, Level, Question


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
