"""The desk for old posts, in the editor's admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required

from achemap.errors import BadInput
from achemap_site.authoring.desk import actions, importing, presenters
from achemap_site.authoring.desk.forms import Filters, UploadForm, people
from achemap_site.authoring.desk.models import OldExport, OldPost


A_PAGE = 50
may_look = permission_required("authoring.view_oldpost")
may_work = permission_required("authoring.change_oldpost")
may_upload = permission_required("authoring.add_oldexport")
# What the sandboxed frame may do: nothing but show text.
FRAME_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def _trail(*more: tuple[str, str]) -> list[dict[str, str]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    desk = {"url": reverse("desk"), "label": _("Old posts")}
    return [home, desk, *({"url": url, "label": label} for url, label in more)]


@require_GET
@may_look
def desk(request: HttpRequest) -> HttpResponse:
    """List the old posts."""
    filters = Filters(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(presenters.filtered(given), A_PAGE).get_page(request.GET.get("p"))
    rest = request.GET.copy()
    rest.pop("p", None)
    context = {
        "breadcrumbs_items": _trail(),
        "header_title": _("Old posts"),
        "header_icon": "history",
        "filters_form": filters,
        "posts": page,
        "rest": rest.urlencode(),
        "counts": presenters.state_counts(),
        "has_any": OldPost.objects.exists(),
        "exports": OldExport.objects.all()[:5],
        "people": people(),
        "may_work": request.user.has_perm("authoring.change_oldpost"),
        "may_upload": request.user.has_perm("authoring.add_oldexport"),
    }
    return render(request, "authoring/desk/list.html", context)


# --- uploads -----------------------------------------------------------------


# Uploads go to disk block by block, and what is too large is refused by what it says
# of its size, before anything is read: so the CSRF check comes after that.
@csrf_exempt
@may_upload
def upload(request: HttpRequest) -> HttpResponse:
    """Take an export of the old site."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.method == "POST" and size > settings.LARGEST_EXPORT:
        form = UploadForm({})
        form.errors.clear()
        form.add_error(None, _too_large())
        return _upload_page(request, form, 413)
    if request.method == "POST":
        request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _upload(request)


def _too_large() -> str:
    return _(
        "This file is larger than %(size)s. Split the export in WordPress by date, or "
        "ask the operator to read it on the server: achemap-site import_posts FILE"
    ) % {"size": filesizeformat(settings.LARGEST_EXPORT)}


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload_page(request, UploadForm(), 200)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, 422)
    sent = form.cleaned_data["file"]
    try:
        export, is_new = importing.keep_export(
            stream=sent, name=sent.name, by=request.user
        )
    except BadInput as error:
        form.add_error("file", str(error))
        return _upload_page(request, form, 422)
    if packed := form.cleaned_data["uploads"]:
        try:
            importing.keep_uploads(export=export, stream=packed)
        except BadInput as error:
            form.add_error("uploads", str(error))
            return _upload_page(request, form, 422)
    if not is_new:
        messages.info(request, _("This file is here already; it is read once more."))
    if export.state != OldExport.State.READING or importing.is_silent(export):
        importing.start(export)
    return redirect("desk-export", export.pk)


def _upload_page(request: HttpRequest, form: UploadForm, status: int) -> HttpResponse:
    context = {
        "breadcrumbs_items": _trail((reverse("desk-upload"), _("Upload an export"))),
        "header_title": _("Upload an export"),
        "header_icon": "upload",
        "form": form,
        "largest": settings.LARGEST_EXPORT,
    }
    return render(request, "authoring/desk/upload.html", context, status=status)


@may_look
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far an export has been read; a POST reads it once more."""
    found = get_object_or_404(OldExport, pk=number)
    silent = importing.is_silent(found)
    if request.method == "POST":
        if not request.user.has_perm("authoring.add_oldexport"):
            raise PermissionDenied
        if found.state != OldExport.State.READING or silent:
            importing.start(found)
        return redirect("desk-export", number)
    context = {
        "breadcrumbs_items": _trail((reverse("desk-export", args=[number]), found.name)),
        "header_title": found.name,
        "header_icon": "download",
        "export": found,
        "is_silent": silent,
        "is_running": found.state in {OldExport.State.READING, OldExport.State.WAITING} and not silent,
        "here": found.posts.count(),
        "pictures": presenters.picture_counts(found).items(),
        "may_upload": request.user.has_perm("authoring.add_oldexport"),
    }  # fmt: skip
    return render(request, "authoring/desk/export.html", context)


# --- one post ----------------------------------------------------------------


@may_look
def post(request: HttpRequest, number: int) -> HttpResponse:
    """Show a post beside its sections; a POST stores where the parts go."""
    old = get_object_or_404(OldPost, pk=number)
    if request.method == "POST":
        return _change(request, old)
    context = {
        "breadcrumbs_items": _trail((reverse("desk-post", args=[number]), str(old))),
        "header_title": str(old),
        "header_icon": "doc-empty",
        "old": old,
        "sections": presenters.sections(old),
        "section_choices": [(s["id"], s["name"]) for s in presenters.sections(old)],
        "proposal_groups": presenters.proposals(old),
        "targets": presenters.targets(old),
        "pictures": presenters.pictures(old),
        "draft": presenters.drafted(old),
        "may_work": request.user.has_perm("authoring.change_oldpost"),
    }
    return render(request, "authoring/desk/post.html", context)


def _change(request: HttpRequest, old: OldPost) -> HttpResponse:
    if not request.user.has_perm("authoring.change_oldpost"):
        raise PermissionDenied
    given = request.POST
    actions.place_paragraphs(
        old=old,
        sections=_numbered(given, "section-"),
        ticked=[int(n) for n in given.getlist("tick") if n.isdigit()],
        levels=_numbered(given, "level-"),
        note=given.get("note", "")[:4000],
    )
    try:
        actions.describe_pictures(
            old=old, words=_numbered(given, "alt-"), by=request.user
        )
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("desk-post", old.pk)
    if "tick-sure" in given:
        new = actions.tick_the_sure(old=old)
        messages.success(request, _("Saved; %(n)s more ticked.") % {"n": new})
    elif "draft" in given:
        return _draft(request, old)
    elif "newer" in given:
        return _newer(request, old)
    else:
        messages.success(request, _("Saved."))
    return redirect("desk-post", old.pk)


def _newer(request: HttpRequest, old: OldPost) -> HttpResponse:
    try:
        importing.take_newer(old=old)
        messages.success(request, _("The newer text is here, split into parts anew."))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("desk-post", old.pk)


def _numbered(given: Any, name: str) -> dict[int, str]:
    return {
        int(key.removeprefix(name)): value
        for key, value in given.items()
        if key.startswith(name) and key.removeprefix(name).isdigit()
    }


def _draft(request: HttpRequest, old: OldPost) -> HttpResponse:
    target = request.POST.get("target", "")
    try:
        page = actions.make_draft(old=old, target=target, by=request.user)
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("desk-post", old.pk)
    messages.success(
        request,
        _("The draft “%(title)s” is made. Nothing is published.")
        % {"title": page.title},
    )
    return redirect("desk-post", old.pk)


def _source(request: HttpRequest, old: OldPost) -> str:
    if "newer" in request.GET:
        return old.newer_content
    return old.content if "source" in request.GET else ""


@require_GET
@may_look
def original(request: HttpRequest, number: int) -> HttpResponse:
    """Show the original, for a sandboxed frame: no scripts, nothing fetched."""
    old = get_object_or_404(OldPost, pk=number)
    context = {
        "old": old,
        "paragraphs": presenters.original(old),
        "source": _source(request, old),
    }
    answer = render(request, "authoring/desk/original.html", context)
    answer.headers["Content-Security-Policy"] = FRAME_POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


# --- many posts --------------------------------------------------------------


@require_POST
@may_work
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing with all chosen posts."""
    numbers = [int(n) for n in request.POST.getlist("post") if n.isdigit()]
    chosen = list(OldPost.objects.filter(pk__in=numbers))
    back = f"{reverse('desk')}?{request.POST.get('rest', '')}"
    if not chosen:
        messages.warning(request, _("Tick at least one post first."))
        return redirect(back)
    try:
        messages.success(request, _bulk(request, chosen))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect(back)


def _bulk(request: HttpRequest, chosen: list[OldPost]) -> str:
    what = request.POST.get("do", "")
    if what == "assign":
        number = request.POST.get("person", "")
        person = (
            get_object_or_404(get_user_model(), pk=int(number))
            if number.isdigit()
            else None
        )
        actions.assign(posts=chosen, person=person)
        return _("%(n)s assigned to %(who)s.") % {
            "n": len(chosen),
            "who": person or _("nobody"),
        }
    if what == "tick":
        new = sum(actions.tick_the_sure(old=old) for old in chosen)
        return _("%(n)s proposals ticked.") % {"n": new}
    if what == "draft":
        made = [
            actions.make_draft(old=old, target=_default_target(old), by=request.user)
            for old in chosen
            if old.page_id is None and old.state != OldPost.State.NOT_NEEDED
        ]
        return ngettext("%(n)s draft made.", "%(n)s drafts made.", len(made)) % {
            "n": len(made)
        }
    states = {"not-needed": OldPost.State.NOT_NEEDED, "needed": OldPost.State.NEW}
    if what not in states:
        raise BadInput(f"unknown action {what!r}", fix="choose one from the list")
    changed = actions.set_state(posts=chosen, state=states[what])
    return _("%(n)s changed; posts with a page stay as they are.") % {"n": changed}


def _default_target(old: OldPost) -> str:
    return actions.PATTERN if old.kind == "pattern" else actions.TEXT
