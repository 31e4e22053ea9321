"""How pages reach readers: headers, search, feeds, baked files."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "achemap_site.delivery"
    label = "delivery"
