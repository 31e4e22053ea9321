"""What an editor may choose from: body regions, words of the lexicon, records.

Each function returns Django choices. They are called when a form is shown, so that
a muscle added a minute ago is there.
"""

from __future__ import annotations

from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext_lazy as _

from achemap.atlas.grammar import PARTS
from achemap.atlas.vocabulary import regions


Choices = list[tuple[str, object]]

LEVELS: Choices = [
    ("essential", _("Essential: felt most often (dark red)")),
    ("common", _("Common (medium red)")),
    ("spillover", _("Spillover: felt least often (pink)")),
]
ZONE_SIDES: Choices = [
    ("same", _("Same side")),
    ("other", _("Other side")),
    ("both", _("Both sides")),
]
HOW_COMMON: Choices = [
    ("very-common", _("Very common")),
    ("common", _("Common")),
    ("uncommon", _("Uncommon")),
    ("rare", _("Rare")),
]
HOW_OFTEN: Choices = [
    ("always", _("Always")),
    ("often", _("Often")),
    ("sometimes", _("Sometimes")),
    ("rarely", _("Rarely")),
    ("never", _("Never")),
]
SIGN_GROUPS: Choices = [
    ("feels", _("Feels")),
    ("worse", _("Worse with")),
    ("better", _("Better with")),
    ("onset", _("Begins with")),
    ("gesture", _("Gesture")),
    ("comes-with", _("Comes with")),
    ("time", _("Time")),
]
GRADES: Choices = [
    ("classic-map", _("Classic map: described by one tradition")),
    ("reproduced", _("Reproduced: seen again by others")),
    ("contested", _("Contested: sources disagree")),
]
STEP_KINDS: Choices = [
    ("ice", _("Ice")),
    ("heat", _("Heat")),
    ("pressure", _("Pressure")),
    ("stretch", _("Stretch")),
    ("move", _("Movement")),
    ("breathe", _("Breathing")),
    ("patch", _("Patch")),
    ("posture", _("Posture")),
    ("rest", _("Rest")),
]
STEP_SIDES: Choices = [
    ("none", _("No side")),
    ("one", _("The sore side")),
    ("each", _("Each side in turn")),
    ("both", _("Both sides at once")),
]
STEP_FLAGS: Choices = [
    (flag, flag.replace("-", " ").capitalize())
    for flag in (
        "neck-end-range",
        "spine-twist",
        "loaded-flexion",
        "back-bend",
        "weight-on-arm",
        "lying-on-front",
        "breath-hold",
        "kneeling",
        "single-leg-balance",
        "over-kidney",
        "front-of-neck",
        "over-nerve",
        "belly-pressure",
    )
]
INNER_EDGES: Choices = [("across-spine", _("Lies across the spine"))]
ZONE_PARTS: Choices = [(part, part.replace("-", " ")) for part in PARTS]


def leaf_regions() -> Choices:
    """Return the leaf regions, grouped under the names of their groups."""
    known = regions()
    return [
        (group.name, [(r.id, r.name) for r in known.values() if r.parent == group.id])
        for group in known.values()
        if not group.is_leaf
    ]


def region_groups() -> Choices:
    """Return the region groups, and “any” for a technique that suits all."""
    known = regions()
    groups = [
        (region.id, region.name) for region in known.values() if not region.is_leaf
    ]
    return [("any", _("Any part of the body")), *groups]


def _live(model: str) -> Choices:
    from django.apps import apps

    try:
        rows = apps.get_model("patterns", model).objects.values_list(
            "record_id", "title"
        )
        return sorted(rows, key=lambda row: row[1])
    except (OperationalError, ProgrammingError):  # before the first migration
        return []


def muscles() -> Choices:
    """Return every muscle page."""
    return _live("MusclePage")


def patterns() -> Choices:
    """Return every pattern page."""
    return _live("PatternPage")


def techniques() -> Choices:
    """Return every technique page."""
    return _live("TechniquePage")


def products() -> Choices:
    """Return every product."""
    return _live("Product")
