"""Old addresses lead to new ones; loops and collisions are said, not made."""

from __future__ import annotations

import pytest

from achemap.wordpress import Post, normal_address, redirects, slug_of


def post(number: int, title: str, slug: str, **more: object) -> Post:
    return Post(
        str(number), "post", title, slug, f"https://old.example/{slug}/", **more
    )  # type: ignore[arg-type]


def test_every_old_address_leads_to_the_new_one() -> None:
    one = post(
        7, "Ache", "ache-2", guid="http://old.example/?p=7",
        meta=(("_wp_old_slug", "understanding-trigger-points-ache"),),
    )  # fmt: skip

    found, problems = redirects([one], {"7": "/patterns/ache/"})

    assert {each.old for each in found} == {"/ache-2", "/?p=7", "/understanding-trigger-points-ache"}  # fmt: skip
    assert {each.new for each in found} == {"/patterns/ache/"}
    assert not problems


@pytest.mark.parametrize(
    "asked",
    [
        "http://old.example/ache-2/",
        "https://old.example/ache-2",
        "https://www.old.example/ache-2/?amp",
        "https://old.example/ache-2/amp/",
        "https://old.example/ache-2/?share=reddit&nb=1",
        "https://old.example//ache-2/?utm_source=x#part",
    ],
)
def test_a_request_is_compared_without_noise(asked: str) -> None:
    assert normal_address(asked) == "/ache-2"


def test_two_posts_that_swapped_addresses_make_no_loop() -> None:
    one = Post("1", "post", "Knee", "hip", "https://o.example/patterns/hip/")
    two = Post("2", "post", "Hip", "knee", "https://o.example/patterns/knee/")

    found, problems = redirects(
        [one, two], {"1": "/patterns/knee/", "2": "/patterns/hip/"}
    )

    assert {each.old for each in found} == {"/?p=1", "/?p=2"}
    assert {each.kind for each in problems} == {"loop"}


def test_no_redirect_leads_to_another() -> None:
    one = Post("1", "post", "A", "a", "https://o.example/patterns/b/")
    two = Post("2", "post", "B", "b", "https://o.example/b/")

    found, problems = redirects([one, two], {"1": "/patterns/a/", "2": "/patterns/b/"})

    assert not {each.new.rstrip("/") for each in found} & {each.old for each in found}
    assert [each.kind for each in problems] == ["chain"]


def test_an_address_of_two_posts_goes_to_the_published_one() -> None:
    draft = post(1, "Ache", "ache", status="draft")
    live = post(2, "Ache again", "ache")

    found, problems = redirects([draft, live], {"1": "/patterns/a/", "2": "/patterns/b/"})  # fmt: skip

    assert {each.old: each.new for each in found}["/ache"] == "/patterns/b/"
    assert [each.kind for each in problems] == ["collision"]


def test_an_address_that_speaks_of_another_post_is_shown() -> None:
    wrong = post(1, "Pain Along One Side of the Low Back", "shoulder-when-pitching-or-reaching-behind-2")  # fmt: skip

    _, problems = redirects([wrong], {"1": "/patterns/low-back/"})

    assert [each.kind for each in problems] == ["other-text"]


def test_a_guid_of_another_site_is_no_address() -> None:
    copied = Post(
        "3", "post", "A", "a", "https://o.example/a/", "http://else.example/b/"
    )

    found, _ = redirects([copied], {"3": "/patterns/a-new/"})

    assert "/b" not in {each.old for each in found}


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Pain & Ache: “Over” the Eye", "pain-ache-over-the-eye"),
        ("Schmerz über dem Knöchel", "schmerz-uber-dem-knochel"),
        ("Плечо болит", "плечо-болит"),
        ("肩が痛い", "肩が痛い"),
        ("Markup <em>With</em> &amp;", "markup-with"),
        ("!!!", ""),
    ],
)
def test_titles_become_addresses(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@pytest.mark.parametrize(
    "broken", ["http://[bad", "", "mailto:x", "http://x/%zz", "//"]
)
def test_broken_addresses_do_no_harm(broken: str) -> None:
    one = Post("1", "post", "A", "a", broken, broken)

    redirects([one], {"1": "/patterns/a/"})
