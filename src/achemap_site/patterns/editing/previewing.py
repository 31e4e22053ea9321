"""How a pattern looks to a reader, a bodyworker, on a phone and on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from achemap.errors import BadInput
from achemap.library.records import SECTION_HEADINGS


READER, BODYWORKER, PHONE, PRINT = "", "bodyworker", "phone", "print"
MODES = [
    (READER, _("As a reader")),
    (BODYWORKER, _("As a bodyworker: notes open")),
    (PHONE, _("On a phone")),
    (PRINT, _("On paper")),
]
_SCRIPTS = {BODYWORKER: "bodyworker", PRINT: "on-paper"}


class Previews:
    """The ways in which a page can be looked at before it is published."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return MODES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page as one of the modes shows it; unfinished pages too."""
        try:
            response = super().serve_preview(request, READER)  # type: ignore[misc]
            response.render()
        except (BadInput, ValueError, KeyError, TypeError) as error:
            return _unfinished(request, self, error)
        text = response.content.decode()
        if mode_name == PHONE:
            return render(
                request, "patterns/editing/preview_phone.html", {"document": text}
            )
        if mode_name in _SCRIPTS:
            script = render(
                request, f"patterns/editing/preview_{_SCRIPTS[mode_name]}.html"
            )
            text = text.replace("</body>", f"{script.content.decode()}</body>", 1)
        return HttpResponse(text)


def _unfinished(request: HttpRequest, page: Any, error: Exception) -> HttpResponse:
    """Return what there is of a page that is no record yet, and what is missing."""
    sections = [
        {"heading": heading, "html": getattr(page, name)}
        for name, heading in SECTION_HEADINGS.items()
        if getattr(page, name)
    ]
    context = {"page": page, "problem": str(error), "sections": sections}
    return render(request, "patterns/editing/preview_unfinished.html", context)
