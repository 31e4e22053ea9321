"""The site's own address, as editors' links, feeds and the sitemap give it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from django.db.utils import DatabaseError
from wagtail.models import Site


def align_address() -> None:
    """Give the default site the address of the settings, where it differs.

    Meant for the start of a server: connections are closed again, so that none is
    shared by the processes that are forked later.
    """
    parts = urlsplit(settings.SITE_ADDRESS)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        site = Site.objects.filter(is_default_site=True).first()
        if site is not None and (site.hostname, site.port) != (parts.hostname, port):
            site.hostname, site.port = str(parts.hostname), port
            site.save()
    except DatabaseError:  # not migrated yet; `serve` does that first
        return
    finally:
        connections.close_all()
