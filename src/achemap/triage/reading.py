"""What a complaint says before any question: places, person, signs in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from achemap.atlas import load as load_atlas
from achemap.atlas.vocabulary import leaves, regions
from achemap.complaint import Complaint
from achemap.errors import BadInput
from achemap.language import Understood, load_lexicon
from achemap.triage.cues import Found
from achemap.triage.loading import RuleSet
from achemap.triage.records import Reading, Value
from achemap.triage.scope import counted
from achemap.triage.tokens import FOLDED, Word, words_of


SHARE = 0.3
VAGUE_SHARE = 0.1
_AGE = re.compile(
    r"\b(?:i'?\s?a?m|aged?|he'?s|she'?s|is|just turned|turned)\s+(\d{1,3})\b(?!\s*(?:weeks|months|days|hours|minutes|cm|kg|stone|%|st\b|/))"
    r"|\b(\d{1,3})[\s-]*(?:years?|yrs?|yr)[\s-]*old\b"
    r"|\b(\d{1,3})\s*y(?:/?o)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one text says to the screen: cues with their words, zones, age."""

    cues: Mapping[str, str]
    zones: frozenset[str]
    age: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """The complaint as the rules see it."""

    zones: frozenset[str]
    has_place: bool
    age: int | None
    sex: str | None
    cues: Mapping[str, str]


def _age_in(text: str) -> int | None:
    match = _AGE.search(text)
    if match is None:
        return None
    age = int(next(group for group in match.groups() if group))
    return age if 0 < age <= 110 else None


@lru_cache(maxsize=512)
def heard_in(
    text: str, corrections: tuple[tuple[str, str], ...], rules: RuleSet
) -> Heard:
    known = rules.lexicon
    fixes = {
        wrong.lower(): right.lower()
        for wrong, right in corrections
        if not known.knows(wrong.lower()) and wrong.lower() not in FOLDED
    }
    words = words_of(text, fixes)
    cues: dict[str, str] = {}
    zones: set[str] = set()
    for each in counted(words, known.read(words), dict(known.cues)):
        if each.cue.startswith("zone:"):
            zones.add(each.cue[5:])
        else:
            cues.setdefault(each.cue, _quoted(text, words, each))
    return Heard(cues, frozenset(zones), _age_in(text))


def _quoted(text: str, words: list[Word], found: Found) -> str:
    return " ".join(text[words[found.first].start : words[found.last].end].split())


@lru_cache(maxsize=1)
def zones_by_region(rules: RuleSet) -> Mapping[str, frozenset[str]]:
    """Return for each leaf region the zones that hold it."""
    found: dict[str, set[str]] = {}
    for zone in rules.zones.values():
        for region in zone.regions:
            for leaf in leaves(region):
                found.setdefault(leaf, set()).add(zone.id)
    return {leaf: frozenset(zones) for leaf, zones in found.items()}


@lru_cache(maxsize=2048)
def zones_named(name: str, rules: RuleSet) -> frozenset[str]:
    """Return the zones of a leaf, a group, or a fuzzy place; empty when unknown.

    A leaf switches on every zone that holds it. A group ("belly") switches on the
    zones that list it or hold three in ten of its leaves.
    """
    own = frozenset({name} & rules.zones.keys())
    if name in regions():
        by_region = zones_by_region(rules)
        if regions()[name].is_leaf:
            return by_region.get(name, frozenset())
        inside = leaves(name)
        counts = Counter(zone for leaf in inside for zone in by_region.get(leaf, ()))
        return own | frozenset(
            zone
            for zone, count in counts.items()
            if count >= SHARE * len(inside) or name in rules.zones[zone].regions
        )
    if own:
        return own
    concept = load_lexicon().concepts.get(name)
    if concept is None:
        return frozenset()
    return _vague_zones(concept.places, rules)


def _vague_zones(places: Mapping[str, float], rules: RuleSet) -> frozenset[str]:
    """Return the zones of a vague place, given as weights of regions."""
    by_region = zones_by_region(rules)
    weights: dict[str, float] = {}
    for place, weight in places.items():
        if place in regions():
            for leaf in leaves(place):
                weights[leaf] = max(weights.get(leaf, 0.0), weight)
    held: dict[str, float] = {}
    for leaf, weight in weights.items():
        for zone in by_region.get(leaf, ()):
            held[zone] = held.get(zone, 0.0) + weight
    total = sum(weights.values())
    return frozenset(
        zone
        for zone, weight in held.items()
        if weight >= total * (SHARE if rules.zones[zone].exact else VAGUE_SHARE)
    )


def zones_of(names: Iterable[str], rules: RuleSet) -> frozenset[str]:
    """Return the zones that the named regions lie in, on either side of the body."""
    found: set[str] = set()
    for name in names:
        found |= zones_named(name, rules)
    return frozenset(found)


@lru_cache(maxsize=256)
def _painted(cells: tuple[int, ...]) -> tuple[str, ...]:
    """Return the leaf regions of painted cells, with the cells about two cm around.

    Raises BadInput for a cell that the body does not have.
    """
    if not cells:
        return ()
    body = load_atlas()
    if max(cells) >= body.count or min(cells) < 0:
        raise BadInput(
            "unknown cell", field="cells", fix=f"ids run from 0 to {body.count - 1}"
        )
    starts, around = body.reach.indptr, body.reach.indices
    held = set(cells)
    for cell in cells:
        held.update(int(one) for one in around[starts[cell] : starts[cell + 1]])
    found = {int(body.region[cell]) for cell in held}
    return tuple(body.regions[number].id for number in sorted(found))


def given_by(complaint: Complaint, rules: RuleSet) -> Given:
    """Return places, person and text signs of `complaint`."""
    understood: Understood = complaint.understood
    heard = heard_in(complaint.text, tuple(understood.corrections), rules)
    named = [place.region for place in complaint.regions]
    named += [
        mention.concept
        for mention in understood.mentions
        if mention.kind == "region" and not (mention.negated or mention.other_person)
    ]
    zones = zones_of([*named, *_painted(complaint.cells)], rules) | heard.zones
    return Given(
        zones=zones,
        has_place=bool(zones),
        age=complaint.age if complaint.age is not None else heard.age,
        sex=complaint.sex,
        cues=_with_mentions(heard, understood, complaint.text, rules),
    )


def _with_mentions(
    heard: Heard, understood: Understood, text: str, rules: RuleSet
) -> Mapping[str, str]:
    cues = dict(heard.cues)
    for mention in understood.mentions:
        if mention.kind == "danger" and mention.concept in rules.lexicon.cues:
            out = mention.negated or mention.past or mention.other_person
            if not out and not mention.hedged:
                cues.setdefault(mention.concept, text[mention.start : mention.end])
    return cues


def readings(given: Given, rules: RuleSet) -> Mapping[str, Reading]:
    """Return, by question, what the text answers; only worrying answers are read."""
    found: dict[str, Reading] = {}
    for question in rules.questions.values():
        for cue in question.cues:
            if cue in given.cues:
                value: Value = question.worry
                found[question.id] = Reading(question.id, value, given.cues[cue], cue)
                break
    return found
