"""The inbox in the editor's menu."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from achemap_site.authoring import menus as menus
from achemap_site.authoring.desk import kept_tables
from achemap_site.authoring.models import Feedback
from achemap_site.authoring.words_inbox import LIST, WordsInbox


class Inbox(ModelViewSet):
    model = Feedback
    menu_label = _("Inbox")
    menu_icon = "mail"
    menu_order = 150
    add_to_admin_menu = True
    list_display: ClassVar[list[str]] = [
        "message",
        "kind",
        "quote",
        "address",
        "sent",
        "state",
    ]
    list_filter: ClassVar[list[str]] = ["state", "kind"]
    search_fields: ClassVar[list[str]] = ["message", "quote", "address"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("message", read_only=True),
        FieldPanel("quote", read_only=True),
        FieldPanel("address", read_only=True),
        FieldPanel("page", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("sent", read_only=True),
        FieldPanel("kind"),
        FieldPanel("state"),
        FieldPanel("note"),
    ]
    inspect_view_enabled = True
    copy_view_enabled = False


@hooks.register("register_rich_text_features")
def tables_that_are_kept(features: Any) -> None:
    """Let pages of text hold the tables of old posts."""
    kept_tables.register(features)


@hooks.register("register_admin_viewset")
def inbox() -> ModelViewSet:
    """Put the messages from readers into the menu."""
    return Inbox("inbox", url_prefix="inbox")


@hooks.register("register_admin_viewset")
def words_inbox() -> ModelViewSet:
    """Put the words that found nothing into the menu."""
    return WordsInbox(LIST, url_prefix=LIST)
