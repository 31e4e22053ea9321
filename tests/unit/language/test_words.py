"""Words: tokens keep their places, inflections share a stem."""

import pytest

from achemap.language.words import stem, tokens


@pytest.mark.parametrize(
    "words",
    [
        ("ache", "aches", "aching", "achy"),
        ("lift", "lifts", "lifted", "lifting"),
        ("carry", "carries", "carried", "carrying"),
        ("raise", "raising", "raised", "raises"),
        ("step", "steps", "stepping", "stepped"),
        ("lie", "lying", "lay"),
        ("shoulder", "shoulders", "shoulder's"),
        ("foot", "feet"),
        ("press", "presses", "pressing", "pressed"),
    ],
)
def test_inflections_share_a_stem(words):
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("this", "thing"),
        ("bed", "be"),
        ("need", "knee"),
        ("back", "bake"),
        ("us", "use"),
    ],
)
def test_different_words_keep_apart(one, other):
    assert stem(one) != stem(other)


def test_tokens_keep_their_places_and_straighten_quotes():
    text = "It doesn\u2019t hurt, really."
    found = tokens(text)
    assert [token.text for token in found] == [
        "it",
        "doesn't",
        "hurt",
        ",",
        "really",
        ".",
    ]
    assert text[found[2].start : found[2].end] == "hurt"
    assert [token.text for token in found if token.is_mark] == [",", "."]


def test_other_scripts_are_words_left_alone():
    assert [token.text for token in tokens("膝 болит nîmes")] == [
        "膝",
        "болит",
        "nîmes",
    ]
    assert stem("коленями") == "коленями"
