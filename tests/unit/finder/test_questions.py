"""The next best question: worth asking, never twice, at most six."""

import numpy as np
import pytest

from achemap.complaint import complaint_from
from achemap.finder import find
from achemap.finder.questions import MOST_QUESTIONS, gains


def asked(bundle, **given):
    complaint = complaint_from(given, lexicon=bundle.lexicon)
    return find(complaint, bundle).next_question


def test_a_question_that_splits_in_halves_gains_most():
    weights = np.array([0.5, 0.5])
    sure, half, none = gains(weights, np.array([[1.0, 0.0], [0.9, 0.4], [0.5, 0.5]]))
    assert sure == pytest.approx(1.0)
    assert 0 < half < sure
    assert none == pytest.approx(0.0)


def test_at_most_six_questions_and_none_twice(bundle):
    answers: dict[str, str] = {}
    for _ in range(MOST_QUESTIONS):
        question = asked(bundle, text="my shoulder aches", answers=answers)
        if question is None:
            break
        assert question.id not in answers
        assert question.options == ("yes", "no", "unknown")
        assert question.text.endswith("?")
        answers[question.id] = "unknown"
    else:
        assert asked(bundle, text="my shoulder aches", answers=answers) is None
    assert len(answers) >= 3


def test_what_was_said_is_not_asked(bundle):
    question = asked(
        bundle, text="my shoulder aches when I reach overhead, brush my teeth"
    )
    assert question is not None
    assert question.id.partition(":")[2] not in {"reaching-overhead", "brushing-teeth"}


def test_answers_to_safety_questions_do_not_use_up_the_six(bundle):
    answers = {f"triage-{number}": "no" for number in range(20)}
    assert asked(bundle, text="my shoulder aches", answers=answers) is not None
