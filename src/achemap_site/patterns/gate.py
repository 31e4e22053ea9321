"""Questions first: no self-care is shown before the safety screen is answered.

    about you -> one topic a page -> emergency | urgent | doctor first
                                  -> what does not suit you -> the plan
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from achemap.atlas.vocabulary import regions
from achemap.triage.records import Screen
from achemap_site.patterns import plans, screening
from achemap_site.patterns.models import PatternPage, TechniquePage
from achemap_site.patterns.screening import Subject, Walk


OPTIONS = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("unknown", gettext_lazy("Not sure")))


@dataclass(frozen=True, slots=True)
class Visit:
    """One page of the walk: what it is about, and what the reader has said."""

    request: HttpRequest
    subject: Subject
    page: Any
    walk: Walk

    @property
    def data(self) -> QueryDict:
        """What the form sent."""
        return self.request.POST

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """Return a page of the walk; what was said travels in hidden fields."""
        shared = {
            "page": self.page,
            "hidden": self.walk.hidden(),
            "walk": self.walk,
            "asks_where": not self.subject.regions,
            "body_groups": [each for each in regions().values() if not each.is_leaf],
            "summary": _("A few questions before self-care."),
        }
        response = render(
            self.request, f"patterns/{template}.html", {**shared, **context}, status=status
        )
        response["X-Robots-Tag"] = "noindex"
        return response


# Nothing is stored and nobody is logged in, so there is nothing to forge.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def relief(request: HttpRequest, record: str) -> HttpResponse:
    """Ask about danger, then show the plan of a pattern."""
    page = get_object_or_404(PatternPage.objects.live().public(), record_id=record)
    return _visit(request, page, plans.pattern_subject(page))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, record: str) -> HttpResponse:
    """Ask about danger, then show the steps of a technique."""
    page = get_object_or_404(TechniquePage.objects.live().public(), record_id=record)
    return _visit(request, page, plans.technique_subject(page))


def _visit(request: HttpRequest, page: Any, subject: Subject) -> HttpResponse:
    walk = screening.walk_from(request.POST)
    visit = Visit(request, subject, page, walk)
    if "back" in request.POST:
        return _next(replace(visit, walk=screening.one_back(walk)))
    if request.POST.get("step") == "about":
        return _about_answered(visit)
    if request.POST.get("step") == "questions" and walk.about:
        return _questions_answered(visit)
    return _next(visit)


def _about_answered(visit: Visit) -> HttpResponse:
    walk = replace(visit.walk, about=True)
    problem = screening.about_problem(visit.subject, walk)
    if problem:
        again = replace(visit, walk=replace(walk, about=False))
        return again.show("gate_about", status=422, problem=problem)
    return _next(replace(visit, walk=walk))


def _questions_answered(visit: Visit) -> HttpResponse:
    walk = replace(visit.walk, unsure=visit.data.get("unsure", ""))
    screen = screening.screen_of(visit.subject, walk)
    if screening.is_over(screen):
        return _next(visit)
    page = screening.page_of(screen, walk)
    if visit.data.get("topic") != page.name:
        return _next(visit)
    after, left_open = screening.answered(page, visit.data, walk)
    if left_open:
        return _ask(replace(visit, walk=walk), screen, left_open=True)
    return _next(replace(visit, walk=after))


def _next(visit: Visit) -> HttpResponse:
    if not visit.walk.about:
        return visit.show("gate_about")
    screen = screening.screen_of(visit.subject, visit.walk)
    if not screening.is_over(screen):
        return _ask(visit, screen)
    if screen.disposition == "selfcare_ok":
        return _plan(visit, screen)
    return _verdict(visit, screen)


def _ask(visit: Visit, screen: Screen, *, left_open: bool = False) -> HttpResponse:
    return visit.show(
        "gate_questions",
        status=422 if left_open else 200,
        questions=screening.page_of(screen, visit.walk),
        options=OPTIONS,
        already=screen.at_least,
        left_open=left_open,
        ticked=visit.data.getlist("flag") if left_open else [],
        typed={
            name.removeprefix("q."): value
            for name, value in visit.data.items()
            if left_open and name.startswith("q.")
        },
    )


def _verdict(visit: Visit, screen: Screen) -> HttpResponse:
    return visit.show(
        "gate_verdict",
        verdict=screen.disposition,
        fired=screen.fired,
        said=screening.said(visit.walk),
        emergency_numbers=plans.EMERGENCY_NUMBERS,
    )


def _plan(visit: Visit, screen: Screen) -> HttpResponse:
    asked = plans.unsuitable_asked(visit.data)
    if asked is None:
        return visit.show(
            "gate_unsuitable", choices=plans.unsuitable_choices(visit.page, screen)
        )
    return visit.show("gate_plan", **plans.plan(visit.page, screen, asked))
