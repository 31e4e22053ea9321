"""Words that found nothing: a reader sends them, an editor makes them sayings."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from achemap_site.authoring import actions
from achemap_site.authoring.forms import fresh_stamp
from achemap_site.authoring.models import UnansweredWords
from achemap_site.patterns.models import PatternPage


pytestmark = pytest.mark.django_db

WORDS = "Like a  wet towel being wrung behind my belt"
KEPT = "like a wet towel being wrung behind my belt"


def sent(**given: str) -> dict[str, str]:
    return {"words": WORDS, "stamp": fresh_stamp(), "website": ""} | given


def by_script(client: Client, **given: str) -> Any:
    return client.post(
        "/find/unanswered/", sent(**given), headers={"accept": "application/json"}
    )


def test_words_are_kept_once_and_counted(client: Client) -> None:
    assert client.post("/find/unanswered/", sent()).status_code == 302
    other = {"x-forwarded-for": "10.0.0.2"}
    client.post("/find/unanswered/", sent(words=WORDS.upper()), headers=other)

    kept = UnansweredWords.objects.get()
    assert (kept.words, kept.times, kept.state) == (KEPT, 2, "new")
    assert kept.first_sent < kept.last_sent
    assert "127.0.0.1" not in kept.sender


def test_the_same_reader_is_counted_once(client: Client) -> None:
    by_script(client)
    by_script(client)

    assert UnansweredWords.objects.get().times == 1


def test_only_the_words_are_kept(client: Client) -> None:
    by_script(client, age="47", sex="f", cells="1,2", email="me@example.org")

    row = UnansweredWords.objects.values().get()
    assert row.pop("words") == KEPT
    assert set(row) == {
        "id",
        "first_sent",
        "last_sent",
        "times",
        "state",
        "pattern_id",
        "sender",
    }


def test_the_sixth_wording_of_an_hour_is_turned_away(client: Client) -> None:
    for n in range(5):
        assert by_script(client, words=f"{WORDS} {n}").json() == {"problem": ""}

    refused = by_script(client, words="one more")

    assert refused.status_code == 422
    assert "hour" in refused.json()["problem"]
    assert UnansweredWords.objects.count() == 5


@pytest.mark.parametrize(
    "given",
    [{"words": ""}, {"words": "x" * 501}, {"words": "a\0b"}, {"stamp": "made-up"}],
)
def test_what_cannot_be_taken_is_said(client: Client, given: dict[str, str]) -> None:
    assert by_script(client, **given).status_code == 422
    page = client.post("/find/unanswered/", sent(**given))

    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert not UnansweredWords.objects.exists()


def test_a_robot_is_thanked_and_forgotten(client: Client) -> None:
    assert by_script(client, website="http://buy.example").status_code == 200
    assert not UnansweredWords.objects.exists()


def test_the_address_takes_nothing_but_a_form(client: Client) -> None:
    assert client.get("/find/unanswered/").status_code == 405


@pytest.fixture
def words() -> UnansweredWords:
    return actions.receive_words(words=WORDS, sender="one")


def test_one_click_makes_a_draft_with_the_new_saying(
    admin_client: Client, words: UnansweredWords, founding: PatternPage
) -> None:
    address = f"/admin/unanswered-words/sort/{words.pk}/"
    listed = admin_client.get("/admin/unanswered-words/").content.decode()
    assert address in listed
    shown = admin_client.get(address).content.decode()
    assert KEPT in shown
    assert founding.title in shown

    answer = admin_client.post(address, {"pattern": founding.pk})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/admin/pages/{founding.pk}/edit/"
    founding.refresh_from_db()
    assert KEPT not in founding.sayings
    assert founding.has_unpublished_changes
    assert KEPT in founding.get_latest_revision_as_object().sayings.splitlines()
    words.refresh_from_db()
    assert (words.state, words.pattern) == ("added", founding)
    assert "Add to the sayings" in shown


def test_a_saying_is_not_added_twice(
    admin_user: Any, words: UnansweredWords, founding: PatternPage
) -> None:
    for _ in range(2):
        actions.add_to_sayings(words=words, pattern=founding, user=admin_user)

    sayings = founding.get_latest_revision_as_object().sayings.splitlines()
    assert sayings.count(KEPT) == 1


def test_an_editors_draft_is_kept_when_a_saying_is_added(
    admin_user: Any, words: UnansweredWords, founding: PatternPage
) -> None:
    draft = founding.get_latest_revision_as_object()
    draft.partial = "An unfinished thought"
    draft.save_revision()

    actions.add_to_sayings(words=words, pattern=founding, user=admin_user)

    assert founding.get_latest_revision_as_object().partial == "An unfinished thought"


def test_words_can_be_set_aside(admin_client: Client, words: UnansweredWords) -> None:
    address = f"/admin/unanswered-words/sort/{words.pk}/"
    assert admin_client.post(address, {"set-aside": "1"}).status_code == 302

    words.refresh_from_db()
    assert words.state == "dismissed"


def test_a_locked_page_is_left_alone(
    admin_client: Client, words: UnansweredWords, founding: PatternPage
) -> None:
    founding.locked = True
    founding.save(update_fields=["locked"])
    address = f"/admin/unanswered-words/sort/{words.pk}/"

    assert admin_client.post(address, {"pattern": founding.pk}).status_code in {
        302,
        403,
    }
    assert KEPT not in founding.get_latest_revision_as_object().sayings


def test_readers_have_no_way_in(client: Client, words: UnansweredWords) -> None:
    address = f"/admin/unanswered-words/sort/{words.pk}/"

    assert "login" in client.get(address).headers["Location"]
