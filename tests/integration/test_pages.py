"""What readers get: pages, headers, feeds, and what must not be in them."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client


pytestmark = pytest.mark.django_db

FOUNDING = "/patterns/aching-and-burning-in-the-mid-back/"


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/patterns/",
        FOUNDING,
        "/muscles/",
        "/muscles/serratus-posterior-inferior/",
        "/self-care/",
        "/where/",
        "/where/kidney-angle/",
        "/where/back-lower/",
        "/guides/",
        "/how-we-decide/",
        "/about/",
        "/contact/",
        "/search/",
        "/search/?q=kidney",
        "/find/",
        "/feedback/",
        "/feed.rss",
        "/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/api/v1/openapi.json",
    ],
)
def test_answers_without_cookie_and_without_varying_by_one(
    client: Client, address: str
) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")


def test_no_self_care_step_is_in_the_page_before_the_questions(
    client: Client, founding: Any
) -> None:
    record = founding.record()
    page = text_of(client.get(FOUNDING))
    first = text_of(client.get("/relief/serratus-posterior-inferior/"))

    hidden = [step.text for step in record.care.routine]
    hidden += [record.care.heat.where, record.care.ice.where, *record.care.relief]
    hidden += [placement.placement for placement in record.care.product]
    for words in hidden:
        assert words[:40] not in page
        assert words[:40] not in first
    assert record.sections.relief[:60] not in page


def test_no_technique_shows_its_steps_before_the_questions(client: Client) -> None:
    from achemap_site.patterns.models import TechniquePage

    for technique in TechniquePage.objects.live():
        page = text_of(client.get(technique.url))
        for step in technique.record().steps:
            assert step.text[:60] not in page, technique.record_id


def test_the_section_order_is_that_of_the_newest_posts(client: Client) -> None:
    page = text_of(client.get(FOUNDING))

    places = [
        page.index(f'id="{part}"')
        for part in (
            "danger",
            "where",
            "describe",
            "activate",
            "similar",
            "relief",
            "anatomy",
            "therapy",
            "proof",
        )
    ]
    assert places == sorted(places)


def test_every_look_alike_is_told_apart(client: Client, founding: Any) -> None:
    page = text_of(client.get(FOUNDING))

    for one in founding.record().similar:
        assert one.tell_apart[:50].replace("'", "&#x27;") in page


def test_a_pattern_page_is_light(client: Client) -> None:
    response = client.get(FOUNDING, headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    without_picture = re.sub(
        r"<figure.*?</figure>",
        "",
        gzip.decompress(response.content).decode(),
        flags=re.DOTALL,
    )
    assert len(gzip.compress(without_picture.encode())) < 20_000


def test_machine_readable_data_is_json_about_the_muscle(client: Client) -> None:
    page = text_of(client.get(FOUNDING))
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert match
    data = json.loads(match[1])

    assert data["@type"] == "MedicalWebPage"
    assert {"Muscle", "MedicalSignOrSymptom"} == {one["@type"] for one in data["about"]}


def test_readers_get_a_strict_policy_and_editors_a_workable_one(client: Client) -> None:
    public = client.get("/").headers["Content-Security-Policy"]
    admin = client.get("/admin/login/").headers["Content-Security-Policy"]

    assert "unsafe-inline" not in public
    assert "default-src 'self'" in public
    assert "script-src 'self' 'unsafe-inline'" in admin
    assert "nonce" not in admin


def test_security_headers(client: Client) -> None:
    headers = client.get("/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_load_nothing_from_elsewhere(client: Client) -> None:
    for address in ("/", FOUNDING, "/find/", "/where/kidney-angle/"):
        page = text_of(client.get(address))
        assert re.findall(r'(?:src|srcset)="(?:https?:)?//[^"]*"', page) == []
        assert (
            re.findall(
                r'<link rel="(?:stylesheet|preload|icon)" href="(?:https?:)?//', page
            )
            == []
        )


def test_a_missing_page_suggests_patterns(client: Client) -> None:
    response = client.get("/patterns/aching-and-burnin-mid-bak/")

    assert response.status_code == 404
    assert FOUNDING in text_of(response)


def test_an_error_shows_no_traceback(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from achemap_site.patterns import views

    client.raise_request_exception = False
    monkeypatch.setattr(views, "index", lambda: 1 / 0)
    response = client.get("/search/?q=kidney")

    assert response.status_code == 500
    assert "Traceback" not in text_of(response)
    assert "ZeroDivision" not in text_of(response)


def test_an_unknown_region_is_not_found(client: Client) -> None:
    assert client.get("/where/kidny/").status_code == 404


def test_go_leads_to_a_record_wherever_it_moved(client: Client, founding: Any) -> None:
    founding.slug = "moved"
    founding.save()

    response = client.get("/go/pattern/serratus-posterior-inferior/")

    assert response.headers["Location"] == "/patterns/moved/"


def test_an_old_address_still_works_after_a_move(
    client: Client, founding: Any, django_capture_on_commit_callbacks: Any
) -> None:
    founding.slug = "moved"
    with django_capture_on_commit_callbacks(execute=True):
        founding.save_revision().publish()

    response = client.get(FOUNDING)

    assert response.status_code == 301
    assert response.headers["Location"].endswith("/patterns/moved/")


def test_the_sitemap_lists_pages_and_regions_once(client: Client) -> None:
    found = re.findall(r"<loc>(.*?)</loc>", text_of(client.get("/sitemap.xml")))

    assert len(found) == len(set(found))
    assert any(address.endswith(FOUNDING) for address in found)
    assert any(address.endswith("/where/kidney-angle/") for address in found)


def test_the_notice_shows_when_an_editor_switches_it_on(client: Client) -> None:
    from wagtail.models import Site

    from achemap_site.authoring.models import SiteWords

    words = SiteWords.for_site(Site.objects.get(is_default_site=True))
    words.notice = "We are moving house."
    words.save()
    assert "We are moving house." not in text_of(client.get("/"))

    words.shows_notice = True
    words.save()

    assert "We are moving house." in text_of(client.get("/"))


def test_every_page_offers_the_message_form_and_the_pattern_of_the_week(
    client: Client,
) -> None:
    for address in ("/", FOUNDING, "/where/kidney-angle/", "/muscles/"):
        page = text_of(client.get(address))
        assert "Question? Comment? Typo?" in page
        assert "Pattern of the week" in page


@pytest.mark.parametrize("kind", ["small", "card"])
def test_a_pattern_has_a_png(client: Client, kind: str) -> None:
    response = client.get(f"/pictures/serratus-posterior-inferior-{kind}.png")

    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    response.close()


def test_there_is_no_picture_of_nothing(client: Client) -> None:
    assert client.get("/pictures/nothing-small.png").status_code == 404


def test_baking_writes_every_page_and_nothing_when_one_fails(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from achemap.errors import BadInput
    from achemap_site.delivery import baking

    monkeypatch.setattr(baking, "addresses", lambda: ["/", FOUNDING, "/robots.txt"])
    done = baking.bake(tmp_path / "out")

    page = tmp_path / "out" / FOUNDING.strip("/") / "index.html"
    assert done.files == 4
    assert (
        gzip.decompress(page.with_name("index.html.gz").read_bytes())
        == page.read_bytes()
    )

    monkeypatch.setattr(baking, "addresses", lambda: ["/nothing/"])
    with pytest.raises(BadInput, match="answered 404"):
        baking.bake(tmp_path / "out")
    assert page.exists()


def test_baking_never_replaces_a_folder_with_other_files(tmp_path: Any) -> None:
    from achemap.errors import BadInput
    from achemap_site.delivery import baking

    (tmp_path / "mine.txt").touch()

    with pytest.raises(BadInput, match="holds other files"):
        baking.bake(tmp_path)
