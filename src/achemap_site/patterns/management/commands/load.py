"""`achemap-site load`: bring the library's files into pages."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from achemap.errors import BadInput
from achemap.library.loading import STARTER
from achemap.triage.loading import load_rules
from achemap_site.authoring.keeping.roles import ensure_roles
from achemap_site.patterns.actions import load_library


class Command(BaseCommand):
    help = (
        "Load the library's files into pages. Editors' changes are never overwritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=STARTER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # The danger screen guards the library's self-care: one without the other
            # must not be served.
            load_rules()
            done = load_library(root=options["folder"])
            ensure_roles()
        except BadInput as error:
            raise CommandError(str(error)) from error
        for file in done.kept:
            self.stdout.write(f"kept the editor's version: {file}")
        self.stdout.write(
            f"{len(done.new)} new, {len(done.updated)} updated, {done.unchanged} unchanged,"
            f" {len(done.kept)} kept as edited"
        )
