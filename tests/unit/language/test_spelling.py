"""Spelling repair: one slip in short words, two in long ones, never a known word."""

import pytest

from achemap.language.spelling import repaired


WORDS = frozenset(
    ["shoulder", "elbow", "knee", "neck", "stomach", "ankle", "tingling", "burning"]
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sholder", "shoulder"),
        ("shuolder", "shoulder"),
        ("elbwo", "elbow"),
        ("stomack", "stomach"),
        ("tinglign", "tingling"),
        ("burnign", "burning"),
    ],
)
def test_slips_are_mended(written, meant):
    assert repaired(written, WORDS) == meant


@pytest.mark.parametrize("word", ["kne", "xy", "膝膝膝膝", "a1b2c3", "w" * 60, "table"])
def test_far_or_strange_words_are_left(word):
    assert repaired(word, WORDS) is None
