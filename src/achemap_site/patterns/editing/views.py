"""What the scripts of the editor ask the server for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from achemap.errors import BadInput
from achemap_site.patterns.editing import names, sketching
from achemap_site.patterns.editing.actions import add_word, asked_word
from achemap_site.patterns.editing.hints import hints_of, measures_of
from achemap_site.patterns.models import PatternPage


View = Callable[..., HttpResponse]


def _says_bad_input(view: View) -> View:
    """Answer bad input with one line and status 422."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            return view(request, *args, **options)
        except BadInput as error:
            return JsonResponse({"problem": str(error)}, status=422)

    return answering


@require_POST
@_says_bad_input
def draw(request: HttpRequest) -> HttpResponse:
    """Change the texts of a map, if asked to, and say what they hold."""
    return JsonResponse(sketching.answer(sketching.asked_of(request.body)))


@require_GET
def records(_request: HttpRequest, kind: str) -> HttpResponse:
    """Return the records that a chooser offers."""
    if kind not in names.KINDS:
        raise Http404(f"no chooser for {kind}")
    return JsonResponse({"records": names.KINDS[kind]()})


def _page_for(request: HttpRequest, number: int) -> PatternPage:
    """Return the page that is written: an existing one, or one that is not saved yet."""
    if not number:
        return PatternPage(live=False)
    page = get_object_or_404(PatternPage, pk=number)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return cast("PatternPage", page.get_latest_revision_as_object())


@require_POST
@_says_bad_input
def hints(request: HttpRequest, number: int) -> HttpResponse:
    """Return what should be mended in the form as it is now; nothing is saved."""
    page = _page_for(request, number)
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(request.POST, instance=page, for_user=request.user)
    form.defer_required_fields()
    try:
        form.is_valid()  # puts every field that can be read into the page
    except MultiValueDictKeyError as error:
        raise BadInput("the form came without all its parts") from error
    found = hints_of(form.instance, timezone.localdate())
    return JsonResponse(
        {
            "hints": [hint.as_data() for hint in found],
            "measures": measures_of(form.instance),
        }
    )


@require_POST
@_says_bad_input
def words(request: HttpRequest) -> HttpResponse:
    """Add a word to the lexicon of this site."""
    if not request.user.has_perm("patterns.add_word"):
        return JsonResponse(
            {"problem": _("You may not add words. Ask an editor.")}, status=403
        )
    return JsonResponse(add_word(asked_word(request.body)))
