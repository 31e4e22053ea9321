"""What keeps the site in order: sign-off, checkpoints, who works on what, links."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState


class SecondReadingTask(AbstractGroupApprovalTask):
    """A second person reads a text before it is published, and signs for it.

    Approving writes today's date and the reader's name on the page. Nobody is the
    second reader of a draft that they submitted themselves.
    """

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody other than the author reads the text and signs for it"))

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        actions = super().get_actions(obj, user)
        state = obj.current_workflow_state
        if state is not None and state.requested_by_id == user.pk:
            return [action for action in actions if action[0] != "approve"]
        return list(actions)

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, **options: Any
    ) -> None:
        if action_name == "approve":
            self._sign(task_state, user)
        super().on_action(task_state, user, action_name, **options)

    def _sign(self, task_state: TaskState, user: Any) -> None:
        page = task_state.revision.as_object()
        if not hasattr(page, "reviewed_by"):
            return
        page.reviewed = timezone.localdate()
        page.reviewed_by = user.get_full_name() or user.get_username()
        task_state.revision = page.save_revision(user=user, log_action=False)
        task_state.save(update_fields=["revision"])


class Checkpoint(models.Model):
    """A version of a page that somebody gave a name.

    It keeps its own copy of the content: Wagtail's revisions may be purged.
    """

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    made = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    content = models.JSONField(editable=False)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering: ClassVar[list[str]] = ["-made"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["page", "name"], name="one_name_a_page")
        ]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """Who works on a page."""

    page = models.OneToOneField(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return f"{self.page}: {self.person}"


class BrokenLink(models.Model):
    """A link that leads nowhere, as the last check saw it."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    address = models.TextField(_("address"))
    problem = models.CharField(_("problem"), max_length=255)
    is_external = models.BooleanField(_("leads to another site"), default=False)
    found = models.DateTimeField(_("found"), auto_now_add=True)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering: ClassVar[list[str]] = ["page", "address"]

    def __str__(self) -> str:
        return self.address
