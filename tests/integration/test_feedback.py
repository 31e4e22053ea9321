from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Site

from achemap_site.authoring.forms import fresh_stamp
from achemap_site.authoring.models import Feedback, SiteWords


pytestmark = pytest.mark.django_db

FOUNDING = "/patterns/aching-and-burning-in-the-mid-back/"


def message(**given: str) -> dict[str, str]:
    return {
        "kind": "typo",
        "message": "teh",
        "quote": "",
        "email": "",
        "address": FOUNDING,
        "stamp": fresh_stamp(),
        "website": "",
    } | given


def test_a_message_is_kept_with_its_page_and_passage(
    client: Client, founding: Any
) -> None:
    response = client.post("/feedback/", message(quote="teh ribs"))

    assert response.status_code == 302
    kept = Feedback.objects.get()
    assert (kept.message, kept.quote, kept.address) == ("teh", "teh ribs", FOUNDING)
    assert kept.page_id == founding.pk


def test_what_was_typed_stays_when_something_is_wrong(client: Client) -> None:
    response = client.post(
        "/feedback/", message(email="nobody", message="My long text")
    )

    assert response.status_code == 422
    assert "My long text" in response.content.decode()
    assert "name@example.org" in response.content.decode()
    assert not Feedback.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client: Client) -> None:
    response = client.post("/feedback/", message(website="http://buy.example"))

    assert response.status_code == 302
    assert not Feedback.objects.exists()


def test_a_message_written_in_no_time_is_not_taken(
    client: Client, settings: Any
) -> None:
    settings.FEEDBACK_SECONDS = 60

    response = client.post("/feedback/", message())

    assert response.status_code == 422
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("stamp", ["", "made-up", "shown:1:2"])
def test_a_form_that_was_never_shown_is_not_taken(client: Client, stamp: str) -> None:
    assert client.post("/feedback/", message(stamp=stamp)).status_code == 422


def test_the_sixth_message_of_an_hour_is_turned_away(client: Client) -> None:
    for _ in range(5):
        assert client.post("/feedback/", message()).status_code == 302

    response = client.post("/feedback/", message())

    assert response.status_code == 422
    assert Feedback.objects.count() == 5


@pytest.fixture
def mailed(settings: Any) -> None:
    words = SiteWords.for_site(Site.objects.get(is_default_site=True))
    words.feedback_to = "editor@example.org"
    words.save()


def test_an_editor_may_get_messages_by_mail(
    client: Client, mailed: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/feedback/", message())

    assert mail.outbox[0].to == ["editor@example.org"]


def test_a_message_is_kept_when_mail_is_down(
    client: Client, mailed: None, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/feedback/", message())

    assert response.status_code == 302
    assert Feedback.objects.count() == 1


def test_the_address_cannot_lead_elsewhere(client: Client) -> None:
    page = client.get("/feedback/?page=//evil.example/x").content.decode()

    assert "evil.example" not in page


def test_the_sender_is_not_kept_in_the_clear(client: Client) -> None:
    client.post("/feedback/", message())

    assert "127.0.0.1" not in Feedback.objects.get().sender


def test_behind_a_proxy_each_reader_has_an_own_limit(client: Client) -> None:
    for n in range(6):
        response = client.post(
            "/feedback/", message(), headers={"x-forwarded-for": f"10.0.0.{n}"}
        )
        assert response.status_code == 302
