"""What editors work with beside pages: messages from readers, features, the notice."""

from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "achemap_site.authoring"
    label = "authoring"
    default_auto_field = "django.db.models.BigAutoField"
