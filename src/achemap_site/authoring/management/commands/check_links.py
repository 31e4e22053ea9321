"""`achemap-site check_links`: list links that lead nowhere."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from achemap_site.authoring.keeping import links
from achemap_site.authoring.keeping.models import BrokenLink


class Command(BaseCommand):
    help = "Check links inside the site; with --outside, ask other sites too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--outside", action="store_true")
        parser.add_argument("--seconds", type=float, default=5.0)
        parser.add_argument("--limit", type=int, default=1000)

    def handle(self, *args: Any, **options: Any) -> None:
        links.check_inside()
        if options["outside"]:
            links.check_outside(seconds=options["seconds"], limit=options["limit"])
        found = BrokenLink.objects.select_related("page")
        for link in found:
            self.stdout.write(f"{link.page.title}: {link.address}: {link.problem}")
        self.stdout.write(f"{len(found)} broken links")
