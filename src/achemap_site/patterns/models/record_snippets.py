"""Records without a page of their own: products and sources."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet


class Product(models.Model):
    """A generic product. Its shop link is the operator's, and always marked as such."""

    record_id = models.SlugField(_("record id"), max_length=120, unique=True)
    title = models.CharField(_("name"), max_length=200)
    what = models.TextField(_("what it is"))
    placement = models.TextField(_("where it goes"), blank=True)
    not_when = models.TextField(_("not when"), blank=True)
    shop_link = models.URLField(_("shop link"), blank=True)
    advertising_note = models.TextField(_("advertising note"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    sources = models.TextField(_("sources"), blank=True)
    source_text = models.TextField(blank=True, editable=False)

    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "record_id",
            "title",
            "what",
            "placement",
            "not_when",
            "shop_link",
            "advertising_note",
            "language",
            "sources",
        )
    ]

    class Meta:
        verbose_name = _("product")
        ordering: ClassVar[list[str]] = ["title"]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """Something that was read, and what it was seen to say: one entry of a list file."""

    key = models.SlugField(_("key"), max_length=120, unique=True)
    file = models.CharField(_("file"), max_length=200, default="sources/editors.yaml")
    position = models.PositiveIntegerField(default=0, editable=False)
    authors = models.CharField(_("authors"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=500)
    year = models.PositiveIntegerField(_("year"), null=True, blank=True)
    source_kind = models.CharField(
        _("kind"),
        max_length=20,
        default="web",
        choices=[
            ("book", _("Book")),
            ("paper", _("Paper")),
            ("web", _("Web page")),
            ("post", _("Post")),
            ("guideline", _("Guideline")),
        ],
    )
    where = models.CharField(
        _("journal, publisher or site"), max_length=500, blank=True
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    pmid = models.CharField(_("PubMed number"), max_length=40, blank=True)
    seen = models.DateField(_("seen on"))
    seen_as = models.CharField(_("seen as"), max_length=40, default="full")
    says = models.TextField(_("what it was seen to say"))

    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "key",
            "authors",
            "title",
            "year",
            "source_kind",
            "where",
            "url",
            "doi",
            "pmid",
            "seen",
            "seen_as",
            "says",
        )
    ]

    class Meta:
        verbose_name = _("source")
        ordering: ClassVar[list[str]] = ["file", "position", "key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"


class SourceFile(models.Model):
    """A source list as it was loaded, so that export can give it back unchanged."""

    path = models.CharField(max_length=200, unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.path


class Word(models.Model):
    """A word of the editors' own, added to the lexicon: one thing said in many ways.

    All words together are the file `lexicon/words-site.yaml` of an export.
    """

    class Kind(models.TextChoices):
        FEELING = "feeling", _("Feeling")
        ACTIVITY = "activity", _("Activity")
        GESTURE = "gesture", _("Gesture")
        COMPANION = "companion", _("Comes with")
        TIME = "time", _("Time")

    record_id = models.SlugField(
        _("word id"),
        max_length=80,
        unique=True,
        help_text=_("Everyday words with hyphens: “carrying-a-child”. Never changes."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(
        _("name"), max_length=120, help_text=_("As readers see it: “carrying a child”.")
    )
    ways = models.TextField(
        _("ways people say it"),
        help_text=_("One a line, two or more; eight are better."),
    )
    language = models.CharField(_("language"), max_length=12, default="en")

    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("kind", "name", "record_id", "ways", "language")
    ]

    class Meta:
        verbose_name = _("word")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        from achemap_site.patterns.site_words import problem_of

        problems = problem_of(self)
        if problems:
            raise ValidationError(problems)


register_snippet(Product)
register_snippet(Source)
register_snippet(Word)
