"""Read the rule files: all of them, or none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from achemap.errors import BadInput, suggestion
from achemap.triage.cues import Cue, Lexicon
from achemap.triage.records import RANK, Question, Record, Rule, Topic, Zone


DATA = Path(__file__).resolve().parent.parent / "data"
RULES = DATA / "triage"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PERSON = re.compile(r"(age(>=|<)\d+|sex=[fm])")
_AT = re.compile(r"(.*?) - at `(.*)`$")
T = TypeVar("T", bound=Record)


class RuleFile(Record, frozen=True):
    """One file under data/triage: any of the kinds of record."""

    language: str
    defaults: dict[str, Any] = msgspec.field(default_factory=dict)
    question_defaults: dict[str, Any] = msgspec.field(default_factory=dict)
    zones: tuple[Zone, ...] = ()
    topics: tuple[Topic, ...] = ()
    questions: tuple[Question, ...] = ()
    rules: tuple[Rule, ...] = ()
    groups: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    cues: tuple[Cue, ...] = ()
    idioms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """All records of the screen, by id, and the hash that names this very set."""

    zones: Mapping[str, Zone]
    topics: Mapping[str, Topic]
    questions: Mapping[str, Question]
    rules: Mapping[str, Rule]
    lexicon: Lexicon
    ruleset: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands, for messages."""

    file: Path
    text: str

    def line(self, *path: str | int) -> int | None:
        """Return the 1-based line of the node at `path`, or of its nearest parent."""
        node: Any = yaml.compose(self.text, Loader=_Loader)
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node = found
        return int(node.start_mark.line) + 1


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value if isinstance(value, yaml.Node) else None
    return None


def _path(where: str) -> list[str | int]:
    steps: list[str | int] = []
    for name, number in re.findall(r"\.([\w>-]+)|\[(\d+)\]", where):
        steps.append(int(number) if number else name)
    return steps


def _filled(raw: Any) -> Any:
    """Give the rules and questions of a file what its defaults say for all of them."""
    if not isinstance(raw, dict):
        return raw
    filled = dict(raw)
    for kind, defaults in (("rules", "defaults"), ("questions", "question-defaults")):
        held, shared = raw.get(kind), raw.get(defaults)
        if isinstance(held, list) and isinstance(shared, dict):
            filled[kind] = [
                {**shared, **one} if isinstance(one, dict) else one for one in held
            ]
    return filled


# Learnt once, before threads ask; see achemap.library.records.
msgspec.json.Decoder(RuleFile)


def _read(file: Path) -> tuple[RuleFile, _Place]:
    text = file.read_text(encoding="utf-8")
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadInput(
            "this is not YAML",
            file=file,
            line=None if mark is None else mark.line + 1,
            fix=str(getattr(error, "problem", "") or "check the indentation"),
        ) from error
    if raw is None:
        raise BadInput("the file is empty", file=file, fix="remove it or fill it")
    place = _Place(file, text)
    try:
        return msgspec.convert(_filled(raw), RuleFile), place
    except msgspec.ValidationError as error:
        match = _AT.match(str(error))
        message, where = match.groups() if match else (str(error), "$")
        steps = _path(where)
        raise BadInput(
            message,
            file=file,
            line=place.line(*steps),
            field=".".join(str(step) for step in steps) or None,
            fix="see the rule format in docs/safety/rules.md",
        ) from error


class _Index:
    """Collects records by id and refuses doubles."""

    def __init__(self) -> None:
        self.where: dict[tuple[str, str], tuple[_Place, int]] = {}

    def add(self, kind: str, records: Iterable[T], place: _Place) -> dict[str, T]:
        found: dict[str, T] = {}
        for number, record in enumerate(records):
            key: str = record.id  # type: ignore[attr-defined]
            if (kind, key) in self.where:
                raise BadInput(
                    f"{key} is there twice",
                    file=place.file,
                    line=place.line(kind, number),
                    field=f"{kind}.id",
                    fix="ids are unique over all files",
                )
            self.where[kind, key] = (place, number)
            found[key] = record
        return found

    def fail(self, kind: str, key: str, field: str, message: str, fix: str) -> None:
        place, number = self.where[kind, key]
        raise BadInput(
            message,
            file=place.file,
            line=place.line(kind, number, field),
            field=f"{key}.{field}",
            fix=fix,
        )


def literals_of(rule: Rule) -> Iterable[str]:
    """Yield every literal that the ways of a rule name, with repeats."""
    for way in rule.ways:
        yield from way.all
        yield from way.any
        yield from way.of


def _check_literals(
    index: _Index,
    kind: str,
    key: str,
    field: str,
    literals: Iterable[str],
    zones: Mapping[str, Zone],
    questions: Mapping[str, Question],
) -> None:
    for literal in literals:
        if literal.startswith(("zone:", "not-zone:")):
            name, known = literal.partition(":")[2], zones.keys()
        elif _PERSON.fullmatch(literal):
            continue
        else:
            name, known = literal.partition("=")[0], questions.keys()
        if name not in known:
            index.fail(
                kind, key, field, f"unknown name {literal}", suggestion(name, known)
            )


def _check_rule(index: _Index, rule: Rule, found: RuleSet) -> None:
    for zone in rule.where:
        if zone != "anywhere" and zone not in found.zones:
            fix = suggestion(zone, found.zones)
            index.fail("rules", rule.id, "where", f"unknown zone {zone}", fix)
    _check_literals(
        index,
        "rules",
        rule.id,
        "ways",
        literals_of(rule),
        found.zones,
        found.questions,
    )
    for way in rule.ways:
        if way.at_least > len(way.of):
            fix = "at-least can be no more than the number under of"
            index.fail("rules", rule.id, "ways", "at-least is out of reach", fix)
        if not (way.all or way.any or way.at_least):
            fix = "a way needs all, any or at-least with of"
            index.fail("rules", rule.id, "ways", "a way without conditions", fix)
    if not rule.ways:
        index.fail("rules", rule.id, "ways", "no way to fire", "give at least one")
    highest = max(rule.ways, key=lambda way: RANK[way.level]).level
    if highest != rule.level:
        fix = f"the highest level of its ways is {highest}"
        index.fail("rules", rule.id, "level", f"level is {rule.level}", fix)
    if not rule.sources and rule.source_status == "checked":
        fix = "cite a source that was opened, or say source-status: unchecked"
        index.fail("rules", rule.id, "sources", "a checked rule without sources", fix)
    for field in ("rows", "say", "phone", "why", "title"):
        if not getattr(rule, field):
            index.fail("rules", rule.id, field, f"{field} is empty", "fill it in")


def _check_question(index: _Index, question: Question, found: RuleSet) -> None:
    if question.topic not in found.topics:
        fix = suggestion(question.topic, found.topics)
        index.fail("questions", question.id, "topic", "unknown topic", fix)
    for field in ("when", "when_any"):
        _check_literals(
            index,
            "questions",
            question.id,
            field.replace("_", "-"),
            getattr(question, field),
            found.zones,
            found.questions,
        )
    for cue in question.cues:
        if cue not in found.lexicon.cues:
            fix = suggestion(cue, found.lexicon.cues)
            index.fail("questions", question.id, "cues", f"unknown cue {cue}", fix)


def _placed(
    questions: Mapping[str, Question], rules: Mapping[str, Rule]
) -> dict[str, Question]:
    """Give each question without zones those of the rules that name it."""
    zones: dict[str, dict[str, None]] = {}
    for rule in rules.values():
        for literal in literals_of(rule):
            if "anywhere" not in rule.where:
                held = zones.setdefault(literal.partition("=")[0], {})
                held.update(dict.fromkeys(rule.where))
    return {
        name: one
        if one.where
        else msgspec.structs.replace(one, where=tuple(zones.get(name, ("anywhere",))))
        for name, one in questions.items()
    }


def rule_files(folder: Path) -> Iterable[tuple[Path, RuleFile]]:
    """Yield each file of rules with what it holds, not checked against the others."""
    for file in sorted(folder.glob("rules-*.yaml")):
        yield file, _read(file)[0]


def read_rules(folder: Path) -> RuleSet:
    """Read and check every rule file in `folder`.

    Raises BadInput naming file, line and field; there is no partial rule set.
    """
    files = sorted(folder.glob("rules-*.yaml")) + sorted(folder.glob("words-*.yaml"))
    if not files:
        raise BadInput("no rule files here", file=folder, fix="expected rules-*.yaml")
    index, digest = _Index(), hashlib.sha256()
    parts: dict[str, dict[str, Any]] = {
        "zones": {},
        "topics": {},
        "questions": {},
        "rules": {},
        "cues": {},
    }
    groups: dict[str, tuple[str, ...]] = {}
    idioms: list[str] = []
    for file in files:
        loaded, place = _read(file)
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        for kind, into in parts.items():
            into |= index.add(kind, getattr(loaded, kind), place)
        groups |= loaded.groups
        idioms += loaded.idioms
    parts["questions"] = _placed(parts["questions"], parts["rules"])
    words = {zone.id: zone.words for zone in parts["zones"].values()}
    found = RuleSet(
        zones=parts["zones"],
        topics=parts["topics"],
        questions=parts["questions"],
        rules=parts["rules"],
        lexicon=Lexicon.build(groups, parts["cues"], words, idioms),
        ruleset=digest.hexdigest()[:16],
    )
    for rule in found.rules.values():
        _check_rule(index, rule, found)
    for question in found.questions.values():
        _check_question(index, question, found)
    return found


@cache
def _default() -> RuleSet:
    return read_rules(RULES)


def load_rules(folder: Path | None = None) -> RuleSet:
    """Return the shipped rule set (read once), or the one in `folder`.

    Raises BadInput when any file has an error.
    """
    return _default() if folder is None else read_rules(folder)
