"""Why a pattern is not higher, and two patterns side by side."""

import pytest

from achemap.complaint import complaint_from
from achemap.errors import BadInput
from achemap.finder import compare, find, why_not


TEXT = (
    "burning ache under the shoulder blade on the left, worse when I reach behind me, "
    "no numbness"
)


@pytest.fixture(scope="module")
def ranking(bundle):
    return find(complaint_from({"text": TEXT}, lexicon=bundle.lexicon), bundle)


def test_why_not_adds_up_to_the_gap_in_score(bundle, ranking):
    every = find(ranking.complaint, bundle, top=None).results
    last = every[-1]
    found = why_not(bundle, ranking, last.pattern.id)
    assert found.own.rank == len(every)
    assert found.leader.pattern.id == every[0].pattern.id
    gap = sum(each.b - each.a for each in (*found.behind, *found.ahead))
    assert gap == pytest.approx(every[0].score - last.score, abs=0.3)
    assert all(each.weight < 0 for each in found.pulls_down)
    weights = [each.weight for each in found.pulls_down]
    assert weights == sorted(weights)
    assert all(each.b > each.a for each in found.behind)


def test_the_first_is_held_against_the_second(bundle, ranking):
    first, second = ranking.results[:2]
    found = why_not(bundle, ranking, first.pattern.id)
    assert (found.own.rank, found.leader.rank) == (1, 2)
    assert found.leader.pattern.id == second.pattern.id
    assert found.own.probability == first.probability
    assert found.own.side == first.side


def test_unsaid_are_usual_signs_that_were_not_named(bundle, ranking):
    found = why_not(bundle, ranking, "serratus-posterior-inferior")
    said = {each.concept for each in ranking.complaint.understood.mentions}
    assert found.unsaid
    assert all(each.chance >= 0.5 for each in found.unsaid)
    assert said.isdisjoint(each.id.partition(":")[2] for each in found.unsaid)


def test_compare_is_the_same_from_both_sides(bundle, ranking):
    a, b = "serratus-posterior-inferior", "iliocostalis-lumborum"
    one, other = compare(bundle, ranking, a, b), compare(bundle, ranking, b, a)
    assert one.a == other.b
    assert [each.evidence for each in one.for_a] == [
        each.evidence for each in other.for_b
    ]
    assert {each.evidence for each in one.shared} == {
        each.evidence for each in other.shared
    }
    assert all(each.a > each.b for each in one.for_a)
    assert all(abs(each.a - each.b) >= 0.25 for each in one.questions)
    assert all(each.text.endswith("?") for each in one.questions)


def test_what_tells_them_apart_comes_from_either_file(bundle, ranking):
    row = next(each for each in bundle.tables.patterns if each.similar)
    ids = {each.id for each in bundle.tables.patterns}
    other = next(name for name, _ in row.similar if name in ids)
    found = compare(bundle, ranking, row.id, other)
    assert (row.id, dict(row.similar)[other]) in [
        (each.pattern, each.words) for each in found.tell_apart
    ]


def test_nothing_said_gives_none_and_an_unknown_name_is_bad_input(bundle, ranking):
    nothing = find(complaint_from({"text": ""}, lexicon=bundle.lexicon), bundle)
    assert why_not(bundle, nothing, "rhomboids") is None
    assert compare(bundle, nothing, "rhomboids", "levator-scapulae") is None
    with pytest.raises(BadInput, match="unknown pattern"):
        why_not(bundle, ranking, "rhomboid")
    with pytest.raises(BadInput, match="unknown pattern"):
        compare(bundle, ranking, "rhomboids", "nobody")
