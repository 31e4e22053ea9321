"""Zones and trigger points as text, one a line, exactly as in a library file.

    - {level: essential, area: kidney-angle}
    - {at: rib-angle-11 out 2, label: TrP1}

A line may go on in the next one. What cannot be read stays as it was typed and is
reported with its line, its field and the nearest name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from achemap.atlas.baking import point_cell, zone_field
from achemap.atlas.grammar import TriggerPoint, Zone
from achemap.errors import BadInput
from achemap.library.reading import convert, parse_yaml
from achemap_site.patterns import fronts


Kind = Literal["zones", "points"]
MOST = 80
_RECORD: Mapping[Kind, type] = {"zones": Zone, "points": TriggerPoint}


@dataclass(frozen=True, slots=True)
class Entry:
    """One zone or point: its text, where it begins, and what it says or lacks."""

    text: str
    line: int
    front: Mapping[str, Any] | None
    record: Zone | TriggerPoint | None
    problem: BadInput | None


def line_of(front: Mapping[str, Any]) -> str:
    """Return the line that says a zone or point."""
    text = yaml.safe_dump(
        dict(front),
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=100_000,
    )
    return f"- {text.strip()}"


def _plain(kind: Kind, block: str, value: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        if kind == "zones":
            return fronts.zone_front(block, value)
        return fronts.point_front(value)
    except (KeyError, TypeError, ValueError):  # unfinished; shown as it is
        return {"level": value.get("level", ""), block: "?"}


def text_of(kind: Kind, stream: Any) -> str:
    """Return the text of a stream field's blocks."""
    return "\n".join(
        line_of(_plain(kind, block, value)) for block, value in fronts.pairs(stream)
    )


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (1-based line, text) of each entry; `zones:` and `points:` are passed over."""
    begun, held = 0, []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if not bare or bare.startswith("#") or bare in {"zones:", "points:"}:
            continue
        if bare.startswith(("-", "{")) or not held:
            if held:
                yield begun, "\n".join(held)
            begun, held = number, []
        held.append(line)
    if held:
        yield begun, "\n".join(held)


def _value(kind: Kind, text: str, line: int) -> Any:
    """Return the mapping of one entry. Raises BadInput."""
    data = parse_yaml(text, kind, line)
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, Mapping):
        raise BadInput(
            "is not a zone" if kind == "zones" else "is not a point",
            file=kind,
            line=line,
            fix="write - {level: essential, area: kidney-angle}"
            if kind == "zones"
            else "write - {at: rib-angle-11 out 2}",
        )
    return data


def _drawn(record: Zone | TriggerPoint) -> None:
    """Raise BadInput for what can be read but not be put on the body."""
    if isinstance(record, Zone):
        zone_field(record)
    else:
        point_cell(record.at)


def _entry(kind: Kind, text: str, line: int) -> Entry:
    front, record = None, None
    try:
        front = _value(kind, text, line)
        record = convert(front, _RECORD[kind], "", kind)
        _drawn(record)
    except BadInput as error:
        problem = BadInput(
            error.message,
            file=kind,
            line=error.line or line,
            field=error.field,
            fix=error.fix,
        )
        return Entry(text, line, front, None, problem)
    return Entry(text, line, front, record, None)


def entries_of(kind: Kind, text: str) -> list[Entry]:
    """Return what each entry of a text says. Never raises; see `Entry.problem`."""
    chunks = list(_chunks(text))
    found = [_entry(kind, chunk, line) for line, chunk in chunks[:MOST]]
    if len(chunks) > MOST:
        line, chunk = chunks[MOST]
        problem = BadInput(f"more than {MOST} {kind}", file=kind, line=line)
        found.append(Entry(chunk, line, None, None, problem))
    return found


def blocks_of(kind: Kind, entries: Iterable[Entry]) -> list[tuple[str, dict[str, Any]]]:
    """Return the (type, value) blocks of readable entries."""
    fronts_of = [each.front for each in entries if each.front is not None]
    if kind == "zones":
        return [fronts.zone_block(front) for front in fronts_of]
    return [("point", fronts.point_value(front)) for front in fronts_of]
