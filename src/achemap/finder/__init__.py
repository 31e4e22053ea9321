"""Evidence to ranking: which patterns fit a complaint, why, and what to ask next."""

from achemap.finder.questions import Question
from achemap.finder.scoring import Ranking, Reason, Result, Together, find
from achemap.finder.tables import Compiled, Settings, Tables
from achemap.finder.why import Comparison, WhyNot, compare, why_not


__all__ = [
    "Comparison",
    "Compiled",
    "Question",
    "Ranking",
    "Reason",
    "Result",
    "Settings",
    "Tables",
    "Together",
    "WhyNot",
    "compare",
    "find",
    "why_not",
]
