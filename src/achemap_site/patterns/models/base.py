"""What every page has, and what every page that holds a library record has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

import yaml
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from achemap.errors import BadInput
from achemap_site.patterns.editing.choosers import RecordList
from achemap_site.patterns.markdown import to_markdown, to_rich_text


PROSE_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
ARTICLE_FEATURES = ["h2", *PROSE_FEATURES]


class Prose(RichTextField):
    """Rich text that goes back to Markdown without loss."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("features", PROSE_FEATURES)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        options.pop("features", None)
        return name, "achemap_site.patterns.models.base.Prose", args, options


class BasePage(Page):
    """A page of the site."""

    # What the page is to the templates and to the search; set by each kind.
    kind: ClassVar[str] = "page"

    class Meta:
        abstract = True


def today() -> date:
    """Return the day on which a new text is written."""
    return timezone.localdate()


def in_two_years() -> date:
    """Return the day by which a text of today should be reviewed again."""
    return timezone.localdate() + timedelta(days=730)


class Review(models.Model):
    """Who wrote a text, who read it a second time, until when it holds."""

    authored = models.DateField(_("written on"), null=True, blank=True, default=today)
    author = models.CharField(_("author"), max_length=200)
    reviewed = models.DateField(_("read a second time on"), null=True, blank=True)
    reviewed_by = models.CharField(_("second reader"), max_length=200, blank=True)
    medical_review = models.CharField(
        _("medical review"),
        max_length=200,
        default="open",
        help_text=_("“open” until a clinician has reviewed it; then name and date."),
    )
    review_by = models.DateField(
        _("to be reviewed again by"), null=True, blank=True, default=in_two_years
    )

    review_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("authored"),
                FieldPanel("author"),
                FieldPanel("reviewed"),
                FieldPanel("reviewed_by"),
                FieldPanel("medical_review"),
                FieldPanel("review_by"),
            ],
            heading=_("Author and review"),
        )
    ]

    class Meta:
        abstract = True


class Sourced(models.Model):
    """What a text rests on."""

    sources = models.TextField(
        _("sources"), blank=True, help_text=_("Keys, one a line.")
    )

    source_panels: ClassVar[list[Any]] = [
        FieldPanel(
            "sources",
            widget=RecordList("source"),
            help_text=_("Chosen by title; two or more that do not lean on each other."),
        )
    ]

    class Meta:
        abstract = True


# What an editor presses before a page is live, at once or after a second reading.
_LIVE_NEXT = {"action-publish", "action-submit"}


class RecordForm(WagtailAdminPageForm):
    """Refuses to publish what the library could not read; drafts may be unfinished."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors or not _LIVE_NEXT & set(self.data):
            return cleaned
        page = self.instance
        for name, value in cleaned.items():
            if name in self._record_fields():
                setattr(page, name, value)
        try:
            page.record()
        except (BadInput, ValueError, KeyError, TypeError) as error:
            raise ValidationError(
                _("The library cannot read this yet: %(problem)s"),
                params={"problem": error},
            ) from error
        return cleaned

    def _record_fields(self) -> set[str]:
        return {field.name for field in self._meta.model._meta.local_fields} | {"title"}


# The C dumper is about eight times faster and writes the same text.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def canonical_yaml(front: Mapping[str, Any]) -> str:
    """Return a front as YAML, in file order."""
    return str(
        yaml.dump(
            dict(front),
            Dumper=_DUMPER,
            sort_keys=False,
            allow_unicode=True,
            width=88,
            default_flow_style=None,
        )
    )


class RecordPage(BasePage):
    """A page that holds one library record.

    `source_text` is the file the record was loaded from. `source_prose` keeps, for
    each rich text field, the Markdown of the file and what the editor's HTML gave
    as Markdown at that moment: while that is unchanged, export writes the file's.
    """

    record_id = models.SlugField(
        _("record id"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_("Stays the same for ever, whatever the title or address becomes."),
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    source_text = models.TextField(blank=True, editable=False)
    source_prose = models.JSONField(default=dict, editable=False)

    base_form_class = RecordForm
    record_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("record_id"), FieldPanel("language")], heading=_("Record")
        )
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "record_id",
        "source_text",
        "source_prose",
    ]

    # Set by each kind: what gives its template the context.
    presenter: ClassVar[str]
    # Set by each kind: rich text field -> heading in the file (None: no headings),
    # the functions of `fronts.py`, and the library's parser.
    prose: ClassVar[Mapping[str, str | None]] = {}
    to_front: ClassVar[Callable[[Any], dict[str, Any]]]
    parse: ClassVar[Callable[[str, str], Any]]
    write: ClassVar[Callable[[Any], str]]

    class Meta:
        abstract = True

    def get_context(
        self, request: HttpRequest, *args: Any, **options: Any
    ) -> dict[str, Any]:
        from achemap_site.patterns import presenters

        context = super().get_context(request, *args, **options)
        return {**context, **getattr(presenters, self.presenter)(self)}

    def save(self, *args: Any, **options: Any) -> Any:
        if not self.record_id:
            self.record_id = self._free_record_id()
        return super().save(*args, **options)

    def full_clean(self, *args: Any, **options: Any) -> None:
        if not self.record_id and self.title:
            self.record_id = self._free_record_id()
        super().full_clean(*args, **options)

    def _free_record_id(self) -> str:
        base = slugify(self.title)[:110] or self.kind
        taken = set(
            type(self)
            .objects.filter(record_id__startswith=base)
            .exclude(pk=self.pk)
            .values_list("record_id", flat=True)
        )
        tries = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
        return next(name for name in tries if name not in taken)

    # --- the record ---

    def set_prose(self, texts: Mapping[str, str]) -> None:
        """Set the rich text fields from Markdown, by field name."""
        self.source_prose = {}
        for field in self.prose:
            markdown = texts.get(field, "")
            html = to_rich_text(markdown)
            setattr(self, field, html)
            self.source_prose[field] = {"file": markdown, "editor": to_markdown(html)}

    def prose_markdown(self, field: str) -> str:
        """Return the Markdown of a rich text field; the file's while it is unchanged."""
        now = to_markdown(getattr(self, field), _record_of_page)
        kept = self.source_prose.get(field)
        return kept["file"] if kept and kept["editor"] == now else now

    def body_text(self) -> str:
        """Return the Markdown that follows the front in a file."""
        parts = []
        for field, heading in self.prose.items():
            markdown = self.prose_markdown(field)
            if heading is None:
                parts.append(markdown)
            elif markdown or heading:
                parts.append(f"## {heading}\n\n{markdown}".rstrip())
        return "\n\n".join(part for part in parts if part)

    def to_text(self) -> str:
        """Return the record as a file that the library can read."""
        front = canonical_yaml(type(self).to_front(self))
        if not self.prose:
            return front
        return f"---\n{front}---\n{self.body_text()}\n"

    def record(self) -> Any:
        """Return the library record. Raises BadInput when the page is unfinished."""
        return type(self).parse(self.to_text(), f"{self.kind} “{self.title}”")

    @property
    def is_edited(self) -> bool:
        """Whether the record differs from the file it was loaded from, if it was."""
        if not self.source_text:
            return True
        try:
            return bool(self.record() != type(self).parse(self.source_text, self.title))
        except BadInput:  # unfinished, so no longer what was loaded
            return True

    def export_text(self) -> str:
        """Return the file: byte for byte the loaded one while nothing changed."""
        return type(self).write(self.record()) if self.is_edited else self.source_text


def _record_of_page(number: int) -> str | None:
    page = Page.objects.filter(pk=number).specific().first()
    return f"{page.kind}:{page.record_id}" if isinstance(page, RecordPage) else None
