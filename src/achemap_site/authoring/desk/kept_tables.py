"""Tables of old posts in the text of a page: kept whole, shown cleaned.

A page of text stores a table as one piece, `<embed embedtype="table" html="…"/>`. In
the editor it can be read, moved and deleted, not written in.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    AtomicBlockEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import EmbedHandler

from achemap_site.authoring.desk.drafting import kept_table


FEATURE, TYPE = "kept-table", "KEPT-TABLE"


class KeptTable(EmbedHandler):
    """Shows a stored table to readers."""

    identifier = "table"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        """Return the table, cleaned."""
        return kept_table(str(attrs.get("html", "")))


class _FromPage(AtomicBlockEntityElementHandler):
    def create_entity(
        self, name: str, attrs: dict[str, Any], state: Any, contentstate: Any
    ) -> Entity:
        html = kept_table(str(attrs.get("html") or ""))
        return Entity(TYPE, "IMMUTABLE", {"html": html})


def _to_page(props: dict[str, Any]) -> Any:
    html = kept_table(str(props.get("html") or ""))
    return DOM.create_element("embed", {"embedtype": "table", "html": html})


def register(features: Any) -> None:
    """Tell the editor about tables that are kept."""
    features.register_embed_type(KeptTable)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {"type": TYPE, "attributes": ["html"], "description": str(_("Table"))},
            js=["achemap/desk/kept-table.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'embed[embedtype="table"]': _FromPage()},
            "to_database_format": {"entity_decorators": {TYPE: _to_page}},
        },
    )
