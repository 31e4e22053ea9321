"""`achemap-site import_posts`: read an export of the old site into the desk."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from achemap.errors import BadInput
from achemap_site.authoring.desk import importing
from achemap_site.authoring.desk.models import OldExport


class Command(BaseCommand):
    help = "Read an export of the old site; what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--id", type=int, help="an export that was uploaded")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = options["id"] or self._kept(options["file"])
        except BadInput as error:
            raise CommandError(str(error)) from error
        export = importing.run(number)
        if export.state == OldExport.State.FAILED:
            raise CommandError(export.problem)
        self.stdout.write(
            f"{export.items_read} items read: {export.posts_new} new posts,"
            f" {export.posts_same} already here, {export.posts_changed} changed"
        )

    def _kept(self, file: Path | None) -> int:
        if file is None:
            raise BadInput("no file", fix="name an export file, or an --id")
        if not file.is_file():
            raise BadInput("is not there", file=file, fix="name an export file")
        with file.open("rb") as stream:
            return int(
                importing.keep_export(stream=stream, name=file.name, by=None)[0].pk
            )
