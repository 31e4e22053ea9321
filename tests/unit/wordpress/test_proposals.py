"""What a post seems to say: proposed with evidence and confidence, never more."""

from __future__ import annotations

from functools import lru_cache

import pytest

from achemap.library import load
from achemap.wordpress import Post, Proposal, convert_post


POST = """<h2>Client Description</h2>
These people complain of an aching, burning pain in the low back. If they have not had their kidneys checked, see a doctor first.

<img src="https://old.example/u/2016/referral-quadratus-lumborum-back-300x200.jpg" alt="">

Sitting all day and climbing stairs make it worse.

If it is in the buttock, see <a href="https://old.example/ache-in-the-buttock/?share=reddit">Ache in the buttock</a>.
<h2>Self Care</h2>
Ice the low back for ten minutes, three times a day.

The patch is <a href="https://www.amazon.com/dp/B01?tag=own-20">sold here</a>. Read also <a href="/self-care-low-back/">Self-Care – Low Back</a>.

https://www.youtube.com/watch?v=abc
<h2>Similar Patterns</h2>
<a href="http://www.old.example/pain-at-the-belt/">Pain at the belt</a> is lower and does not burn.
<h2>Therapy Notes</h2>
Release the iliopsoas before the quadratus lumborum. <a href="https://old.example/theerapist-notes-quadratus-lumborum/">More notes</a>."""


@lru_cache(maxsize=1)
def proposals() -> tuple[Proposal, ...]:
    post = Post("1", "post", "Aching low back", "aching-low-back", "https://old.example/aching-low-back/", content=POST)  # fmt: skip
    return convert_post(post, load().muscles).proposals


def of(kind: str) -> dict[str, Proposal]:
    return {each.value: each for each in proposals() if each.kind == kind}


def test_every_proposal_has_evidence_and_confidence() -> None:
    for each in proposals():
        assert each.evidence
        assert 0 < each.confidence <= 1


def test_the_muscle_of_the_pictures_name_is_surest() -> None:
    found = of("muscle")

    assert found["quadratus-lumborum"].confidence > 0.9
    assert "referral-quadratus-lumborum-back" in found["quadratus-lumborum"].evidence
    assert all(each.confidence < 0.9 for name, each in found.items() if name != "quadratus-lumborum")  # fmt: skip


def test_zones_and_signs_come_from_the_words() -> None:
    assert of("zone")
    assert {"aching", "burning"} <= set(of("sign.feels"))
    assert {"climbing-stairs"} <= set(of("sign.worse"))


def test_danger_sentences_are_shown() -> None:
    (flag,) = of("red-flag")

    assert "kidneys checked" in flag
    assert of("red-flag")[flag].confidence >= 0.9


def test_links_are_told_apart() -> None:
    assert set(of("similar")) == {"/ache-in-the-buttock", "/pain-at-the-belt"}
    assert of("similar")["/pain-at-the-belt"].confidence > of("similar")["/ache-in-the-buttock"].confidence  # fmt: skip
    companions = {each.value: dict(each.details)["post-kind"] for each in proposals() if each.kind == "companion"}  # fmt: skip
    assert companions == {
        "/self-care-low-back": "self-care",
        "/theerapist-notes-quadratus-lumborum": "therapist-notes",
    }


def test_a_shop_link_is_a_product_and_advertising() -> None:
    ((address, product),) = of("product").items()

    assert "amazon" in address
    assert dict(product.details) == {"advertising": "yes", "product": "relief-patch"}


def test_care_steps_carry_their_kind_and_time() -> None:
    steps = [dict(each.details) for each in proposals() if each.kind == "care-step"]

    assert {"step": "ice", "time": "ten minutes, three times"} in steps


def test_aggravators_and_videos_are_proposed() -> None:
    assert any("climbing stairs" in each for each in of("aggravator"))
    assert set(of("video")) == {"https://www.youtube.com/watch?v=abc"}


@pytest.mark.parametrize("kind", ["muscle", "zone", "red-flag", "care-step"])
def test_evidence_points_into_the_post(kind: str) -> None:
    assert all(each.at >= 0 for each in of(kind).values())
