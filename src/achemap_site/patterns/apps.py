"""The library as pages."""

from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "achemap_site.patterns"
    label = "patterns"
    default_auto_field = "django.db.models.BigAutoField"
