"""The library as pages."""

import os

from django.apps import AppConfig
from django.conf import settings


class PatternsConfig(AppConfig):
    name = "achemap_site.patterns"
    label = "patterns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the lexicon read the editors' own words, kept beside the database."""
        words = settings.VAR / "words-site.yaml"
        os.environ.setdefault("ACHEMAP_WORDS", str(words))
