"""Every word that the scripts of the pattern editor show, from gettext.

Braces are filled in by the script: {count}, {wanted}, {grade}.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def drawing_words() -> dict[str, Any]:
    """Return the words of the body that zones are drawn on."""
    return {
        **_drawing_tools(),
        **_drawing_views(),
        "zones": _("Zones"),
        "noZones": _("Nothing drawn yet."),
        "edit": _("Draw on"),
        "drawing": _("Drawing on this"),
        "remove": _("Remove"),
        "mirror": _("Both sides"),
        "written": _("Written as"),
        "forms": {
            "area": _("body part"),
            "spot": _("spot"),
            "band": _("band"),
            "shape": _("curve"),
        },
        "picture": _("As readers will see it"),
        "noPicture": _("The picture appears when there is a zone."),
        "failed": _("The body could not be loaded. The text boxes work without it."),
        "noAnswer": _no_answer(),
    }


def _drawing_tools() -> dict[str, Any]:
    return {
        "level": _("How often is it felt here?"),
        "tool": _("Draw with"),
        "brush": _("Brush"),
        "eraser": _("Eraser"),
        "region": _("Whole part"),
        "pen": _("Curve"),
        "spot": _("Spot"),
        "point": _("Trigger point"),
        "size": _("Size"),
        "sizes": {"small": _("small"), "medium": _("medium"), "large": _("large")},
        "next": _("Next zone"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "helps": {
            "brush": _(
                "Paint. Strokes add to the marked zone until you press “Next zone”."
            ),
            "eraser": _("Rub out parts of the marked zone."),
            "region": _("Click a body part to add it whole."),
            "pen": _(
                "Click from point to point around the place; click the first point to close. Drag a point to move it."
            ),
            "spot": _("Click the middle of the spot."),
            "point": _("Click where the trigger point lies."),
        },
    }


def _drawing_views() -> dict[str, Any]:
    return {
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "view": _("View"),
        "body": _("Body"),
        "neutral": _("Neutral body"),
        "female": _("Female body"),
        "male": _("Male body"),
        "list": _("Choose body parts from a list"),
        "search": _("Search body parts"),
        "searchHint": _("kidney, shoulder blade …"),
        "noRegion": _("No body part has that name. Try a nearby one."),
        "left": _("LEFT"),
        "right": _("RIGHT"),
        "short": {"left": _("left"), "right": _("right"), "both": ""},
        "sore": _(
            "The RIGHT side is the sore side. What you draw on the left is for the other side."
        ),
    }


def chooser_words() -> dict[str, Any]:
    """Return the words of the fields that choose records by their titles."""
    return {
        "add": _("Add …"),
        "find": _("Type to search"),
        "nothing": _("Nothing has that name."),
        "remove": _("Remove"),
        "up": _("Move up"),
        "unknown": _("not known"),
        "newWord": _("Add a new word …"),
        "apart": _("What tells it apart, in one or two plain sentences"),
        "howOften": _("How often"),
        "addSimilar": _("Add a similar pattern"),
        "word": {
            "title": _("A new word"),
            "name": _("Name, as readers see it"),
            "id": _("Id"),
            "ways": _("Ways people say it, one a line (two or more)"),
            "save": _("Keep this word"),
            "cancel": _("Cancel"),
        },
        "noAnswer": _no_answer(),
    }


def hint_words() -> dict[str, Any]:
    """Return the words of the hints that are given while one writes."""
    return {
        "title": _("Hints"),
        "none": _("Nothing to mend."),
        "weights": {
            "danger": _("Danger"),
            "mend": _("To mend"),
            "note": _("To think about"),
        },
        "sayings": _("{count} sayings of at least {wanted}"),
        "words": _("{count} words"),
        "grade": _("{count} words · reading grade {grade}"),
        "high": _("{count} words · reading grade {grade} (aim for 8 or lower)"),
        "noAnswer": _no_answer(),
    }


def _no_answer() -> str:
    return _("The server gave no answer that can be read.")
