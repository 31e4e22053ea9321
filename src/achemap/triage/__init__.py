"""The danger screen: rules as data, one evaluation, nothing that can skip it."""

from achemap.triage.evaluate import evaluate
from achemap.triage.loading import RuleSet, load_rules
from achemap.triage.records import (
    LEVELS,
    Ask,
    Cleared,
    Fired,
    Level,
    Question,
    Reading,
    Rule,
    Screen,
)


__all__ = [
    "LEVELS",
    "Ask",
    "Cleared",
    "Fired",
    "Level",
    "Question",
    "Reading",
    "Rule",
    "RuleSet",
    "Screen",
    "evaluate",
    "load_rules",
]
