"""What the finder evaluates: plain tables, compiled from the library.

`compiling.py` makes them, `bundle.py` stores them, `static/achemap/finder/` evaluates
the same tables in the browser. Numbers that must agree in both are stored as
integers with a fixed step, so that no rounding differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from achemap.language import Lexicon


Vector = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

CHANCE_STEP = 1 / 1000
SHARE_STEP = 1 / 4000
CELL_STEP = 1 / 16


@dataclass(frozen=True, slots=True)
class Settings:
    """The few numbers of the model; chosen by cross-validation over sayings.

    `noise` is the chance that a place or word has nothing to do with the pattern;
    `place`, `sign`, `text`, `prior` and `paint` weigh the parts; `temperature`
    calibrates. `other` is the log-odds of "something else" before any evidence,
    `other_words` and `other_paint` are added when words or paint speak, and it gains
    `share`, `share_words` and `share_paint` of what the leading pattern gains by
    place and sign, words, and paint. `most` is the highest chance ever given.
    `words`, `pairs`, `grams`, `concepts`, `roles` and `leaves` scale the kinds of
    features of the text model; `strength` is its C; `least` and `least_grams` say how
    many sayings must hold a word or pair, or a row of letters; `rounds` ends the fit.
    """

    noise: float = 0.08
    paint_noise: float = 0.1
    place: float = 0.7
    sign: float = 0.7
    text: float = 1.0
    prior: float = 0.25
    paint: float = 1.0
    temperature: float = 1.0
    other: float = -2.2
    other_words: float = 1.5
    other_paint: float = -2.5
    share: float = 0.6
    share_words: float = -0.4
    share_paint: float = 0.7
    most: float = 0.97
    words: float = 1.0
    pairs: float = 0.5
    concepts: float = 1.0
    roles: float = 0.5
    leaves: float = 1.0
    strength: float = 10.0
    grams: float = 0.7
    least: int = 3
    least_grams: int = 10
    rounds: int = 60


@dataclass(frozen=True, slots=True)
class PatternRow:
    """What the finder says of a pattern: all but its numbers."""

    id: str
    title: str
    muscles: tuple[str, ...]
    grade: str
    prior: float
    triage: tuple[str, ...]
    similar: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignRow:
    """How likely a sign holds with each pattern: `usual` but where listed.

    `mean` is the mean over all patterns; chances are multiples of CHANCE_STEP.
    """

    usual: float
    mean: float
    patterns: Ints
    chances: Vector


@dataclass(frozen=True, slots=True, eq=False)
class TextTable:
    """The linear text model: feature -> weights, quantised, by feature (CSR).

    Feature f of value x adds x * weights[k] * step to pattern patterns[k] for k in
    starts[f] to starts[f + 1]. `rarity` is the log inverse frequency of a feature.
    """

    features: Mapping[str, int]
    rarity: Vector
    starts: Ints
    patterns: Ints
    weights: npt.NDArray[np.int8]
    step: float
    bias: Vector


@dataclass(frozen=True, slots=True)
class CellTable:
    """Log-odds of painted cells, by cell (CSR), sore side right; a step is CELL_STEP.

    `count` is the number of cells of the body, `area_cm2` their sizes.
    """

    count: int
    area_cm2: Vector
    starts: Ints
    patterns: Ints
    odds: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Everything the finder needs, for P patterns and R leaf regions.

    `same` and `opposite` are R x P shares of each leaf on the sore and the other
    side. `places` gives each place word's leaves and their q / Q (see location.py).
    `centres` are the middles of the leaves, R x 3 in mm, on the right side.
    """

    patterns: tuple[PatternRow, ...]
    leaves: tuple[str, ...]
    midline: tuple[bool, ...]
    same: npt.NDArray[np.float64]
    opposite: npt.NDArray[np.float64]
    places: Mapping[str, tuple[tuple[int, ...], tuple[float, ...]]]
    centres: npt.NDArray[np.float64]
    signs: Mapping[tuple[str, str], SignRow]
    text: TextTable
    cells: CellTable
    settings: Settings
    names: Mapping[str, str]


class Compiled(Protocol):
    """What holds the tables and the lexicon; `achemap.bundle.Bundle` does."""

    @property
    def tables(self) -> Tables: ...

    @property
    def lexicon(self) -> Lexicon: ...
