"""Reading grade."""

import pytest

from achemap.check.readability import plain, reading_grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("ache", 1), ("shoulder", 2), ("muscle", 2), ("kidney", 2), ("stretched", 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_links_and_marks_do_not_count() -> None:
    assert plain("Read **[easing a cough](technique:easing-a-cough)**.") == (
        "Read easing a cough."
    )


def test_plain_words_have_a_low_grade_and_long_words_a_high_one() -> None:
    easy = "You feel an ache on the low ribs. It burns when you sit. " * 4
    hard = (
        "Considerable musculoskeletal discomfort characterises this presentation " * 6
    )

    assert reading_grade(easy) < 4
    assert reading_grade(hard) > 15


def test_a_few_words_have_no_grade() -> None:
    assert reading_grade("Consider considerable characterisation.") == 0
