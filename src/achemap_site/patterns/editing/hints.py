"""What an author should still mend: the checks of the library, on a page half written.

Each hint names the field it is about. Nothing here stops anybody from saving.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.utils.translation import gettext as _

from achemap.atlas.grammar import Area, TriggerPoint, Zone, parse_trigger_point
from achemap.check import World, findings, prose
from achemap.check.readability import plain, reading_grade
from achemap.library.records import (
    SECTION_HEADINGS,
    Attachments,
    Care,
    Evidence,
    Library,
    Lookalike,
    Muscle,
    Pattern,
    Sections,
    Signs,
)
from achemap.triage.loading import RuleSet, literals_of, load_rules
from achemap.triage.reading import heard_in
from achemap_site.patterns import fronts
from achemap_site.patterns.catalogue import catalogue, current_version
from achemap_site.patterns.models import MusclePage, PatternPage
from achemap_site.patterns.reach import readable_zone


Weight = Literal["danger", "mend", "note"]
CHECKS = (
    prose.check_complete,
    prose.check_titles,
    prose.check_grades,
    prose.check_promises,
    prose.check_right_muscle,
    prose.check_reviews,
)
# Fields of the checks that have another name on the page.
_FIELD = {heading: name for name, heading in SECTION_HEADINGS.items()} | {
    "review-by": "review_by"
}
_DOCTOR = ("doctor", "emergency", "physician", "hospital", "clinic", "dentist")
_NO_ZONE = Zone(level="essential", area=Area("flank"))


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to mend: where, how much it matters, what, and how."""

    field: str
    weight: Weight
    text: str
    fix: str = ""

    def as_data(self) -> dict[str, str]:
        return {
            "field": self.field,
            "weight": self.weight,
            "text": self.text,
            "fix": self.fix,
        }


# --- the page as a record ----------------------------------------------------


def _sections(page: PatternPage) -> Sections:
    return Sections(**{name: page.prose_markdown(name) for name in page.prose})


def _zones(page: PatternPage) -> tuple[Zone, ...]:
    found = []
    for pair in fronts.pairs(page.zones):
        try:
            zone = readable_zone(fronts.zone_front(*pair))
        except (KeyError, ValueError, TypeError):
            continue
        if zone is not None:
            found.append(zone)
    return tuple(found)


def _points(page: PatternPage) -> tuple[TriggerPoint, ...]:
    found = []
    for _kind, value in fronts.pairs(page.points):
        try:
            found.append(parse_trigger_point(fronts.point_front(value)))
        except (KeyError, ValueError, TypeError):
            continue
    return tuple(found)


def lenient_record(page: PatternPage) -> Pattern:
    """Return a record of an unfinished page; what is missing is filled with nothing."""
    zones = _zones(page)
    if not any(zone.level == "essential" for zone in zones):
        zones = (*zones, _NO_ZONE)
    muscles = tuple(value for _kind, value in fronts.pairs(page.muscles))
    return Pattern(
        id=page.record_id or "this-page",
        title=page.title or "",
        language=page.language,
        muscles=muscles or ("none",),
        how_common="common",
        zones=zones,
        points=_points(page),
        signs=Signs(),
        sayings=tuple(fronts.items(page.sayings)),
        triage=tuple(fronts.items(page.triage)),
        similar=tuple(
            Lookalike(pattern=value["pattern"], tell_apart=value["tell_apart"])
            for _kind, value in fronts.pairs(page.similar)
        ),
        care=Care(see_someone=page.see_someone),
        evidence=Evidence(grade="classic-map", note=page.evidence_note),
        sources=tuple(fronts.items(page.sources)),
        sections=_sections(page),
        authored=page.authored or date.min,
        author=page.author,
        review_by=page.review_by or date.max,
    )


@lru_cache(maxsize=1)
def _muscles(_version: str) -> Mapping[str, Muscle]:
    rows = MusclePage.objects.values_list("record_id", "name", "synonyms")
    nowhere = Attachments(origin="", insertion="")
    return {
        name: Muscle(
            id=name,
            name=title,
            latin="",
            region="",
            attachments=nowhere,
            action="",
            nerve="",
            roots="",
            function="",
            synonyms=tuple(fronts.items(synonyms)),
        )
        for name, title, synonyms in rows
    }


def muscle_records() -> Mapping[str, Muscle]:
    """Return every muscle by id, with its names only."""
    return _muscles(current_version())


def _world(record: Pattern, today: date) -> World:
    library = Library(
        patterns={record.id: record},
        muscles=dict(muscle_records()),
        techniques={},
        products={},
        sources={},
        concepts={},
        collections={},
        files={("patterns", record.id): ""},
    )
    return World(
        library=library, kinds={}, rules=(), rule_sources=frozenset(), today=today
    )


# --- hints -------------------------------------------------------------------


def _from_checks(record: Pattern, today: date) -> Iterator[Hint]:
    for finding in findings(_world(record, today), CHECKS):
        weight: Weight = "danger" if "promises" in finding.problem else "mend"
        field = _FIELD.get(finding.field, finding.field)
        # In the editor the section is there already, only empty.
        fix = "" if finding.fix.startswith("write ## ") else finding.fix
        yield Hint(field, weight, finding.problem, fix)


def _from_gaps(page: PatternPage) -> Iterator[Hint]:
    if not fronts.pairs(page.muscles):
        yield Hint("muscles", "mend", _("no muscle is named"))
    zones = _zones(page)
    if not any(zone.level == "essential" for zone in zones):
        yield Hint(
            "zones", "mend", _("no essential zone"), _("draw where it is felt most")
        )
    if not fronts.pairs(page.signs):
        yield Hint("signs", "mend", _("no sign is chosen"))
    if not page.author:
        yield Hint("author", "mend", _("no author is named"))


def _says_doctor(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in _DOCTOR)


def _advice_without_doctor(page: PatternPage, record: Pattern) -> Iterator[Hint]:
    advises = bool(
        record.sections.relief.strip()
        or page.relief_on_the_go.strip()
        or fronts.pairs(page.care)
    )
    if advises and not _says_doctor(f"{page.see_someone} {record.sections.relief}"):
        yield Hint(
            "see_someone",
            "danger",
            _("there is advice, but nothing says when to see a doctor"),
            _("write the line “when to see someone”"),
        )
    if advises and not record.triage:
        yield Hint(
            "triage",
            "danger",
            _("no safety rule is always asked before this advice"),
            _("choose the rules for what this ache can be taken for"),
        )


@lru_cache(maxsize=2)
def _rules_by_cue(rules: RuleSet) -> Mapping[str, tuple[str, ...]]:
    """Return danger cue -> ids of the rules that its questions lead to."""
    asked: dict[str, set[str]] = {}
    for rule in rules.rules.values():
        for literal in literals_of(rule):
            asked.setdefault(literal.partition("=")[0], set()).add(rule.id)
    found: dict[str, set[str]] = {}
    for question in rules.questions.values():
        for cue in question.cues:
            found.setdefault(cue, set()).update(asked.get(question.id, ()))
    return {cue: tuple(sorted(names)) for cue, names in found.items()}


def _danger_words(record: Pattern) -> Iterator[Hint]:
    """Words of danger in the reader's texts that no named rule looks after."""
    rules = load_rules()
    by_cue = _rules_by_cue(rules)
    for field in ("describe", "activate"):
        text = plain(getattr(record.sections, field))
        for cue, words in heard_in(text, (), rules).cues.items():
            names = by_cue.get(cue, ())
            if not names or set(names) & set(record.triage):
                continue
            titles = " / ".join(rules.rules[name].title for name in names[:2])
            yield Hint(
                field,
                "danger",
                _("“%(words)s” can be a sign of danger") % {"words": words},
                _("add the safety rule: %(rules)s") % {"rules": titles},
            )


def _one_sided(record: Pattern) -> Iterator[Hint]:
    known = catalogue().patterns
    mine = {each.pattern for each in record.similar}
    for other in sorted(mine):
        entry = known.get(other)
        if entry is None:
            yield Hint("similar", "mend", _("no live pattern “%s”") % other)
        elif record.id not in entry.similar:
            yield Hint(
                "similar",
                "note",
                _("“%s” does not name this one as similar") % entry.title,
                _("add this pattern there too"),
            )
    for entry in known.values():
        if record.id in entry.similar and entry.id not in mine:
            yield Hint(
                "similar",
                "note",
                _("“%s” names this one as similar") % entry.title,
                _("say here what tells it apart"),
            )


_ORDER: Mapping[Weight, int] = {"danger": 0, "mend": 1, "note": 2}


def hints_of(page: PatternPage, today: date) -> list[Hint]:
    """Return what should be mended, the gravest first."""
    record = lenient_record(page)
    found = [
        *_advice_without_doctor(page, record),
        *_danger_words(record),
        *_from_gaps(page),
        *_from_checks(record, today),
        *_one_sided(record),
    ]
    return sorted(dict.fromkeys(found), key=lambda hint: _ORDER[hint.weight])


def measures_of(page: PatternPage) -> dict[str, dict[str, Any]]:
    """Return words and reading grade of each section, and the number of sayings."""
    found: dict[str, dict[str, Any]] = {}
    for name in page.prose:
        text = page.prose_markdown(name)
        found[name] = {
            "words": len(plain(text).split()),
            "grade": round(reading_grade(text), 1),
            "for_readers": name in prose.READER_SECTIONS,
        }
    found["sayings"] = {
        "count": len(set(fronts.items(page.sayings))),
        "wanted": prose.FEWEST_SAYINGS,
    }
    return found
