"""From the library, the lexicon and the atlas to the finder's tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from achemap.atlas import Atlas
from achemap.finder.learning import learned, sayings_of
from achemap.finder.location import (
    cell_evidence,
    centres,
    map_of,
    shares,
    word_chances,
)
from achemap.finder.signs import sign_rows
from achemap.finder.tables import (
    CELL_STEP,
    SHARE_STEP,
    CellTable,
    PatternRow,
    Settings,
    Tables,
)
from achemap.finder.teaching import own_words
from achemap.language import Lexicon
from achemap.library import Library, Pattern


# How often a pattern is met, against a very common one. The founding post calls its
# own pattern uncommon; the other words follow it, a step of about two apart.
PRIOR: Mapping[str, float] = MappingProxyType(
    {"very-common": 1.0, "common": 0.5, "uncommon": 0.2, "rare": 0.08}
)


def muscle_names(pattern: Pattern, library: Library) -> tuple[str, ...]:
    """Return the standard names of a pattern's muscles."""
    return tuple(
        library.muscles[muscle].name
        if muscle in library.muscles
        else muscle.replace("-", " ")
        for muscle in pattern.muscles
    )


def _pattern_row(pattern: Pattern, library: Library) -> PatternRow:
    return PatternRow(
        id=pattern.id,
        title=pattern.title,
        muscles=muscle_names(pattern, library),
        grade=pattern.evidence.grade,
        prior=round(math.log(PRIOR[pattern.how_common]), 4),
        triage=pattern.triage,
        similar=tuple((each.pattern, each.tell_apart) for each in pattern.similar),
    )


def _cells(library: Library, atlas: Atlas, settings: Settings) -> CellTable:
    maps = [map_of(each.zones, atlas) for each in library.patterns.values()]
    cells, rows, odds = cell_evidence(maps, atlas, settings.paint_noise)
    starts = np.zeros(atlas.count + 1, dtype=np.int32)
    np.cumsum(np.bincount(cells, minlength=atlas.count), out=starts[1:])
    return CellTable(
        count=atlas.count,
        area_cm2=np.asarray(np.round(atlas.area_cm2, 2), dtype=np.float64),
        starts=starts,
        patterns=rows.astype(np.int32),
        odds=np.clip(np.round(odds / CELL_STEP), -128, 127).astype(np.int32),
    )


def tables_of(
    library: Library, lexicon: Lexicon, atlas: Atlas, settings: Settings
) -> Tables:
    """Return the finder's tables for every pattern of `library`, in order of id."""
    patterns = tuple(library.patterns.values())
    leaf_ids = tuple(region.id for region in atlas.regions)
    fuzzy = {each.id: each.places for each in lexicon.concepts.values() if each.places}
    places = word_chances(fuzzy, leaf_ids)
    same, opposite = shares([map_of(each.zones, atlas) for each in patterns], atlas)
    taught = [
        (*each.sayings, *own)
        for each, own in zip(patterns, own_words(patterns, lexicon), strict=True)
    ]
    sayings = sayings_of(taught, places, lexicon)
    return Tables(
        patterns=tuple(_pattern_row(each, library) for each in patterns),
        leaves=leaf_ids,
        midline=tuple(region.sides == "midline" for region in atlas.regions),
        same=np.round(same.T / SHARE_STEP) * SHARE_STEP,
        opposite=np.round(opposite.T / SHARE_STEP) * SHARE_STEP,
        places={
            name: (tuple(at), tuple(round(chance, 5) for chance in chances))
            for name, (at, chances) in places.items()
        },
        centres=np.round(centres(atlas), 1),
        signs=sign_rows(patterns, lexicon),
        text=learned(sayings, len(patterns), settings),
        cells=_cells(library, atlas, settings),
        settings=settings,
        names={
            **{each.id: each.name for each in lexicon.concepts.values()},
            **{region.id: region.name for region in atlas.regions},
        },
    )
