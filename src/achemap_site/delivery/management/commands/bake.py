"""`achemap-site bake`: write every public page as a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from achemap.errors import BadInput
from achemap_site.delivery.baking import bake


class Command(BaseCommand):
    help = "Write every public page as HTML and gzipped HTML, for any web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.VAR / "baked"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = bake(options["folder"])
        except BadInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.files} files, {done.bytes / 1e6:.1f} MB,"
            f" {done.gzipped / 1e6:.1f} MB gzipped, in {options['folder']}"
        )
