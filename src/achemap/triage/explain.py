"""How the screen decides, as plain data for the public page."""

from __future__ import annotations

from dataclasses import dataclass

from achemap.triage.loading import RuleSet, load_rules
from achemap.triage.note import ACTIONS
from achemap.triage.records import LEVELS, Clause, Level


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule in words: when it fires, what is said, and on what it rests."""

    id: str
    title: str
    level: Level
    places: tuple[str, ...]
    fires_when: tuple[str, ...]
    say: str
    why: str
    sources: tuple[str, ...]
    source_status: str
    reviewed: str | None
    review_by: str
    version: int


@dataclass(frozen=True, slots=True)
class HowWeDecide:
    """The whole page: the levels, the principles, every rule, the rule set's code."""

    levels: tuple[tuple[Level, str], ...]
    principles: tuple[str, ...]
    rules: tuple[Explained, ...]
    unchecked: tuple[str, ...]
    ruleset: str


PRINCIPLES = (
    "The most severe rule wins. No answer ever lowers the result.",
    "“Not sure” about a strong sign is never taken for a no.",
    "What you type can only raise concern. It never replaces a question.",
    "Self-care is shown only when every question for your places is answered.",
    "A check by a doctor counts only when it is recent, clear, for this same pain, and nothing is new since.",
    "No language model and no chance take part in any decision.",
)


def in_words(literal: str, rules: RuleSet) -> str:
    """Return a literal of a rule in plain words."""
    name, _, said = literal.partition("=")
    if literal.startswith("zone:"):
        return f"pain in: {rules.zones[literal[5:]].name}"
    if literal.startswith("not-zone:"):
        return f"no pain in: {rules.zones[literal[9:]].name}"
    if literal.startswith("sex="):
        return "female" if said == "f" else "male"
    if literal.startswith("age>="):
        return f"{literal[5:]} or older"
    if literal.startswith("age<"):
        return f"younger than {literal[4:]}"
    question = rules.questions[name]
    return f"{said or question.worry}: {question.text}"


def _way(way: Clause, rules: RuleSet) -> str:
    parts = [in_words(literal, rules) for literal in way.all]
    if way.any:
        one = " or ".join(in_words(literal, rules) for literal in way.any)
        parts.append(f"one of ({one})")
    if way.at_least:
        some = "; ".join(in_words(literal, rules) for literal in way.of)
        parts.append(f"at least {way.at_least} of ({some})")
    return f"{way.level.replace('_', ' ')}: {' and '.join(parts)}"


def how_we_decide(rules: RuleSet | None = None) -> HowWeDecide:
    """Return the content of the page “How we decide”, made from the rules."""
    known = rules or load_rules()
    explained = tuple(
        Explained(
            id=rule.id,
            title=rule.title,
            level=rule.level,
            places=tuple(
                "anywhere" if zone == "anywhere" else known.zones[zone].name
                for zone in rule.where
            ),
            fires_when=tuple(_way(way, known) for way in rule.ways),
            say=rule.say,
            why=rule.why,
            sources=rule.sources,
            source_status=rule.source_status,
            reviewed=rule.reviewed,
            review_by=rule.review_by,
            version=rule.version,
        )
        for rule in sorted(
            known.rules.values(), key=lambda rule: -LEVELS.index(rule.level)
        )
    )
    return HowWeDecide(
        levels=tuple((level, ACTIONS[level]) for level in reversed(LEVELS)),
        principles=PRINCIPLES,
        rules=explained,
        unchecked=tuple(one.id for one in explained if one.source_status != "checked"),
        ruleset=known.ruleset,
    )
