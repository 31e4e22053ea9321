"""The conditions that forbid or soften heat, ice, pressure and stretch; as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from achemap.atlas.vocabulary import regions
from achemap.errors import BadInput, suggestion


FILE = Path(__file__).resolve().parent.parent / "data/care/contraindications.yaml"


class _Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename="kebab",
):
    pass


class Local(_Record, frozen=True):
    """What is forbidden at some regions only (ids of groups or leaves)."""

    where: tuple[str, ...]
    without: dict[str, str]


class Condition(_Record, frozen=True):
    """One condition: how it is asked, and what it forbids or softens.

    `without` and `light` map a modality to the reason or note for the reader. `flags` are
    step flags that are left out. `where` limits all of it to regions.
    """

    id: str
    ask: str
    label: str
    where: tuple[str, ...] = ()
    without: dict[str, str] = msgspec.field(default_factory=dict)
    light: dict[str, str] = msgspec.field(default_factory=dict)
    where_without: tuple[Local, ...] = ()
    flags: tuple[str, ...] = ()

    def forbids(self, modality: str, places: frozenset[str]) -> str | None:
        """Return why `modality` is left out at `places`; None when it is not."""
        if modality in self.without and (not self.where or touches(self.where, places)):
            return self.without[modality]
        for local in self.where_without:
            if modality in local.without and touches(local.where, places):
                return local.without[modality]
        return None


class _File(_Record, frozen=True):
    language: str
    authored: date
    reviewed: date | None
    review_by: date
    sources: tuple[str, ...]
    modalities: tuple[str, ...]
    conditions: tuple[Condition, ...]


# Learnt once, before threads ask; see achemap.library.records.
msgspec.json.Decoder(_File)


def touches(where: Iterable[str], places: frozenset[str]) -> bool:
    """Return whether any region in `where` is, or is the group of, one in `places`.

    No places means that they are not known: then it does.
    """
    wanted = set(where)
    known = regions()
    if not places:
        return True
    return any(
        place in wanted or (place in known and known[place].parent in wanted)
        for place in places
    ) or any(known[name].parent in places for name in wanted if name in known)


def _held(file: Path) -> _File:
    raw: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    try:
        return msgspec.convert(raw, _File)
    except msgspec.ValidationError as error:
        raise BadInput(str(error), file=file) from error


def conditions_due(file: Path = FILE) -> date:
    """Return the day by which the conditions of `file` are to be read again."""
    return _held(file).review_by


def read_conditions(file: Path) -> Mapping[str, Condition]:
    """Read and check the conditions. Raises BadInput naming file and field."""
    held = _held(file)
    for one in held.conditions:
        named = [
            *one.without,
            *one.light,
            *(name for each in one.where_without for name in each.without),
        ]
        for name in named:
            if name not in held.modalities:
                fix = suggestion(name, held.modalities)
                raise BadInput(
                    f"unknown modality {name}", file=file, field=one.id, fix=fix
                )
        for name in (
            *one.where,
            *(name for each in one.where_without for name in each.where),
        ):
            if name not in regions():
                fix = suggestion(name, regions())
                raise BadInput(
                    f"unknown region {name}", file=file, field=one.id, fix=fix
                )
    return {one.id: one for one in held.conditions}


@cache
def conditions() -> Mapping[str, Condition]:
    """Return the shipped conditions by id."""
    return read_conditions(FILE)
