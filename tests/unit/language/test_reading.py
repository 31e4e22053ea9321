"""Understanding words: concepts, negation, the past, others, sides, roles, places."""

import pytest

from achemap.language import understand


def mentions(text, kind=None):
    return [each for each in understand(text).mentions if kind in (None, each.kind)]


def concepts(text, kind=None):
    return [each.concept for each in mentions(text, kind)]


def one(text, concept):
    found = [each for each in mentions(text) if each.concept == concept]
    assert found, (text, concepts(text))
    return found[0]


def test_the_words_are_given_back_with_their_place():
    text = "A dull ache just above my left kneecap."
    place = one(text, "knee-above")
    assert text[place.start : place.end] == place.words
    assert place.side == "left"
    assert one(text, "dull").role == "feels"


def test_the_longest_phrase_wins():
    assert concepts("front of my shoulder", "region") == ["shoulder-front"]
    assert concepts("shoulder", "region") == ["shoulder"]


def test_small_words_may_stand_inside_a_phrase():
    assert concepts("at the back of both my knees", "region") == ["knee-hollow"]


def test_an_activity_takes_the_places_inside_it():
    assert concepts("it hurts reaching behind my back", "region") == []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("no numbness in the fingers", "numb"),
        ("no numbness, tingling or weakness", "weak"),
        ("it burns but without any tingling", "tingling"),
        ("I have never had a burning pain", "burning"),
        ("it doesn't hurt when I cough", "coughing"),
        ("coughing doesn't hurt", "coughing"),
        ("sitting is fine", "sitting"),
        ("not worse when walking", "walking"),
        ("ice doesn't help", "ice"),
    ],
)
def test_what_is_denied(text, denied):
    assert one(text, denied).negated


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no numbness, but a burning ache", "burning"),
        ("no idea why my knee aches", "knee"),
        ("not only burning", "burning"),
        ("I can't bend forward without pain in my hip", "hip"),
        ("I can't bend forward without pain", "bending-forward"),
        ("it won't stop throbbing", "throbbing"),
        ("no pain in the hip. the knee aches", "knee"),
        ("sitting is not fine", "sitting"),
    ],
)
def test_what_is_not_denied(text, said):
    assert not one(text, said).negated


def test_past_trouble_does_not_count():
    place = one("I used to have pain in my elbow", "elbow")
    assert place.past
    assert not place.counts


def test_other_people_do_not_count():
    text = "My mum had a bad hip. I have pain in my knee"
    assert one(text, "hip").other_person
    assert not one(text, "hip").counts
    assert one(text, "knee").counts


def test_who_speaks_for_someone_else_is_heard():
    assert one("my dad gets pain in his knee when he climbs stairs", "knee").counts


def test_hedges_are_marked():
    assert one("maybe a bit of tingling", "tingling").hedged


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("pain in my right hip", "right"),
        ("my hip hurts, worse on the left", "left"),
        ("both knees ache", "both"),
        ("my hip hurts right at the front of it", None),
        ("my knee hurt when I left work", None),
        ("left side of my chest hurts", "left"),
    ],
)
def test_sides(text, side):
    assert mentions(text, "region")[0].side == side


def test_left_side_of_the_chest_is_the_chest():
    assert concepts("left side of my chest", "region") == ["chest"]
    assert concepts("side of my chest", "region") == ["side-of-chest-upper"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("worse when I look up", "worse"),
        ("it hurts looking up", "worse"),
        ("looking up eases it", "better"),
        ("it started after looking up for an hour", "onset"),
        ("I was looking up at fireworks", "onset"),
        ("can't look up", "worse"),
    ],
)
def test_the_role_of_an_activity(text, role):
    assert one(text, "looking-up").role == role


def test_relations_of_places():
    assert one("pain from my neck down to the elbow", "neck").relation == "from"
    assert one("pain from my neck down to the elbow", "elbow").relation == "to"
    assert one("just above the sacrum it burns", "sacrum").relation == "above"


def test_spelling_is_repaired_and_told():
    heard = understand("my sholder hurts when I snezee")
    assert ("sholder", "shoulder") in heard.corrections
    assert [each.concept for each in heard.mentions] == ["shoulder", "sneezing"]


def test_words_known_to_be_right_are_left_alone():
    assert understand("the doctor said it might be nothing").corrections == ()


def test_what_was_not_understood_is_told():
    assert "flibbertigibbet" in understand("flibbertigibbet in my knee").not_understood


def test_phrases_that_mean_nothing_here():
    assert concepts("it came back after a while", "region") == []


def test_nothing_in_nothing_out():
    assert understand("").mentions == ()
    assert understand(" \n\t ").mentions == ()
