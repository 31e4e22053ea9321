"""Whatever is given: a ranking in order with chances, never a crash."""

from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.complaint import complaint_from
from achemap.finder import find


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            ["left", "right", "knee", "neck", "no", "burning", "from", "to", "between",
             "and", "above", "cough", "<script>", "\x00", "膝", "."]
        ),
        max_size=25,
    ).map(" ".join),
)  # fmt: skip
ANSWERS = st.dictionaries(
    st.one_of(
        st.text(min_size=1, max_size=12).filter(str.strip),
        st.sampled_from(
            ["place:knee", "worse:sitting", "feels:burning", "place:x", ":"]
        ),
    ),
    st.sampled_from(["yes", "no", "unknown"]),
    max_size=8,
)


def test_any_complaint_is_ranked(bundle):
    @given(TEXTS, st.lists(st.integers(0, 19_000), max_size=60), ANSWERS)
    @settings(max_examples=120, deadline=None)
    def ranks(text, cells, answers):
        check(bundle, text, cells, answers)

    ranks()


def check(bundle, text, cells, answers):
    cleaned = {key.strip(): value for key, value in answers.items()}
    complaint = complaint_from(
        {"text": text, "cells": cells, "answers": cleaned}, lexicon=bundle.lexicon
    )
    found = find(complaint, bundle, top=None)
    chances = [each.probability for each in found.results]
    assert all(0 <= chance <= 1 for chance in chances)
    assert chances == sorted(chances, reverse=True)
    assert abs(sum(chances) + found.something_else - 1) < 1e-9
