"""Concepts, collections by region, and the site's own pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from achemap.library.reading import parse_article
from achemap.library.writing import article_as_text
from achemap_site.patterns import fronts
from achemap_site.patterns.editing.choosers import RecordList
from achemap_site.patterns.models.base import (
    ARTICLE_FEATURES,
    BasePage,
    Prose,
    RecordPage,
    Review,
    Sourced,
)


class ArticleIndexPage(BasePage):
    """Concepts and collections."""

    kind = "articles"
    intro = Prose()

    parent_page_types: ClassVar[list[str]] = ["patterns.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "patterns.ConceptPage",
        "patterns.CollectionPage",
    ]
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
        return {**context, **presenters.article_index()}


class ArticlePage(Review, Sourced, RecordPage):
    """What concepts and collections have in common."""

    summary = models.TextField(_("summary"))
    region = models.CharField(_("part of the body"), max_length=60, blank=True)
    patterns = models.TextField(
        _("patterns"), blank=True, help_text=_("Ids, one a line.")
    )
    related = models.TextField(
        _("related"), blank=True, help_text=_("Ids, one a line.")
    )
    body = Prose(_("text"), features=ARTICLE_FEATURES)

    prose: ClassVar[dict[str, str | None]] = {"body": None}
    presenter = "article_page"
    to_front = staticmethod(fronts.article_front)
    parse = staticmethod(parse_article)
    write = staticmethod(article_as_text)

    parent_page_types: ClassVar[list[str]] = ["patterns.ArticleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("region"),
        FieldPanel(
            "patterns", widget=RecordList("pattern"), help_text=_("In this order.")
        ),
        FieldPanel(
            "related", widget=RecordList("article"), help_text=_("Chosen by name.")
        ),
        *Sourced.source_panels,
        *Review.review_panels,
        *RecordPage.record_panels,
    ]

    class Meta:
        abstract = True


class ConceptPage(ArticlePage):
    """An idea that several patterns share, such as referred pain."""

    kind = "concept"
    template = "patterns/article_page.html"


class CollectionPage(ArticlePage):
    """A hand-picked list of patterns for a part of the body, with advice on choosing."""

    kind = "collection"
    template = "patterns/article_page.html"


class TextPage(BasePage):
    """About, contact, and other pages of the site's own.

    Being no record, its text may hold pictures, and tables of old posts.
    """

    kind = "text"
    summary = models.TextField(_("summary"), blank=True)
    body = Prose(_("text"), features=[*ARTICLE_FEATURES, "image", "kept-table"])
    shows_contact = models.BooleanField(
        _("shows how to reach us, and the message form"), default=False
    )

    parent_page_types: ClassVar[list[str]] = ["patterns.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("body"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("shows_contact"),
    ]


class HowWeDecidePage(BasePage):
    """The safety rules in plain words, made from the rules themselves."""

    kind = "how-we-decide"
    intro = Prose()

    parent_page_types: ClassVar[list[str]] = ["patterns.HomePage"]
    subpage_types: ClassVar[list[str]] = []
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
        return {**context, **presenters.how_we_decide()}
