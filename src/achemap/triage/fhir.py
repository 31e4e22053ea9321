"""Export of the screen to HL7 FHIR R4B: Questionnaire, PlanDefinition, ActivityDefinition.

Plain dicts; `fhir.resources` (extra `fhir`) validates them. A rule becomes an
event-condition-action PlanDefinition whose condition is a FHIRPath-like text of its
ways; the decision itself stays with `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from achemap.triage.explain import in_words
from achemap.triage.loading import RuleSet
from achemap.triage.records import Clause, Question, Rule


class Step(Protocol):
    """A timed step, as the library's records have it."""

    @property
    def text(self) -> str: ...
    @property
    def seconds(self) -> int: ...
    @property
    def times(self) -> int: ...


class Technique(Protocol):
    """A technique, as the library's records have it."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def steps(self) -> Sequence[Step]: ...


BASE = "https://achemap.org/fhir"
LEVEL_SYSTEM = f"{BASE}/CodeSystem/disposition"
ANSWERS = ("yes", "no", "unknown")
PRIORITY = {"emergency": "stat", "urgent": "urgent", "doctor_first": "asap"}


def _coding(code: str) -> dict[str, Any]:
    return {"system": f"{BASE}/CodeSystem/answer", "code": code}


def _enable_when(literal: str, rules: RuleSet) -> list[dict[str, Any]]:
    """Return the enableWhen of a literal that names a question; others have none."""
    name, _, said = literal.partition("=")
    question = rules.questions.get(name)
    if question is None:
        return []
    wanted = [said] if said else [question.worry, "unknown"]
    return [
        {"question": name, "operator": "=", "answerCoding": _coding(answer)}
        for answer in wanted
    ]


def _item(question: Question, rules: RuleSet) -> dict[str, Any]:
    item: dict[str, Any] = {
        "linkId": question.id,
        "text": question.text,
        "type": "choice",
        "required": True,
        "answerOption": [{"valueCoding": _coding(answer)} for answer in ANSWERS],
    }
    literals = (*question.when, *question.when_any)
    conditions = [one for literal in literals for one in _enable_when(literal, rules)]
    if conditions:
        item["enableWhen"] = conditions
        item["enableBehavior"] = "any"
    return item


def questionnaire(rules: RuleSet) -> dict[str, Any]:
    """Return the questions, grouped by topic, as an R4B Questionnaire."""
    groups = []
    for topic in sorted(rules.topics.values(), key=lambda one: one.order):
        items = [
            _item(one, rules)
            for one in rules.questions.values()
            if one.topic == topic.id
        ]
        if items:
            groups.append(
                {
                    "linkId": f"topic-{topic.id}",
                    "text": topic.title,
                    "type": "group",
                    "item": items,
                }
            )
    return {
        "resourceType": "Questionnaire",
        "id": "achemap-danger-screen",
        "url": f"{BASE}/Questionnaire/achemap-danger-screen",
        "version": rules.ruleset,
        "name": "AchemapDangerScreen",
        "title": "Danger screen before self-care",
        "status": "draft",
        "subjectType": ["Patient"],
        "item": groups,
    }


def _expression(way: Clause, rules: RuleSet) -> str:
    parts = [in_words(literal, rules) for literal in way.all]
    if way.any:
        parts.append("(" + " or ".join(in_words(one, rules) for one in way.any) + ")")
    if way.at_least:
        listed = "; ".join(in_words(one, rules) for one in way.of)
        parts.append(f"at least {way.at_least} of: {listed}")
    return " and ".join(parts)


def _action(way: Clause, rule: Rule, rules: RuleSet) -> dict[str, Any]:
    """Return what one way to fire a rule says, and when."""
    expression = {"language": "text/plain", "expression": _expression(way, rules)}
    return {
        "title": rule.title,
        "description": way.say or rule.say,
        "textEquivalent": rule.phone,
        "priority": PRIORITY[way.level],
        "code": [{"coding": [{"system": LEVEL_SYSTEM, "code": way.level}]}],
        "condition": [{"kind": "applicability", "expression": expression}],
    }


def plan_definition(rule: Rule, rules: RuleSet) -> dict[str, Any]:
    """Return one rule as an R4B PlanDefinition of type eca-rule."""
    definition: dict[str, Any] = {
        "resourceType": "PlanDefinition",
        "id": f"rule-{rule.id}",
        "url": f"{BASE}/PlanDefinition/rule-{rule.id}",
        "version": str(rule.version),
        "name": "Rule" + "".join(part.title() for part in rule.id.split("-")),
        "title": rule.title,
        "type": {
            "coding": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/plan-definition-type",
                    "code": "eca-rule",
                }
            ]
        },
        "status": "draft",
        "date": rule.authored,
        "publisher": rule.author,
        "purpose": rule.why,
        "action": [_action(way, rule, rules) for way in rule.ways],
    }
    if rule.sources:
        definition["relatedArtifact"] = [
            {"type": "citation", "label": key} for key in rule.sources
        ]
    return definition


def activity_definition(
    technique: Technique, step: Step, number: int
) -> dict[str, Any]:
    """Return one timed step of a technique as an R4B ActivityDefinition."""
    return {
        "resourceType": "ActivityDefinition",
        "id": f"{technique.id}-{number}"[:64],
        "url": f"{BASE}/ActivityDefinition/{technique.id}-{number}",
        "name": "Step"
        + "".join(part.title() for part in technique.id.split("-"))
        + str(number),
        "title": f"{technique.title}, step {number}",
        "status": "draft",
        "description": step.text,
        "kind": "ServiceRequest",
        "timingTiming": {
            "repeat": {
                "count": step.times,
                "duration": step.seconds,
                "durationUnit": "s",
            }
        },
    }


def export(
    rules: RuleSet, techniques: Iterable[Technique] = ()
) -> list[dict[str, Any]]:
    """Return every resource: the Questionnaire, a PlanDefinition a rule, the steps."""
    resources = [questionnaire(rules)]
    resources += [plan_definition(rule, rules) for rule in rules.rules.values()]
    resources += [
        activity_definition(technique, step, number)
        for technique in techniques
        for number, step in enumerate(technique.steps, 1)
    ]
    return resources
