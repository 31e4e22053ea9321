"""The records of the danger screen: levels, questions, zones, rules, results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec


Level = Literal["selfcare_ok", "doctor_first", "urgent", "emergency"]
Disposition = Literal[
    "selfcare_ok", "doctor_first", "urgent", "emergency", "incomplete"
]
Value = Literal["yes", "no", "unknown"]

LEVELS: tuple[Level, ...] = ("selfcare_ok", "doctor_first", "urgent", "emergency")
RANK: Mapping[str, int] = {level: rank for rank, level in enumerate(LEVELS)}
VALUES: tuple[Value, ...] = ("yes", "no", "unknown")


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename="kebab",
):
    """Base of the records that are read from YAML; keys are in kebab case."""


class Zone(Record, frozen=True):
    """A named part of the body that switches rules on.

    `regions` are leaf or group ids of the atlas. `words` are everyday names that,
    found in the text, switch the zone on too. `exact` keeps a vague place ("back")
    from switching it on unless much of that place lies in it.
    """

    id: str
    name: str
    regions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    exact: bool = False


class Topic(Record, frozen=True):
    """A group of questions that are shown together."""

    id: str
    title: str
    order: int


class Question(Record, frozen=True):
    """One question of the screen.

    `worry` is the answer that raises concern. `strong` makes an explicit "unknown"
    count as leaning to that answer. `cues` are the danger concepts that, read in the
    text, give the worrying answer. `where` are the zones in which it is asked (none:
    those of the rules that name it). `when` (all) and `when_any` (one) are literals that
    must hold before the question makes sense.
    """

    id: str
    text: str
    label: str
    topic: str
    worry: Literal["yes", "no"] = "yes"
    strong: bool = False
    cues: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    when_any: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    where: tuple[str, ...] = ()


class Clause(Record, frozen=True):
    """One way for a rule to fire: all of `all`, one of `any`, `at_least` of `of`.

    Literals: a question id (its worrying answer), `zone:ID`, `age>=N`, `age<N`,
    `sex=f`, `sex=m`. `unknown` is the level when an explicit "unknown" is all that
    keeps the clause from firing.
    """

    level: Literal["doctor_first", "urgent", "emergency"]
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    at_least: int = 0
    of: tuple[str, ...] = ()
    unknown: Literal["doctor_first", "urgent", "emergency"] = "doctor_first"
    say: str | None = None


class Rule(Record, frozen=True):
    """One red-flag rule with all that a reader, a clinician and a test need."""

    id: str
    title: str
    rows: tuple[int, ...]
    where: tuple[str, ...]
    level: Literal["doctor_first", "urgent", "emergency"]
    ways: tuple[Clause, ...]
    say: str
    phone: str
    why: str
    sources: tuple[str, ...]
    source_status: Literal["checked", "unchecked"]
    author: str
    authored: str
    reviewed: str | None
    review_by: str
    version: int


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired: its level, the reasons in plain words, its sources."""

    rule: str
    title: str
    level: Level
    because: tuple[str, ...]
    say: str
    phone: str
    why: str
    source: tuple[str, ...]
    leaning: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that still has to be answered, and the level it can raise to."""

    id: str
    text: str
    label: str
    topic: str
    level: Level
    options: tuple[str, ...] = VALUES


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that the text answers, with the words it was read from."""

    question: str
    value: Value
    words: str
    cue: str


_KEY = object()


@dataclass(frozen=True, slots=True)
class Cleared:
    """Proof that a completed screen allows self-care; only `Screen.cleared` makes it."""

    ruleset: str
    zones: frozenset[str]
    care: frozenset[str]
    _key: object = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self._key is not _KEY:
            raise TypeError("Cleared is made by Screen.cleared() only")


@dataclass(frozen=True, slots=True)
class Screen:
    """The result of the danger screen.

    `disposition` is `incomplete` while nothing at or above `doctor_first` is certain
    and questions are open. `at_least` is the level that no further answer can lower.
    `ask` holds the open questions that could still raise it. `care` holds the
    contraindication ids that the answers imply.
    """

    disposition: Disposition
    at_least: Level
    fired: tuple[Fired, ...]
    ask: tuple[Ask, ...]
    readings: tuple[Reading, ...]
    zones: frozenset[str]
    care: frozenset[str]
    ruleset: str

    @property
    def complete(self) -> bool:
        """Whether no open question could raise the result any further."""
        return not self.ask

    def cleared(self) -> Cleared | None:
        """Return the proof that care needs, or None when self-care is not open."""
        if self.disposition != "selfcare_ok":
            return None
        return Cleared(self.ruleset, self.zones, self.care, _KEY)
