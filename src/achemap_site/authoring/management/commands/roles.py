"""`achemap-site roles`: make the roles and the workflow that are missing."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from achemap_site.authoring.keeping.roles import ensure_roles


class Command(BaseCommand):
    help = "Make the roles author, second reader, editor, operator, and the workflow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="give roles their first rights again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = ensure_roles(again=options["again"])
        self.stdout.write(", ".join(made) or "everything was there")
