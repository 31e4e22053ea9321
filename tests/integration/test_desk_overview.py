"""The overview: what each text lacks, and what waits for somebody."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from achemap.library.loading import load
from achemap.wordpress.converting import convert_post
from achemap.wordpress.reading import read_posts
from achemap_site.authoring.desk import actions
from achemap_site.authoring.exporting.wxr import FILE, HEADINGS, RECORD
from achemap_site.authoring.feature import monday
from achemap_site.authoring.models import (
    Assignment,
    FeaturedPattern,
    Feedback,
    OldPost,
    UnansweredWords,
)
from achemap_site.authoring.overview import facts
from achemap_site.patterns.models import PatternPage


pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief"))
    return client


def overview(client: Client, query: str = "") -> Any:
    response = client.get(f"/admin/overview/?{query}")
    assert response.status_code == 200
    return response


def words_of(html: str) -> list[str]:
    return strip_tags(re.sub(r"<(?=/?(?:p|li|h\d)\b)", " <", html)).split()


def old_post(**given: Any) -> OldPost:
    fields = {
        "host": "old.example",
        "number": "1",
        "title": "Burning outer hip pain",
        "link": "https://old.example/hip/",
        "kind": "pattern",
        "generation": "G1",
        "content": "<p>It burns\x0b &amp; aches ]]&gt;</p>",
        "facts": {
            "fields": [["k", "v"], ["k", "w"]],
            "terms": [["category", "Hip"]],
            "comments": [["Jo", "2020-01-01", "1", "Thank you"]],
            "addresses": ["/hip"],
        },
        "paragraphs": [],
        "proposals": [],
    }
    return OldPost.objects.create(**fields | given)


def test_what_a_pattern_lacks_is_said(chief: Client, founding: Any) -> None:
    founding.sayings = "one"
    founding.sources = ""
    founding.zones = []
    founding.save_revision()

    row = next(
        row
        for row in overview(chief, "missing=sayings").context["rows"]
        if row.key == f"page-{founding.pk}"
    )

    lacks = {name for name, _words in row.missing}
    assert {"sayings", "sources", "zones"} <= lacks
    assert row.complete < 100
    assert row.status == "live, with changes"


def test_one_sided_look_alikes() -> None:
    similar = {"a": {"b", "gone"}, "b": {"a"}, "c": {"a", "b"}}

    assert facts.one_sided(similar) == {"c": ["a", "b"]}


def test_filters_order_and_assigning(chief: Client, founding: Any) -> None:
    old = old_post()
    ann = User.objects.create_user("ann", password="x")
    PatternPage.objects.filter(pk=founding.pk).update(review_by="2020-01-01")

    chief.post(
        "/admin/overview/bulk/",
        {
            "row": [f"page-{founding.pk}", f"old-{old.pk}", "page-x"],
            "do": "assign",
            "person": str(ann.pk),
        },
    )

    mine = overview(chief, f"person={ann.pk}").context["rows"]
    assert {row.title for row in mine} == {founding.title, old.title}
    assert Assignment.objects.get().person == ann
    due = overview(chief, "look=due&sort=review").context["rows"]
    assert [row.title for row in due][:1] == [founding.title]
    waiting = overview(chief, "kind=old+post").context["rows"]
    assert [(row.title, row.format) for row in waiting] == [(old.title, "G1")]
    nothing = overview(chief, "q=no+such+title").content.decode()
    assert "Nothing fits these filters" in nothing


def test_texts_are_sent_to_the_second_reader(chief: Client, founding: Any) -> None:
    from achemap_site.authoring.keeping.roles import ensure_roles

    ensure_roles()
    founding.save_revision()

    chief.post("/admin/overview/bulk/", {"row": [f"page-{founding.pk}"], "do": "read"})

    page = PatternPage.objects.get(pk=founding.pk)
    assert page.current_workflow_task.name == "Second reading"
    rows = overview(chief, "status=Second+reading").context["rows"]
    assert [row.title for row in rows] == [founding.title]


def test_the_cards_count_what_waits(chief: Client, founding: Any) -> None:
    Feedback.objects.create(message="A typo on the ribs page")
    now = timezone.now()
    UnansweredWords.objects.create(
        words="my elbow sings", first_sent=now, last_sent=now, times=7
    )
    week = monday(timezone.localdate())
    FeaturedPattern.objects.update_or_create(
        week_begins=week, defaults={"pattern": founding}
    )
    old = old_post()
    actions.make_draft(old=old, target="pattern", by=User.objects.get(username="chief"))

    response = overview(chief)

    page = response.content.decode()
    assert "A typo on the ribs page" in page
    assert "my elbow sings" in page
    assert response.context["calendar"][0]["title"] == founding.title
    assert len(response.context["calendar"]) == 6
    assert response.context["weeks"][-1]["drafted"] == 1
    home = chief.get("/admin/").content.decode()
    assert "What waits" in home


# --- everything goes out again -------------------------------------------------


def test_everything_goes_out_as_wordpress_and_comes_back(
    chief: Client, founding: Any, tmp_path: Path
) -> None:
    old_post()
    file = tmp_path / "out.xml"

    call_command("export", wxr=file)

    posts = list(read_posts(file))
    assert len({post.id for post in posts}) == len(posts)
    by_record = {post.field(RECORD): post for post in posts if post.field(RECORD)}
    for page in PatternPage.objects.live():
        post = by_record[f"pattern:{page.record_id}"]
        assert (post.title, post.slug, post.status) == (
            page.title,
            page.slug,
            "publish",
        )
        assert post.field(FILE) == page.export_text()
    for post in posts:
        if post.kind == "achemap_record":
            path = tmp_path / "library" / post.title
        elif post.field(RECORD):
            kind, _colon, record = post.field(RECORD).partition(":")
            ending = "yaml" if kind == "muscle" else "md"
            path = tmp_path / "library" / f"{kind}s" / f"{record}.{ending}"
        else:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(post.field(FILE), encoding="utf-8", newline="")
    again = load(tmp_path / "library")
    assert len(again.patterns) == PatternPage.objects.live().count()
    waiting = next(post for post in posts if post.field("achemap_state"))
    assert waiting.content == "<p>It burns &amp; aches ]]&gt;</p>"
    assert waiting.meta[:2] == (("k", "v"), ("k", "w"))
    assert waiting.categories == ("Hip",)
    assert waiting.comments[0].content == "Thank you"


def test_exported_patterns_are_split_into_the_same_sections(
    founding: Any, tmp_path: Path
) -> None:
    file = tmp_path / "out.xml"
    call_command("export", wxr=file)
    post = next(
        p
        for p in read_posts(file)
        if p.field(RECORD) == f"pattern:{founding.record_id}"
    )

    done = convert_post(post, {})

    assert not any(done.report.lost.values())
    # “Look-alikes” inside the notes is a section of its own to the migrator.
    for section in HEADINGS.keys() - {"therapy_notes"}:
        assert words_of(done.sections[section]) == words_of(getattr(founding, section))
    notes = done.sections["therapy_notes"] + done.sections.get("similar", "")
    paragraphs = re.findall(r"<p>([^<]+)</p>", founding.therapy_notes)
    assert paragraphs
    assert all(paragraph in notes for paragraph in paragraphs)


def test_the_operator_downloads_both(chief: Client) -> None:
    wordpress = chief.get("/admin/export/wordpress/")
    library = chief.get("/admin/export/library/")

    assert b"wxr_version" in b"".join(wordpress.streaming_content)
    names = zipfile.ZipFile(io.BytesIO(b"".join(library.streaming_content))).namelist()
    assert "patterns/serratus-posterior-inferior.md" in names
