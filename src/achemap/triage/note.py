"""What a reader is shown after the screen, and the note for the doctor.

An emergency shows only what to do now. No text names a disease as found, and none
says that all is well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from achemap.complaint import Complaint
from achemap.errors import BadInput
from achemap.triage.loading import RULES
from achemap.triage.records import Fired, Screen


ACTIONS = {
    "emergency": "Get emergency help now.",
    "urgent": "See a doctor today, within 24 hours.",
    "doctor_first": "See a medical doctor first, before self-care or a bodyworker.",
    "selfcare_ok": "Nothing you answered needs a doctor first. Stop and get help if anything below comes up.",
    "incomplete": "A few questions first. They take about two minutes.",
}
SAFETY_NET = (
    "Stop and see a doctor if the pain grows, spreads, or a new sign comes: fever, numbness, weakness, breathlessness, or a change in your pee or bowels.",
    "Look again after one to three days.",
    "If it is no better after two weeks, or not gone after six, see a doctor.",
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Emergency and crisis numbers of a place, as people say them."""

    emergency: str
    crisis: str | None


@dataclass(frozen=True, slots=True)
class Advice:
    """The result for the reader: one action, reasons, what to say on the phone."""

    level: str
    action: str
    call: str | None
    reasons: tuple[str, ...]
    phone: tuple[str, ...]
    why: tuple[str, ...]
    safety_net: tuple[str, ...]


@cache
def _numbers() -> dict[str, Any]:
    text = (RULES / "emergency-numbers.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    if not isinstance(loaded, dict) or "default" not in loaded:
        raise BadInput("no default", file=RULES / "emergency-numbers.yaml")
    return loaded


def number_sources() -> frozenset[str]:
    """Return the keys of the sources that name the emergency numbers."""
    places = _numbers()["places"].values()
    return frozenset(key for place in places for key in place.get("sources", ()))


def numbers_for(locale: str | None) -> Numbers:
    """Return the numbers for a locale such as `en-GB` or a country code `GB`.

    A language alone (`pt`, `ca`) names no place: then the default words are used.
    """
    known = _numbers()
    places = known["places"]
    parts = (locale or "").replace("_", "-").split("-")
    named = parts[1:] if parts[0].islower() else parts
    found = [part.upper() for part in named]
    place = next((places[part] for part in reversed(found) if part in places), None)
    held = place or known["default"]
    return Numbers(held["emergency"], held.get("crisis"))


def advice_for(screen: Screen, *, locale: str | None = None) -> Advice:
    """Return what to show for `screen`; at `emergency` only what to do now."""
    numbers = numbers_for(locale)
    level = screen.disposition
    worst = [one for one in screen.fired if one.level == screen.at_least]
    emergency = level == "emergency"
    call = None
    if emergency:
        crisis = any(one.rule == "suicide" for one in worst)
        call = f"Call {numbers.emergency}."
        if crisis:
            line = numbers.crisis or "a crisis line near you"
            call = f"Call {line}, or {numbers.emergency}."
    return Advice(
        level=level,
        action=ACTIONS[level],
        call=call,
        reasons=_unique(one.say for one in worst[:1] if emergency)
        or _unique(one.say for one in screen.fired),
        phone=_unique(one.phone for one in worst),
        why=() if emergency else _unique(one.why for one in screen.fired),
        safety_net=SAFETY_NET if level == "selfcare_ok" else (),
    )


def _unique(said: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said))


def doctor_note(complaint: Complaint, screen: Screen) -> str:
    """Return a plain-text note to print and hand over: what was said, what fired.

    It names signs and rules, never a disease as found.
    """
    lines = ["Note from Achemap, for a doctor", ""]
    person = [f"age {complaint.age}"] if complaint.age is not None else []
    person += [{"f": "female", "m": "male"}[complaint.sex]] if complaint.sex else []
    if person:
        lines.append(f"Person: {', '.join(person)}")
    if complaint.text.strip():
        lines.append(f"In their words: {' '.join(complaint.text.split())[:2000]}")
    if complaint.regions:
        places = (
            f"{place.region} ({place.side})" if place.side else place.region
            for place in complaint.regions
        )
        lines.append(f"Where: {', '.join(places)}")
    lines += ["", f"Advice given: {ACTIONS[screen.disposition]}"]
    lines += [_line(one) for one in screen.fired]
    if complaint.answers:
        lines += ["", "Answers:"]
        lines += [f"- {name}: {said}" for name, said in complaint.answers.items()]
    lines += [
        "",
        "This is what the person answered. It is not a finding and not a diagnosis.",
        f"Rule set {screen.ruleset}.",
    ]
    return "\n".join(lines)


def _line(one: Fired) -> str:
    return f"- {one.title} [{one.level}]: {'; '.join(one.because)}"
