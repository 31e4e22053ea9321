"""Weaker rule sets, one small change each: what a careless edit could do.

`mutants` yields a name, what was weakened (a rule id or "question ID"), the rule set. Each
has to be noticed by a case of `behaviours.jsonl`, which says how the screen behaves
and not how the rules are written. Signs read from words are weakened by `deaf`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from achemap.triage.evaluate import screen_of
from achemap.triage.loading import RuleSet, literals_of
from achemap.triage.reading import Given
from achemap.triage.records import LEVELS, RANK, Clause, Question, Rule


Mutant = tuple[str, str, RuleSet]


def _touched(rules: RuleSet, name: str) -> Iterator[Rule]:
    """Yield the rules that name a question, or one that is asked after it."""
    after = {
        one.id
        for one in rules.questions.values()
        if any(base(literal) == name for literal in (*one.when, *one.when_any))
    }
    for rule in rules.rules.values():
        if {base(literal) for literal in literals_of(rule)} & {name, *after}:
            yield rule


def base(literal: str) -> str:
    """Return the question of a literal; `under-16` or `over-50` for an age."""
    if literal.startswith("age"):
        return "under-16" if "<" in literal else "over-50"
    return literal.partition("=")[0]


def small(
    rules: RuleSet, held: Iterable[Rule], question: Question | None = None
) -> RuleSet:
    """Return a rule set with these rules only, and one question exchanged."""
    asked = dict(rules.questions)
    if question is not None:
        asked[question.id] = question
    return RuleSet(
        rules.zones,
        rules.topics,
        MappingProxyType(asked),
        MappingProxyType({rule.id: rule for rule in held}),
        rules.lexicon,
        "mutant",
    )


def _older(literal: str) -> str | None:
    """Return an age literal that holds for fewer people."""
    for sign, step in ((">=", 10), ("<", -5)):
        if literal.startswith(f"age{sign}"):
            return f"age{sign}{int(literal[3 + len(sign) :]) + step}"
    return None


def _weaker(way: Clause) -> Iterator[tuple[str, Clause | None]]:
    yield "left out", None
    if RANK[way.level] > 1:
        yield "one level lower", replace(way, level=LEVELS[RANK[way.level] - 1])  # type: ignore[type-var]
    if RANK[way.unknown] > 1:
        yield "unknown lowered", replace(way, unknown="doctor_first")  # type: ignore[type-var]
    yield "one more condition", replace(way, all=(*way.all, "zone:nowhere"))
    for kind in ("any", "of"):
        named: tuple[str, ...] = getattr(way, kind)
        for one in named if len(named) > 1 else ():
            rest = tuple(other for other in named if other != one)
            yield f"{kind} without {one}", replace(way, **{kind: rest})
    if way.at_least and way.at_least < len(way.of):
        yield "needs one more", replace(way, at_least=way.at_least + 1)
    for kind in ("all", "any", "of"):
        for one in getattr(way, kind):
            older = _older(one)
            if older is not None:
                moved = tuple(older if x == one else x for x in getattr(way, kind))
                yield f"{one} to {older}", replace(way, **{kind: moved})


def _of_rule(rules: RuleSet, rule: Rule) -> Iterator[Mutant]:
    name = rule.id
    yield f"{name} left out", name, small(rules, ())
    for number, way in enumerate(rule.ways):
        for said, weaker in _weaker(way):
            ways = (*rule.ways[:number], *rule.ways[number + 1 :])
            if weaker is not None:
                ways = (*ways, weaker)
            new = small(rules, [replace(rule, ways=ways)])
            yield f"{name}, way {number}: {said}", name, new
    for zone in rule.where:
        where = tuple(one for one in rule.where if one != zone) or ("nowhere",)
        new = small(rules, [replace(rule, where=where)])
        yield f"{name} not in {zone}", name, new


def mutants(rules: RuleSet) -> Iterator[Mutant]:
    """Yield every mutant, with only the rules that the change can touch."""
    for rule in rules.rules.values():
        yield from _of_rule(rules, rule)
    for question in rules.questions.values():
        name, held = question.id, list(_touched(rules, question.id))
        other = "no" if question.worry == "yes" else "yes"
        weaker = [
            ("never asked", replace(question, where=("nowhere",))),
            ("the other answer worries", replace(question, worry=other)),
        ]
        if question.strong:
            weaker.append(("not strong", replace(question, strong=False)))
        for said, new in weaker:
            yield f"{name}: {said}", f"question {name}", small(rules, held, new)


def behaves(case: Mapping[str, Any], rules: RuleSet) -> bool:
    """Whether `rules` do what the case says.

    `fires`: the rule fires at `level` or above. `asks`: the question is open.
    """
    zones = frozenset(case["zones"])
    given = Given(zones, bool(zones), case.get("age"), case.get("sex"), {})
    screen = screen_of(given, {**case["answers"]}, rules)
    if "asks" in case:
        return any(one.id == case["asks"] for one in screen.ask)
    return any(
        one.rule == case["fires"] and RANK[one.level] >= RANK[case["level"]]
        for one in screen.fired
    )


def near(
    what: str, mutant: RuleSet, cases: Iterable[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """Yield the cases that the small rule set of a mutant can answer."""
    question = what.removeprefix("question ")
    for case in cases:
        if question == what:
            if case.get("fires") == what:
                yield case
        elif case.get("asks") == question or (
            question in case["answers"] and case.get("fires") in mutant.rules
        ):
            yield case
