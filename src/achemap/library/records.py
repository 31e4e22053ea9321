"""The records of the library: what one file of each kind says.

Records are frozen. Their field names are those of the files, with `_` for `-`.
Reading and its errors are in `reading.py`; checks across records in `linting.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from achemap.atlas.grammar import Point, TriggerPoint, Zone


Frequency = Literal["always", "often", "sometimes", "rarely", "never"]
Prevalence = Literal["very-common", "common", "uncommon", "rare"]
Grade = Literal["classic-map", "reproduced", "contested"]
StepKind = Literal[
    "ice",
    "heat",
    "pressure",
    "stretch",
    "move",
    "breathe",
    "patch",
    "posture",
    "rest",
]
StepFlag = Literal[
    "neck-end-range",
    "spine-twist",
    "loaded-flexion",
    "back-bend",
    "weight-on-arm",
    "lying-on-front",
    "breath-hold",
    "kneeling",
    "single-leg-balance",
    "over-kidney",
    "front-of-neck",
    "over-nerve",
    "belly-pressure",
]


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="kebab",
    forbid_unknown_fields=True,
):
    """Base of all records: frozen, named fields, unknown fields refused."""


class Review(Record, frozen=True, kw_only=True):
    """Who wrote a text, who read it a second time, and until when it holds.

    `reviewed_by` names the second reader; a clinician's review is separate and
    is "open" until `medical_review` says otherwise.
    """

    authored: date
    author: str
    review_by: date
    reviewed: date | None = None
    reviewed_by: str | None = None
    medical_review: str = "open"


class Signs(Record, frozen=True, kw_only=True):
    """What tells a pattern from others: lexicon concepts and how often they hold."""

    feels: dict[str, Frequency] = {}
    worse: dict[str, Frequency] = {}
    better: dict[str, Frequency] = {}
    onset: dict[str, Frequency] = {}
    gesture: dict[str, Frequency] = {}
    comes_with: dict[str, Frequency] = {}
    time: dict[str, Frequency] = {}

    def groups(self) -> dict[str, dict[str, Frequency]]:
        """Return the sign groups by their names in the files."""
        return {
            "feels": self.feels,
            "worse": self.worse,
            "better": self.better,
            "onset": self.onset,
            "gesture": self.gesture,
            "comes-with": self.comes_with,
            "time": self.time,
        }


class Lookalike(Record, frozen=True, kw_only=True):
    """Another pattern that is easily taken for this one, and what differs."""

    pattern: str
    tell_apart: str


class Thermal(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Heat or ice: where on the body, for how many minutes, and what to mind.

    `strip` is the way of an ice stroke: points to draw an arrow through.
    """

    where: str
    minutes: int
    note: str = ""
    strip: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= 20:
            raise ValueError("minutes must be between 1 and 20")


class Pressure(Record, frozen=True, kw_only=True):
    """Pressing a point: where, how, for how many seconds and how many times."""

    where: str
    how: str
    seconds: int
    times: int = 1


class Step(Record, frozen=True, kw_only=True):
    """One timed step; `sides` says whether it is done once or on each side."""

    kind: StepKind
    text: str
    seconds: int
    times: int = 1
    sides: Literal["one", "each", "both", "none"] = "none"
    technique: str | None = None
    flags: tuple[StepFlag, ...] = ()
    number: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.seconds <= 1800:
            raise ValueError("seconds must be between 1 and 1800")
        if not 1 <= self.times <= 20:
            raise ValueError("times must be between 1 and 20")


class Placement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A product used in a pattern's care, and where it goes.

    `inner_edge` says that a patch's inner edge lies across the spine.
    """

    product: str
    placement: str
    inner_edge: Literal["across-spine"] | None = None


class Care(Record, frozen=True, kw_only=True):
    """What a reader may do for a pattern once the safety screen is passed."""

    avoid: tuple[str, ...] = ()
    relief: tuple[str, ...] = ()
    heat: Thermal | None = None
    ice: Thermal | None = None
    pressure: Pressure | None = None
    routine: tuple[Step, ...] = ()
    product: tuple[Placement, ...] = ()
    see_someone: str = ""


class Evidence(Record, frozen=True, kw_only=True):
    """How well a map is supported, as a grade and in plain words."""

    grade: Grade
    note: str


class Sections(Record, frozen=True, kw_only=True):
    """The five prose sections of a pattern, as Markdown without their headings."""

    describe: str = ""
    activate: str = ""
    relief: str = ""
    anatomy: str = ""
    therapy_notes: str = ""


SECTION_HEADINGS: dict[str, str] = {
    "describe": "How people describe it",
    "activate": "What sets it off",
    "relief": "Getting relief yourself",
    "anatomy": "The anatomy behind it",
    "therapy_notes": "Therapy notes",
}


class Pattern(Review, frozen=True, kw_only=True):
    """One complaint and the trigger points that can lie behind it.

    Zones and points are written for one side of the body; the other side is the
    mirror. `title` is the complaint in a reader's words, never a muscle's name.
    """

    id: str
    title: str
    language: str
    muscles: tuple[str, ...]
    how_common: Prevalence
    zones: tuple[Zone, ...]
    points: tuple[TriggerPoint, ...] = ()
    partial: str = ""
    signs: Signs
    sayings: tuple[str, ...] = ()
    mistaken_for: tuple[str, ...] = ()
    triage: tuple[str, ...] = ()
    similar: tuple[Lookalike, ...] = ()
    care: Care
    evidence: Evidence
    sources: tuple[str, ...] = ()
    sources_disagree: str | None = None
    sections: Sections = Sections()

    def __post_init__(self) -> None:
        if not self.muscles:
            raise ValueError("muscles must name at least one muscle")
        if not any(zone.level == "essential" for zone in self.zones):
            raise ValueError("zones must hold at least one essential zone")


class Attachments(Record, frozen=True, kw_only=True):
    """Where a muscle begins (`from`) and ends (`to`)."""

    origin: str = msgspec.field(name="from")
    insertion: str = msgspec.field(name="to")


class Muscle(Record, frozen=True, kw_only=True):
    """A muscle or a named part of one. `latin` follows Terminologia Anatomica."""

    id: str
    name: str
    latin: str
    region: str
    attachments: Attachments
    action: str
    nerve: str
    roots: str
    function: str
    fma: int | None = None
    synonyms: tuple[str, ...] = ()
    part_of: str | None = None
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Technique(Review, frozen=True, kw_only=True):
    """Something a reader can do, as numbered and timed steps; `body` is Markdown.

    `subsets` names groups of step numbers, so that other texts can quote them.
    """

    id: str
    title: str
    language: str
    kind: str
    region: str
    steps: tuple[Step, ...]
    materials: tuple[str, ...] = ()
    subsets: dict[str, tuple[int, ...]] = {}
    stop_if: str = ""
    sources: tuple[str, ...] = ()
    body: str = ""

    def __post_init__(self) -> None:
        numbers = {step.number for step in self.steps}
        for name, wanted in self.subsets.items():
            if missing := sorted(set(wanted) - numbers):
                raise ValueError(
                    f"subset {name!r} names steps {missing} that are not there"
                )


class Product(Record, frozen=True, kw_only=True):
    """A generic product. A shop link, where an operator sets one, is advertising."""

    id: str
    name: str
    what: str
    placement: str
    not_when: str = ""
    shop_link: str | None = None
    advertising_note: str = ""
    language: str = "en"
    sources: tuple[str, ...] = ()


class Source(Record, frozen=True, kw_only=True):
    """Something that was read, and what it was seen to say."""

    key: str
    title: str
    kind: Literal["book", "paper", "web", "post", "guideline"]
    says: str
    seen: date
    seen_as: str
    authors: str = ""
    year: int | None = None
    where: str = ""
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None


class Article(Review, frozen=True, kw_only=True):
    """A concept, or a collection of patterns by region; `body` is Markdown."""

    id: str
    title: str
    language: str
    summary: str
    region: str | None = None
    patterns: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    body: str = ""


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """Every record by id. `files` gives the file that each record came from."""

    patterns: dict[str, Pattern]
    muscles: dict[str, Muscle]
    techniques: dict[str, Technique]
    products: dict[str, Product]
    sources: dict[str, Source]
    concepts: dict[str, Article]
    collections: dict[str, Article]
    files: dict[tuple[str, str], str]


# msgspec learns a class when it first reads one, and two threads that do so at once
# end the process. Importing a module happens once: it learns them here.
for _record in (Pattern, Muscle, Technique, Product, Source, Article):
    msgspec.json.Decoder(_record)
