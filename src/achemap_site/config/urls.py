"""Addresses. Pages come last: Wagtail answers whatever nothing above does."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from achemap_site.api.routes import api
from achemap_site.authoring import views as authoring
from achemap_site.delivery import device, feeds, files
from achemap_site.patterns import gate, pictures
from achemap_site.patterns import views as patterns


def _healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", _healthz),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("api/v1/", api.urls),
    path("bundle/<slug:version>/<str:name>", device.bundle, name="bundle"),
    path("search/", patterns.search, name="search"),
    path("find/", gate.find, name="find"),
    path("relief/<slug:record>/", gate.relief, name="relief"),
    path("steps/<slug:record>/", gate.steps, name="steps"),
    path("go/<str:kind>/<slug:record>/", patterns.go, name="go"),
    path("pictures/<slug:record>-<slug:kind>.png", pictures.picture, name="picture"),
    path("pictures/<slug:record>.json", pictures.cells, name="cells"),
    path("feedback/", authoring.feedback, name="feedback"),
    path("find/unanswered/", authoring.unanswered, name="unanswered"),
    path("feedback/thanks/", authoring.thanks, name="feedback-thanks"),
    path("feed.rss", feeds.PatternsRss(), name="rss"),
    path("feed.atom", feeds.PatternsAtom(), name="atom"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", files.robots, name="robots"),
    path("favicon.ico", files.favicon),
    # Pictures that editors put into texts; nothing else of the folder.
    re_path(
        r"^media/(?P<path>(?:original_)?images/[^/]+)$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
    ),
    path("", include(wagtail_urls)),
]

handler404 = "achemap_site.delivery.errors.not_found"
handler500 = "achemap_site.delivery.errors.broken"
