"""The safety rules as pages show them."""

from __future__ import annotations

from typing import Any

from achemap.library.records import Pattern
from achemap.triage.loading import load_rules
from achemap.triage.records import RANK, Rule


def rules_of(record: Pattern) -> list[Rule]:
    """Return the rules that are always asked for a pattern, the gravest first."""
    known = load_rules().rules
    rules = [known[name] for name in record.triage if name in known]
    return sorted(rules, key=lambda rule: -RANK[rule.level])


def danger_box(record: Pattern) -> dict[str, Any]:
    """Return what stands above everything else on a pattern's page."""
    return {
        "rules": [
            {"title": rule.title, "say": rule.say, "level": rule.level}
            for rule in rules_of(record)
        ],
        "mistaken_for": list(record.mistaken_for),
        "see_someone": record.care.see_someone,
    }


def rules_in_words() -> list[dict[str, Any]]:
    """Return every rule for the page “How we decide”, grouped by level, gravest first."""
    by_level: dict[str, list[Rule]] = {}
    for rule in load_rules().rules.values():
        by_level.setdefault(rule.level, []).append(rule)
    return [
        {"level": level, "rules": sorted(by_level[level], key=lambda rule: rule.title)}
        for level in sorted(by_level, key=lambda each: -RANK[each])
    ]
