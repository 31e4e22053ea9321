"""Learning from sayings: a regularised linear text model, made at compile time.

Each saying of a pattern is a labelled text. Multinomial logistic regression
(scikit-learn) over the features of features.py; the fitted weights become a plain
quantised table, so that nothing here is needed to evaluate it.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from achemap.finder.features import Places, counts, scaled
from achemap.finder.tables import Settings, TextTable
from achemap.language import Lexicon, understand


Matrix = npt.NDArray[np.float64]
# Weaker weights are left out: held-out sayings are found as well without them.
LEAST_WEIGHT = 0.21
# Finer steps found no more held-out sayings, and pack a fifth worse.
LEAST_STEP = 0.125


@dataclass(frozen=True, slots=True)
class Saying:
    """One labelled text: the pattern's row, its place in the list, its features."""

    pattern: int
    number: int
    text: str
    amounts: Mapping[str, float]


def sayings_of(
    texts: Sequence[Sequence[str]], places: Places, lexicon: Lexicon
) -> list[Saying]:
    """Return every saying with its features; `texts` holds those of each pattern."""
    return [
        Saying(row, number, text, counts(understand(text, lexicon=lexicon), places))
        for row, own in enumerate(texts)
        for number, text in enumerate(own)
    ]


def rarity(sayings: Sequence[Saying], settings: Settings) -> dict[str, float]:
    """Return feature -> log inverse frequency, for features that occur enough."""
    least = {"w": settings.least, "p": settings.least, "g": settings.least_grams}
    seen: Counter[str] = Counter()
    for saying in sayings:
        seen.update(saying.amounts.keys())
    count = len(sayings)
    return {
        name: math.log(1 + count / times)
        for name, times in sorted(seen.items())
        if times >= least.get(name[0], 1)
    }


def matrix(
    sayings: Sequence[Saying], rarities: Mapping[str, float], settings: Settings
) -> Any:
    """Return the sayings as a sparse matrix, sayings x features in `rarities`' order."""
    from sklearn.feature_extraction import DictVectorizer

    shaper = DictVectorizer(sort=True)
    shaper.fit([dict.fromkeys(rarities, 1.0)])
    return shaper.transform(
        [scaled(saying.amounts, rarities, settings) for saying in sayings]
    )


def fitted(
    sayings: Sequence[Saying], patterns: int, settings: Settings
) -> tuple[dict[str, float], Matrix, npt.NDArray[np.float64]]:
    """Return (rarity, weights features x patterns, bias) learned from `sayings`."""
    from sklearn.linear_model import LogisticRegression

    rarities = rarity(sayings, settings)
    labels = np.array([saying.pattern for saying in sayings])
    weights = np.zeros((len(rarities), patterns))
    bias = np.zeros(patterns)
    known = np.unique(labels)
    if len(known) < 2:
        return rarities, weights, bias
    model = LogisticRegression(C=settings.strength, max_iter=settings.rounds, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # few rounds are enough; see ADR 0007
        model.fit(matrix(sayings, rarities, settings), labels)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(known) == 2:
        coefficients = np.vstack([-coefficients[0], coefficients[0]]) / 2
        intercepts = np.array([-intercepts[0], intercepts[0]]) / 2
    weights[:, known] = coefficients.T
    bias[known] = intercepts
    silent = np.setdiff1d(np.arange(patterns), known)
    weights[:, silent] = weights[:, known].mean(axis=1, keepdims=True)
    return rarities, weights - weights.mean(axis=1, keepdims=True), bias


def quantised(
    rarities: Mapping[str, float], weights: Matrix, bias: npt.NDArray[np.float64]
) -> TextTable:
    """Return the learned weights as a sparse table of small integers."""
    top = float(np.abs(weights).max()) if weights.size else 0.0
    step = max(top / 127, LEAST_STEP)
    levels = np.round(weights / step)
    levels[np.abs(weights) < LEAST_WEIGHT] = 0
    kept = [at for at in range(len(levels)) if levels[at].any()]
    names = list(rarities)
    starts: list[int] = [0]
    patterns: list[int] = []
    values: list[int] = []
    for at in kept:
        held = np.flatnonzero(levels[at])
        patterns.extend(int(each) for each in held)
        values.extend(int(each) for each in levels[at][held])
        starts.append(len(patterns))
    return TextTable(
        features={names[at]: row for row, at in enumerate(kept)},
        rarity=np.array([round(rarities[names[at]], 2) for at in kept]),
        starts=np.array(starts, dtype=np.int32),
        patterns=np.array(patterns, dtype=np.int32),
        weights=np.array(values, dtype=np.int8),
        step=step,
        bias=np.round(bias, 4),
    )


def learned(sayings: Sequence[Saying], patterns: int, settings: Settings) -> TextTable:
    """Return the text model of `sayings` as a table for `patterns` patterns."""
    return quantised(*fitted(sayings, patterns, settings))
