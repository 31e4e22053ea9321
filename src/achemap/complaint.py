"""What a reader gave: words, places, painted cells, answers, age and sex.

`complaint_from` reads the batch input object of the command line and the API.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from achemap.atlas.vocabulary import regions
from achemap.errors import BadInput, suggestion
from achemap.language import Lexicon, Understood, load_lexicon, understand


Answer = Literal["yes", "no", "unknown"]
Sex = Literal["f", "m"]
Side = Literal["left", "right", "both"]

MAX_TEXT = 200_000
MAX_CELLS = 100_000
MAX_LISTED = 1_000
_SEXES: Mapping[str, Sex] = {"f": "f", "female": "f", "m": "m", "male": "m"}
_ANSWERS: Mapping[str, Answer] = {"yes": "yes", "no": "no", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was named, not painted: a region id, and a side when given.

    `region` is a leaf or group of the atlas, or a fuzzy place of the lexicon.
    """

    region: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """Everything a reader gave; the one input of the screen and of the finder.

    `cells` are painted cell ids, sorted, each once. `answers` maps a question's id
    to yes, no or unknown; a question that is not there was not asked.
    """

    text: str = ""
    understood: Understood = field(default_factory=lambda: Understood("", (), (), ()))
    regions: tuple[Place, ...] = ()
    cells: tuple[int, ...] = ()
    age: int | None = None
    sex: Sex | None = None
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_empty(self) -> bool:
        """True when nothing was given that a place or a pattern could follow from."""
        return not (self.text.strip() or self.regions or self.cells)


def place_named(name: str, lexicon: Lexicon | None = None) -> Place:
    """Return the place that `name` means: an id or a lay name, with or without side.

    Raises BadInput, with the nearest names, when nothing is understood.
    """
    known = lexicon or load_lexicon()
    plain = name.strip().lower()
    if plain in known.concepts and known.concepts[plain].places:
        return Place(plain)
    if plain in regions():
        return Place(plain)
    heard = understand(name, lexicon=known)
    found = [each for each in heard.mentions if each.kind == "region"]
    if not found:
        names = [each.name for each in known.concepts.values() if each.places]
        names += [each.id for each in regions().values()]
        raise BadInput(
            f"unknown region {name[:80]!r}",
            field="regions",
            fix=suggestion(name[:80], names),
        )
    widest = max(found, key=lambda each: (len(each.words), -each.start))
    return Place(widest.concept, widest.side)


def _text(given: Mapping[str, object]) -> str:
    text = given.get("text")
    if text is None:
        text = given.get("complaint")
    if text is None:
        return ""
    if not isinstance(text, str):
        raise BadInput("is not a string", field="text", fix="give the words in quotes")
    if len(text) > MAX_TEXT:
        raise BadInput(
            f"has {len(text)} characters",
            field="text",
            fix=f"keep it under {MAX_TEXT}",
        )
    return text


def _listed(given: Mapping[str, object], name: str, limit: int) -> list[object]:
    held = given.get(name)
    if held is None:
        return []
    if isinstance(held, str | bytes | Mapping) or not isinstance(held, Iterable):
        raise BadInput("is not a list", field=name, fix="give a list, [] when none")
    found = list(held)
    if len(found) > limit:
        raise BadInput(
            f"holds {len(found)} entries", field=name, fix=f"keep it under {limit}"
        )
    return found


def _regions(given: Mapping[str, object], lexicon: Lexicon) -> tuple[Place, ...]:
    places: dict[Place, None] = {}
    for name in _listed(given, "regions", MAX_LISTED):
        if not isinstance(name, str):
            raise BadInput(f"{name!r} is not a name", field="regions")
        places[place_named(name, lexicon)] = None
    return tuple(places)


def _cells(given: Mapping[str, object], count: int | None) -> tuple[int, ...]:
    cells: set[int] = set()
    for cell in _listed(given, "cells", MAX_CELLS):
        if isinstance(cell, bool) or not isinstance(cell, int):
            raise BadInput(f"{cell!r} is not a cell id", field="cells")
        if cell < 0 or (count is not None and cell >= count):
            top = "" if count is None else f"; ids run from 0 to {count - 1}"
            raise BadInput(f"unknown cell {cell}{top}", field="cells")
        cells.add(cell)
    return tuple(sorted(cells))


def _age(given: Mapping[str, object]) -> int | None:
    age = given.get("age")
    if age is None or age == "":
        return None
    if isinstance(age, str) and age.strip().isdecimal() and len(age) < 6:
        age = int(age)
    if isinstance(age, float) and age.is_integer():
        age = int(age)
    if isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 120:
        raise BadInput(
            f"impossible age {age!r}", field="age", fix="give whole years, 0 to 120"
        )
    return age


def _sex(given: Mapping[str, object]) -> Sex | None:
    sex = given.get("sex")
    if sex is None or sex == "":
        return None
    known = _SEXES.get(sex.strip().lower()) if isinstance(sex, str) else None
    if known is None:
        raise BadInput(
            f"unknown sex {sex!r}", field="sex", fix="give f, m or leave out"
        )
    return known


def _pairs(held: object) -> list[tuple[object, object]]:
    if held is None:
        return []
    if isinstance(held, Mapping):
        return list(held.items())
    wrong = BadInput(
        "is not a mapping", field="answers", fix='give {"question": "yes"}'
    )
    if isinstance(held, str | bytes) or not isinstance(held, Iterable):
        raise wrong
    pairs = list(held)
    if not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs):
        raise wrong
    return [(pair[0], pair[1]) for pair in pairs]


def _answers(given: Mapping[str, object]) -> Mapping[str, Answer]:
    answers: dict[str, Answer] = {}
    for question, said in _pairs(given.get("answers")):
        answer = _ANSWERS.get(said.strip().lower()) if isinstance(said, str) else None
        if not isinstance(question, str) or not question.strip() or answer is None:
            raise BadInput(
                f"answer {said!r} to {question!r}",
                field="answers",
                fix="answers are yes, no or unknown",
            )
        name = question.strip()
        if answers.get(name, answer) != answer:
            raise BadInput(
                f"{name} is answered both {answers[name]} and {answer}",
                field="answers",
                fix="answer each question once",
            )
        answers[name] = answer
    return MappingProxyType(answers)


def complaint_from(
    given: Mapping[str, object],
    *,
    lexicon: Lexicon | None = None,
    cell_count: int | None = None,
) -> Complaint:
    """Return the Complaint of a batch input object; unknown keys are ignored.

    `cell_count` is the number of cells of the body (ids 0 to count - 1); cells are
    refused above it. `answers` may also be a list of [question, answer] pairs, so
    that a contradiction shows. Raises BadInput for wrong types, an impossible age,
    an unknown region, sex, answer or cell, and contradictory answers.
    """
    if not isinstance(given, Mapping):
        raise BadInput("is not an object", fix='give {"text": "…"}')
    known = lexicon or load_lexicon()
    text = _text(given)
    return Complaint(
        text=text,
        understood=understand(text, lexicon=known),
        regions=_regions(given, known),
        cells=_cells(given, cell_count),
        age=_age(given),
        sex=_sex(given),
        answers=_answers(given),
    )
