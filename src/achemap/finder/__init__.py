"""Evidence to ranking: which patterns fit a complaint, why, and what to ask next."""

from achemap.finder.questions import Question
from achemap.finder.scoring import Ranking, Reason, Result, Together, find
from achemap.finder.tables import Compiled, Settings, Tables


__all__ = [
    "Compiled",
    "Question",
    "Ranking",
    "Reason",
    "Result",
    "Settings",
    "Tables",
    "Together",
    "find",
]
