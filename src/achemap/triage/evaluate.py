"""The evaluation: pure, deterministic, three-valued; the most severe rule wins.

Every literal of a rule is certain (3), leaning (2: an explicit "unknown"), open (1:
not answered) or false (0). A rule fires when a way of it is certain. It leans when
explicit unknowns are all that is missing; then the level is the way's `unknown`. A
way that open questions could still complete asks them. Raising one literal can only
raise the result: the evaluation is monotone.
The same evaluation lives in `static/achemap/triage/rules.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from achemap.complaint import Complaint
from achemap.errors import BadInput, suggestion
from achemap.triage.loading import RuleSet, load_rules
from achemap.triage.reading import Given, given_by, readings
from achemap.triage.records import (
    LEVELS,
    RANK,
    VALUES,
    Ask,
    Clause,
    Fired,
    Level,
    Question,
    Reading,
    Rule,
    Screen,
)


CERTAIN, LEANING, OPEN, FALSE = 3, 2, 1, 0
WHERE = Ask(
    id="where",
    text="Where does it hurt?",
    label="Where it hurts",
    topic="place",
    level="emergency",
    options=("a place on the body",),
)


@dataclass(slots=True)
class _State:
    """The truth of every literal for one complaint."""

    given: Given
    rules: RuleSet
    answers: Mapping[str, str]
    read: Mapping[str, Reading]
    memo: dict[str, int] = field(default_factory=dict)
    enabled: dict[str, int] = field(default_factory=dict)

    def truth(self, literal: str) -> int:
        found = self.memo.get(literal)
        if found is None:
            self.memo[literal] = FALSE  # a question never depends on itself
            found = self.memo[literal] = self._truth(literal)
        return found

    def _truth(self, literal: str) -> int:
        if literal.startswith("zone:"):
            return CERTAIN if literal[5:] in self.given.zones else FALSE
        if literal.startswith("not-zone:"):
            return FALSE if literal[9:] in self.given.zones else CERTAIN
        if literal.startswith("sex="):
            if self.given.sex is None:
                return CERTAIN
            return CERTAIN if self.given.sex == literal[4:] else FALSE
        if literal.startswith("age"):
            return self._age(literal)
        if "=" in literal:
            return self._said(literal)
        return self._answer(self.rules.questions[literal])

    def _age(self, literal: str) -> int:
        bound = int(literal.lstrip("age<>="))
        above = ">=" in literal
        age = self.given.age
        if age is not None:
            return CERTAIN if (age >= bound) == above else FALSE
        under = self._answer(self.rules.questions["under-16"])
        if not above:
            return under if bound <= 16 or (under == OPEN and bound <= 50) else CERTAIN
        if bound <= 16:
            return CERTAIN
        over = self._answer(self.rules.questions["over-50"])
        if over == OPEN:
            return FALSE if under == CERTAIN else OPEN
        return over if bound == 50 or (over == FALSE and bound > 50) else CERTAIN

    def _said(self, literal: str) -> int:
        """Return whether a question has this very answer (`question=yes`)."""
        name, _, wanted = literal.partition("=")
        question = self.rules.questions[name]
        if name in self.read:
            return CERTAIN if question.worry == wanted else FALSE
        said = self.answers.get(name)
        if said is None:
            return OPEN if self.asked(question) else FALSE
        return CERTAIN if said == wanted else FALSE

    def _answer(self, question: Question) -> int:
        said = self.answers.get(question.id)
        if said == question.worry or question.id in self.read:
            return CERTAIN
        if said == "unknown":
            return LEANING
        if said is not None:
            return FALSE
        return OPEN if self.asked(question) else FALSE

    def asked(self, question: Question) -> int:
        """Return how far the conditions of a question hold."""
        found = self.enabled.get(question.id)
        if found is None:
            found = CERTAIN if self._is_here(question) else FALSE
            if question.when and found:
                found = min(self.truth(literal) for literal in question.when)
            if question.when_any and found:
                held = max(self.truth(literal) for literal in question.when_any)
                found = min(found, held)
            self.enabled[question.id] = found
        return found

    def _is_here(self, question: Question) -> bool:
        where = question.where
        return "anywhere" in where or any(zone in self.given.zones for zone in where)


def _question_of(literal: str) -> str:
    """Return the question that answers a literal; for an age, the one for ages."""
    if literal.startswith("age"):
        return "under-16" if "<" in literal else "over-50"
    return literal.partition("=")[0]


def _counts(way: Clause, state: _State, least: int, weak: bool) -> bool:
    """Whether the way holds when every literal of at least `least` counts as true."""

    def held(literal: str) -> bool:
        truth = state.truth(literal)
        if truth == LEANING and not weak:
            question = state.rules.questions.get(_question_of(literal))
            return question is not None and question.strong and least <= LEANING
        return truth >= least

    if way.all and not all(held(literal) for literal in way.all):
        return False
    if way.any and not any(held(literal) for literal in way.any):
        return False
    if way.at_least:
        return sum(held(literal) for literal in way.of) >= way.at_least
    return True


def _literals(way: Clause) -> Iterable[str]:
    yield from way.all
    yield from way.any
    yield from way.of


def _level(way: Clause, state: _State) -> tuple[Level | None, bool]:
    """Return the level at which a way fires now, and whether it only leans."""
    for literal in way.all:
        if state.truth(literal) < LEANING:
            return None, False  # the usual case, found at once
    if _counts(way, state, CERTAIN, weak=True):
        return way.level, False
    backed = any(
        state.truth(literal) == CERTAIN
        for literal in _literals(way)
        if literal in state.rules.questions
    )
    if _counts(way, state, LEANING, weak=backed):
        return min(way.unknown, way.level, key=RANK.__getitem__), True
    return None, False


def is_active(rule: Rule, given: Given, always: Iterable[str] = ()) -> bool:
    """Return whether the places of `rule` are among those given."""
    return (
        "anywhere" in rule.where
        or rule.id in always
        or any(zone in given.zones for zone in rule.where)
    )


def _is_alone(way: Clause, state: _State) -> bool:
    """Whether what was said is all of this way; then it fires from anywhere.

    All its literals are worrying answers, or the age; one of those under `all` is
    strong; no place is named.
    """
    questions = state.rules.questions
    for literal in _literals(way):
        question = questions.get(literal)
        if question is None and not literal.startswith("age"):
            return False
        if question is not None and question.worry != "yes":
            return False
    return any(name in questions and questions[name].strong for name in way.all)


def _because(way: Clause, state: _State, leaning: bool) -> tuple[str, ...]:
    said: list[str] = []
    least = LEANING if leaning else CERTAIN
    for literal in dict.fromkeys(_literals(way)):
        if state.truth(literal) < least:
            continue
        question = state.rules.questions.get(literal)
        if question is None:
            said.append(_plain(literal, state))
        elif question.id in state.read:
            said.append(f"You wrote: “{state.read[question.id].words}”")
        else:
            answer = state.answers.get(question.id, "unknown")
            said.append(f"{question.text} {answer}")
    return tuple(text for text in said if text)


def _plain(literal: str, state: _State) -> str:
    if literal.startswith("zone:"):
        return f"Where it hurts: {state.rules.zones[literal[5:]].name}"
    if literal.startswith("age") and state.given.age is not None:
        return f"Age: {state.given.age}"
    return ""


def _fire(rule: Rule, state: _State, active: bool) -> Fired | None:
    best: tuple[int, bool, Clause] | None = None
    for way in rule.ways:
        level, leaning = _level(way, state)
        if level is None:
            continue
        if not active and (leaning or not _is_alone(way, state)):
            continue
        here = (RANK[level], leaning, way)
        if best is None or (here[0], not leaning) > (best[0], not best[1]):
            best = here
    if best is None:
        return None
    rank, leaning, way = best
    return Fired(
        rule=rule.id,
        title=rule.title,
        level=LEVELS[rank],
        because=_because(way, state, leaning),
        say=way.say or rule.say,
        phone=rule.phone,
        why=rule.why,
        source=rule.sources,
        leaning=leaning,
    )


def _open_questions(
    active: Iterable[Rule], state: _State, at_least: Level
) -> dict[str, Level]:
    """Return the open questions that could still raise `at_least`, with the level."""
    found: dict[str, Level] = {}
    for rule in active:
        for way in rule.ways:
            if RANK[way.level] <= RANK[at_least]:
                continue
            if not _counts(way, state, OPEN, weak=True):
                continue
            if _level(way, state)[0] == way.level:
                continue
            for literal in _literals(way):
                for name in _askable(literal, state):
                    if name not in found or RANK[found[name]] < RANK[way.level]:
                        found[name] = way.level
    return found


def _askable(literal: str, state: _State, depth: int = 0) -> Iterable[str]:
    """Yield the question to ask for an open literal: itself, or what it waits for."""
    if state.truth(literal) != OPEN or depth > 4:
        return
    literal = _question_of(literal)
    question = state.rules.questions[literal]
    if state.asked(question) >= LEANING:
        yield literal
        return
    for parent in (*question.when, *question.when_any):
        yield from _askable(parent, state, depth + 1)


def check_answers(answers: Mapping[str, str], rules: RuleSet) -> None:
    """Raise BadInput for an unknown question id or an answer that is none of three."""
    for question, answer in answers.items():
        if question not in rules.questions:
            raise BadInput(
                f"unknown question {question[:80]!r}",
                field="answers",
                fix=suggestion(question[:80], rules.questions),
            )
        if answer not in VALUES:
            raise BadInput(
                f"answer {answer!r} to {question}",
                field="answers",
                fix="answers are yes, no or unknown",
            )


def evaluate(
    complaint: Complaint,
    rules: RuleSet | None = None,
    *,
    always: Iterable[str] = (),
) -> Screen:
    """Return the result of the danger screen for `complaint`.

    `always` are ids of rules that are asked whatever the place (a pattern's own).
    Raises BadInput for an unknown question, answer or rule id.
    """
    known = rules or load_rules()
    wanted = frozenset(always)
    for name in wanted - known.rules.keys():
        raise BadInput(f"unknown rule {name}", fix=suggestion(name, known.rules))
    check_answers(complaint.answers, known)
    given = given_by(complaint, known)
    return screen_of(given, complaint.answers, known, always=wanted)


def screen_of(
    given: Given,
    answers: Mapping[str, str],
    rules: RuleSet,
    *,
    always: frozenset[str] = frozenset(),
) -> Screen:
    """Return the Screen for places, person, text signs and answers."""
    state = _State(given, rules, answers, readings(given, rules))
    active = {
        rule.id: rule for rule in rules.rules.values() if is_active(rule, given, always)
    }
    zones = given.zones | {
        zone
        for name in always
        for zone in rules.rules[name].where
        if zone != "anywhere"
    }
    if zones != given.zones:
        state.given = Given(zones, given.has_place, given.age, given.sex, given.cues)
    fired = [
        found
        for rule in rules.rules.values()
        if (found := _fire(rule, state, rule.id in active)) is not None
    ]
    fired.sort(key=lambda one: (-RANK[one.level], one.leaning))
    at_least: Level = fired[0].level if fired else "selfcare_ok"
    wanted = _open_questions(active.values(), state, at_least)
    ask = tuple(_asks(wanted, rules))
    if not given.has_place and RANK[at_least] < RANK["emergency"]:
        ask = (WHERE, *ask)
    certain = at_least != "selfcare_ok"
    return Screen(
        disposition=at_least if certain or not ask else "incomplete",
        at_least=at_least,
        fired=tuple(fired),
        ask=ask,
        readings=tuple(state.read.values()),
        zones=zones,
        care=_care(state),
        ruleset=rules.ruleset,
    )


def _asks(wanted: Mapping[str, Level], rules: RuleSet) -> Iterable[Ask]:
    def place(name: str) -> tuple[int, int]:
        question = rules.questions[name]
        return rules.topics[question.topic].order, order[name]

    order = {name: number for number, name in enumerate(rules.questions)}
    for name in sorted(wanted, key=place):
        question = rules.questions[name]
        yield Ask(name, question.text, question.label, question.topic, wanted[name])


def _care(state: _State) -> frozenset[str]:
    """Return the contraindications that worrying or unsure answers imply."""
    return frozenset(
        name
        for question in state.rules.questions.values()
        if question.care and state.truth(question.id) in (CERTAIN, LEANING)
        for name in question.care
    )
