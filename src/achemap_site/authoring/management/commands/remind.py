"""`achemap-site remind`: who should read what again, by its review date."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.core.management.base import BaseCommand

from achemap_site.authoring.keeping.links import record_pages
from achemap_site.authoring.keeping.models import Assignment
from achemap_site.authoring.keeping.roles import EDITOR
from achemap_site.authoring.overview.presenters import today


class Command(BaseCommand):
    help = "List texts whose review is due; with --mail, write to those they belong to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=30, help="look this far ahead")
        parser.add_argument("--mail", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        until = today() + timedelta(days=options["days"])
        due = sorted(
            (page.review_by, page.title, page.pk)
            for model in record_pages()
            if hasattr(model, "review_by")
            for page in model.objects.live().filter(review_by__lte=until)
        )
        for day, title, _pk in due:
            self.stdout.write(f"{day} {title}")
        self.stdout.write(f"{len(due)} reviews due by {until}")
        if options["mail"] and due:
            self._mail(due)

    def _mail(self, due: list[tuple[Any, str, int]]) -> None:
        owners = {
            each.page_id: each.person.email
            for each in Assignment.objects.select_related("person")
        }
        editors = get_user_model().objects.filter(groups__name=EDITOR.name)
        everybody = [editor.email for editor in editors if editor.email]
        letters: dict[str, list[str]] = defaultdict(list)
        for day, title, number in due:
            for address in [owners[number]] if owners.get(number) else everybody:
                letters[address].append(f"{day} {title}")
        for address, lines in letters.items():
            send_mail("Achemap: reviews due", "\n".join(lines), None, [address])
        self.stdout.write(f"{len(letters)} people written to")
