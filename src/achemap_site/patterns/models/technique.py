"""Techniques: things a reader can do, as numbered and timed steps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from achemap.library.reading import parse_technique
from achemap.library.writing import article_as_text
from achemap_site.patterns import blocks, choices, fronts
from achemap_site.patterns.models.base import (
    ARTICLE_FEATURES,
    BasePage,
    Prose,
    RecordPage,
    Review,
    Sourced,
)


class TechniqueIndexPage(BasePage):
    """All techniques."""

    kind = "techniques"
    intro = Prose()

    parent_page_types: ClassVar[list[str]] = ["patterns.HomePage"]
    subpage_types: ClassVar[list[str]] = ["patterns.TechniquePage"]
    max_count = 1
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("intro"),
    ]

    def get_context(
        self, request: HttpRequest, *args: Any, **options: Any
    ) -> dict[str, Any]:
        from achemap_site.patterns import presenters

        context = super().get_context(request, *args, **options)
        return {**context, **presenters.technique_index()}


class TechniquePage(Review, Sourced, RecordPage):
    """One technique. Its steps are behind the safety questions, as all self-care is."""

    kind = "technique"
    technique_kind = models.CharField(_("kind"), max_length=40)
    region = models.CharField(
        _("part of the body"),
        max_length=60,
        choices=choices.region_groups,
        default="any",
    )
    materials = models.TextField(
        _("what you need"), blank=True, help_text=_("One a line.")
    )
    steps = blocks.Stream(blocks.STEPS, blank=True, verbose_name=_("steps"))
    subsets = models.TextField(
        _("named groups of steps"),
        blank=True,
        help_text=_(
            "One a line: a name, a colon, step numbers: “forward-head: 1, 2, 5”."
        ),
    )
    stop_if = models.TextField(_("stop if"), blank=True)
    body = Prose(_("text"), features=ARTICLE_FEATURES)

    prose: ClassVar[dict[str, str | None]] = {"body": None}
    presenter = "technique_page"
    to_front = staticmethod(fronts.technique_front)
    parse = staticmethod(parse_technique)
    write = staticmethod(article_as_text)

    parent_page_types: ClassVar[list[str]] = ["patterns.TechniqueIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("body"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("technique_kind"),
        FieldPanel("region"),
        FieldPanel("materials"),
        FieldPanel("steps"),
        FieldPanel("subsets"),
        FieldPanel("stop_if"),
        FieldPanel("body"),
        *Sourced.source_panels,
        *Review.review_panels,
        *RecordPage.record_panels,
    ]
