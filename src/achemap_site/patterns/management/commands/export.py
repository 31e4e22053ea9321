"""`achemap-site export`: write the pages back as library files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from achemap.errors import BadInput
from achemap_site.patterns.actions import export_library


class Command(BaseCommand):
    help = "Write every live record as a library file; unchanged ones byte for byte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = export_library(folder=options["folder"])
        except BadInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(written)} files written to {options['folder']}")
