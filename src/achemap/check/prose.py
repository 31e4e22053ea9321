"""What the texts say: complete, plain, told apart, about the right muscle."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from achemap.care.review import overdue
from achemap.check.finding import Finding
from achemap.check.readability import plain, reading_grade
from achemap.check.world import World
from achemap.library.records import SECTION_HEADINGS, Pattern


HIGHEST_GRADE = 8.0
FEWEST_SAYINGS = 25
FEWEST_SOURCES = 2
# A run of this many equal words in two patterns is boilerplate, not chance.
BOILERPLATE_RUN = 12
READER_SECTIONS = ("describe", "activate", "relief", "anatomy")

_WORDS = re.compile(r"[a-z0-9']+")
_PROMISE = re.compile(
    r"\b(?:you are (?:fine|safe)|nothing serious|guarantee[sd]?|will cure"
    r"|cures? (?:your|the)|completely safe|100 ?%)",
    re.IGNORECASE,
)


def _muscle_words(pattern: Pattern, world: World) -> set[str]:
    names: set[str] = set()
    for muscle in world.library.muscles.values():
        if muscle.id in pattern.muscles:
            names |= {muscle.name.lower(), *map(str.lower, muscle.synonyms)}
    return names


def check_complete(world: World) -> Iterator[Finding]:
    """No section is missing, and there are enough sayings and sources."""
    for pattern in world.library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        for name, heading in SECTION_HEADINGS.items():
            if not getattr(pattern.sections, name).strip():
                yield Finding(
                    file,
                    heading,
                    "the section is missing or empty",
                    f"write ## {heading}",
                )
        if len(set(pattern.sayings)) < FEWEST_SAYINGS:
            yield Finding(
                file,
                "sayings",
                f"{len(set(pattern.sayings))} different sayings",
                f"at least {FEWEST_SAYINGS}, in many voices",
            )
        if len(pattern.sources) < FEWEST_SOURCES:
            yield Finding(
                file,
                "sources",
                f"{len(pattern.sources)} source(s)",
                f"at least {FEWEST_SOURCES} independent ones",
            )
        if not pattern.points:
            yield Finding(file, "points", "no trigger point", "add where it is")
        if not pattern.similar:
            yield Finding(
                file, "similar", "no look-alike", "add what it is mixed up with"
            )


def check_titles(world: World) -> Iterator[Finding]:
    """A title is a complaint: it names no muscle, and no two are the same."""
    muscles = {muscle.name.lower() for muscle in world.library.muscles.values()}
    first: dict[str, str] = {}
    for pattern in world.library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        title = pattern.title.lower()
        if named := [
            name for name in muscles if re.search(rf"\b{re.escape(name)}\b", title)
        ]:
            yield Finding(
                file,
                "title",
                f"names the muscle {named[0]!r}",
                "say the complaint instead",
            )
        if title in first:
            yield Finding(
                file,
                "title",
                f"is also the title of {first[title]}",
                "say what differs",
            )
        first.setdefault(title, pattern.id)


def check_grades(world: World) -> Iterator[Finding]:
    """The reader's sections are at grade 8 or lower."""
    for pattern in world.library.patterns.values():
        for name in READER_SECTIONS:
            grade = reading_grade(getattr(pattern.sections, name))
            if grade > HIGHEST_GRADE:
                yield Finding(
                    world.file_of("patterns", pattern.id),
                    SECTION_HEADINGS[name],
                    f"reading grade {grade:.1f}",
                    f"shorter sentences and plainer words, to {HIGHEST_GRADE:g} or lower",
                )


def check_promises(world: World) -> Iterator[Finding]:
    """No text promises a cure or says that a reader is safe."""
    for pattern in world.library.patterns.values():
        for name, heading in SECTION_HEADINGS.items():
            if match := _PROMISE.search(plain(getattr(pattern.sections, name))):
                yield Finding(
                    world.file_of("patterns", pattern.id),
                    heading,
                    f"promises too much: {match.group()!r}",
                    "say what may help, and when to see a doctor",
                )


def check_right_muscle(world: World) -> Iterator[Finding]:
    """The anatomy and therapy texts speak of the record's own muscle."""
    for pattern in world.library.patterns.values():
        own = _muscle_words(pattern, world)
        text = plain(
            f"{pattern.sections.anatomy}\n{pattern.sections.therapy_notes}"
        ).lower()
        words = {word for name in own for word in name.split() if len(word) > 4}
        if own and text.strip() and not any(word[:-2] in text for word in words):
            yield Finding(
                world.file_of("patterns", pattern.id),
                SECTION_HEADINGS["anatomy"],
                f"does not speak of {' or '.join(pattern.muscles)}",
                "is this the text of another muscle?",
            )


def check_boilerplate(world: World) -> Iterator[Finding]:
    """No two patterns share a long run of words."""
    seen: dict[tuple[str, ...], str] = {}
    shared: defaultdict[tuple[str, str], str] = defaultdict(str)
    for pattern in world.library.patterns.values():
        for name in SECTION_HEADINGS:
            words = _WORDS.findall(plain(getattr(pattern.sections, name)).lower())
            for start in range(len(words) - BOILERPLATE_RUN + 1):
                run = tuple(words[start : start + BOILERPLATE_RUN])
                first = seen.setdefault(run, pattern.id)
                if first != pattern.id and (pattern.id, first) not in shared:
                    shared[pattern.id, first] = " ".join(run)
    for (pattern_id, other), said in shared.items():
        yield Finding(
            world.file_of("patterns", pattern_id),
            "sections",
            f"same words as {other}: {said!r}",
            "say it in this pattern's own way",
        )


def check_reviews(world: World) -> Iterator[Finding]:
    """Nothing is past the day by which it was to be read again."""
    for file, record in world.reviewed():
        if record.review_by < world.today:
            yield _overdue(file, "review-by", record.review_by)
    for due in overdue(world.today, world.library.sources.values()):
        file = due.file.name if due.file else world.file_of("sources", due.record)
        yield _overdue(f"{due.kind}: {file}", due.record, due.review_by)


def _overdue(file: str, field: str, day: date) -> Finding:
    fix = "read it against its sources and set a new date"
    return Finding(file, field, f"was due on {day}", fix)
