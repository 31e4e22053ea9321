"""`achemap-site compile`: make the finder's tables, so that no reader waits for them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from achemap.bundle import compiled
from achemap.errors import BadInput


class Command(BaseCommand):
    help = "Compile the library for the finder."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bundle = compiled()
        except BadInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(bundle.describe())
