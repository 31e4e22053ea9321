"""A muscle left out: "something else" then gets more, and the fit is honest."""

from dataclasses import replace

import pytest

from achemap.finder.leaving import calibrated, figures, groups_of, loss, rounds


@pytest.fixture(scope="module")
def left(small_library, bundle):
    return rounds(small_library, bundle, groups=2)


def test_all_patterns_of_a_muscle_are_left_out_together(small_library):
    patterns = list(small_library.patterns.values())
    group = groups_of([*patterns, *patterns], 3)
    assert group[: len(patterns)] == group[len(patterns) :]
    assert set(group) == {0, 1, 2}


def test_inside_and_outside_are_different_texts(left, bundle):
    singles, doubles = left
    assert len(singles) == len(doubles) == 2
    for each in singles:
        assert not set(each.inside.texts) & set(each.outside.texts)
        assert each.inside.labels.max() < each.inside.parts["place"].shape[1]
    kept = sum(each.inside.parts["place"].shape[1] for each in singles)
    assert kept == len(bundle.tables.patterns)


def test_something_else_gets_more_when_the_muscle_is_missing(left, bundle):
    for kind in left:
        found = figures(kind, bundle.tables.settings)
        assert found["else_outside"] > found["else_inside"]
        assert all(0 <= value <= 1 for value in found.values())


def test_calibration_never_makes_the_loss_greater(left, bundle):
    singles, doubles = left
    start = replace(bundle.tables.settings, share=0.1, other_words=0.0)
    after = calibrated(singles, doubles, start)
    before = loss(singles, start) + loss(doubles, start)
    assert loss(singles, after) + loss(doubles, after) < before
