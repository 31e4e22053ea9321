"""Hints, previews, pasting and pictures of the pattern editor, without a browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from achemap_site.patterns import fronts
from achemap_site.patterns.editing.hints import hints_of, measures_of
from achemap_site.patterns.editing.post_split import split
from achemap_site.patterns.models import PatternPage


pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def texts(page: Any) -> dict[str, str]:
    return {hint.text: hint.field for hint in hints_of(page, TODAY)}


# --- hints --------------------------------------------------------------------


def test_a_finished_page_has_nothing_grave_to_mend(founding: Any) -> None:
    weights = {hint.weight for hint in hints_of(founding, TODAY)}

    assert "danger" not in weights


def test_an_empty_page_is_told_what_it_needs() -> None:
    found = hints_of(PatternPage(title="Half an idea"), TODAY)
    fields = {hint.field for hint in found}

    assert {"muscles", "zones", "signs", "author", "describe", "sayings"} <= fields
    assert {"sources", "points", "similar"} <= fields


def test_hard_words_and_promises_are_named(founding: Any) -> None:
    founding.set_prose(
        {
            "describe": "Considerable discomfort characteristically predominates"
            " immediately inferior to the scapular region, necessitating extraordinarily"
            " uncomfortable compensatory positioning throughout occupational activities"
            " and subsequently interfering with recuperation.",
            "relief": "This stretch will cure you.",
        }
    )
    found = hints_of(founding, TODAY)

    grade = next(hint for hint in found if "reading grade" in hint.text)
    assert grade.field == "describe"
    promise = next(hint for hint in found if "promises" in hint.text)
    assert (promise.field, promise.weight) == ("relief", "danger")
    assert measures_of(founding)["describe"]["grade"] > 8


def test_advice_needs_the_line_about_the_doctor_and_a_safety_rule(
    founding: Any,
) -> None:
    founding.see_someone = ""
    founding.triage = ""
    founding.set_prose({"relief": "Lay a warm pack on it."})

    grave = {h.field for h in hints_of(founding, TODAY) if h.weight == "danger"}

    assert {"see_someone", "triage"} <= grave


def test_words_of_danger_ask_for_their_rule(founding: Any) -> None:
    founding.set_prose({"describe": "Some people see blood in their urine as well."})
    founding.triage = "shingles"
    found = [hint for hint in hints_of(founding, TODAY) if hint.field == "describe"]
    assert any("blood" in hint.text and hint.weight == "danger" for hint in found)

    founding.triage = "blood-in-urine"

    found = [hint for hint in hints_of(founding, TODAY) if hint.field == "describe"]
    assert not any("sign of danger" in hint.text for hint in found)


def test_one_sided_look_alikes_are_named_from_both_ends(founding: Any) -> None:
    founding.similar = fronts.blocks([])

    found = texts(founding)

    assert any("names this one as similar" in text for text in found)


def test_hints_of_a_form_save_nothing(admin_client: Client, founding: Any) -> None:
    form = PatternPage.get_edit_handler().get_form_class()(instance=founding)
    data = {
        name: form.fields[name].prepare_value(getattr(founding, name))
        for name in ("muscles", "zones", "points", "signs", "similar")
    }
    address = reverse("patterns_editing:hints", args=[founding.pk])

    answer = admin_client.post(
        address, {**data, "care-count": "0", "title": "x", "sayings": "one\ntwo"}
    )
    assert admin_client.post(address, data).status_code == 422

    assert answer.json()["measures"]["sayings"] == {"count": 2, "wanted": 25}
    assert any(hint["field"] == "sayings" for hint in answer.json()["hints"])
    founding.refresh_from_db()
    assert len(fronts.items(founding.sayings)) >= 25


def test_hints_need_the_right_to_edit(client: Client, founding: Any) -> None:
    address = reverse("patterns_editing:hints", args=[founding.pk])

    assert client.post(address).status_code == 302


# --- previews -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("", "<article"),
        ("bodyworker", "preview-bodyworker.js"),
        ("phone", "<iframe"),
        ("print", "preview-paper.js"),
    ],
)
def test_each_preview_shows_the_page(
    founding: Any, rf: RequestFactory, mode: str, expected: str
) -> None:
    response = founding.make_preview_request(rf.get("/"), mode)

    assert response.status_code == 200
    assert expected in response.content.decode()
    assert "Aching and burning in the mid back" in response.content.decode()


def test_an_unfinished_page_can_be_looked_at_too(rf: RequestFactory) -> None:
    page = PatternPage(title="Half an idea")
    page.set_prose({"describe": "It aches."})

    response = page.make_preview_request(rf.get("/"), "")

    assert response.status_code == 200
    assert "Not finished yet" in response.content.decode()
    assert "It aches." in response.content.decode()


# --- pasting ------------------------------------------------------------------

HTML = """
<h1>Ache along the inner shoulder blade</h1>
<h2>How people describe this pain pattern</h2>
<p>A dull ache along the <b>inner edge</b> of the shoulder blade.</p>
<p><img src="https://old.example/referral-rhomboid.jpg" alt="Pattern of pain"></p>
<h2>What sets it off</h2>
<p>Typing for hours. <a href="https://old.example/desk">Your desk</a> matters.</p>
<h2>Therapy notes</h2>
<table><tr><td>Rhomboid major</td><td>Strip it</td></tr></table>
<script>alert(1)</script>
"""


def test_every_paragraph_is_placed_or_listed() -> None:
    found = split("", HTML)

    assert found.title == "Ache along the inner shoulder blade"
    assert found.words_lost == 0
    by_section = {part.section: part.text for _number, part in found.parts}
    assert "Typing for hours" in by_section["activate"]
    shown = " ".join(part.text for _n, part in (*found.parts, *found.rest))
    for words in ("dull ache", "inner edge", "Your desk", "Strip it"):
        assert words in shown
    numbers = [number for number, _part in (*found.parts, *found.rest)]
    assert numbers == list(range(found.count))


def test_plain_text_is_split_at_its_headings() -> None:
    found = split(
        "",
        "Ache in the calf\n\nWhat sets it off\n\nRunning uphill.\n\n"
        "Therapy notes\n\nStrip the soleus.",
    )

    assert [(part.section, part.text) for _n, part in found.parts][-2:] == [
        ("activate", "Running uphill."),
        ("therapy_notes", "Strip the soleus."),
    ]


def test_a_confirmed_post_becomes_a_draft_and_nothing_more(
    admin_client: Client, admin_user: Any
) -> None:
    address = reverse("patterns_editing:paste")
    confirm = admin_client.post(
        address, {"title": "", "post": "x", "post_html": HTML, "post_plain": "x"}
    )
    assert confirm.status_code == 200
    found = confirm.context["found"]
    data: dict[str, Any] = {"make": "1", "parts": found.count, "title": found.title}
    for number, part in (*found.parts, *found.rest):
        data[f"part-{number}-html"] = part.html
        data[f"part-{number}-kind"] = part.kind
        data[f"part-{number}-section"] = part.section
    data["proposal"] = [
        '{"kind": "muscle", "value": "rhomboids"}',
        '{"kind": "zone", "value": "kidney-angle"}',
        '{"kind": "sign.worse", "value": "coughing"}',
        '{"kind": "red-flag", "value": "See a doctor first."}',
        '{"kind": "hack", "value": "x"}',
        "no json",
    ]
    data["level-kidney-angle"] = "essential"

    made = admin_client.post(address, data)

    page = PatternPage.objects.order_by("-pk").first()
    assert page is not None
    assert made["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert page.get_latest_revision().user == admin_user
    assert "inner edge" in page.prose_markdown("describe")
    assert "https://old.example/referral-rhomboid.jpg" in page.prose_markdown(
        "describe"
    )
    assert "[Your desk](https://old.example/desk)" in page.prose_markdown("activate")
    assert "script" not in page.describe + page.activate + page.therapy_notes
    assert fronts.pairs(page.muscles) == [("muscle", "rhomboids")]
    assert [fronts.zone_front(*pair) for pair in fronts.pairs(page.zones)] == [
        {"level": "essential", "area": "kidney-angle"}
    ]
    assert page.see_someone == "See a doctor first."
    assert admin_client.get(made["Location"]).status_code == 200


@pytest.mark.parametrize("post", ["", "   ", "<p> </p>"])
def test_nothing_to_paste_is_said(admin_client: Client, post: str) -> None:
    answer = admin_client.post(reverse("patterns_editing:paste"), {"post": post})

    assert answer.status_code == 422
    assert "Please paste the post" in answer.content.decode()


@pytest.mark.parametrize(
    "post",
    [
        "<p>" * 2000,
        "<table><tr><td><table>" * 50 + "deep",
        "[caption id=1]half[gallery ids=",
        "<svg onload=alert(1)><p>x</p>",
        "\x00\ud83d weird \u202e text".encode("utf-8", "ignore").decode(),
    ],
)
def test_damaged_posts_are_split_all_the_same(admin_client: Client, post: str) -> None:
    answer = admin_client.post(
        reverse("patterns_editing:paste"), {"post": f"words {post}"}
    )

    assert answer.status_code == 200
    assert "<svg onload" not in answer.content.decode()


def test_pasting_needs_the_right_to_add(client: Client) -> None:
    assert client.get(reverse("patterns_editing:paste")).status_code == 302


# --- pictures that are uploaded -----------------------------------------------


def upload(client: Client, description: str) -> Any:
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    content = BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    file = SimpleUploadedFile("IMG_2041.png", content.getvalue(), "image/png")
    return client.post(
        reverse("wagtailimages:add"),
        {"title": "IMG_2041", "file": file, "description": description, "tags": ""},
    )


@pytest.mark.parametrize("description", ["", "IMG_2041", "photo.JPG", "img_2041"])
def test_a_picture_without_a_description_is_refused(
    admin_client: Client, description: str
) -> None:
    from wagtail.images.models import Image

    answer = upload(admin_client, description)

    assert answer.status_code == 200
    assert not Image.objects.exists()


def test_a_described_picture_is_kept(admin_client: Client) -> None:
    from wagtail.images.models import Image

    upload(admin_client, "A hand on the lowest ribs")

    assert Image.objects.get().description == "A hand on the lowest ribs"


def test_a_page_goes_to_no_second_reader_before_the_library_can_read_it(
    founding: Any,
) -> None:
    form_class = PatternPage.get_edit_handler().get_form_class()
    data = {
        "care-count": "0",
        "title": "Ache",
        "slug": "ache",
        "author": "An editor",
        "medical_review": "open",
        "authored": "2026-11-24",
        "review_by": "2028-11-24",
        "how_common": "common",
        "evidence_grade": "classic-map",
        "language": "en",
        "muscles": '["serratus-posterior-inferior"]',
        "zones": "- {level: spillover, area: flank}",
    }
    for action, expected in (("action-submit", False), ("action-other", True)):
        form = form_class({**data, action: "1"}, instance=PatternPage(), parent_page=founding.get_parent())  # fmt: skip
        form.fields.pop("record_id")
        assert form.is_valid() is expected, form.errors
        if not expected:
            assert "essential" in str(form.errors)
