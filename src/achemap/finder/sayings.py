"""How well held-out sayings find their own pattern: the model's own measure.

Cross-validation: the sayings of every pattern are dealt into folds by their place in
the list, so a fold holds whole voices; the text model is learned on the others and
the complete finder (places, signs, words) ranks the held-out ones. Beside single
sayings, pairs of held-out sayings of one pattern stand for a longer complaint.
Labelled cases are never used here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from achemap.complaint import Complaint
from achemap.finder.features import counts, scaled
from achemap.finder.learning import Saying, fitted, sayings_of
from achemap.finder.scoring import evidence_of
from achemap.finder.stored import Bundle, compiled
from achemap.finder.tables import Settings, Tables
from achemap.finder.teaching import own_words
from achemap.language import understand
from achemap.library import Library, load


FOLDS = 5
BONUS = 0.05
Grid = npt.NDArray[np.float64]
PARTS = ("place", "sign", "words", "common")


@dataclass(frozen=True, slots=True)
class Held:
    """Held-out texts: true pattern rows, and the log-odds of each part, n x P."""

    labels: npt.NDArray[np.int64]
    texts: tuple[str, ...]
    parts: Mapping[str, Grid]

    def scores(self, settings: Settings) -> Grid:
        """Return the finder's scores, n x P, under `settings`."""
        return (
            settings.place * self.parts["place"]
            + settings.sign * self.parts["sign"]
            + settings.text * self.parts["words"]
            + settings.prior * self.parts["common"]
        )

    def chances(self, settings: Settings) -> tuple[Grid, Grid]:
        """Return the chances, n x P, and those of something else, as scoring.py does.

        Of a text without words that the model knows the word scores are all 0.
        """
        scores = self.scores(settings) / settings.temperature
        rows = np.arange(len(scores))
        first = scores.argmax(axis=1)
        worded = self.parts["words"].any(axis=1)
        words = settings.text * self.parts["words"][rows, first] / settings.temperature
        other = (
            math.log(scores.shape[1])
            + settings.other
            + settings.other_words * worded
            + settings.share_words * words
            + settings.share * (scores[rows, first] - words)
        )
        top = np.maximum(scores.max(axis=1), other)
        parts = np.exp(scores - top[:, None])
        parts /= (parts.sum(axis=1) + np.exp(other - top))[:, None]
        highest = parts.max(axis=1)
        parts *= np.minimum(1.0, settings.most / highest)[:, None]
        return parts, 1.0 - parts.sum(axis=1)


def _even(tables: Tables) -> Tables:
    """Return the tables with all parts at weight 1, to be mixed afterwards."""
    settings = replace(tables.settings, place=1.0, sign=1.0, text=1.0, prior=1.0)
    return replace(tables, settings=settings)


def _told(complaint: Complaint, tables: Tables) -> dict[str, Grid]:
    count = len(tables.patterns)
    found = {part: np.zeros(count) for part in PARTS}
    for each in evidence_of(complaint, tables):
        if each.kind in found and each.kind != "words":
            found[each.kind] += each.odds.max(axis=0)
    return found


def _word_scores(
    texts: Sequence[Mapping[str, float]],
    model: tuple[dict[str, float], Grid, Grid],
    settings: Settings,
) -> Grid:
    rarities, weights, bias = model
    columns = {name: at for at, name in enumerate(rarities)}
    found = np.zeros((len(texts), len(bias)))
    for row, amounts in enumerate(texts):
        values = scaled(amounts, rarities, settings)
        if not values:
            continue
        at = [columns[name] for name in values]
        score = np.array(list(values.values())) @ weights[at] + bias
        top = float(score.max())
        found[row] = score - top - math.log(float(np.exp(score - top).mean()))
    return found


def _joined(one: Held, other: Held) -> Held:
    labels = np.concatenate([one.labels, other.labels])
    parts = {name: np.vstack([one.parts[name], other.parts[name]]) for name in PARTS}
    return Held(labels, one.texts + other.texts, parts)


def held_out_texts(
    texts: Sequence[str],
    labels: Sequence[int],
    model: tuple[dict[str, float], Grid, Grid],
    bundle: Bundle,
) -> Held:
    """Return texts scored by a text model (see `fitted`) that never saw them."""
    tables = _even(bundle.tables)
    heard = [understand(text, lexicon=bundle.lexicon) for text in texts]
    told = [_told(Complaint(each.text, each), tables) for each in heard]
    amounts = [counts(each, tables.places) for each in heard]
    parts = {
        name: np.array([each[name] for each in told]).reshape(len(texts), -1)
        for name in PARTS
    }
    parts["words"] = _word_scores(amounts, model, tables.settings)
    return Held(np.array(labels), tuple(texts), parts)


def pairs_of(sayings: Sequence[Saying]) -> tuple[list[str], list[int]]:
    """Return neighbouring held-out sayings of a pattern put together, with labels."""
    texts, labels = [], []
    for one, other in pairwise(sayings):
        if one.pattern == other.pattern:
            texts.append(f"{one.text}. {other.text}")
            labels.append(one.pattern)
    return texts, labels


def held_out(library: Library, bundle: Bundle, folds: int = FOLDS) -> tuple[Held, Held]:
    """Return every saying, and pairs of them, scored by a model that never saw them.

    `library` holds the patterns of the bundle. Their other texts (teaching.py) are
    taught in every fold.
    """
    tables = bundle.tables
    patterns = [library.patterns[row.id] for row in tables.patterns]
    texts = [each.sayings for each in patterns]
    sayings = sayings_of(texts, tables.places, bundle.lexicon)
    prose = own_words(patterns, bundle.lexicon)
    always = sayings_of(prose, tables.places, bundle.lexicon)
    singles: Held | None = None
    doubles: Held | None = None
    for fold in range(folds):
        taught = [each for each in sayings if each.number % folds != fold]
        left = [each for each in sayings if each.number % folds == fold]
        model = fitted(taught + always, len(tables.patterns), tables.settings)
        single = held_out_texts(
            [each.text for each in left], [each.pattern for each in left], model, bundle
        )
        double = held_out_texts(*pairs_of(left), model, bundle)
        singles = single if singles is None else _joined(singles, single)
        doubles = double if doubles is None else _joined(doubles, double)
    if singles is None or doubles is None:
        raise ValueError("folds must be at least 1")
    return singles, doubles


def miscalibration(said: Grid, right: Grid, weight: Grid) -> float:
    """Return the expected calibration error: ten bins of `said`, weighted by text."""
    error = 0.0
    for low in np.arange(0.0, 1.0, 0.1):
        within = (said >= low) & (said < low + 0.1 + 1e-9 * (low > 0.85))
        error += abs(float((weight * (right - said))[within].sum()))
    return error / max(float(weight.sum()), 1e-12)


def accuracy(held: Held, settings: Settings) -> dict[str, float]:
    """Return top-1/3/5 and the calibration of the chances under `settings`."""
    scores = held.scores(settings)
    own = scores[np.arange(len(held.labels)), held.labels]
    rank = (scores > own[:, None]).sum(axis=1)
    chance, _ = held.chances(settings)
    top = chance.max(axis=1)
    right = rank == 0
    error = miscalibration(top, right, np.ones(len(top)))
    loss = -np.log(chance[np.arange(len(rank)), held.labels] + 1e-12).mean()
    return {
        "texts": len(rank),
        "top1": round(float((rank < 1).mean()), 4),
        "top3": round(float((rank < 3).mean()), 4),
        "top5": round(float((rank < 5).mean()), 4),
        "ece": round(error, 4),
        "log_loss": round(float(loss), 4),
    }


def _with(settings: Settings, name: str, value: float) -> Settings:
    changed: dict[str, Any] = {name: value}
    return replace(settings, **changed)


def tuned(singles: Held, doubles: Held, settings: Settings) -> Settings:
    """Return `settings` with the mix and the temperature that fit held-out sayings.

    Coordinate search for the least mean log loss of singles and pairs, with a small
    bonus for places and signs: they carry over to people whose words no saying has.
    """
    grid: dict[str, tuple[float, ...]] = {
        "place": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2),
        "sign": (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0),
        "text": (0.6, 0.8, 1.0, 1.2, 1.4, 1.7),
        "temperature": (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0),
    }

    def loss(held: Settings) -> float:
        one, two = accuracy(singles, held), accuracy(doubles, held)
        return one["log_loss"] + two["log_loss"] - BONUS * (held.place + held.sign)

    best = settings
    for _ in range(3):
        for name, choices in grid.items():
            tried = [_with(best, name, value) for value in choices]
            best = min([best, *tried], key=loss)
    return best


@dataclass(frozen=True, slots=True)
class Wrong:
    """A saying that finds another pattern before its own."""

    pattern: str
    text: str
    rank: int
    found: str


@dataclass(frozen=True, slots=True)
class SayingsReport:
    """Accuracy over held-out sayings and pairs, by part, and what pulls wrong."""

    settings: Settings
    single: Mapping[str, float]
    pairs: Mapping[str, float]
    parts: Mapping[str, Mapping[str, float]]
    weakest: tuple[tuple[str, float], ...]
    wrong: tuple[Wrong, ...]
    missing: Mapping[str, Mapping[str, float]]

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "single": dict(self.single),
            "pairs": dict(self.pairs),
            "parts": {name: dict(row) for name, row in self.parts.items()},
            "muscle_left_out": {k: dict(row) for k, row in self.missing.items()},
            "weakest_patterns": [
                {"pattern": name, "top3": share} for name, share in self.weakest
            ],
            "pulling_the_wrong_way": [
                {
                    "pattern": each.pattern,
                    "saying": each.text,
                    "rank": each.rank,
                    "found": each.found,
                }
                for each in self.wrong
            ],
        }

    def as_text(self) -> str:
        """Return the report for people."""
        lines = [f"{'':22}{'texts':>7}{'top-1':>8}{'top-3':>8}{'top-5':>8}{'ECE':>7}"]
        rows = {"single sayings": self.single, "pairs": self.pairs}
        for name, row in {
            **rows,
            **{f"  only {k}": v for k, v in self.parts.items()},
        }.items():
            lines.append(
                f"{name:22}{row['texts']:>7}{row['top1']:>8.1%}{row['top3']:>8.1%}"
                f"{row['top5']:>8.1%}{row['ece']:>7.3f}"
            )
        lines.append("when the right muscle is left out of the library:")
        lines += [
            f"  {name:20}something else {row['else_outside']:.0%} (else "
            f"{row['else_inside']:.0%}), ECE of something else {row['ece_else']:.3f}, "
            f"of the first pattern, both mixed, {row['ece_mixed']:.3f}"
            for name, row in self.missing.items()
        ]
        lines.append("weakest patterns (share of own sayings in the first three):")
        lines += [f"  {share:4.0%}  {name}" for name, share in self.weakest]
        lines.append("sayings that pull the wrong way:")
        lines += [
            f"  {each.pattern} (rank {each.rank}, finds {each.found}): {each.text}"
            for each in self.wrong[:60]
        ]
        return "\n".join(lines)


def _alone(settings: Settings, part: str) -> Settings:
    weights = {"place": "place", "sign": "sign", "words": "text"}
    alone = replace(settings, prior=0.0)
    for name in weights.values():
        alone = _with(alone, name, float(weights[part] == name))
    return alone


def report_on(
    singles: Held,
    doubles: Held,
    bundle: Bundle,
    missing: Mapping[str, Mapping[str, float]] | None = None,
) -> SayingsReport:
    """Return the report on held-out sayings under the bundle's settings.

    `missing` tells what happens when a muscle is left out (leaving.py).
    """
    settings, patterns = bundle.tables.settings, bundle.tables.patterns
    scores = singles.scores(settings)
    own = scores[np.arange(len(singles.labels)), singles.labels]
    rank = (scores > own[:, None]).sum(axis=1) + 1
    shares = [
        (row.id, round(float((rank[singles.labels == at] <= 3).mean()), 3))
        for at, row in enumerate(patterns)
        if (singles.labels == at).any()
    ]
    worst = np.argsort(-rank, kind="stable")
    wrong = [
        Wrong(
            patterns[int(singles.labels[at])].id,
            singles.texts[int(at)],
            int(rank[at]),
            patterns[int(scores[at].argmax())].id,
        )
        for at in worst
        if rank[at] > 10
    ]
    return SayingsReport(
        settings,
        accuracy(singles, settings),
        accuracy(doubles, settings),
        {
            part: accuracy(singles, _alone(settings, part))
            for part in ("place", "sign", "words")
        },
        tuple(sorted(shares, key=lambda each: (each[1], each[0]))[:15]),
        tuple(wrong),
        missing or {},
    )


def cross_validate(bundle: Bundle | None = None) -> SayingsReport:
    """Return how well held-out sayings of the library find their own pattern."""
    from achemap.finder.leaving import figures, rounds

    held, library = bundle or compiled(), load()
    singles, doubles = rounds(library, held)
    settings = held.tables.settings
    missing = {
        "single sayings": figures(singles, settings),
        "pairs": figures(doubles, settings),
    }
    return report_on(*held_out(library, held), held, missing)
