"""The editor's menu, first screen and pages: old posts, overview, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from achemap_site.authoring.desk import urls as desk
from achemap_site.authoring.exporting import views as exporting
from achemap_site.authoring.keeping import links
from achemap_site.authoring.keeping import views as keeping
from achemap_site.authoring.models import Feedback, OldPost
from achemap_site.authoring.overview import views as overview


LOOK = "authoring.view_oldpost"


class _Allowed(MenuItem):
    """A menu item for people who may look at old posts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(LOOK))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Put the desk, the overview and their companions under /admin/."""
    return [
        *desk.urlpatterns,
        *overview.urlpatterns,
        *keeping.urlpatterns,
        *exporting.urlpatterns,
    ]


@hooks.register("register_admin_menu_item")
def overview_in_menu() -> MenuItem:
    """Put the overview into the menu."""
    return _Allowed(
        gettext_lazy("Overview"),
        reverse("overview"),
        name="overview",
        icon_name="list-ul",
        order=140,
    )


@hooks.register("register_admin_menu_item")
def desk_in_menu() -> MenuItem:
    """Put the desk into the menu."""
    return _Allowed(
        gettext_lazy("Old posts"),
        reverse("desk"),
        name="old-posts",
        icon_name="history",
        order=160,
    )


class _Waiting(Component):
    """What waits, on the first screen of the editor."""

    order = 50
    template_name = "authoring/overview/panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        user = parent_context["request"].user
        waiting = OldPost.objects.filter(
            state__in=(OldPost.State.NEW, OldPost.State.IN_WORK)
        )
        return {
            "heading": _("What waits"),
            "waiting": waiting.count(),
            "mine": waiting.filter(person=user).count(),
            "letters": Feedback.objects.filter(state=Feedback.State.NEW).count(),
        }


@hooks.register("construct_homepage_panels")
def waiting(request: HttpRequest, panels: list[Any]) -> None:
    """Show what waits on the first screen."""
    if request.user.has_perm(LOOK):
        panels.append(_Waiting())


@hooks.register("register_page_header_buttons")
def kept(page: Page, user: Any, view_name: str, next_url: Any = None) -> Iterator[Any]:
    """Lead from a page to its signatures and checkpoints."""
    if view_name == "edit" and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Signed and kept"),
            reverse("page-keeping", args=[page.pk]),
            icon_name="history",
            priority=65,
        )


@hooks.register("after_publish_page")
def published(request: HttpRequest, page: Page) -> None:
    """Check the page's links at once, and tell of an address that changed."""
    if broken := links.check_page(page.specific):
        messages.warning(
            request, _("%(n)s links on this page lead nowhere.") % {"n": broken}
        )
    _tell_of_redirects(request, page)


@hooks.register("after_move_page")
def moved(request: HttpRequest, page: Page) -> None:
    """Tell of an address that changed."""
    _tell_of_redirects(request, page)


def _tell_of_redirects(request: HttpRequest, page: Page) -> None:
    just_now = timezone.now() - timedelta(seconds=10)
    new = Redirect.objects.filter(
        redirect_page_id=page.pk, automatically_created=True, created_at__gte=just_now
    )
    for redirect in new:
        messages.info(
            request,
            _("The address changed; %(old)s leads to it from now on.")
            % {"old": redirect.old_path},
        )
