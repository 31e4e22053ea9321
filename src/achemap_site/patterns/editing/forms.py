"""The form behind the pattern editor: stream fields as texts that people can write."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from achemap_site.patterns.editing.choosers import RecordList, SignRows, SimilarRows
from achemap_site.patterns.editing.fields import RowsText, StreamText, ZoneText
from achemap_site.patterns.models.base import RecordForm


class PatternForm(RecordForm):
    """Muscles, map, signs and look-alikes as texts; stored as the streams they are."""

    muscles = RowsText(
        "muscle", (), label=_("Muscles"), widget=RecordList("muscle", as_json=True)
    )
    zones = ZoneText("zones", label=_("Zones"))
    points = ZoneText("points", label=_("Trigger points"), required=False)
    signs = RowsText(
        "sign",
        ("concept", "group", "how_often"),
        label=_("Signs"),
        required=False,
        widget=SignRows(),
    )
    similar = RowsText(
        "similar",
        ("pattern", "tell_apart"),
        label=_("Similar patterns"),
        required=False,
        widget=SimilarRows(),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, StreamText):
                field.stream = self._meta.model._meta.get_field(name)
                field.before = getattr(self.instance, name)
