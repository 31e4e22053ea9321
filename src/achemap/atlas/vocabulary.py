"""The names of the body: regions and landmarks, read from two small tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from achemap.errors import BadInput, suggestion


DATA = Path(__file__).parent.parent / "data" / "atlas"

Sides = Literal["pair", "midline", "group"]


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the skin: a leaf that holds cells, or a group of leaves.

    `parent` is a group id, or "body" for a group. `choir_left` and `choir_right`
    are CHOIR body-map codes (male numbering) that the region overlaps, largest
    first. The code slots are empty where no certain code was seen.
    """

    id: str
    name: str
    term: str
    parent: str
    sides: Sides
    views: tuple[str, ...]
    choir_left: tuple[int, ...]
    choir_right: tuple[int, ...]
    uberon: str
    fma: str
    snomed: str
    synonyms: tuple[str, ...]

    @property
    def is_leaf(self) -> bool:
        return self.sides != "group"


@dataclass(frozen=True, slots=True)
class LandmarkName:
    """A named point of the body surface: its id, lay name and anatomical term."""

    id: str
    name: str
    term: str
    sides: Sides


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _sides(text: str) -> Sides:
    if text == "midline":
        return "midline"
    return "group" if text == "group" else "pair"


def _region(row: Mapping[str, str]) -> Region:
    return Region(
        id=row["id"],
        name=row["name"],
        term=row["term"],
        parent=row["parent"],
        sides=_sides(row["sides"]),
        views=_listed(row["views"]),
        choir_left=tuple(int(code) for code in _listed(row["choir_left"])),
        choir_right=tuple(int(code) for code in _listed(row["choir_right"])),
        uberon=row["uberon"],
        fma=row["fma"],
        snomed=row["snomed"],
        synonyms=_listed(row["synonyms"]),
    )


@lru_cache(maxsize=1)
def regions() -> Mapping[str, Region]:
    """Return every region by id, groups and leaves, in head-to-foot file order."""
    return {row["id"]: _region(row) for row in _rows("regions.csv")}


@lru_cache(maxsize=1)
def landmark_names() -> Mapping[str, LandmarkName]:
    """Return every landmark's names by id, in head-to-foot file order."""
    return {
        row["id"]: LandmarkName(
            row["id"], row["name"], row["term"], _sides(row["sides"])
        )
        for row in _rows("landmarks.csv")
    }


def leaves(region: str) -> tuple[str, ...]:
    """Return the leaf ids of `region`: itself when it is a leaf, else its members."""
    known = regions()
    if known[region].is_leaf:
        return (region,)
    return tuple(each.id for each in known.values() if each.parent == region)


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Return every id, name, term and synonym in lower case, and the id it means."""
    table = {region: region for region in regions()}
    for region in regions().values():
        for name in (region.name, region.term, *region.synonyms):
            if name:
                table.setdefault(_plain(name), region.id)
    return table


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def region_named(name: str) -> Region:
    """Return the region that an id, a lay name, a term or a synonym means.

    Case and spaces do not count. Raises BadInput with the nearest known names when
    there is none.
    """
    wanted = _plain(name)
    table = _names()
    found = table.get(wanted) or table.get(wanted.replace(" ", "-"))
    if found is None:
        raise BadInput(
            f"unknown region {name!r}", field="region", fix=suggestion(wanted, table)
        )
    return regions()[found]
