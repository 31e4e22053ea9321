"""Slips of understanding that readers' words once caused, each with its cure."""

import pytest

from achemap.language import load_lexicon, understand


LEXICON = load_lexicon()


def heard(text):
    """Return role:concept of each mention, "no " before the denied ones."""
    return [
        ("no " if each.negated else "") + f"{each.role}:{each.concept}"
        for each in understand(text, lexicon=LEXICON).mentions
    ]


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("pain in my hand", "region:hand", None),
        ("a thing I have in hand", None, "region:hand"),
        ("my back in the morning is stiff", "region:back", None),
        ("my back from lifting boxes", "region:back", "worse:boxing"),
        ("a strip of pain beside my spine", "region:beside-spine", None),
        ("late in the afternoon", "time:afternoon", "region:outer-edge-shoulder-blade"),
        ("I hope it goes", None, "worse:jumping"),
        ("the pain runs down to my ankle", "region:ankle", "worse:running"),
        ("it hurts on long runs", "worse:running", None),
        ("the labels drive me crazy", None, "worse:driving-long"),
        ("she drives me mad, my neck aches", "region:neck", "worse:driving-long"),
        ("my neck is killing me", "feels:severe", None),
        ("my leg is a dead leg tonight", "feels:numb", None),
        ("my arm falls asleep", "feels:numb", "worse:fall"),
        ("my shoulders are rounded", "comes-with:round-shoulders", None),
        ("aches at the bottom of my spine", "region:tailbone", "region:buttock"),
        ("the teeth at the bottom hurt", "region:teeth", "region:buttock"),
        ("the ball of my foot", "region:ball-of-foot-middle", "region:genitals"),
        ("deep in one cheek of my bum", "region:buttock", "region:cheek"),
        ("hand behind my back hurts", "worse:reaching-behind-back", "region:back"),
        ("where my skull sits on my neck", "region:neck", "worse:sitting"),
        ("the whole arm itself is fine", "no region:arm", None),
        ("I walked with a stick", "worse:crutches", "feels:catching"),
        ("on the ground", None, "feels:grinding"),
    ],
)
def test_a_slip_is_mended(text, wanted, unwanted):
    found = heard(text)
    assert wanted is None or wanted in found or f"onset:{wanted[6:]}" in found
    assert unwanted not in found
    assert f"no {unwanted}" not in found


@pytest.mark.parametrize(
    ("text", "denied", "said"),
    [
        ("It doesn't go down the arms", "region:arm", None),
        ("The knee itself is fine but the shin aches", "region:knee", "region:shin"),
        ("my neck's fine, my shoulder hurts", "region:neck", "region:shoulder"),
        ("it is the jaw rather than the ear", "region:ear", "region:jaw"),
        ("my back is fine until I bend", None, "worse:bending-forward"),
        ("it never goes away, the ankle", None, "region:ankle"),
        ("no position helps, but a walk eases it", None, "better:walking-eases"),
    ],
)
def test_what_is_denied_and_what_is_not(text, denied, said):
    found = heard(text)
    assert denied is None or f"no {denied}" in found
    assert said is None or said in found


def test_a_spot_that_is_left_has_no_side():
    sides = {
        each.side for each in understand("one spot is left, deep in my hip").mentions
    }
    assert sides == {None}
    (hip,) = understand("pain in the left hip", lexicon=LEXICON).mentions
    assert hip.side == "left"
