"""The first page, and the body's regions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from achemap.atlas.vocabulary import regions
from achemap_site.patterns.models.base import BasePage, Prose


class HomePage(BasePage):
    """Search, and “where does it hurt?”."""

    kind = "home"
    lead = models.CharField(_("lead"), max_length=300, blank=True)
    intro = Prose()

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("intro"),
    ]

    def get_context(
        self, request: HttpRequest, *args: Any, **options: Any
    ) -> dict[str, Any]:
        from achemap_site.patterns import presenters

        context = super().get_context(request, *args, **options)
        return {**context, **presenters.home()}


class RegionIndexPage(RoutablePageMixin, BasePage):
    """Where does it hurt: all regions, and a page for each from the atlas."""

    kind = "regions"
    intro = Prose()

    parent_page_types: ClassVar[list[str]] = ["patterns.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("intro"),
    ]

    @path("")
    def the_page(self, request: HttpRequest) -> HttpResponse:
        """List the regions."""
        from achemap_site.patterns import presenters

        return self.render(request, context_overrides=presenters.region_index())

    @path("<slug:region>/", name="region")
    def region_route(self, request: HttpRequest, region: str) -> HttpResponse:
        """Show the patterns that reach one region."""
        from achemap_site.patterns import presenters

        if region not in regions():
            raise Http404(f"no region {region}")
        return self.render(
            request,
            context_overrides=presenters.region_page(region),
            template="patterns/region_page.html",
        )

    def get_sitemap_urls(
        self, request: HttpRequest | None = None
    ) -> list[dict[str, Any]]:
        base = super().get_sitemap_urls(request)
        if not base:
            return base
        address = base[0]["location"]
        return [*base, *({"location": f"{address}{region}/"} for region in regions())]
