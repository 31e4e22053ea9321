"""Records back to the text of their files, in one canonical form.

Reading the text gives an equal record. A file that nobody changed is better copied
than written again: authors' own line breaks and quotes are not part of a record.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import yaml

from achemap.atlas.grammar import (
    Area,
    Point,
    trigger_point_as_data,
    zone_as_data,
)
from achemap.library.records import (
    SECTION_HEADINGS,
    Article,
    Muscle,
    Pattern,
    Product,
    Record,
    Source,
    Technique,
)


# Fields whose members are one line each, as authors write them.
_ONE_LINE_MEMBERS = frozenset(
    {"zones", "points", "similar", "routine", "product", "steps"}
)
_ONE_LINE = frozenset(
    {"muscles", "triage", "sources", "mistaken-for", "heat", "ice", "pressure"}
    | {"evidence", "attachments", "synonyms", "related", "materials", "patterns"}
)
_WIDE = 10_000


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class _FlowList(list[Any]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(
    _Flow,
    lambda dumper, data: dumper.represent_mapping(
        "tag:yaml.org,2002:map", data.items(), flow_style=True
    ),
)
_Dumper.add_representer(
    _FlowList,
    lambda dumper, data: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", data, flow_style=True
    ),
)


def _encode(value: object) -> object:
    if isinstance(value, Point | Area):
        return str(value)
    raise NotImplementedError(f"cannot write {type(value)}")


def _as_data(record: Record) -> dict[str, Any]:
    data = msgspec.to_builtins(
        record, enc_hook=_encode, builtin_types=(date,), str_keys=True
    )
    return dict(data)


def _flow(value: object) -> object:
    if isinstance(value, dict):
        return _Flow({key: _flow(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return _FlowList([_flow(each) for each in value])
    return value


def _laid_out(data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` with the short parts marked to be written on one line."""
    laid: dict[str, Any] = {}
    for key, value in data.items():
        if key in _ONE_LINE:
            laid[key] = _flow(value)
        elif key in _ONE_LINE_MEMBERS:
            laid[key] = [_flow(each) for each in value] or _FlowList()
        elif key == "signs":
            laid[key] = {group: _flow(signs) for group, signs in value.items() if signs}
        elif key == "care":
            laid[key] = _laid_out(value)
        else:
            laid[key] = list(value) if isinstance(value, tuple) else value
    return laid


def _yaml(data: dict[str, Any]) -> str:
    return yaml.dump(
        _laid_out(data),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDE,
    )


def _without_none(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "")}


def pattern_as_data(pattern: Pattern) -> dict[str, Any]:
    """Return the pattern as plain data with the names of the file format."""
    data = _as_data(pattern)
    data["zones"] = [zone_as_data(zone) for zone in pattern.zones]
    data["points"] = [trigger_point_as_data(point) for point in pattern.points]
    review = (
        "authored",
        "author",
        "reviewed",
        "reviewed-by",
        "medical-review",
        "review-by",
    )
    first = {key: value for key, value in data.items() if key not in review}
    sections = first.pop("sections")
    return {**first, **{key: data[key] for key in review}, "sections": sections}


def pattern_as_text(pattern: Pattern) -> str:
    """Return the pattern file's canonical text."""
    data = pattern_as_data(pattern)
    del data["sections"]
    data["care"]["routine"] = [_without_none(step) for step in data["care"]["routine"]]
    prose = "\n".join(
        f"## {heading}\n\n{getattr(pattern.sections, name).strip()}\n"
        for name, heading in SECTION_HEADINGS.items()
        if getattr(pattern.sections, name).strip()
    )
    return f"---\n{_yaml(data)}---\n{prose}"


def article_as_text(record: Technique | Article) -> str:
    """Return the canonical text of a technique, concept or collection file."""
    data = _as_data(record)
    body = data.pop("body")
    if isinstance(record, Technique):
        data["steps"] = [_without_none(step) for step in data["steps"]]
    return f"---\n{_yaml(data)}---\n{body.strip()}\n"


def record_as_text(record: Muscle | Product) -> str:
    """Return the canonical text of a muscle or product file."""
    return _yaml(_as_data(record))


def sources_as_text(sources: tuple[Source, ...]) -> str:
    """Return the canonical text of a source list."""
    return yaml.dump(
        [_without_none(_as_data(source)) for source in sources],
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDE,
    )
