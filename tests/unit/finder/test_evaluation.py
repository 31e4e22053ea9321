"""Accuracy reports: muscles are matched by name, parts and wholes."""

import json

import pytest

from achemap.errors import BadInput
from achemap.finder.answering import as_json, as_text
from achemap.finder.evaluation import (
    Outcome,
    calibration_error,
    evaluate_file,
    same_muscle,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("upper trapezius", "trapezius"),
        ("Triceps brachii, long head", "triceps brachii"),
        ("suboccipital muscles", "obliquus capitis inferior"),
        ("iliopsoas", "psoas major"),
        ("rhomboids", "rhomboid major"),
        ("external intercostals", "intercostals"),
        ("fibularis longus", "peroneus longus"),
        ("scalenes", "scalenus medius"),
    ],
)
def test_the_same_muscle(one, other):
    assert same_muscle(one, other)
    assert same_muscle(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("upper trapezius", "lower trapezius"),
        ("gluteus medius", "gluteus maximus"),
        ("pectoralis major", "pectoralis minor"),
        ("supraspinatus", "infraspinatus"),
    ],
)
def test_another_muscle(one, other):
    assert not same_muscle(one, other)


def outcome(rank, chance):
    return Outcome("x", "knee", rank, chance, chance, (), (), ())


def test_calibration_error():
    held = [outcome(1, 0.85)] * 17 + [outcome(2, 0.85)] * 3
    assert calibration_error(held) == pytest.approx(0.0)
    assert calibration_error([outcome(2, 0.95)]) == pytest.approx(0.95)
    assert calibration_error([]) == 0


def test_a_file_of_cases(bundle, tmp_path):
    path = tmp_path / "cases.jsonl"
    cases = [
        {"id": "a", "complaint": "burning over the kidneys in my desk chair",
         "expected_muscles": ["serratus posterior inferior"]},
        {"id": "b", "complaint": "my kneecap aches on the stairs", "expected_muscles": ["xyz"]},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, cases)) + "\n\n", encoding="utf-8")
    report = evaluate_file(path, bundle)
    assert report.as_data()["cases"] == 2
    assert report.as_data()["top1"] == 0.5
    assert report.as_data()["missed"][0]["id"] == "b"
    assert set(report.regions()) == {"back-middle", "knee"}
    assert "missed b" in report.as_text()


@pytest.mark.parametrize(
    "line", ["{", '{"complaint": "x"}', '{"expected_muscles": []}']
)
def test_a_broken_file_is_named(bundle, tmp_path, line):
    path = tmp_path / "cases.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        evaluate_file(path, bundle)
    assert caught.value.line == 1


def test_the_answer_as_data_and_text(bundle):
    from achemap.complaint import complaint_from
    from achemap.finder import find

    complaint = complaint_from(
        {"text": "my left knee aches, no numbness, qwxzyk"}, lexicon=bundle.lexicon
    )
    screen = {"disposition": "doctor_first", "fired": [], "ask": []}
    answer = as_json(find(complaint, bundle), bundle, name="k", triage=screen)
    assert list(answer)[:2] == ["id", "results"]
    assert answer["id"] == "k"
    assert set(answer["results"][0]) >= {
        "pattern", "title", "muscles", "probability", "because",
    }  # fmt: skip
    assert answer["understood"]["regions"] == ["Knee"]
    assert answer["understood"]["negated"] == ["Numb"]
    assert answer["next_question"]["from"] == "finder"
    json.dumps(answer)
    text = as_text(answer)
    assert "First: doctor first" in text
    assert "qwxzyk" in text


def test_safety_questions_come_first(bundle):
    from achemap.complaint import complaint_from
    from achemap.finder import find

    complaint = complaint_from({"text": "my knee aches"}, lexicon=bundle.lexicon)
    screen = {
        "ask": [{"id": "q", "text": "Fever?", "options": ["yes"], "level": "urgent"}]
    }
    answer = as_json(find(complaint, bundle), bundle, triage=screen)
    assert answer["next_question"] == {**screen["ask"][0], "from": "triage"}
