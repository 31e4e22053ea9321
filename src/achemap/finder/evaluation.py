"""How good the finder is, on labelled complaints: a table, and the misses.

A case counts as found at rank r when the r-th pattern's muscles hold an expected one.
Names are compared as standard names; a part counts for its whole and a whole for its
part ("upper trapezius" and "trapezius"), but one part not for another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from achemap.complaint import complaint_from
from achemap.errors import BadInput
from achemap.finder.scoring import find
from achemap.finder.stored import Bundle, compiled


_SMALL = frozenset(
    ["muscle", "muscles", "the", "of", "and", "part", "head", "fibres", "fibers"]
)
_SAME = {
    "triceps": "triceps brachii",
    "biceps": "biceps brachii",
    "scm": "sternocleidomastoid",
    "fibularis": "peroneus",
    "peroneal": "peroneus",
}
_GROUPS: Mapping[str, frozenset[str]] = {
    "suboccipital": frozenset(
        ("obliquus capitis", "rectus capitis posterior", "suboccipital")
    ),
    "hamstring": frozenset(("biceps femoris", "semitendinosus", "semimembranosus")),
    "quadriceps": frozenset(("rectus femoris", "vastus")),
    "iliopsoas": frozenset(("psoas", "iliacus", "iliopsoas")),
    "occipitofrontalis": frozenset(("occipitalis", "frontalis", "occipitofrontalis")),
    "intercostal": frozenset(("intercostal",)),
    "rotator cuff": frozenset(
        ("supraspinatus", "infraspinatus", "teres minor", "subscapularis")
    ),
    "erector spinae": frozenset(("iliocostalis", "longissimus", "spinalis")),
    "peroneus": frozenset(("peroneus", "fibularis")),
}


def words_of(name: str) -> frozenset[str]:
    """Return the telling words of a muscle's name, singular, lower case."""
    plain = (
        name.lower()
        .replace("fibularis", "peroneus")
        .replace("intercostals", "intercostal")
        .replace("scalenus", "scalene")
        .replace("scalenes", "scalene")
        .replace("multifidi", "multifidus")
    )
    words = re.findall(r"[a-z0-9]+", plain)
    return frozenset(
        word.removesuffix("s") if word in {"scalenes", "rhomboids"} else word
        for word in words
        if word not in _SMALL
    )


def same_muscle(one: str, other: str) -> bool:
    """Return whether two names mean the same muscle, or a part and its whole."""
    first, second = words_of(one), words_of(other)
    if first <= second or second <= first:
        return True
    for group, members in _GROUPS.items():
        for name, rest in ((one.lower(), other.lower()), (other.lower(), one.lower())):
            if group in name and any(member in rest for member in members):
                return True
    return False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: the rank of the first expected muscle (None: not found), its chance."""

    id: str
    region: str
    rank: int | None
    chance: float
    top_chance: float
    first: tuple[str, ...]
    expected: tuple[str, ...]
    understood: tuple[str, ...]


def _share(outcomes: Sequence[Outcome], top: int) -> float:
    hits = sum(each.rank is not None and each.rank <= top for each in outcomes)
    return hits / len(outcomes) if outcomes else 0.0


def calibration_error(outcomes: Sequence[Outcome], bins: int = 10) -> float:
    """Return the expected calibration error of the first result's chance (ECE)."""
    total = 0.0
    for at in range(bins):
        held = [
            each
            for each in outcomes
            if at / bins <= each.top_chance < (at + 1) / bins
            or (at == bins - 1 and each.top_chance == 1.0)
        ]
        if held:
            right = sum(each.rank == 1 for each in held) / len(held)
            said = sum(each.top_chance for each in held) / len(held)
            total += abs(right - said) * len(held)
    return total / len(outcomes) if outcomes else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The accuracy on a file of labelled cases."""

    outcomes: tuple[Outcome, ...]

    def figures(self, outcomes: Sequence[Outcome] | None = None) -> dict[str, float]:
        """Return top-1/3/5, mean reciprocal rank and ECE, all 0 to 1."""
        held = self.outcomes if outcomes is None else outcomes
        mrr = sum(1 / each.rank for each in held if each.rank) / max(len(held), 1)
        return {
            "cases": len(held),
            "top1": round(_share(held, 1), 4),
            "top3": round(_share(held, 3), 4),
            "top5": round(_share(held, 5), 4),
            "mrr": round(mrr, 4),
            "ece": round(calibration_error(held), 4),
        }

    def regions(self) -> dict[str, dict[str, float]]:
        """Return the figures by the group of the place named first."""
        names = sorted({each.region for each in self.outcomes})
        return {
            name: self.figures([each for each in self.outcomes if each.region == name])
            for name in names
        }

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            **self.figures(),
            "regions": self.regions(),
            "missed": [
                {
                    "id": each.id,
                    "rank": each.rank,
                    "expected": list(each.expected),
                    "first": list(each.first),
                    "understood": list(each.understood),
                }
                for each in self.outcomes
                if each.rank is None or each.rank > 3
            ],
        }

    def as_text(self) -> str:
        """Return the report as a table for people."""
        lines = [
            f"{'':16}{'cases':>6}{'top-1':>8}{'top-3':>8}{'top-5':>8}{'MRR':>7}{'ECE':>7}"
        ]
        for name, row in (("all", self.figures()), *self.regions().items()):
            lines.append(
                f"{name:16}{row['cases']:>6}{row['top1']:>8.0%}{row['top3']:>8.0%}"
                f"{row['top5']:>8.0%}{row['mrr']:>7.2f}{row['ece']:>7.2f}"
            )
        for each in self.as_data()["missed"]:
            lines.append(
                f"missed {each['id']} (rank {each['rank']}): {each['expected']}"
            )
            lines.append(f"    first: {each['first']}")
            lines.append(f"    understood: {', '.join(each['understood'])}")
        return "\n".join(lines)


def _group_of(case: Mapping[str, Any], bundle: Bundle) -> str:
    from achemap.atlas.vocabulary import regions

    complaint = complaint_from({"text": case["text"]}, lexicon=bundle.lexicon)
    for mention in complaint.understood.mentions:
        leaves = bundle.tables.places.get(mention.concept)
        if leaves is not None and not mention.negated:
            best = max(zip(leaves[1], leaves[0], strict=True))[1]
            return regions()[bundle.tables.leaves[best]].parent
    return "no place named"


def outcome_of(case: Mapping[str, Any], bundle: Bundle) -> Outcome:
    """Return how the finder does on one labelled case."""
    given = {key: case[key] for key in ("text", "age", "sex") if case.get(key)}
    ranking = find(complaint_from(given, lexicon=bundle.lexicon), bundle, top=None)
    rank, chance = None, 0.0
    for at, result in enumerate(ranking.results, start=1):
        names = result.pattern.muscles
        if any(same_muscle(a, b) for a in names for b in case["expected"]):
            chance += result.probability
            rank = rank or at
    first = ranking.results[0] if ranking.results else None
    return Outcome(
        id=str(case["id"]),
        region=_group_of(case, bundle),
        rank=rank,
        chance=chance,
        top_chance=first.probability if first else 0.0,
        first=tuple(each.pattern.id for each in ranking.results[:5]),
        expected=tuple(case["expected"]),
        understood=tuple(
            ("no " if each.negated else "") + f"{each.role}:{each.concept}"
            for each in ranking.complaint.understood.mentions
        ),
    )


def cases_of(path: Path) -> Iterable[dict[str, Any]]:
    """Yield the cases of a JSON-lines file; raises BadInput for a broken line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                held = json.loads(line)
            except ValueError as error:
                raise BadInput(f"not JSON: {error}", file=path, line=number) from None
            text = held.get("text") or held.get("complaint")
            expected = held.get("expected_muscles")
            if not isinstance(text, str) or not isinstance(expected, list):
                raise BadInput(
                    "needs a complaint and expected_muscles", file=path, line=number
                )
            name = held.get("id", number)
            yield {**held, "id": name, "text": text, "expected": expected}


def evaluate_file(path: Path, bundle: Bundle | None = None) -> Report:
    """Return the finder's accuracy, by text alone, on the labelled cases of `path`."""
    held = bundle or compiled()
    return Report(tuple(outcome_of(case, held) for case in cases_of(path)))
