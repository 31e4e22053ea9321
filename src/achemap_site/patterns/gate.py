"""Questions first: no self-care is shown before the safety screen is answered.

about you -> short pages of questions -> emergency | urgent | doctor first
                                      -> what does not suit you -> the plan
                                      or the patterns that fit (find)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from achemap.atlas.vocabulary import leaves, regions
from achemap.triage.note import advice_for, numbers_for
from achemap.triage.records import Screen
from achemap.triage.walk import is_over, lacks_place
from achemap_site.delivery.device import bundle_address
from achemap_site.patterns import finding, plans, screening
from achemap_site.patterns.models import PatternPage, TechniquePage
from achemap_site.patterns.screening import Subject, Walk


OPTIONS = (
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
    ("unknown", gettext_lazy("Not sure")),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One page of the walk: what it is about, what was said, and where it leads.

    `cleared` answers when nothing speaks for a doctor first. `aside` adds to the
    pages for "urgent" and "doctor first". `carried` are form fields that travel along.
    """

    request: HttpRequest
    subject: Subject
    title: str
    url: str
    walk: Walk
    cleared: Callable[[Visit, Screen], HttpResponse]
    aside: Callable[[Visit], dict[str, Any]] = lambda _visit: {}
    carried: tuple[tuple[str, str], ...] = ()
    page: Any = None

    @property
    def data(self) -> QueryDict:
        """What the form sent."""
        return self.request.POST

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """Return a page of the walk; what was said travels in hidden fields."""
        shared = {
            "about_title": self.title,
            "about_url": self.url,
            "hidden": [*self.carried, *self.walk.hidden()],
            "walk": self.walk,
            "options": OPTIONS,
            "summary": _("A few questions before self-care."),
        }
        response = render(
            self.request,
            f"patterns/{template}.html",
            {**shared, **context},
            status=status,
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
    return _walked(_of_page(request, page, plans.pattern_subject(page)))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, record: str) -> HttpResponse:
    """Ask about danger, then show the steps of a technique."""
    page = get_object_or_404(TechniquePage.objects.live().public(), record_id=record)
    return _walked(_of_page(request, page, plans.technique_subject(page)))


def _of_page(request: HttpRequest, page: Any, subject: Subject) -> Visit:
    return Visit(
        request=request,
        subject=subject,
        title=page.title,
        url=page.url,
        walk=screening.walk_from(request.POST),
        cleared=_plan,
        page=page,
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask where and how it hurts, then about danger, then rank the patterns."""
    subject, problem = finding.subject_from(request)
    visit = Visit(
        request=request,
        subject=subject,
        title=_("Find my pain"),
        url=request.path,
        walk=screening.walk_from(request.POST),
        cleared=_found,
        aside=lambda visit: finding.found(visit.subject, visit.walk, visit.data),
        carried=finding.carried(subject, request.POST),
    )
    if request.method == "GET" or problem or "change" in request.POST:
        return visit.show(
            "find",
            status=422 if problem else 200,
            problem=problem,
            subject=subject,
            bundle=bundle_address(),
            **finding.page(request, subject),
        )
    if "skip" in request.POST:
        return _found(visit, screening.screen_of(subject, visit.walk))
    return _walked(visit)


def _walked(visit: Visit) -> HttpResponse:
    step = visit.data.get("step")
    if "back" in visit.data:
        return _next(replace(visit, walk=screening.one_back(visit.walk)))
    if step == "about":
        return _about_answered(visit)
    if step == "questions" and visit.walk.about:
        return _questions_answered(visit)
    return _next(visit)


def _about(visit: Visit, problem: str = "") -> HttpResponse:
    walk = replace(visit.walk, about=False)
    known = [each for each in regions().values() if not each.is_leaf]
    return replace(visit, walk=walk).show(
        "gate_about",
        status=422 if problem else 200,
        problem=problem,
        asks_where=lacks_place(screening.screen_of(visit.subject, walk)),
        body_groups=known,
        typed_age=visit.data.get("age", ""),
        typed_sex=visit.data.get("sex", ""),
    )


def _about_answered(visit: Visit) -> HttpResponse:
    walk = replace(visit.walk, about=True)
    problem = screening.about_problem(walk)
    if problem:
        again = replace(visit, walk=replace(walk, about=False, age=""))
        return _about(again, problem=problem)
    return _next(replace(visit, walk=walk))


def _questions_answered(visit: Visit) -> HttpResponse:
    walk = replace(visit.walk, unsure=visit.data.get("unsure", ""))
    screen = screening.screen_of(visit.subject, walk)
    if is_over(screen):
        return _next(visit)
    page = screening.page_of(screen, walk)
    if visit.data.get("topic") != screening.name_of(page):
        return _next(visit)
    after, left_open = screening.answered(page, visit.data, walk)
    if left_open:
        return _ask(replace(visit, walk=walk), screen, left_open=True)
    return _next(replace(visit, walk=after))


def _next(visit: Visit) -> HttpResponse:
    if not visit.walk.about:
        return _about(visit)
    screen = screening.screen_of(visit.subject, visit.walk)
    if lacks_place(screen) and not is_over(screen):
        missed = "where" in visit.data and visit.data.get("step") == "about"
        return _about(
            visit, problem=_("Please choose where it hurts.") if missed else ""
        )
    if not is_over(screen):
        return _ask(visit, screen)
    if screen.disposition == "selfcare_ok":
        return visit.cleared(visit, screen)
    return _verdict(visit, screen)


def _ask(visit: Visit, screen: Screen, *, left_open: bool = False) -> HttpResponse:
    typed = {
        name.removeprefix("q."): value
        for name, value in visit.data.items()
        if left_open and name.startswith("q.")
    }
    questions = screening.page_of(screen, visit.walk)
    return visit.show(
        "gate_questions",
        status=422 if left_open else 200,
        questions=questions,
        page_name=screening.name_of(questions),
        already=screen.at_least,
        readings=screen.readings,
        left_open=left_open,
        ticked=visit.data.getlist("flag") if left_open else [],
        typed=typed,
        may_skip=visit.page is None,
    )


def _verdict(visit: Visit, screen: Screen) -> HttpResponse:
    locale = visit.request.headers.get("Accept-Language", "").split(",")[0].strip()
    emergency = screen.disposition == "emergency"
    return visit.show(
        "gate_verdict",
        verdict=screen.disposition,
        advice=advice_for(screen, locale=locale),
        numbers=plans.dialled(numbers_for(locale)),
        fired=screen.fired,
        said=screening.said(visit.walk),
        **({} if emergency else visit.aside(visit)),
    )


def _plan(visit: Visit, screen: Screen) -> HttpResponse:
    subject = visit.subject
    if not subject.regions and visit.walk.where:
        subject = replace(subject, regions=leaves(visit.walk.where))
    choices = plans.unsuitable_choices(visit.page, subject, visit.walk, screen)
    held = plans.unsuitable_asked(visit.data)
    if held is None and choices:
        asked = visit.data.get("step") == "unsuitable"
        return visit.show(
            "gate_unsuitable",
            status=422 if asked else 200,
            choices=choices,
            left_open=asked,
            ticked=visit.data.getlist("condition"),
        )
    shown = plans.shown(visit.page, subject, screen, held or frozenset())
    return visit.show("gate_plan", **shown)


def _found(visit: Visit, screen: Screen) -> HttpResponse:
    if screen.at_least in ("emergency", "urgent"):
        return _verdict(visit, screen)
    return visit.show(
        "found",
        screen=screen,
        **finding.found(visit.subject, visit.walk, visit.data),
    )
