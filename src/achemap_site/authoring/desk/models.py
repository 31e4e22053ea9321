"""Exports of an old site, and the old posts on their way to pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Exports(FileSystemStorage):
    """Where exports are kept: beside the database, never under /media/.

    An export holds drafts and protected posts, which nobody may fetch.
    """

    @property
    def base_location(self) -> str:
        return str(settings.VAR / "exports")

    @property
    def location(self) -> str:
        return str(Path(self.base_location).resolve())


def exports_folder() -> Exports:
    """Return the storage of exports, which migrations know by this name."""
    return Exports()


class OldExport(models.Model):
    """One uploaded file, and how far it has been read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Being read")
        DONE = "done", _("Read to its end")
        FAILED = "failed", _("Could not be read")

    name = models.CharField(_("file"), max_length=255)
    file = models.FileField(_("file"), storage=exports_folder, max_length=255)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    # A zip of wp-content/uploads that came beside the export.
    uploads = models.FileField(
        _("pictures"), storage=exports_folder, max_length=255, blank=True
    )
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    uploaded = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING
    )
    items_read = models.PositiveIntegerField(_("items read"), default=0)
    posts_new = models.PositiveIntegerField(_("new posts"), default=0)
    posts_same = models.PositiveIntegerField(_("posts already here"), default=0)
    posts_changed = models.PositiveIntegerField(_("changed posts"), default=0)
    not_texts = models.JSONField(default=dict, editable=False)
    # Posts whose number stands twice in the file: number, and the titles in order.
    doubled = models.JSONField(default=list, editable=False)
    # The sites that its posts come from.
    sites = models.JSONField(default=list, editable=False)
    problem = models.TextField(_("problem"), blank=True)
    # When the reading process last said that it lives; a reading export whose
    # process is silent for long was killed and can be continued.
    heard_of = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("export of the old site")
        verbose_name_plural = _("exports of the old site")
        ordering: ClassVar[list[str]] = ["-uploaded"]
        permissions: ClassVar[list[tuple[str, Any]]] = [
            ("export_everything", _("Can download the library and the WordPress file"))
        ]

    def __str__(self) -> str:
        return self.name


class OldPost(models.Model):
    """One post of the old site: what it was, where its parts go, what became of it.

    A post is known by its old site and WordPress's own number, never by an address.
    `paragraphs` are all segments of the post in order, each with the section it goes
    to or the reason why it goes nowhere; `proposals` are what its words seem to say,
    ticked or not.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        IN_WORK = "in-work", _("In work")
        DRAFTED = "drafted", _("Drafted")
        PUBLISHED = "published", _("Published")
        NOT_NEEDED = "not-needed", _("Not needed")

    host = models.CharField(_("old site"), max_length=255, blank=True)
    number = models.CharField(_("number"), max_length=255)
    export = models.ForeignKey(
        OldExport,
        verbose_name=_("export"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    title = models.TextField(_("title"), blank=True)
    post_type = models.CharField(_("type"), max_length=60, default="post")
    old_status = models.CharField(_("status on the old site"), max_length=40)
    link = models.TextField(_("old address"), blank=True)
    author = models.CharField(_("author"), max_length=255, blank=True)
    written = models.CharField(_("written"), max_length=40, blank=True)
    is_protected = models.BooleanField(_("protected by a password"), default=False)
    # The rest of the record as exported: slug, guid, fields, terms, comments …
    facts = models.JSONField(default=dict)
    content = models.TextField(_("original"), blank=True)
    sha256 = models.CharField(max_length=64, editable=False)
    newer_content = models.TextField(
        _("text of a newer export"), blank=True, editable=False
    )

    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    generation = models.CharField(_("format"), max_length=10, db_index=True)
    counts = models.JSONField(default=dict)
    paragraphs = models.JSONField(default=list)
    proposals = models.JSONField(default=list)
    completeness = models.PositiveSmallIntegerField(_("complete, %"), default=0)

    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.NEW, db_index=True
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    drafted = models.DateTimeField(_("drafted"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("old post")
        verbose_name_plural = _("old posts")
        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["host", "number"], name="one_old_post")
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.number}"


class OldPicture(models.Model):
    """A picture of the old site: where it was, and what became of it.

    `key` is its address without scheme, size and noise, or “#12” for a picture that
    is only known by WordPress's number. `sha256` is that of the file as it came.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not looked for yet")
        FOUND = "found", _("Here")
        MISSING = "missing", _("Missing")
        REFUSED = "refused", _("Refused")

    site = models.CharField(max_length=255, blank=True)
    key = models.CharField(max_length=64)
    address = models.TextField(_("old address"), blank=True)
    number = models.CharField(max_length=40, blank=True, db_index=True)
    alt = models.TextField(_("what the picture shows"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING
    )
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("picture of the old site")
        verbose_name_plural = _("pictures of the old site")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["site", "key"], name="one_old_picture")
        ]

    def __str__(self) -> str:
        return self.address[:200] or f"#{self.number}"


class PictureUse(models.Model):
    """Where a picture stood in an old post; part 0 is the post's featured picture."""

    post = models.ForeignKey(
        OldPost, on_delete=models.CASCADE, related_name="picture_uses"
    )
    picture = models.ForeignKey(
        OldPicture, on_delete=models.CASCADE, related_name="uses"
    )
    position = models.PositiveIntegerField()
    part = models.PositiveIntegerField()
    alt = models.TextField(blank=True)
    caption = models.TextField(blank=True)
    in_draft = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["post", "position"], name="one_use")
        ]

    def __str__(self) -> str:
        return f"{self.picture} in {self.post}"

    @property
    def words(self) -> str:
        """What the picture shows, as the post or the picture itself says it."""
        return self.alt or self.picture.alt
