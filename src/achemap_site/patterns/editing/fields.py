"""Form fields that show a stream field as text, and give it back unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from achemap_site.patterns import fronts
from achemap_site.patterns.editing import zone_text


Rows = list[tuple[str, Any]]


class StreamText(forms.CharField):
    """A stream field as the text of one widget.

    The form gives it the `stream` it stands for. Cleaning returns a stream value; the
    ids of blocks that did not change are kept, so that comparing versions shows only
    what changed.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.stream: Any = None
        self.before: Any = None

    def as_text(self, stream: Any) -> str:
        raise NotImplementedError

    def as_rows(self, text: str) -> Rows:
        raise NotImplementedError

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else self.as_text(value or self._empty())

    def _empty(self) -> Any:
        return self.stream.stream_block.to_python([])

    def clean(self, value: Any) -> Any:
        text = (value or "").replace("\r\n", "\n")
        rows = self.as_rows(text)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        held = list(self.before.raw_data) if self.before else []
        if [(block["type"], block["value"]) for block in held] == rows:
            return self.before
        return self.stream.to_python(_with_ids(rows, held))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or "").replace("\r\n", "\n")


def _with_ids(rows: Rows, held: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks for rows; a row that was there before keeps its id."""
    left = [(block["type"], block["value"], block.get("id")) for block in held]
    found = []
    for kind, value in rows:
        block = {"type": kind, "value": value}
        same = next((one for one in left if one[:2] == (kind, value)), None)
        if same is not None:
            left.remove(same)
            if same[2]:
                block["id"] = same[2]
        found.append(block)
    return found


class ZoneText(StreamText):
    """Zones or trigger points in the words of the zone grammar."""

    def __init__(self, kind: zone_text.Kind, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.Textarea(
                attrs={
                    "rows": 8 if kind == "zones" else 3,
                    "spellcheck": "false",
                    "class": "zone-text",
                }
            ),
        )
        super().__init__(**options)
        self.kind: zone_text.Kind = kind

    def as_text(self, stream: Any) -> str:
        return zone_text.text_of(self.kind, stream)

    def as_rows(self, text: str) -> Rows:
        entries = zone_text.entries_of(self.kind, text)
        problems = [str(each.problem) for each in entries if each.problem is not None]
        if problems:
            raise ValidationError(problems)
        return zone_text.blocks_of(self.kind, entries)


class RowsText(StreamText):
    """Rows of one kind of block as JSON, for a widget of ours.

    `keys` are the parts of a row; a row whose first part is empty is left out.
    """

    def __init__(self, block: str, keys: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self.block, self.keys = block, keys

    def as_text(self, stream: Any) -> str:
        rows = [value for _kind, value in fronts.pairs(stream)]
        return json.dumps(rows, ensure_ascii=False)

    def as_rows(self, text: str) -> Rows:
        if not text.strip():
            return []
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise ValidationError(_("The list could not be read.")) from error
        if not isinstance(rows, list):
            raise ValidationError(_("The list could not be read."))
        return [(self.block, row) for row in map(self._row, rows) if row]

    def _row(self, row: Any) -> Any:
        if not self.keys:
            return row.strip() if isinstance(row, str) else None
        if not isinstance(row, dict):
            raise ValidationError(_("The list could not be read."))
        held = {key: str(row.get(key) or "").strip() for key in self.keys}
        return held if held[self.keys[0]] else None
