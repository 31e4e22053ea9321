"""Template tags: an editor's text ready for the page, and the body map."""

import json
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from achemap.atlas.browser import WHOLE
from achemap.atlas.plates import Plate
from achemap.atlas.plates import plate as plate_of
from achemap_site.patterns.presenters import map_words
from achemap_site.patterns.presenters.links import rich_text


register = template.Library()
WORDS = {
    "paint": map_words.painting_words,
    "pattern": map_words.pattern_words,
    "travel": map_words.travel_words,
}


@register.filter
def prose(html: str) -> SafeString:
    """Return rich text with links to records resolved."""
    return rich_text(html)


@register.simple_tag
def body_map(kind: str = "paint") -> SafeString:
    """Return the attributes of a body map: where its files are, and its words.

    `kind` is "paint", "pattern" or "travel".
    """
    index = static("achemap/bodymap/body.json")
    plates = f"{static('')}achemap/plates/"
    words = json.dumps(WORDS[kind](), ensure_ascii=False, separators=(",", ":"))
    return format_html('src="{}" plates="{}" data-words="{}"', index, plates, words)


def _plate(name: str) -> Plate:
    """Return a plate by its name in the browser, where the side may come last."""
    start, _, end = name.rpartition("-")
    return (
        plate_of(start, side=end)
        if end in {"left", "right"} and start
        else plate_of(name)
    )


@register.inclusion_tag("includes/body_poster.html")
def body_poster(plate: str = "back") -> dict[str, Any]:
    """Return the body as a picture, shown until the map is there to paint on."""
    shown = _plate(plate)
    folder = f"{static('')}achemap/"
    whole = plate in WHOLE
    return {
        "picture": f"{folder}bodymap/small/neutral/{plate}.webp"
        if whole
        else f"{folder}plates/neutral/{shown.name}.webp",
        "mirrored": shown.flip,
        "width": shown.size[0],
        "height": shown.size[1],
        "plate": plate,
    }
