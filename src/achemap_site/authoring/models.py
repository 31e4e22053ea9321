"""Messages from readers, the weekly feature, and what an editor can say site-wide."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from achemap_site.authoring.desk.models import (
    OldExport,
    OldPicture,
    OldPost,
    PictureUse,
)
from achemap_site.authoring.keeping.models import (
    Assignment,
    BrokenLink,
    Checkpoint,
    SecondReadingTask,
)
from achemap_site.authoring.unanswered import UnansweredWords
from achemap_site.patterns.models import PatternPage


__all__ = [
    "Assignment",
    "BrokenLink",
    "Checkpoint",
    "FeaturedPattern",
    "Feedback",
    "OldExport",
    "OldPicture",
    "OldPost",
    "PictureUse",
    "SecondReadingTask",
    "SiteWords",
    "UnansweredWords",
]


class Feedback(models.Model):
    """A question, comment or typo that a reader sent.

    `sender` is a keyed hash that changes every day; it only serves the rate limit.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        COMMENT = "comment", _("Comment")
        TYPO = "typo", _("Typo")

    class State(models.TextChoices):
        NEW = "new", _("New")
        DONE = "done", _("Done")

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.QUESTION
    )
    message = models.TextField(_("message"))
    quote = models.TextField(_("quoted passage"), blank=True)
    address = models.CharField(_("page address"), max_length=500, blank=True)
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(_("e-mail for an answer"), blank=True)
    sent = models.DateTimeField(_("sent"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.NEW
    )
    note = models.TextField(_("editor’s note"), blank=True)
    sender = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("message from a reader")
        verbose_name_plural = _("messages from readers")
        ordering: ClassVar[list[str]] = ["-sent"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.message[:60]}"


class FeaturedPattern(models.Model):
    """The pattern of one week, where an editor wants to choose it."""

    week_begins = models.DateField(
        _("week that begins on"), unique=True, help_text=_("A Monday.")
    )
    pattern = models.ForeignKey(
        PatternPage,
        verbose_name=_("pattern"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar[list[Any]] = [FieldPanel("week_begins"), FieldPanel("pattern")]

    class Meta:
        verbose_name = _("featured pattern")
        verbose_name_plural = _("featured patterns")
        ordering: ClassVar[list[str]] = ["-week_begins"]

    def __str__(self) -> str:
        return f"{self.week_begins}: {self.pattern}"

    def clean(self) -> None:
        if self.week_begins and self.week_begins.weekday() != 0:
            raise ValidationError({"week_begins": _("Choose a Monday.")})


@register_setting(icon="info-circle")
class SiteWords(BaseSiteSetting):
    """The notice at the top of each page, and how to reach the people behind it."""

    shows_notice = models.BooleanField(_("show the notice"), default=False)
    notice = models.TextField(_("notice"), blank=True)
    person = models.CharField(_("name"), max_length=200, blank=True)
    bio = models.TextField(_("about the author, for the footer"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    feedback_to = models.EmailField(
        _("send messages from readers also to"),
        blank=True,
        help_text=_("They are always in the inbox, even when mail does not work."),
    )
    notes_for_members = models.BooleanField(
        _("show therapy notes only to people who are logged in"),
        default=False,
        help_text=_("Everything else stays open to all."),
    )

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("shows_notice"), FieldPanel("notice")], heading=_("Notice")
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("person", "bio", "phone", "email", "feedback_to")
            ],
            heading=_("Contact"),
        ),
        FieldPanel("notes_for_members"),
    ]

    class Meta:
        verbose_name = _("notice and contact")


register_snippet(FeaturedPattern)
