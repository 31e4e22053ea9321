"""Words that found nothing, which a reader chose to send to the editors."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from achemap_site.patterns.models import PatternPage


LONGEST = 500


class UnansweredWords(models.Model):
    """Words for which no pattern fitted; each wording once, counted.

    They hold nothing about who sent them: `sender` is a keyed hash of the last
    sender that changes every day and only serves the rate limit.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        ADDED = "added", _("Added to sayings")
        DISMISSED = "dismissed", _("Set aside")

    words = models.CharField(_("words"), max_length=LONGEST, unique=True)
    first_sent = models.DateTimeField(_("first sent"))
    last_sent = models.DateTimeField(_("last sent"))
    times = models.PositiveIntegerField(_("times"), default=1)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.NEW, db_index=True
    )
    pattern = models.ForeignKey(
        PatternPage,
        verbose_name=_("added to the sayings of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sender = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("words without an answer")
        verbose_name_plural = _("words without an answer")
        ordering: ClassVar[list[str]] = ["-times", "-last_sent"]

    def __str__(self) -> str:
        return self.words[:80]
