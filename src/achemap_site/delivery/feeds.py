"""News: patterns that are new or were reviewed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from achemap_site.patterns.catalogue import catalogue
from achemap_site.patterns.models import PatternPage


class PatternsRss(Feed):
    """The newest twenty patterns, as RSS."""

    title = _("Achemap: new and reviewed patterns")
    description = _("Pain patterns that trigger points may cause, in plain words.")

    def link(self) -> str:
        return f"{settings.SITE_ADDRESS}/patterns/"

    def items(self) -> list[PatternPage]:
        return list(
            PatternPage.objects.live()
            .public()
            .order_by("-last_published_at", "-pk")[:20]
        )

    def item_title(self, item: PatternPage) -> str:
        return str(item.title)

    def item_description(self, item: PatternPage) -> str:
        return catalogue().patterns[item.record_id].summary

    def item_link(self, item: PatternPage) -> str:
        return f"{settings.SITE_ADDRESS}{catalogue().patterns[item.record_id].url}"

    def item_pubdate(self, item: PatternPage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: PatternPage) -> datetime | None:
        return item.last_published_at

    def item_guid(self, item: PatternPage) -> str:
        return f"achemap:pattern:{item.record_id}"

    item_guid_is_permalink = False


class PatternsAtom(PatternsRss):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = PatternsRss.description
