"""Panels of the pattern editor: the body to draw on, hints, and pasting a post."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from achemap_site.patterns.choices import LEVELS, ZONE_SIDES
from achemap_site.patterns.editing import words


class ZoneDrawingPanel(MultiFieldPanel):
    """The body to draw on, beside the texts of the zones and the trigger points."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("children", (FieldPanel("zones"), FieldPanel("points")))
        super().__init__(**options)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "patterns/editing/drawing_panel.html"

        @property
        def media(self) -> forms.Media:
            return super().media + forms.Media(
                css={"all": ["achemap/editor/editor.css"]},
                js=[Script("achemap/editor/zones.js", type="module")],
            )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            settings = {
                "address": reverse("patterns_editing:draw"),
                "body": f"{static('achemap/bodymap/')}body.json",
                "plates": static("achemap/plates/"),
                "levels": [[value, str(label)] for value, label in LEVELS],
                "sides": [[value, str(label)] for value, label in ZONE_SIDES],
                "words": words.drawing_words(),
            }
            return {**context, "settings": json.dumps(settings)}


class HintsPanel(Panel):
    """What is still missing or could be said better, while one writes."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "patterns/editing/hints_panel.html"

        def show_panel_furniture(self) -> bool:
            return False

        @property
        def media(self) -> forms.Media:
            return forms.Media(js=[Script("achemap/editor/hints.js", type="module")])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance
            return {
                **context,
                "address": reverse("patterns_editing:hints", args=[page.pk or 0]),
                "words": json.dumps(words.hint_words(), ensure_ascii=False),
            }


class PastePanel(Panel):
    """On a new page: the way to begin from an old post."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "patterns/editing/paste_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is None and self.request is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {
                **context,
                "address": reverse("patterns_editing:paste"),
                "label": _("Paste an old post"),
            }
