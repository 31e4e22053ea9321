"""The editor's menu: the desk for old posts and the overview."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from achemap_site.authoring.desk import urls as desk_urls


class _Allowed(MenuItem):
    """A menu item for people who hold a permission."""

    def __init__(self, *args: object, permission: str, **options: object) -> None:
        super().__init__(*args, **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    """Put the desk under /admin/."""
    return desk_urls.urlpatterns


@hooks.register("register_admin_menu_item")
def desk_in_menu() -> MenuItem:
    """Put the desk into the menu."""
    return _Allowed(
        _("Old posts"),
        reverse("desk"),
        name="old-posts",
        icon_name="history",
        order=160,
        permission="authoring.view_oldpost",
    )
