"""FHIR R4B export, the public page, the notes."""

from __future__ import annotations

import re

import pytest
import yaml

from achemap.complaint import complaint_from
from achemap.library import load
from achemap.triage import evaluate, load_rules
from achemap.triage.explain import how_we_decide
from achemap.triage.fhir import export, questionnaire
from achemap.triage.loading import RULES as RULES_FOLDER
from achemap.triage.note import advice_for, doctor_note, numbers_for


RULES = load_rules()


def test_every_resource_is_valid_r4b() -> None:
    pytest.importorskip("fhir.resources")
    from fhir.resources.R4B import get_fhir_model_class

    for resource in export(RULES, load().techniques.values()):
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)


def test_nothing_is_lost_on_the_way_to_fhir() -> None:
    listed = {
        item["linkId"]: item
        for group in questionnaire(RULES)["item"]
        for item in group["item"]
    }
    assert listed.keys() == RULES.questions.keys()
    assert listed["kidney-new-since"]["enableWhen"][0]["question"] == "kidney-checked"


def test_the_page_tells_every_rule() -> None:
    page = how_we_decide()
    assert {one.id for one in page.rules} == RULES.rules.keys()
    assert all(one.fires_when for one in page.rules)
    assert page.rules[0].level == "emergency"


def test_an_emergency_shows_only_what_to_do() -> None:
    screen = evaluate(
        complaint_from({"text": "crushing chest pain and sweating", "age": 60})
    )
    advice = advice_for(screen, locale="en-GB")
    assert advice.call == "Call 999."
    assert len(advice.reasons) == 1
    assert not advice.why
    assert not advice.safety_net


def test_a_crisis_line_comes_first() -> None:
    screen = evaluate(complaint_from({"text": "I want to kill myself, my back hurts"}))
    advice = advice_for(screen, locale="en-US")
    assert advice.call is not None
    assert "988" in advice.call


def test_unknown_places_get_plain_words() -> None:
    assert numbers_for(None).emergency == "your local emergency number"
    # A language is no place: Portuguese is not Portugal, Catalan (ca) is not Canada.
    assert numbers_for("pt").emergency == "your local emergency number"
    assert numbers_for("ca").emergency == "your local emergency number"


@pytest.mark.parametrize(
    ("locale", "number"),
    [("en-GB", "999"), ("nb_NO", "113"), ("ca-ES", "112"), ("GB", "999")],
)
def test_a_place_has_its_number(locale: str, number: str) -> None:
    assert numbers_for(locale).emergency == number


def test_every_number_has_a_source_that_was_seen() -> None:
    numbers = yaml.safe_load((RULES_FOLDER / "emergency-numbers.yaml").read_text())
    sources = load().sources
    for place, held in numbers["places"].items():
        assert isinstance(place, str)  # an unquoted NO is the word "false" in YAML
        assert held["sources"], place
        assert set(held["sources"]) <= sources.keys(), place


def test_the_note_says_what_was_said_and_what_fired() -> None:
    given = complaint_from(
        {"text": "ache over my kidneys", "age": 46, "answers": {"kidney-checked": "no"}}
    )
    note = doctor_note(given, evaluate(given))
    assert "ache over my kidneys" in note
    assert "Pain over the kidneys that no doctor has checked" in note
    assert "not a diagnosis" in note


def test_no_text_promises_or_names_a_finding() -> None:
    wrong = re.compile(
        r"\b(you have|you are fine|you are safe|nothing serious|safe to)\b", re.I
    )
    for rule in RULES.rules.values():
        for text in (rule.say, rule.why):
            assert not wrong.search(text), rule.id


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade (Kincaid 1975) with counted vowel groups."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.?!:]+", text)))
    sounds = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower()))))
        for word in words
    )
    return 0.39 * len(words) / sentences + 11.8 * sounds / len(words) - 15.59


def test_questions_are_easy_to_read() -> None:
    hard = {one.id: round(grade(one.text), 1) for one in RULES.questions.values()}
    assert {name: value for name, value in hard.items() if value > 8} == {}
