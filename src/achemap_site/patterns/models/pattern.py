"""Patterns: the complaint, where it is felt, and what to do about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.search import index

from achemap.library.reading import parse_pattern
from achemap.library.records import SECTION_HEADINGS
from achemap.library.writing import pattern_as_text
from achemap_site.patterns import blocks, choices, fronts
from achemap_site.patterns.editing.choosers import RecordList
from achemap_site.patterns.editing.forms import PatternForm
from achemap_site.patterns.editing.panels import (
    HintsPanel,
    PastePanel,
    ZoneDrawingPanel,
)
from achemap_site.patterns.editing.previewing import Previews
from achemap_site.patterns.models.base import (
    BasePage,
    Prose,
    RecordPage,
    Review,
    Sourced,
)
from achemap_site.patterns.reach import reach_of


class PatternIndexPage(BasePage):
    """All patterns, by part of the body."""

    kind = "patterns"
    intro = Prose()

    parent_page_types: ClassVar[list[str]] = ["patterns.HomePage"]
    subpage_types: ClassVar[list[str]] = ["patterns.PatternPage"]
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
        return {**context, **presenters.pattern_index()}


class PatternPage(Previews, Review, RecordPage):
    """One pain pattern, written once; every view of it is derived from here."""

    kind = "pattern"
    muscles = blocks.Stream(blocks.MUSCLES, verbose_name=_("muscles"))
    how_common = models.CharField(
        _("how common"), max_length=20, choices=choices.HOW_COMMON, default="common"
    )
    zones = blocks.Stream(blocks.ZONES, verbose_name=_("zones"))
    points = blocks.Stream(blocks.POINTS, blank=True, verbose_name=_("trigger points"))
    partial = models.TextField(
        _("parts felt alone"),
        blank=True,
        help_text=_("Which parts of the map people often feel alone."),
    )
    signs = blocks.Stream(blocks.SIGNS, blank=True, verbose_name=_("signs"))
    sayings = models.TextField(
        _("sayings"),
        blank=True,
        help_text=_("What real people type, one a line, 25 or more."),
    )
    mistaken_for = models.TextField(
        _("mistaken for"),
        blank=True,
        help_text=_("What people think it is, one a line."),
    )
    triage = models.TextField(
        _("safety rules"),
        blank=True,
        help_text=_("Rules that are always asked, one a line."),
    )
    similar = blocks.Stream(
        blocks.SIMILAR, blank=True, verbose_name=_("similar patterns")
    )
    avoid = models.TextField(
        _("avoid"), blank=True, help_text=_("One short sentence a line.")
    )
    relief_on_the_go = models.TextField(
        _("relief on the go"), blank=True, help_text=_("One short sentence a line.")
    )
    care = blocks.Stream(
        blocks.CARE,
        blank=True,
        verbose_name=_("heat, ice, pressure, timed steps, products"),
        block_counts={kind: {"max_num": 1} for kind in ("heat", "ice", "pressure")},
    )
    see_someone = models.TextField(_("when to see someone"), blank=True)
    evidence_grade = models.CharField(
        _("evidence"), max_length=20, choices=choices.GRADES, default="classic-map"
    )
    evidence_note = models.TextField(_("evidence, in plain words"), blank=True)
    sources = models.TextField(
        _("sources"),
        blank=True,
        help_text=_("Keys of sources, one a line, at least two."),
    )
    sources_disagree = models.TextField(_("where sources disagree"), blank=True)
    describe = Prose(_("how people describe it"))
    activate = Prose(_("what sets it off"))
    relief = Prose(_("getting relief yourself"))
    anatomy = Prose(_("the anatomy behind it"))
    therapy_notes = Prose(_("therapy notes"))

    # Leaf region -> strongest level there; derived from the zones at every save.
    reach = models.JSONField(default=dict, editable=False)

    prose = SECTION_HEADINGS
    presenter = "pattern_page"
    to_front = staticmethod(fronts.pattern_front)
    parse = staticmethod(parse_pattern)
    write = staticmethod(pattern_as_text)

    parent_page_types: ClassVar[list[str]] = ["patterns.PatternIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("describe"),
        index.SearchField("therapy_notes"),
        index.FilterField("how_common"),
    ]

    base_form_class = PatternForm
    content_panels: ClassVar[list[Any]] = [
        PastePanel(),
        TitleFieldPanel(
            "title",
            help_text=_("The complaint in a reader’s words, never the muscle."),
        ),
        FieldPanel("muscles"),
        FieldPanel("describe"),
        FieldPanel("activate"),
        FieldPanel("relief"),
        FieldPanel("anatomy"),
        FieldPanel("therapy_notes"),
        HintsPanel(),
    ]
    map_panels: ClassVar[list[Any]] = [
        ZoneDrawingPanel(heading=_("Draw where it hurts")),
        FieldPanel("partial"),
    ]
    finder_panels: ClassVar[list[Any]] = [
        FieldPanel("how_common"),
        FieldPanel("signs"),
        FieldPanel("sayings"),
        FieldPanel("mistaken_for"),
        FieldPanel("similar"),
    ]
    care_panels: ClassVar[list[Any]] = [
        FieldPanel(
            "triage",
            widget=RecordList("rule"),
            help_text=_("What is asked before any advice. Choose by name."),
        ),
        FieldPanel("see_someone"),
        FieldPanel("avoid"),
        FieldPanel("relief_on_the_go"),
        FieldPanel("care"),
    ]
    proof_panels: ClassVar[list[Any]] = [
        FieldPanel("evidence_grade"),
        FieldPanel("evidence_note"),
        *Sourced.source_panels,
        FieldPanel("sources_disagree"),
        *Review.review_panels,
        *RecordPage.record_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(map_panels, heading=_("Where it hurts")),
            ObjectList(finder_panels, heading=_("How to find it")),
            ObjectList(care_panels, heading=_("Safety and care")),
            ObjectList(proof_panels, heading=_("Evidence and review")),
            ObjectList(BasePage.promote_panels, heading=_("Address")),
        ]
    )

    def save(self, *args: Any, **options: Any) -> Any:
        self.reach = reach_of(
            fronts.zone_front(*pair) for pair in fronts.pairs(self.zones)
        )
        return super().save(*args, **options)

    def get_context(
        self, request: HttpRequest, *args: Any, **options: Any
    ) -> dict[str, Any]:
        from achemap_site.authoring.keeping.members import without_notes
        from achemap_site.patterns import presenters

        context = super().get_context(request, *args, **options)
        return without_notes({**context, **presenters.pattern_page(self)}, request)
