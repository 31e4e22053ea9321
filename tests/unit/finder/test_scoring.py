"""From complaints to rankings: what moves a pattern up, and what moves it down."""

import math

import pytest

from achemap.complaint import complaint_from
from achemap.errors import BadInput
from achemap.finder import find
from achemap.finder.evidence import labelled
from achemap.finder.scoring import evidence_of


def ranked(bundle, top=None, **given):
    return find(complaint_from(given, lexicon=bundle.lexicon), bundle, top=top)


def position(ranking, pattern):
    return [each.pattern.id for each in ranking.results].index(pattern)


def chance(ranking, pattern):
    return next(r.probability for r in ranking.results if r.pattern.id == pattern)


def test_the_founding_complaint_finds_its_pattern(bundle):
    found = ranked(
        bundle, text="burning ache over my kidneys, the chair back presses there"
    )
    assert found.results[0].pattern.id == "serratus-posterior-inferior"


def test_chances_and_something_else_sum_to_one(bundle):
    found = ranked(bundle, text="my shoulder hurts when I reach up")
    total = sum(each.probability for each in found.results) + found.something_else
    assert math.isclose(total, 1.0)
    scores = [each.score for each in found.results]
    assert scores == sorted(scores, reverse=True)


def test_reasons_add_up_to_the_score(bundle):
    complaint = complaint_from(
        {"text": "my knee aches going down stairs"}, lexicon=bundle.lexicon
    )
    held = evidence_of(complaint, bundle.tables)
    best = find(complaint, bundle).results[0]
    row = [each.id for each in bundle.tables.patterns].index(best.pattern.id)
    assert math.isclose(sum(float(each.odds[0, row]) for each in held), best.score)


def test_nothing_understood_gives_no_results(bundle):
    for text in ("", "   ", "😀😀", "12345 67890", "???"):
        found = ranked(bundle, text=text)
        assert found.results == ()
        assert found.something_else == 1.0
        assert found.next_question is None


def test_top_limits_the_results(bundle):
    assert len(ranked(bundle, top=3, text="my neck hurts").results) == 3


def test_a_denied_place_counts_against(bundle):
    text = "headache at the temple"
    with_neck = ranked(bundle, text=f"{text} and pain in my neck")
    without = ranked(bundle, text=f"{text}, no pain in my neck")
    assert chance(without, "trapezius-upper") < chance(with_neck, "trapezius-upper")


def test_a_denied_sign_counts_against(bundle):
    said = ranked(bundle, text="ache low in my ribs at the back, worse when coughing")
    denied = ranked(
        bundle, text="ache low in my ribs at the back, coughing doesn't hurt"
    )
    name = "serratus-posterior-inferior"
    assert score(denied, name) < score(said, name)


def score(ranking, pattern):
    return next(r.score for r in ranking.results if r.pattern.id == pattern)


def test_other_people_and_the_past_do_not_count(bundle):
    plain = ranked(bundle, text="My knee aches.")
    mother = ranked(bundle, text="My knee aches. My mum had neck pain.")
    assert score(mother, "levator-scapulae") == pytest.approx(
        score(plain, "levator-scapulae"), abs=0.8
    )
    labels = {
        each.label
        for each in evidence_of(
            complaint_from(
                {"text": "My mum had neck pain. My knee aches."}, lexicon=bundle.lexicon
            ),
            bundle.tables,
        )
    }
    assert not any("neck" in label for label in labels)


def test_named_regions_are_enough(bundle):
    found = ranked(bundle, regions=["lower-ribs-outer", "kidney-angle"])
    assert position(found, "serratus-posterior-inferior") < 3


def test_painting_the_own_zone_finds_the_pattern(bundle, small_library):
    from achemap import atlas
    from achemap.atlas.baking import bake

    for pattern in small_library.patterns.values():
        cells = [int(cell) for cell in bake(pattern.zones, atlas.load()).cells]
        found = ranked(bundle, cells=cells)
        assert position(found, pattern.id) < 2, pattern.id
        assert found.results[position(found, pattern.id)].side in ("right", None)


def test_the_mirror_painting_gives_the_mirror_side(bundle, small_library):
    from achemap import atlas
    from achemap.atlas.baking import bake

    zones = small_library.patterns["infraspinatus"].zones
    cells = [int(cell) for cell in bake(zones, atlas.load()).cells]
    right, left = (
        ranked(bundle, cells=cells),
        ranked(bundle, cells=[c ^ 1 for c in cells]),
    )
    assert right.results[0].side == "right"
    assert left.results[0].side == "left"
    assert left.results[0].score == pytest.approx(right.results[0].score)


def test_sides_that_disagree_need_two_patterns(bundle):
    found = ranked(bundle, text="pain in my left knee and in my right shoulder blade")
    assert len(found.together) == 2
    assert found.unexplained == ()


def test_a_place_that_no_pattern_explains_is_named(bundle):
    found = ranked(bundle, text="pain in my kneecap, my temple, my palm and my navel")
    named = {place for each in found.together for place in each.places}
    assert named | set(found.unexplained) == {
        "kneecap", "temple", "centre of the palm", "around the navel",
    }  # fmt: skip


def test_an_answer_re_ranks(bundle):
    text = "ache on the outside of my elbow"
    before = ranked(bundle, text=text)
    after = ranked(bundle, text=text, answers={"worse:turning-door-handle": "yes"})
    against = ranked(bundle, text=text, answers={"worse:turning-door-handle": "no"})
    unknown = ranked(
        bundle, text=text, answers={"worse:turning-door-handle": "unknown"}
    )
    assert (
        score(after, "supinator")
        > score(before, "supinator")
        > score(against, "supinator")
    )
    assert score(unknown, "supinator") == score(before, "supinator")


def test_answers_to_unknown_questions_are_passed_over(bundle):
    text = "my knee aches"
    plain = ranked(bundle, text=text)
    odd = ranked(
        bundle, text=text, answers={"kidney-checked": "yes", "": "no"} and {"x": "no"}
    )
    assert [r.score for r in plain.results] == [r.score for r in odd.results]


def test_between_two_places_helps_what_lies_there(bundle):
    plain = ranked(bundle, text="pain at my neck and at my shoulder blade")
    way = ranked(bundle, text="pain between my neck and my shoulder blade")
    assert score(way, "levator-scapulae") != score(plain, "levator-scapulae")


def test_ten_thousand_cells(bundle):
    found = ranked(bundle, top=5, cells=list(range(10_000)))
    assert len(found.results) == 5


def test_labels_are_in_words(bundle):
    complaint = complaint_from(
        {"text": "no numbness in my left knee"}, lexicon=bundle.lexicon
    )
    labels = [labelled(each, bundle.tables) for each in complaint.understood.mentions]
    assert labels == ["no feels: numb", "no pain here: knee, left"]


def test_a_cell_off_the_body_is_refused(bundle):
    with pytest.raises(BadInput, match="unknown cell"):
        ranked(bundle, cells=[10_000_000])
