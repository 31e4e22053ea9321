"""From a pattern's care and a cleared screen to a short, ordered plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from achemap import atlas
from achemap.atlas.baking import bake
from achemap.atlas.grammar import Zone
from achemap.care.conditions import Condition, conditions, touches
from achemap.errors import BadInput, suggestion
from achemap.library.records import Pattern, Step
from achemap.triage.note import SAFETY_NET
from achemap.triage.records import Cleared


Kind = Literal[
    "heat", "pressure", "stretch", "move", "breathe", "posture", "rest", "patch", "ice"
]
MOST = 4
MOST_ICE_MINUTES = 15
MOST_HEAT_MINUTES = 20
SKIN_NOTES = {
    "ice": "A cloth between ice and skin. Stop when it goes numb.",
    "heat": "Warm, not hot. A cloth between. Never fall asleep on it.",
}
# A step of this kind obeys the contraindications of this modality.
MODALITY = {"posture": "move", "rest": "breathe"}
_BROUGHT_IN = {
    "ice": re.compile(r"\b(?:ice|iced|icing|cold (?:pack|bottle|can|cup))\b", re.I),
    "heat": re.compile(r"\b(?:heat|(?:hot|warm) (?:pack|bottle|bath|shower))\b", re.I),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: its kind, what, how long (seconds) and how often, notes."""

    kind: Kind
    text: str
    seconds: int
    times: int = 1
    sides: str = "none"
    notes: tuple[str, ...] = ()
    technique: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the pattern's care that is not in the plan, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in order, and what to mind.

    `items` are at most four; ice comes last unless it is forbidden. `stop_if` are the
    signs to stop at, `see_someone` when to be seen, `left_out` what was taken out.
    """

    pattern: str
    items: tuple[Item, ...]
    avoid: tuple[str, ...]
    stop_if: tuple[str, ...]
    see_someone: str
    left_out: tuple[LeftOut, ...]
    ruleset: str


@dataclass(frozen=True, slots=True)
class _Limits:
    """The conditions that hold here."""

    held: tuple[Condition, ...]
    places: frozenset[str]

    def forbids(self, modality: str) -> str | None:
        reasons = (one.forbids(modality, self.places) for one in self.held)
        return next(filter(None, reasons), None)

    def forbids_flags(self, flags: Iterable[str]) -> str | None:
        wanted = set(flags)
        for one in self.held:
            if wanted & set(one.flags):
                return f"Left out because of: {one.label.lower()}."
        return None

    def notes(self, modality: str) -> tuple[str, ...]:
        return tuple(
            one.light[modality]
            for one in self.held
            if modality in one.light
            and (not one.where or touches(one.where, self.places))
        )


@lru_cache(maxsize=512)
def _reached(zones: tuple[Zone, ...]) -> frozenset[str]:
    """Return the leaf regions that hold any part of the zones, on either side."""
    body = atlas.load()
    return body.regions_at(bake(zones, body).cells)


def _offered(pattern: Pattern) -> list[Item]:
    care = pattern.care
    items: list[Item] = []
    if care.heat is not None:
        minutes = min(care.heat.minutes, MOST_HEAT_MINUTES)
        notes = tuple(note for note in (care.heat.note, SKIN_NOTES["heat"]) if note)
        items.append(Item("heat", care.heat.where, minutes * 60, notes=notes))
    if care.pressure is not None:
        press = care.pressure
        text = f"{press.where}: {press.how}"
        items.append(Item("pressure", text, press.seconds, press.times))
    items += [
        _stepped(step) for step in care.routine if step.kind not in ("heat", "ice")
    ]
    if care.ice is not None:
        minutes = min(care.ice.minutes, MOST_ICE_MINUTES)
        notes = tuple(note for note in (care.ice.note, SKIN_NOTES["ice"]) if note)
        items.append(Item("ice", care.ice.where, minutes * 60, notes=notes))
    return items


def _stepped(step: Step) -> Item:
    return Item(
        step.kind, step.text, step.seconds, step.times, step.sides, (), step.technique
    )


def _shortened(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Keep at most four: one of each kind first, then more stretches; ice stays last."""
    order = (
        "ice",
        "stretch",
        "heat",
        "pressure",
        "move",
        "breathe",
        "posture",
        "patch",
    )
    chosen: list[int] = []
    for kind in order:
        first = next((n for n, one in enumerate(items) if one.kind == kind), None)
        if first is not None and len(chosen) < MOST:
            chosen.append(first)
    chosen += [n for n in range(len(items)) if n not in chosen][: MOST - len(chosen)]
    kept = [items[n] for n in sorted(chosen)]
    rest = [one for n, one in enumerate(items) if n not in chosen]
    return [one for one in kept if one.kind != "ice"] + [
        one for one in kept if one.kind == "ice"
    ], rest


def modalities(kind: str, text: str) -> tuple[str, ...]:
    """Return what a step uses: its kind, and the ice or heat that its words bring in.

    "Stroke ice down the neck, then tilt" is a stretch that who must not use ice
    must not be given.
    """
    found = [MODALITY.get(kind, kind)]
    found += [name for name, words in _BROUGHT_IN.items() if words.search(text)]
    return tuple(dict.fromkeys(found))


def _within(limits: _Limits, pattern: Pattern) -> tuple[list[Item], list[LeftOut]]:
    """Return what the limits let through, with their notes, and what they keep out."""
    flags = {step.text: step.flags for step in pattern.care.routine}
    allowed: list[Item] = []
    left: list[LeftOut] = []
    for item in _offered(pattern):
        modality = MODALITY.get(item.kind, item.kind)
        why = next(
            filter(None, map(limits.forbids, modalities(item.kind, item.text))), None
        )
        why = why or limits.forbids_flags(flags.get(item.text, ()))
        if why is not None:
            left.append(LeftOut(f"{item.kind}: {item.text}", why))
            continue
        notes = (*item.notes, *limits.notes(modality))
        allowed.append(
            Item(
                item.kind,
                item.text,
                item.seconds,
                item.times,
                item.sides,
                notes,
                item.technique,
            )
        )
    return allowed, left


def plan(
    pattern: Pattern, screen: Cleared, contraindications: frozenset[str] = frozenset()
) -> Plan:
    """Return the self-care plan for a pattern after a cleared screen.

    `screen` is what `Screen.cleared()` returned; nothing else can be given. What the
    screen's answers imply is added to `contraindications` (ids of `conditions()`).
    Raises BadInput for an unknown condition, TypeError without a cleared screen.
    """
    if not isinstance(screen, Cleared):
        raise TypeError("a plan needs what Screen.cleared() returns")
    known = conditions()
    for name in contraindications:
        if name not in known:
            raise BadInput(f"unknown condition {name}", fix=suggestion(name, known))
    names = sorted((contraindications | screen.care) & known.keys())
    limits = _Limits(tuple(known[name] for name in names), _reached(pattern.zones))
    allowed, left = _within(limits, pattern)
    kept, rest = _shortened(allowed)
    left += [
        LeftOut(f"{one.kind}: {one.text}", "Kept for later: a short plan works best.")
        for one in rest
    ]
    return Plan(
        pattern=pattern.id,
        items=tuple(kept),
        avoid=pattern.care.avoid,
        stop_if=SAFETY_NET,
        see_someone=pattern.care.see_someone,
        left_out=tuple(left),
        ruleset=screen.ruleset,
    )
