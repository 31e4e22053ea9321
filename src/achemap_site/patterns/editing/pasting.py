"""Paste a whole old post: it is split, a person decides, and a draft is made."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achemap.library.records import SECTION_HEADINGS
from achemap_site.patterns import choices
from achemap_site.patterns.editing.post_split import (
    KINDS,
    Part,
    Proposal,
    draft_from,
    split,
)
from achemap_site.patterns.models import PatternIndexPage


LONGEST = 1_000_000
MOST_PARTS = 1_000


def _content(data: QueryDict) -> str:
    """Return what was pasted: its HTML, or the text when that was changed since."""
    text = data.get("post", "")
    rich = data.get("post_html", "")
    same = " ".join(text.split()) == " ".join(data.get("post_plain", "").split())
    return rich if rich and same else text


def _sections() -> list[tuple[str, str]]:
    return [("", _("Leave out")), *SECTION_HEADINGS.items()]


def _ask(request: HttpRequest, problem: str = "") -> HttpResponse:
    context = {
        "page_title": _("Paste an old post"),
        "header_icon": "doc-full",
        "title": request.POST.get("title", ""),
        "post": request.POST.get("post", ""),
        "problem": problem,
    }
    return render(
        request,
        "patterns/editing/paste.html",
        context,
        status=422 if problem else 200,
    )


def _confirm(request: HttpRequest) -> HttpResponse:
    content = _content(request.POST)
    if not strip_tags(content).strip():
        return _ask(request, _("Please paste the post into the box."))
    if len(content) > LONGEST:
        return _ask(request, _("This is too long for one post (1 MB)."))
    found = split(request.POST.get("title", "").strip(), content)
    context = {
        "page_title": _("Where does each paragraph go?"),
        "header_icon": "doc-full",
        "found": found,
        "sections": _sections(),
        "levels": choices.LEVELS,
    }
    return render(request, "patterns/editing/paste_confirm.html", context)


def _parts(data: QueryDict) -> list[Part]:
    numbers = range(min(MOST_PARTS, int(data.get("parts") or 0)))
    return [
        Part(
            html=data.get(f"part-{n}-html", ""),
            kind=data.get(f"part-{n}-kind", "paragraph"),
            section=section,
        )
        for n in numbers
        if (section := data.get(f"part-{n}-section", "")) in SECTION_HEADINGS
    ]


def _proposals(data: QueryDict) -> list[Proposal]:
    found = []
    for text in data.getlist("proposal"):
        try:
            row: dict[str, Any] = json.loads(text)
        except ValueError:
            continue
        kind, value = str(row.get("kind", "")), str(row.get("value", ""))
        if kind in KINDS:
            level = data.get(f"level-{value}", "common")
            found.append(Proposal(kind=kind, value=value, level=level))
    return found


def _make(request: HttpRequest, parent: PatternIndexPage) -> HttpResponse:
    page = draft_from(
        title=request.POST.get("title", "").strip() or _("An old post"),
        parts=_parts(request.POST),
        proposals=_proposals(request.POST),
        parent=parent,
        user=request.user,
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """Ask for the post, show where its parts go, or make the draft."""
    parent = PatternIndexPage.objects.get()
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    if request.method == "GET":
        return _ask(request)
    if "make" in request.POST:
        return _make(request, parent)
    return _confirm(request)
