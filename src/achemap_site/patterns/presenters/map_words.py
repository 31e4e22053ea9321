"""Every word of the body map, for the script that builds it.

Braces are filled in by the script: {name}, {area}, {count}, {places}, {view}.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def shared_words() -> dict[str, Any]:
    """Return the words that every kind of body map shows."""
    return {
        "failed": _(
            "The body map could not be loaded. You can still describe your pain in words."
        ),
        "view": _("View"),
        "views": {
            "front": _("Front"),
            "back": _("Back"),
            "left": _("Left"),
            "right": _("Right"),
        },
        "closer": _("Look closer …"),
        "figure": _("Kind of body"),
        "neutral": _("Neutral body"),
        "female": _("Female body"),
        "male": _("Male body"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "sides": {"Left": _("LEFT"), "Right": _("RIGHT")},
        "short": {"left": _("left"), "right": _("right")},
        "sided": {"left": _("Your LEFT: {name}"), "right": _("Your RIGHT: {name}")},
    }


def painting_words() -> dict[str, Any]:
    """Return the words of the map that is painted on."""
    return {
        **shared_words(),
        "stage": _("Body to paint on: {view}"),
        "help": _(
            "One finger paints, two fingers move and zoom. With keys: arrows go from part to part, Space paints, C takes a brush that the arrows move, Escape lets go."
        ),
        "nothing": _("Nothing painted yet."),
        "left": _("Your LEFT: {places}."),
        "right": _("Your RIGHT: {places}."),
        "middle": _("In the middle: {places}."),
        "place": _("{name}, {area} cm²"),
        "more": _("and {count} more"),
        "painted": _("painted"),
        "notPainted": _("not painted"),
        "tool": _("Paint with"),
        "brush": _("Brush"),
        "region": _("Whole part"),
        "eraser": _("Eraser"),
        "size": _("Size"),
        "small": _("Small"),
        "medium": _("Medium"),
        "large": _("Large"),
        "strength": _("How strong"),
        "mild": _("Mild"),
        "moderate": _("Medium"),
        "severe": _("Strong"),
        "depth": _("How deep"),
        "skin": _("On the skin"),
        "deep": _("Deep inside"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "mirror": _("Other side"),
        "clear": _("Clear"),
        "list": _("Choose from a list instead"),
        "search": _("Search body parts"),
        "searchHint": _("kidney, shoulder blade …"),
        "noRegion": _("No body part has that name. Try a nearby one."),
        "keep": _("Save or open a drawing"),
        "saved": _("Your drawing is kept on this device only."),
        "exportJson": _("Save as a file"),
        "exportPng": _("Save as a picture"),
        "open": _("Open a file"),
        "badFile": _("That file is not a drawing of this map."),
    }


def pattern_words() -> dict[str, Any]:
    """Return the words of the map that shows a pattern."""
    return {
        **shared_words(),
        "stage": _("Body with the pattern: {view}"),
        "side": _("Sore side"),
        "leftSide": _("Left"),
        "rightSide": _("Right"),
        "levels": _("Show"),
        "essential": _("Felt most often"),
        "common": _("Felt by many"),
        "spillover": _("Felt now and then"),
        "points": _("Sore points"),
        "hidden": _("This view does not show the pattern. Turn the body."),
        "shown": _("{view}, {side} side sore."),
    }


def travel_words() -> dict[str, Any]:
    """Return the words of the map that leads to the pages of regions."""
    return {
        **shared_words(),
        "stage": _("Body to choose from: {view}"),
        "help": _(
            "Point at a part to see its name; press it to open its page. With keys: arrows go from part to part, Enter opens."
        ),
        "go": _("Open: {name}"),
    }
