"""`achemap-site compile`: make the finder's tables, so that no reader waits for them."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from achemap.errors import BadInput
from achemap_site.delivery import device, published


PATIENT = 10


class Command(BaseCommand):
    help = "Compile what is published for the finder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--published",
            action="store_true",
            help="in the background, while readers are served",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["published"]:
            os.nice(PATIENT)
        try:
            bundle = published.refresh()
            device.ready()
        except BadInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(bundle.describe())
