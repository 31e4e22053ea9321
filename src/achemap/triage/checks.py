"""What "already checked" means: by a doctor, lately, for this pain, and clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from achemap.errors import BadInput


Organ = Literal["kidney", "chest", "belly"]

# How many days a check counts: reference/safety.md, consequence 11.
LASTS = {"kidney": 92, "chest": 28, "belly": 92}


@dataclass(frozen=True, slots=True)
class Check:
    """A check of an organ as the person reports it.

    `by` must be a medical doctor to count. `on` is the day of the check. `clear` says
    that no trouble was found; `new_since` that anything is new or worse since.
    """

    organ: Organ
    by: Literal["doctor", "other"]
    on: date
    same_pain: bool
    clear: bool
    new_since: bool


def _said(holds: bool) -> str:
    return "yes" if holds else "no"


def answers_from(check: Check, *, today: date) -> dict[str, str]:
    """Return the answers that `check` gives to the screen's questions.

    A check that is too old, for another pain, or not by a doctor answers "no" where
    that raises concern. Raises BadInput for a day in the future.
    """
    if check.on > today:
        raise BadInput(
            f"the check is dated {check.on.isoformat()}",
            field=f"{check.organ}-checked",
            fix="give a day that has passed",
        )
    recent = (today - check.on).days <= LASTS[check.organ] and check.same_pain
    if check.organ == "kidney":
        answers = {"kidney-checked": _said(check.by == "doctor")}
        if check.by == "doctor":
            answers |= {
                "kidney-checked-recent": _said(recent),
                "kidney-checked-clear": _said(check.clear),
                "kidney-new-since": _said(check.new_since),
            }
        return answers
    counts = check.by == "doctor" and recent and check.clear
    if check.organ == "chest":
        answers = {"chest-checked": _said(counts)}
        if counts:
            answers["chest-new-since"] = _said(check.new_since)
        return answers
    return {"belly-checked": _said(counts and not check.new_since)}
