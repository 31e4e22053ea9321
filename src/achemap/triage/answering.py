"""The screen for the command line and the API: mappings in, mappings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from achemap.complaint import complaint_from, place_named
from achemap.triage.evaluate import evaluate
from achemap.triage.note import ACTIONS, advice_for
from achemap.triage.questions import questions as listed_questions
from achemap.triage.records import Ask, Fired, Screen


def _fired(one: Fired) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "level": one.level,
        "because": "; ".join(one.because) or one.title,
        "source": list(one.source),
        "say": one.say,
        "phone": one.phone,
    }


def _asked(one: Ask) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "options": list(one.options),
        "level": one.level,
    }


def as_data(screen: Screen, name: object = None) -> dict[str, Any]:
    """Return a Screen in the shape of `achemap triage --json`.

    `read` lists what the text already answered, with its words, to be confirmed.
    """
    return {
        "id": name,
        "disposition": screen.disposition,
        "at_least": screen.at_least,
        "fired": [_fired(one) for one in screen.fired],
        "ask": [_asked(one) for one in screen.ask],
        "read": [
            {"question": one.question, "answer": one.value, "words": one.words}
            for one in screen.readings
        ],
        "ruleset": screen.ruleset,
    }


def answer(given: Mapping[str, Any]) -> dict[str, Any]:
    """Screen one batch input object. Raises BadInput for input that cannot be used."""
    screen = evaluate(complaint_from(given))
    return as_data(screen, given.get("id"))


def as_text(result: Mapping[str, Any]) -> str:
    """Return an answer for people at a terminal."""
    lines = [ACTIONS[result["disposition"]]]
    for one in result["fired"]:
        lines.append(f"  {one['say']}")
        lines.append(f"    because: {one['because']} [{one['rule']}, {one['level']}]")
        if result["disposition"] == "emergency":
            lines.append(f"    on the phone: {one['phone']}")
            break
    if result["disposition"] != "emergency" and result["ask"]:
        lines.append(f"Still to answer ({len(result['ask'])}):")
        lines += [f"  {one['id']}: {one['text']}" for one in result["ask"]]
    return "\n".join(lines)


def questions(regions: Iterable[str] = ()) -> dict[str, Any]:
    """Return every question that may come up for pain in `regions` (ids or names)."""
    places = [place_named(name).region for name in regions]
    asks = listed_questions(places)
    return {"questions": [_asked(one) for one in asks], "regions": places}


def questions_as_text(listed: Mapping[str, Any]) -> str:
    """Return the list of questions for people at a terminal."""
    return "\n".join(f"{one['id']}: {one['text']}" for one in listed["questions"])


__all__ = [
    "advice_for",
    "answer",
    "as_data",
    "as_text",
    "questions",
    "questions_as_text",
]
