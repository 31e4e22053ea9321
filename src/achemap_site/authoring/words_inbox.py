"""The editor's list of words that found nothing, and what to do with each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from achemap.complaint import complaint_from
from achemap.finder import find
from achemap_site.authoring import actions
from achemap_site.authoring.models import UnansweredWords
from achemap_site.delivery.published import current
from achemap_site.patterns.models import PatternPage


SUGGESTED = 3
LIST = "unanswered-words"


def sorting_address(words: UnansweredWords) -> str:
    """Return where an editor decides about these words."""
    return reverse(f"{LIST}:sort", args=[words.pk])


def suggestions(words: str) -> list[PatternPage]:
    """Return the patterns that fit the words best as they are, at most three."""
    bundle = current()
    ranking = find(complaint_from({"text": words}, lexicon=bundle.lexicon), bundle)
    best = [each.pattern.id for each in ranking.results][:SUGGESTED]
    pages = PatternPage.objects.filter(record_id__in=best)
    return sorted(pages, key=lambda page: best.index(page.record_id))


class WordsList(generic.IndexView):
    """The list; its links lead to the page where an editor decides."""

    def get_edit_url(self, instance: UnansweredWords) -> str:
        return sorting_address(instance)

    def get_add_url(self) -> None:
        return None


class Sort(
    generic.PermissionCheckedMixin, generic.WagtailAdminTemplateMixin, TemplateView
):
    """Add words to the sayings of a pattern, or set them aside."""

    template_name = "authoring/sort_words.html"
    page_title = gettext_lazy("Words without an answer")
    header_icon = "help"
    model = UnansweredWords
    permission_policy: Any = None
    permission_required = "change"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        words = get_object_or_404(UnansweredWords, pk=self.kwargs["pk"])
        return {
            **super().get_context_data(**given),
            "words": words,
            "suggested": suggestions(words.words),
            "patterns": PatternPage.objects.order_by("title").only("pk", "title"),
            "list_address": reverse(f"{LIST}:index"),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        words = get_object_or_404(UnansweredWords, pk=pk)
        if "set-aside" in request.POST:
            actions.set_aside(words=words)
            return redirect(f"{LIST}:index")
        chosen = request.POST.get("pattern", "")
        if not chosen.isdecimal():
            messages.error(request, _("Please choose a pattern."))
            return redirect(sorting_address(words))
        page = get_object_or_404(PatternPage, pk=chosen)
        allowed = page.permissions_for_user(request.user)
        if not allowed.can_edit() or allowed.page_locked():
            raise PermissionDenied
        actions.add_to_sayings(words=words, pattern=page, user=request.user)
        messages.success(
            request,
            _(
                "Added to the sayings of “%(title)s”, as a draft. Publish it to make it count."
            )
            % {"title": page.title},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)


class WordsInbox(ModelViewSet):
    """Words for which no pattern fitted, most often sent first."""

    model = UnansweredWords
    index_view_class = WordsList
    menu_label = gettext_lazy("Not found")
    icon = "help"
    menu_order = 160
    add_to_admin_menu = True
    list_display: ClassVar[list[str]] = [
        "words",
        "times",
        "last_sent",
        "state",
        "pattern",
    ]
    list_filter: ClassVar[list[str]] = ["state"]
    search_fields: ClassVar[list[str]] = ["words"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("words", read_only=True),
        FieldPanel("times", read_only=True),
        FieldPanel("first_sent", read_only=True),
        FieldPanel("last_sent", read_only=True),
        FieldPanel("state"),
    ]
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[Any]:
        sort = Sort.as_view(permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("sort/<int:pk>/", sort, name="sort")]
