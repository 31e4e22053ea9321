"""Each check finds its own fault in an otherwise clean small library."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from achemap.atlas.grammar import parse_zone
from achemap.check import World, findings
from achemap.library import load
from achemap.library.records import Library, Pattern, Sections


TODAY = date(2026, 11, 23)
FOUNDING = "serratus-posterior-inferior"


@pytest.fixture(scope="module")
def founding() -> Pattern:
    return load().patterns[FOUNDING]


def world_of(pattern: Pattern, today: date = TODAY) -> World:
    """Return a world of one pattern in which every name it uses is known."""
    library = load()
    names = {name for group in pattern.signs.groups().values() for name in group}
    kinds = {"feels": "feeling", "gesture": "gesture", "comes-with": "companion"}
    kinds |= {"time": "time"}
    known = {
        name: kinds.get(group, "activity")
        for group, signs in pattern.signs.groups().items()
        for name in signs
    }
    assert names == set(known)
    return World(
        library=msgspec.structs.replace(library, patterns={pattern.id: pattern}),
        kinds=known,
        rules=frozenset(pattern.triage),
        rule_sources=frozenset(library.sources),
        today=today,
    )


def problems(pattern: Pattern, today: date = TODAY) -> list[str]:
    own = f"patterns/{pattern.id}.md"
    return [
        f"{each.field}: {each.problem}"
        for each in findings(world_of(pattern, today))
        if each.file == own
        and "similar" not in each.field
        and "link" not in each.problem
    ]


def changed(pattern: Pattern, **fields: object) -> Pattern:
    return msgspec.structs.replace(pattern, **fields)


def with_section(pattern: Pattern, **texts: str) -> Pattern:
    sections: Sections = msgspec.structs.replace(pattern.sections, **texts)
    return changed(pattern, sections=sections)


def test_the_founding_pattern_is_clean(founding: Pattern) -> None:
    assert problems(founding) == []


def test_names_that_lead_nowhere_are_found(founding: Pattern) -> None:
    broken = changed(
        founding, muscles=("serratus-posterior-infeior",), sources=("a", "b")
    )

    found = problems(broken)

    assert any("unknown muscle" in each for each in found)
    assert sum("unknown source" in each for each in found) == 2


def test_a_sign_of_the_wrong_kind_is_found(founding: Pattern) -> None:
    world = world_of(founding)
    kinds = {**world.kinds, "aching": "activity"}
    kinds.pop("burning")

    found = [each.problem for each in findings(replace(world, kinds=kinds))]

    assert "'aching' is of kind 'activity'" in found
    assert "'burning' is not in the lexicon" in found


@pytest.mark.parametrize(
    ("section", "text", "says"),
    [
        ("describe", "", "missing or empty"),
        (
            "describe",
            (
                "Individuals characteristically experience considerable discomfort"
                " approximating musculoskeletal inflammation, particularly subsequent to"
                " prolonged immobilisation of the thoracolumbar musculature, notwithstanding"
                " pharmacological intervention."
            ),
            "reading grade",
        ),
        (
            "relief",
            "This will cure your back. Rest and wait for it to work.",
            "promises",
        ),
        (
            "relief",
            "Relax. It hurts, but you are fine and can go on as before.",
            "promises",
        ),
    ],
)
def test_a_bad_text_is_found(
    founding: Pattern, section: str, text: str, says: str
) -> None:
    found = problems(with_section(founding, **{section: text}))

    assert any(says in each for each in found)


def test_the_text_of_another_muscle_is_found(founding: Pattern) -> None:
    other = "The temporalis fans over the side of the head and closes the jaw."

    found = problems(with_section(founding, anatomy=other, therapy_notes=other))

    assert any("does not speak of" in each for each in found)


def test_a_title_that_names_a_muscle_is_found(founding: Pattern) -> None:
    found = problems(changed(founding, title="Serratus posterior inferior pain"))

    assert any("names the muscle" in each for each in found)


def test_too_few_sayings_and_sources_are_found(founding: Pattern) -> None:
    few = changed(founding, sayings=founding.sayings[:3], sources=founding.sources[:1])

    found = problems(few)

    assert any(each.startswith("sayings: 3") for each in found)
    assert any(each.startswith("sources: 1") for each in found)


def test_a_review_that_is_due_is_found(founding: Pattern) -> None:
    found = problems(founding, today=date(2030, 1, 1))

    assert any(each.startswith("review-by") for each in found)


def test_rules_and_numbers_that_are_due_are_found(founding: Pattern) -> None:
    late = findings(world_of(founding, date(2030, 1, 1)))

    for kind in ("rule: ", "contraindications: ", "emergency numbers: ", "source: "):
        assert any(each.file.startswith(kind) for each in late)


def test_a_title_about_another_place_is_found(founding: Pattern) -> None:
    found = problems(changed(founding, title="Sore front of the knee"))

    assert any("where no zone is" in each for each in found)


def test_a_description_of_another_place_is_found(founding: Pattern) -> None:
    other = (
        "The big toe aches. The heel is sore. The ankle and the shin join in."
        " So do the knee, the calf, the little toe and the instep."
    )

    found = problems(with_section(founding, describe=other))

    assert any("big toe" in each for each in found)


@pytest.mark.parametrize(
    "form",
    [
        {"spot": {"at": "lower-ribs-outer", "radius_cm": 0.8}},
        {"spot": {"at": "lower-ribs-outer", "radius_cm": 20}},
    ],
)
def test_a_zone_far_too_small_or_large_is_found(
    founding: Pattern, form: dict[str, object]
) -> None:
    zone = parse_zone({"level": "essential", **form})

    found = problems(changed(founding, zones=(zone,)))

    assert any("cm2" in each for each in found)


def test_a_region_that_no_pattern_reaches_is_found(founding: Pattern) -> None:
    found = [each for each in findings(world_of(founding)) if "atlas/" in each.file]

    assert any(each.field == "kneecap" for each in found)
    assert not any(each.field == "shin-upper" for each in found)


def test_a_step_without_its_flag_is_found(founding: Pattern) -> None:
    step = msgspec.structs.replace(
        founding.care.routine[0], text="Kneel on a cushion.", flags=()
    )
    care = msgspec.structs.replace(founding.care, routine=(step,))

    found = problems(changed(founding, care=care))

    assert any("calls for the flag" in each or "'kneeling'" in each for each in found)


def test_a_step_that_does_what_is_to_be_avoided_is_found(founding: Pattern) -> None:
    step = msgspec.structs.replace(
        founding.care.routine[0], text="Lie face down.", flags=("lying-on-front",)
    )
    care = msgspec.structs.replace(
        founding.care, routine=(step,), avoid=("Do not lie on your front.",)
    )

    found = problems(changed(founding, care=care))

    assert any("what care.avoid forbids" in each for each in found)


def test_boilerplate_and_one_sided_lookalikes_are_found(founding: Pattern) -> None:
    twin = changed(founding, id="twin", similar=(), title="Another ache")
    world = world_of(founding)
    library: Library = msgspec.structs.replace(
        world.library, patterns={founding.id: founding, "twin": twin}
    )
    both = changed(
        founding,
        similar=(msgspec.structs.replace(founding.similar[0], pattern="twin"),),
    )
    library.patterns[founding.id] = both

    found = findings(replace(world, library=library))

    assert any("same words as" in each.problem for each in found)
    assert any(
        each.file == "patterns/twin" and each.field == "similar" for each in found
    )
