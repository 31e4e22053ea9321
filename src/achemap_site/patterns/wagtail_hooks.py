"""The pattern editor's own addresses, and what follows a change of a word."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path
from wagtail import hooks

from achemap_site.patterns import site_words
from achemap_site.patterns.models import Word


@hooks.register("register_admin_urls")
def editing_urls() -> list[Any]:
    """Answer what the scripts of the editor ask for."""
    return [path("editing/", include("achemap_site.patterns.editing.urls"))]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def keep_word(_request: HttpRequest, instance: Any) -> None:
    """Write the lexicon file again when one of the editors' own words changed."""
    if isinstance(instance, Word):
        site_words.write_beside()


@hooks.register("after_delete_snippet")
def drop_words(_request: HttpRequest, instances: Any) -> None:
    """Write the lexicon file again when words were deleted."""
    if any(isinstance(instance, Word) for instance in instances):
        site_words.write_beside()
