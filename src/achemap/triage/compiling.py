"""The rule set as one JSON object: what the browser evaluates, offline."""

from __future__ import annotations

from typing import Any

from achemap.triage.cues import FAR, GAP, WITHIN, Cue
from achemap.triage.loading import RuleSet
from achemap.triage.reading import zones_by_region
from achemap.triage.records import Clause, Question, Rule
from achemap.triage.tokens import BITERS, FEVERS, FOLDED, SKIPPED, SPOKEN


def _question(one: Question) -> dict[str, Any]:
    held: dict[str, Any] = {
        "id": one.id,
        "text": one.text,
        "label": one.label,
        "topic": one.topic,
        "where": list(one.where),
    }
    if one.worry != "yes":
        held["worry"] = one.worry
    if one.strong:
        held["strong"] = True
    for name, value in (
        ("cues", one.cues),
        ("when", one.when),
        ("whenAny", one.when_any),
        ("care", one.care),
    ):
        if value:
            held[name] = list(value)
    return held


def _way(one: Clause) -> dict[str, Any]:
    held: dict[str, Any] = {"level": one.level}
    for name, value in (("all", one.all), ("any", one.any), ("of", one.of)):
        if value:
            held[name] = list(value)
    if one.at_least:
        held["atLeast"] = one.at_least
    if one.unknown != "doctor_first":
        held["unknown"] = one.unknown
    if one.say is not None:
        held["say"] = one.say
    return held


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "where": list(one.where),
        "ways": [_way(way) for way in one.ways],
        "say": one.say,
        "phone": one.phone,
        "why": one.why,
        "source": list(one.sources),
    }


def _cue(one: Cue) -> dict[str, Any]:
    held: dict[str, Any] = {"id": one.id, "ways": list(one.ways)}
    for name in ("past", "named", "across"):
        if getattr(one, name):
            held[name] = True
    if one.within != WITHIN:
        held["within"] = one.within
    if one.unless:
        held["unless"] = list(one.unless)
    return held


def compile_rules(rules: RuleSet) -> dict[str, Any]:
    """Return rules, questions, topics, zones and danger words as plain data.

    `places` maps a leaf region to the zones that hold it. `words` is what `cues.js`
    needs to read signs in the text.
    """
    lexicon = rules.lexicon
    return {
        "ruleset": rules.ruleset,
        "topics": {
            one.id: {"title": one.title, "order": one.order}
            for one in rules.topics.values()
        },
        "zones": {one.id: one.name for one in rules.zones.values()},
        "places": {
            leaf: sorted(zones) for leaf, zones in zones_by_region(rules).items()
        },
        "questions": [_question(one) for one in rules.questions.values()],
        "rules": [_rule(one) for one in rules.rules.values()],
        "words": {
            "skipped": sorted(SKIPPED),
            "folded": dict(FOLDED),
            "biters": sorted(BITERS),
            "spoken": sorted(SPOKEN),
            "fevers": sorted(FEVERS),
            "idioms": list(lexicon.idioms),
            "gap": GAP,
            "within": WITHIN,
            "far": FAR,
            "groups": {name: list(said) for name, said in lexicon.groups.items()},
            "places": {
                zone: list(said) for zone, said in lexicon.places.items() if said
            },
            "cues": [_cue(one) for one in lexicon.cues.values()],
        },
    }
