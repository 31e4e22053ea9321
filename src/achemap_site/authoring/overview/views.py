"""The overview in the editor's admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required

from achemap_site.authoring.desk import actions as desk
from achemap_site.authoring.desk.forms import people
from achemap_site.authoring.keeping import actions, links
from achemap_site.authoring.models import BrokenLink, OldPost
from achemap_site.authoring.overview import facts, presenters


A_PAGE = 50
may_look = permission_required("authoring.view_oldpost")
may_work = permission_required("authoring.change_oldpost")


class Filters(forms.Form):
    """What the list shows; every field may be empty."""

    q = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    missing = forms.ChoiceField(label=gettext_lazy("Lacks"), required=False)
    look = forms.ChoiceField(
        label=gettext_lazy("Needs a look"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("due", gettext_lazy("Review due within a month")),
            ("broken", gettext_lazy("Broken links")),
            ("one-sided", gettext_lazy("One-sided look-alikes")),
        ],
    )
    person = forms.ChoiceField(label=gettext_lazy("Assigned to"), required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("Sort by"),
        required=False,
        choices=[
            ("title", gettext_lazy("Title")),
            ("complete", gettext_lazy("Least complete first")),
            ("-complete", gettext_lazy("Most complete first")),
            ("review", gettext_lazy("Review due first")),
        ],
    )

    def __init__(self, data: Any, every: list[presenters.Row]) -> None:
        super().__init__(data)
        kinds = sorted({row.kind for row in every})
        statuses = sorted({row.status for row in every})
        choices: dict[str, list[Any]] = {
            "kind": [(kind, kind) for kind in kinds],
            "status": [(status, status) for status in statuses],
            "missing": [
                *((name, words) for name, words, _test in facts.PATTERN),
                ("alt", _("descriptions of old pictures")),
                ("picture", _("pictures of the old site")),
            ],
            "person": [("nobody", _("Nobody")), *people()],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as made above
            field.choices = [("", _("All")), *found]


@require_GET
@may_look
def overview(request: HttpRequest) -> HttpResponse:
    """Show every text with what it lacks, and what waits for somebody."""
    every = presenters.rows()
    filters = Filters(request.GET, every)
    given = filters.cleaned_data if filters.is_valid() else {}
    found = presenters.filtered(every, given)
    rest = request.GET.copy()
    rest.pop("p", None)
    words, top_words = presenters.unanswered()
    letters, newest_letters = presenters.open_feedback()
    context = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("overview"), "label": _("Overview")},
        ],
        "header_title": _("Overview"),
        "header_icon": "list-ul",
        "filters_form": filters,
        "rows": Paginator(found, A_PAGE).get_page(request.GET.get("p")),
        "rest": rest.urlencode(),
        "due": sum(row.is_due for row in every),
        "one_sided": sum(bool(row.one_sided) for row in every),
        "no_picture": sum(any(n == "zones" for n, _w in row.missing) for row in every),
        "no_words": sum(any(n == "alt" for n, _w in row.missing) for row in every),
        "no_sources": sum(any(n == "sources" for n, _w in row.missing) for row in every),
        "broken": BrokenLink.objects.count(),
        "unanswered": words,
        "top_words": top_words,
        "letters": letters,
        "newest_letters": newest_letters,
        "calendar": presenters.calendar(),
        "weeks": presenters.conversions(),
        "people": people(),
        "may_work": request.user.has_perm("authoring.change_oldpost"),
    }  # fmt: skip
    return render(request, "authoring/overview/overview.html", context)


@require_POST
@may_work
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing with all chosen texts."""
    keys = [key.partition("-") for key in request.POST.getlist("row")]
    pages = [int(n) for kind, _dash, n in keys if kind == "page" and n.isdigit()]
    olds = [int(n) for kind, _dash, n in keys if kind == "old" and n.isdigit()]
    back = f"{reverse('overview')}?{request.POST.get('rest', '')}"
    if not pages and not olds:
        messages.warning(request, _("Tick at least one text first."))
        return redirect(back)
    if request.POST.get("do") == "read":
        started, left = actions.ask_for_reading(pages=pages, by=request.user)
        messages.success(
            request,
            _("%(n)s sent to the second reader; %(left)s had nothing to read.")
            % {"n": started, "left": left + len(olds)},
        )
        return redirect(back)
    number = request.POST.get("person", "")
    person = (
        get_object_or_404(get_user_model(), pk=int(number))
        if number.isdigit()
        else None
    )
    actions.assign_pages(pages=pages, person=person)
    desk.assign(posts=list(OldPost.objects.filter(pk__in=olds)), person=person)
    messages.success(
        request,
        _("%(n)s assigned to %(who)s.")
        % {"n": len(pages) + len(olds), "who": person or _("nobody")},
    )
    return redirect(back)


@require_POST
@may_work
def check_links(request: HttpRequest) -> HttpResponse:
    """Check all links inside the site now."""
    found = links.check_inside()
    messages.success(request, _("Checked: %(n)s broken links.") % {"n": found})
    return redirect(f"{reverse('overview')}?look=broken")


urlpatterns = [
    path("overview/", overview, name="overview"),
    path("overview/bulk/", bulk, name="overview-bulk"),
    path("overview/links/", check_links, name="overview-links"),
]
