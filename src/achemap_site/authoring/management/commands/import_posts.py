"""`achemap-site import_posts`: read an export of the old site into the desk."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from achemap.errors import BadInput
from achemap_site.authoring.desk import importing, presenters
from achemap_site.authoring.desk.models import OldExport


class Command(BaseCommand):
    help = "Read an export of the old site; what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--uploads", type=Path, help="a copy of wp-content/uploads, or a zip of it"
        )
        parser.add_argument(
            "--fetch-from",
            action="append",
            default=[],
            metavar="HOST",
            help="a host that may be asked for pictures; may be given several times",
        )
        parser.add_argument("--id", type=int, help="an export that was uploaded")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            uploads = options["uploads"]
            if uploads is not None and not uploads.exists():
                raise BadInput("is not there", file=uploads, fix="name a folder")
            number = options["id"] or self._kept(options["file"])
        except BadInput as error:
            raise CommandError(str(error)) from error
        export = importing.run(number, uploads=uploads, hosts=options["fetch_from"])
        if export.state == OldExport.State.FAILED:
            raise CommandError(export.problem)
        self.stdout.write(
            f"{export.items_read} items read: {export.posts_new} new posts,"
            f" {export.posts_same} already here, {export.posts_changed} changed"
        )
        for one, titles in export.doubled:
            names = ", ".join(f"“{title}”" for title in titles)
            self.stdout.write(f"post {one} stands twice, the last is kept: {names}")
        counts = presenters.picture_counts(export)
        self.stdout.write(
            "pictures: " + ", ".join(f"{n} {state}" for state, n in counts.items())
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
