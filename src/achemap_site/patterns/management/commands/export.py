"""`achemap-site export`: write the pages back as library files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from achemap.errors import BadInput
from achemap_site.authoring.exporting.wxr import write_wxr
from achemap_site.patterns.actions import export_library


class Command(BaseCommand):
    help = "Write every live record as a library file; unchanged ones byte for byte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path)
        parser.add_argument(
            "--wxr", type=Path, metavar="FILE", help="write one WordPress file instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["wxr"]:
            self._wxr(options["wxr"])
        if options["folder"] is None:
            if not options["wxr"]:
                raise CommandError("name a folder, or --wxr FILE")
            return
        try:
            written = export_library(folder=options["folder"])
        except BadInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(written)} files written to {options['folder']}")

    def _wxr(self, file: Path) -> None:
        part = file.with_name(f"{file.name}.part")
        try:
            with part.open("wb") as stream:
                written = write_wxr(stream)
            part.replace(file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"{written} items written to {file}")
