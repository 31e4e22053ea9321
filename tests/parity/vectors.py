"""Generated complaints for the parity of Python and the browser; fixed seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from achemap.bundle import Bundle


FRAMES = (
    "{place} hurts, {feel}, worse when {act}",
    "no {feel} in my {side} {place}, it came on after {act}",
    "{feel} from my {place} down to my {place2} at night",
    "pain between {place} and {place2}. {act} doesn't hurt. {act2} helps",
    "my mum had {feel} in her {place}, but I have {feel2} just above my {place2}",
    "{side} {place} {feel} last year, now {place2}; {comp}, maybe {feel2}",
    "I can't {act} without {feel} {place}, nothing helps except {act2}",
    "{comp} and {comp2}, not worse when {act}, no {feel}, {feel2} or {comp}",
    "ever since {act} my {place} is {feel} ({gesture}) - {time}",
)
STRANGE = (
    "😀 膝が痛い {place} \u202e\u0000 <b>{feel}</b>",
    "БОЛИТ колено {place}!!! \t\r\n — {feel}…",
    "{place}\u2019s {feel} 'n' \"{act}\" & {comp} {}",
    "ﬁnger İstanbul ẞ 𝓴𝓷𝓮𝓮 {place} ﷽ ½ ² {feel}",
    "",
    "   ",
    "?!.,;:",
    "a" * 5000,
    "no no no not never without {feel} or {feel2} or {comp} / {place} , {act} , nor",
)


def _mistyped(word: str, chance: random.Random) -> str:
    if len(word) < 5 or chance.random() > 0.06:
        return word
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice("aeioust") + word[at:]


def _text(frame: str, ways: dict[str, list[str]], chance: random.Random) -> str:
    pick = {kind: (lambda own=own: chance.choice(own)) for kind, own in ways.items()}
    values = {
        "{place}": pick["region"],
        "{place2}": pick["region"],
        "{feel}": pick["feeling"],
        "{feel2}": pick["feeling"],
        "{act}": pick["activity"],
        "{act2}": pick["activity"],
        "{comp}": pick["companion"],
        "{comp2}": pick["companion"],
        "{gesture}": pick["gesture"],
        "{time}": pick["time"],
        "{side}": lambda: chance.choice(("left", "right", "both", "")),
    }
    for name, value in values.items():
        frame = frame.replace(name, value())
    return " ".join(_mistyped(word, chance) for word in frame.split(" "))


def _given(
    number: int, text: str, bundle: Bundle, chance: random.Random
) -> dict[str, Any]:
    tables = bundle.tables
    found: dict[str, Any] = {"id": number, "text": text}
    if chance.random() < 0.25:
        names = chance.sample(sorted(tables.places), k=chance.randint(1, 4))
        sides = (None, "left", "right", "both")
        found["regions"] = [{"region": n, "side": chance.choice(sides)} for n in names]
    if chance.random() < 0.25:
        start = chance.randrange(tables.cells.count - 900)
        step = chance.choice((1, 2, 7))
        size = chance.choice((1, 5, 40, 100))
        found["cells"] = list(range(start, start + size * step, step))
    if chance.random() < 0.3:
        keys = chance.sample(sorted(tables.signs), k=chance.randint(1, 5))
        answers = ("yes", "no", "unknown")
        found["answers"] = {f"{r}:{c}": chance.choice(answers) for r, c in keys}
        found["answers"][f"place:{chance.choice(tables.leaves)}"] = chance.choice(
            answers
        )
        found["answers"]["some-triage-question"] = "yes"
    return found


def generated(
    bundle: Bundle, count: int, sayings: Sequence[str]
) -> list[dict[str, Any]]:
    """Return `count` complaints: made-up ones, sayings alone and joined, strange ones.

    Each is {"id", "text", "regions"?: [{region, side}], "cells"?, "answers"?}.
    """
    chance = random.Random(20261123)
    ways: dict[str, list[str]] = {}
    for concept in bundle.lexicon.concepts.values():
        ways.setdefault(concept.kind, []).extend(concept.ways)
    found = []
    for number in range(count):
        kind = number % 4
        if kind == 0 and sayings:
            text = chance.choice(sayings)
        elif kind == 1 and sayings:
            text = ". ".join(chance.choice(sayings) for _ in range(3))
        elif number % 40 == 3:
            text = _text(chance.choice(STRANGE), ways, chance)
        else:
            frames = [chance.choice(FRAMES) for _ in range(chance.randint(1, 2))]
            text = ". ".join(_text(frame, ways, chance) for frame in frames)
        found.append(_given(number, text, bundle, chance))
    long = "my left shoulder blade burns when I reach overhead, no tingling. " * 1600
    found.append({"id": "100 kB", "text": long})
    found.append({"id": "10,000 cells", "text": "", "cells": list(range(10_000))})
    found.append({"id": "one long word", "text": "a" * 100_000})
    return found
