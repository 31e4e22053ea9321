"""The reader's message form, and words that found nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page, Site

from achemap_site.authoring import actions
from achemap_site.authoring.forms import FeedbackForm, WordsForm, fresh_stamp
from achemap_site.authoring.models import SiteWords
from achemap_site.authoring.unanswered import LONGEST


def _page_at(request: HttpRequest, address: str) -> Page | None:
    site = Site.find_for_request(request)
    parts = [part for part in urlsplit(address).path.split("/") if part]
    page = site.root_page if site else None
    while page is not None and parts:
        below = page.get_children().live().filter(slug=parts[0]).first()
        if below is None:
            break
        page, parts = below, parts[1:]
    return page


def _address_of(request: HttpRequest) -> str:
    """Return the sender's address: the proxy's word for it where there is one."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    if address in settings.TRUSTED_PROXIES and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return address


def _own_path(address: str) -> str:
    path = urlsplit(address).path
    return path if path.startswith("/") and not path.startswith("//") else ""


# No session and no account is involved, so there is nothing to forge: a signed
# time, a trap and an hourly limit stand where the CSRF cookie would.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Show the form, or store what was sent."""
    if request.method == "GET":
        address = _own_path(request.GET.get("page", ""))
        form = FeedbackForm(initial={"address": address, "stamp": fresh_stamp()})
        return render(
            request, "authoring/feedback.html", {"form": form, "address": address}
        )
    form = FeedbackForm(request.POST)
    if form.is_robot:
        return redirect("feedback-thanks")
    if form.is_valid():
        data = form.cleaned_data
        address = _own_path(data["address"])
        try:
            actions.receive_feedback(
                kind=data["kind"],
                message=data["message"],
                quote=data["quote"],
                address=address,
                page=_page_at(request, address) if address else None,
                email=data["email"],
                sender=actions.sender_of(_address_of(request)),
                mail_to=SiteWords.for_request(request).feedback_to,
            )
        except actions.TooMany:
            form.add_error(
                None, _("You have sent several messages. Please try again in an hour.")
            )
        else:
            return redirect("feedback-thanks")
    # What was typed stays; only the time is new.
    form.data = form.data.copy()
    form.data["stamp"] = fresh_stamp()
    context = {"form": form, "address": _own_path(form.data.get("address", ""))}
    return render(request, "authoring/feedback.html", context, status=422)


def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the message arrived."""
    return render(request, "authoring/thanks.html")


# As above: there is nothing to forge.
@csrf_exempt
@never_cache
@require_POST
def unanswered(request: HttpRequest) -> HttpResponse:
    """Store words for which no pattern fitted; answers a script with JSON."""
    form = WordsForm(request.POST)
    problem = ""
    if not form.is_robot:
        if form.is_valid():
            try:
                actions.receive_words(
                    words=form.cleaned_data["words"],
                    sender=actions.sender_of(_address_of(request)),
                )
            except actions.TooMany:
                problem = _(
                    "You have sent several messages. Please try again in an hour."
                )
        else:
            problem = next(each for found in form.errors.values() for each in found)
    status = 422 if problem else 200
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"problem": problem}, status=status)
    if problem:
        context = {"problem": problem, "words": form.data.get("words", "")[:LONGEST]}
        context["stamp"] = fresh_stamp()
        return render(request, "authoring/unanswered.html", context, status=status)
    return redirect("feedback-thanks")
