"""How a page keeps lists and blocks: text with one item a line, JSON of blocks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


Front = Mapping[str, Any]
Fields = dict[str, Any]


def lines(items: Iterable[str] | None) -> str:
    """Return list items as the text of a field with one item a line."""
    return "\n".join(" ".join(str(item).split()) for item in items or ())


def items(text: str) -> list[str]:
    """Return the non-empty lines of a field."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def blocks(pairs: Iterable[tuple[str, Any]]) -> str:
    """Return the JSON that a stream field stores for (block type, value) pairs."""
    return json.dumps([{"type": kind, "value": value} for kind, value in pairs])


def pairs(stream: Any) -> list[tuple[str, Any]]:
    """Return (type, plain value) of each block of a stream field."""
    return [(block["type"], block["value"]) for block in stream.raw_data]
