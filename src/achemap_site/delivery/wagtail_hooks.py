"""What is published in the editor becomes findable."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from wagtail import hooks

from achemap_site.delivery import published


# Whatever these miss (a publication by the clock, another machine) is noticed when
# the next reader finds something.
@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
def compile_again(request: HttpRequest, page: Any) -> None:
    """Begin to compile the finder when the patterns changed."""
    if published.settings_allow() and published.content() != published.state().content:
        transaction.on_commit(published.start)
