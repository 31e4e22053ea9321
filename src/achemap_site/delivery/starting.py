"""What a server does once, before its processes are forked."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from django.db.utils import DatabaseError
from wagtail.models import Site

from achemap.atlas import load as load_atlas
from achemap.triage import load_rules
from achemap_site.delivery import device


def align_address() -> None:
    """Give the default site the address of the settings, where it differs.

    Editors' links, feeds and the sitemap are made from it. Connections are closed
    again, so that none is shared by the processes that are forked later.
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


def warm() -> None:
    """Load the rules, the body and the finder once, for all processes to share.

    Raises BadInput when one of them is broken: then nothing is served.
    """
    load_rules()
    load_atlas()
    device.ready()
