"""Widgets that show records by their titles and keep their ids."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.forms.widgets import Script

from achemap_site.patterns import choices
from achemap_site.patterns.editing.words import chooser_words


def _options(pairs: choices.Choices) -> list[dict[str, str]]:
    return [{"value": str(value), "label": str(label)} for value, label in pairs]


class _OurWidget(forms.Textarea):
    """A text area that a script of ours replaces; without it, the text is there."""

    template_name = "patterns/editing/widget.html"
    element = ""

    class Media:
        css = {"all": ["achemap/editor/editor.css"]}  # noqa: RUF012 - Django's way
        js = [Script("achemap/editor/choosers.js", type="module")]  # noqa: RUF012

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["element"] = self.element
        settings = {**self.settings(), "words": chooser_words()}
        context["settings"] = json.dumps(settings, ensure_ascii=False)
        return context

    def settings(self) -> dict[str, Any]:
        return {}


class RecordList(_OurWidget):
    """Records of one kind, chosen by title, in order; ids one a line, or as JSON."""

    element = "record-list"

    def __init__(self, kind: str, *, as_json: bool = False, most: int = 0) -> None:
        super().__init__(attrs={"rows": 3})
        self.kind, self.as_json, self.most = kind, as_json, most

    def settings(self) -> dict[str, Any]:
        return {"kind": self.kind, "json": self.as_json, "most": self.most}


class SignRows(_OurWidget):
    """Signs in their groups: a word of the lexicon and how often it holds."""

    element = "sign-rows"

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 6})

    def settings(self) -> dict[str, Any]:
        return {
            "groups": _options(choices.SIGN_GROUPS),
            "howOften": _options(choices.HOW_OFTEN),
        }


class SimilarRows(_OurWidget):
    """Look-alikes by title, each with what tells it apart."""

    element = "similar-rows"

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 6})
