"""Muscles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from achemap.library.reading import parse_muscle
from achemap.library.writing import record_as_text
from achemap_site.patterns import choices, fronts
from achemap_site.patterns.editing.choosers import RecordList
from achemap_site.patterns.models.base import BasePage, Prose, RecordPage, Sourced


class MuscleIndexPage(BasePage):
    """All muscles, by part of the body."""

    kind = "muscles"
    intro = Prose()

    parent_page_types: ClassVar[list[str]] = ["patterns.HomePage"]
    subpage_types: ClassVar[list[str]] = ["patterns.MusclePage"]
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
        return {**context, **presenters.muscle_index()}


class MusclePage(Sourced, RecordPage):
    """One muscle, or a named part of one."""

    kind = "muscle"
    name = models.CharField(_("standard name"), max_length=200)
    latin = models.CharField(_("Latin name"), max_length=200, blank=True)
    fma = models.PositiveIntegerField(_("FMA number"), null=True, blank=True)
    synonyms = models.TextField(
        _("other names"), blank=True, help_text=_("One a line.")
    )
    part_of = models.CharField(_("part of"), max_length=120, blank=True)
    region = models.CharField(
        _("part of the body"), max_length=60, choices=choices.region_groups
    )
    attached_from = models.TextField(_("attached from"))
    attached_to = models.TextField(_("attached to"))
    action = models.TextField(_("action"))
    nerve = models.TextField(_("nerve"))
    roots = models.CharField(_("roots"), max_length=200, blank=True)
    function = models.TextField(_("what it does, in plain words"))
    related = models.TextField(
        _("related muscles"), blank=True, help_text=_("Ids, one a line.")
    )

    presenter = "muscle_page"
    to_front = staticmethod(fronts.muscle_front)
    parse = staticmethod(parse_muscle)
    write = staticmethod(record_as_text)

    parent_page_types: ClassVar[list[str]] = ["patterns.MuscleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("function"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("name"),
        FieldPanel("latin"),
        FieldPanel("synonyms"),
        FieldPanel("region"),
        FieldPanel("part_of", widget=RecordList("muscle", most=1)),
        FieldPanel("function"),
        MultiFieldPanel(
            [
                FieldPanel("attached_from"),
                FieldPanel("attached_to"),
                FieldPanel("action"),
                FieldPanel("nerve"),
                FieldPanel("roots"),
                FieldPanel("fma"),
            ],
            heading=_("Anatomy"),
        ),
        FieldPanel(
            "related", widget=RecordList("muscle"), help_text=_("Chosen by name.")
        ),
        *Sourced.source_panels,
        *RecordPage.record_panels,
    ]
