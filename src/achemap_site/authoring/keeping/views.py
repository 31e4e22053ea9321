"""Who signed a page, its named versions, and its old addresses."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, TaskState

from achemap.errors import BadInput
from achemap_site.authoring.keeping import actions
from achemap_site.authoring.keeping.models import Checkpoint


def history(request: HttpRequest, number: int) -> HttpResponse:
    """Show signatures, checkpoints and old addresses; a POST makes or restores one."""
    page = get_object_or_404(Page, pk=number)
    rights = page.permissions_for_user(request.user)
    may_edit = rights.can_edit()
    if not (may_edit or request.user.has_perm("authoring.view_oldpost")):
        raise PermissionDenied
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return _change(request, page)
    signed = TaskState.objects.filter(
        workflow_state__object_id=str(page.pk),
        workflow_state__base_content_type__model="page",
    )
    context = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailadmin_pages:edit", args=[number]), "label": page.title},
            {"url": reverse("page-keeping", args=[number]), "label": _("Signed and kept")},
        ],
        "header_title": _("Signed and kept: %(title)s") % {"title": page.title},
        "header_icon": "history",
        "page": page,
        "signed": signed.select_related("task", "finished_by").order_by("-started_at"),
        "checkpoints": Checkpoint.objects.filter(page=page).select_related("made_by"),
        "redirects": Redirect.objects.filter(redirect_page=page).order_by("old_path"),
        "may_edit": may_edit,
    }  # fmt: skip
    return render(request, "authoring/keeping/history.html", context)


def _change(request: HttpRequest, page: Page) -> HttpResponse:
    number = request.POST.get("restore", "")
    try:
        if number.isdigit():
            kept = get_object_or_404(Checkpoint, pk=int(number), page_id=page.pk)
            actions.restore_checkpoint(checkpoint=kept, by=request.user)
            said = _("“%(name)s” is the draft now. Nothing is published.")
        else:
            name = request.POST.get("name", "")
            kept = actions.make_checkpoint(page=page, name=name, by=request.user)
            said = _("“%(name)s” is kept.")
        messages.success(request, said % {"name": kept.name})
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("page-keeping", page.pk)


urlpatterns = [path("keeping/<int:number>/", history, name="page-keeping")]
