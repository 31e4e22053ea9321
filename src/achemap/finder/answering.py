"""The `find` answer of the command line and the API, as plain data and as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from achemap.complaint import Complaint, complaint_from
from achemap.finder.scoring import Ranking, find
from achemap.finder.stored import Bundle, compiled


_SHOWN = {"region": "regions", "feels": "feels", "worse": "worse", "better": "better"}
_ALSO = {
    "onset": "onset",
    "gesture": "gesture",
    "comes-with": "comes_with",
    "time": "time",
}


def understood_as_json(complaint: Complaint, bundle: Bundle) -> dict[str, Any]:
    """Return what was understood: names by role, denied ones, and every mention."""
    heard = complaint.understood
    names = bundle.tables.names
    found: dict[str, Any] = {key: [] for key in (*_SHOWN.values(), *_ALSO.values())}
    found["negated"] = []
    for mention in heard.mentions:
        key = {**_SHOWN, **_ALSO}.get(mention.role)
        name = names.get(mention.concept, mention.concept)
        if mention.negated:
            key = "negated"
        elif not mention.counts:
            continue
        if key is not None and name not in found[key]:
            found[key].append(name)
    found["mentions"] = [asdict(each) for each in heard.mentions]
    found["not_understood"] = list(heard.not_understood)
    found["corrections"] = [list(each) for each in heard.corrections]
    return found


def as_json(
    ranking: Ranking,
    bundle: Bundle,
    *,
    name: object = None,
    triage: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a ranking as the `find` output object of the design.

    `triage` is the screen's own output; its questions come before the finder's.
    """
    question = ranking.next_question
    asked = None if question is None else {**asdict(question), "from": "finder"}
    return {
        "id": name,
        "results": [
            {
                "pattern": each.pattern.id,
                "title": each.pattern.title,
                "muscles": list(each.pattern.muscles),
                "probability": round(each.probability, 6),
                "side": each.side,
                "evidence_grade": each.pattern.grade,
                "because": [asdict(reason) for reason in each.because],
                "similar": [
                    {"pattern": other, "tell_apart": words}
                    for other, words in each.pattern.similar
                ],
            }
            for each in ranking.results
        ],
        "something_else": round(ranking.something_else, 6),
        "together": [asdict(each) for each in ranking.together],
        "unexplained": list(ranking.unexplained),
        "understood": understood_as_json(ranking.complaint, bundle),
        "triage": dict(triage or {}),
        "next_question": _first_question(triage) or asked,
    }


def _first_question(triage: Mapping[str, Any] | None) -> dict[str, Any] | None:
    asked = (triage or {}).get("ask") or []
    return {**asked[0], "from": "triage"} if asked else None


def finder(
    *, top: int = 5, bundle: Bundle | None = None
) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return the function that answers one batch input object, triage included.

    Without `bundle` the compiled starter library answers.

    The function raises BadInput for input that cannot be used.
    """
    from achemap.triage import evaluate
    from achemap.triage.answering import as_data

    held = bundle or compiled()

    def answer(given: Mapping[str, Any]) -> dict[str, Any]:
        complaint = complaint_from(
            given, lexicon=held.lexicon, cell_count=held.tables.cells.count
        )
        ranking = find(complaint, held, top=top)
        screen = as_data(evaluate(complaint), given.get("id"))
        return as_json(ranking, held, name=given.get("id"), triage=screen)

    return answer


def _together_lines(answer: Mapping[str, Any]) -> list[str]:
    """Return the lines on several sore places: which pattern explains which."""
    together = answer["together"]
    lines = []
    if len(together) > 1:
        lines.append("Several places, explained together by:")
        lines += [
            f"        {each['pattern']}: {', '.join(each['places'])}"
            for each in together
        ]
    if answer["unexplained"]:
        lines.append("Not explained: " + ", ".join(answer["unexplained"]))
    return lines


def as_text(answer: Mapping[str, Any]) -> str:
    """Return a `find` answer for people at a terminal."""
    lines: list[str] = []
    screen = answer["triage"]
    if screen.get("disposition") not in (None, "selfcare_ok"):
        lines.append(f"First: {screen['disposition'].replace('_', ' ')}")
        lines += [f"  {fired['because']}" for fired in screen.get("fired", [])]
    if not answer["results"]:
        lines.append("Nothing was understood that points to a pattern.")
    for each in answer["results"]:
        muscles = ", ".join(each["muscles"])
        lines.append(f"{each['probability']:4.0%}  {each['title']}  ({muscles})")
        lines += [
            f"        {reason['weight']:+.1f}  {reason['evidence']}"
            for reason in each["because"][:4]
        ]
    if answer["results"]:
        lines.append(f"{answer['something_else']:4.0%}  something else")
    lines += _together_lines(answer)
    if answer["understood"]["not_understood"]:
        unknown = ", ".join(answer["understood"]["not_understood"][:12])
        lines.append("Not understood: " + unknown)
    question = answer["next_question"]
    if question is not None:
        lines.append(f"Next question: {question['text']}  [{question['id']}]")
    return "\n".join(lines)
