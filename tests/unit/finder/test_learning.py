"""The text model: what counts as a feature, and that it learns from sayings."""

import numpy as np
import pytest

from achemap.finder.features import counts, grams, rarity_of, scaled
from achemap.finder.learning import learned, sayings_of
from achemap.finder.tables import Settings
from achemap.language import load_lexicon, understand


TEXTS = (
    ("burns in the desk chair", "hot patch in the office chair", "burning in my chair"),
    ("hurts when I kick a ball", "kicking footballs hurts", "the ball and the kick"),
)


@pytest.fixture(scope="module")
def table():
    return learned(
        sayings_of(TEXTS, {}, load_lexicon()), 2, Settings(least=2, least_grams=2)
    )


def amounts(text):
    return counts(understand(text), {})


def test_denied_words_and_other_people_give_no_features():
    found = amounts("no burning. my mum had tingling. but aching")
    assert "w:ach" in found
    assert "c:aching" in found
    assert not any("burn" in name or "tingl" in name for name in found)


def test_kinds_of_features():
    found = amounts("worse when sitting long")
    assert {"w:long", "p:sit long", "c:sitting-long", "r:worse:sitting-long"} <= set(
        found
    )
    assert "g:lon" in found
    assert grams("膝") == []


def test_it_learns_and_prunes(table):
    values = scaled(
        amounts("kick the football"), rarity_of(table, table.features), Settings()
    )
    score = np.zeros(2)
    for name, value in values.items():
        at = table.features[name]
        held = slice(table.starts[at], table.starts[at + 1])
        score[table.patterns[held]] += value * table.weights[held] * table.step
    assert score[1] > score[0]
    assert table.weights.dtype == np.int8
    assert len(table.starts) == len(table.features) + 1


def test_each_kind_of_feature_has_its_length(table):
    settings = Settings(words=1.0, pairs=0.5)
    values = scaled(
        amounts("burning in my chair"), rarity_of(table, table.features), settings
    )
    for kind, length in (("w", 1.0), ("p", 0.5)):
        own = [value for name, value in values.items() if name[0] == kind]
        assert np.linalg.norm(own) == pytest.approx(length)


def test_one_class_or_no_sayings_make_a_silent_model():
    table = learned(sayings_of((("a chair",), ()), {}, load_lexicon()), 2, Settings())
    assert len(table.weights) == 0
