"""The pattern editor's own addresses."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def editing_urls() -> list[Any]:
    """Answer what the scripts of the editor ask for."""
    return [path("editing/", include("achemap_site.patterns.editing.urls"))]
