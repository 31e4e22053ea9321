"""The page “Find my pain”: words and places in, ranked patterns with reasons out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from achemap.atlas.vocabulary import leaves, regions
from achemap.complaint import complaint_from
from achemap.finder import Ranking, find
from achemap_site.delivery.published import current
from achemap_site.patterns import correcting
from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.live_words import live_words
from achemap_site.patterns.presenters.links import card
from achemap_site.patterns.screening import ANSWERS, Subject, Walk


LONGEST_TEXT = 4000
ANSWER = "f."
SHOWN = 5
SHOWN_REASONS = 4
# Below this chance a pattern is only listed when it is among the first three.
LEAST_SHOWN = 0.01
ALWAYS_SHOWN = 3
MOST_LEFT_OUT = 60
SAID = {"yes": _lazy("yes"), "no": _lazy("no")}
GRADES = {
    "classic-map": _lazy("Evidence: described by one tradition, hardly tested"),
    "reproduced": _lazy("Evidence: seen again by others"),
    "contested": _lazy("Evidence: sources disagree"),
}


def subject_from(request: HttpRequest) -> tuple[Subject, str]:
    """Return what the reader gave, and what is wrong with it in words ("" if nothing)."""
    data = request.POST if request.method == "POST" else request.GET
    text = data.get("text", "").strip()
    places = tuple(
        dict.fromkeys(name for name in data.getlist("region") if name in regions())
    )
    painted = data.get("cells", "")
    cells = tuple(
        int(cell) for cell in painted.split(",") if cell.isdecimal() and len(cell) < 7
    )
    subject = Subject(regions=places, text=text, cells=_known(cells))
    if request.method == "GET":
        return subject, ""
    if len(text) > LONGEST_TEXT:
        return subject, _("That is a lot. Please keep it under 4,000 letters.")
    if not (text or places or subject.cells):
        return subject, _("Please say where it hurts, or choose a place.")
    return subject, ""


def _known(cells: tuple[int, ...]) -> tuple[int, ...]:
    count = current().tables.cells.count if cells else 0
    return tuple(sorted({cell for cell in cells if cell < count}))


def carried(subject: Subject, data: QueryDict) -> tuple[tuple[str, str], ...]:
    """Return the form fields that carry what the reader gave from page to page."""
    painted = ",".join(map(str, subject.cells))
    return (
        ("text", subject.text),
        *((("cells", painted),) if painted else ()),
        *(("region", place) for place in subject.regions),
        *(("left", key) for key in sorted(left_out(data))),
        *((f"{ANSWER}{name}", value) for name, value in answers_from(data).items()),
    )


def page(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """Return what the find page shows besides what the reader gave."""
    return {
        "body": body(subject),
        "live_words": live_words(locale_of(request)),
    }


def locale_of(request: HttpRequest) -> str:
    """Return the first language that the reader's browser asks for."""
    return request.headers.get("Accept-Language", "").split(",")[0].strip()


def body(subject: Subject) -> list[dict[str, Any]]:
    """Return the region groups with their leaves, and which of them were chosen."""
    known = regions()
    return [
        {
            "id": group.id,
            "name": group.name,
            "open": any(leaf in subject.regions for leaf in leaves(group.id)),
            "leaves": [
                {
                    "id": leaf,
                    "name": known[leaf].name,
                    "chosen": leaf in subject.regions,
                }
                for leaf in leaves(group.id)
            ],
        }
        for group in known.values()
        if not group.is_leaf
    ]


def answers_from(data: QueryDict) -> dict[str, str]:
    """Return the finder's own questions that were answered, without one undone."""
    return {
        name.removeprefix(ANSWER): value
        for name, value in data.items()
        if name.startswith(ANSWER)
        and value in ANSWERS
        and name != f"{ANSWER}{data.get('undo')}"
    }


def left_out(data: QueryDict) -> frozenset[str]:
    """Return what the reader took out of what was understood, one toggled."""
    kept = frozenset(data.getlist("left")[:MOST_LEFT_OUT])
    return kept ^ frozenset(data.getlist("toggle")[:1])


def found(subject: Subject, walk: Walk, data: QueryDict) -> dict[str, Any]:
    """Return the ranked patterns with their reasons, for the page."""
    bundle = current()
    answers = answers_from(data)
    complaint = complaint_from(
        {
            "text": subject.text,
            "regions": list(subject.regions),
            "cells": list(subject.cells),
            "age": walk.age or None,
            "sex": walk.sex or None,
            "answers": answers,
        },
        lexicon=bundle.lexicon,
    )
    left = left_out(data)
    ranking = find(
        correcting.corrected(complaint, left, bundle.lexicon), bundle, top=SHOWN
    )
    names = bundle.tables.names
    heard = complaint.understood
    return {
        "results": [] if correcting.is_nothing(ranking) else _results(ranking),
        "something_else": _percent(ranking.something_else),
        "unexplained": ranking.unexplained,
        "understood": correcting.things_in(heard, left, names),
        "corrections": heard.corrections,
        "not_understood": heard.not_understood[:8],
        "question": ranking.next_question,
        "answered": [
            {
                "id": name,
                "words": names.get(name.partition(":")[2], name.partition(":")[2]),
                "answer": SAID[value],
            }
            for name, value in answers.items()
            if value != "unknown"
        ],
        "text": subject.text,
        "painted": bool(subject.cells),
    }


def _results(ranking: Ranking) -> list[dict[str, Any]]:
    known = catalogue().patterns
    listed = []
    for place, result in enumerate(ranking.results):
        if place >= ALWAYS_SHOWN and result.probability < LEAST_SHOWN:
            break
        entry = known.get(result.pattern.id)
        if entry is None:  # in the library, but not published here
            continue
        apart = dict(result.pattern.similar)
        listed.append(
            {
                **card(entry),
                "percent": _percent(result.probability),
                "fit": _fit(result.probability),
                "side": result.side,
                "muscle_names": [
                    name.replace("-", " ") for name in result.pattern.muscles
                ],
                "grade": GRADES.get(result.pattern.grade, result.pattern.grade),
                "picture": reverse("picture", args=[entry.id, "small"]),
                "reasons": [
                    {"words": reason.evidence, "against": reason.weight < 0}
                    for reason in result.because[:SHOWN_REASONS]
                ],
                "apart": [
                    {"title": known[other].title, "words": words}
                    for other in (one.pattern.id for one in ranking.results)
                    if (words := apart.get(other)) and other in known
                ],
            }
        )
    return listed


def _percent(chance: float) -> str:
    """Return a chance in words: never certain, never nothing."""
    rounded = round(100 * chance)
    if rounded < 1:
        return _("less than 1 %")
    return _("more than 99 %") if rounded > 99 else f"{rounded} %"


def _fit(probability: float) -> str:
    if probability >= 0.5:
        return _("fits well")
    if probability >= 0.15:
        return _("may fit")
    return _("less likely")
