"""The desk for old posts: in, side by side, a draft, and nothing published."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from achemap_site.authoring.desk import actions, importing
from achemap_site.authoring.keeping.roles import ensure_roles
from achemap_site.authoring.models import OldExport, OldPost
from achemap_site.patterns.models import PatternPage, TextPage


pytestmark = pytest.mark.django_db

HIP = """<p>These clients come in with a burning in the outer hip.</p>
<h2>Client Description</h2>
They rub the outer hip and say it burns. It hurts most when climbing stairs.

See a medical doctor first if the leg is swollen.
<h2>Self Care</h2>
Ice the buttock. [caption id="x"]<img src="https://old.example/u/referral-piriformis-back.jpg"> Wallet trouble[/caption]
<table><tr><td>Day one</td><td>ten minutes</td></tr></table>
<a href="https://old.example/2019/head/">the headache post</a> helps.
[embed]https://www.youtube.com/watch?v=abc[/embed]
<h2>Therapy Notes</h2>
<ul><li>Release the joint</li><li>Then the piriformis</li></ul>
<script>alert(1)</script><img src=x onerror=alert(2)>"""
HEAD = """<h2>How People Describe This Pain Pattern</h2><p>They press a hand on the neck.</p>
<h2>Self-Care – Getting Relief on Your Own</h2><p>Put heat on the neck.</p>"""


def item(number: int, slug: str, title: str, content: str, **extra: str) -> str:
    fields = {"status": "publish", "post_type": "post", "post_password": ""} | extra
    old_slug = fields.pop("old_slug", "")
    meta = (
        "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key>"
        f"<wp:meta_value>{old_slug}</wp:meta_value></wp:postmeta>"
    )
    return (
        f"<item><title>{escape(title)}</title>"
        f"<link>https://old.example/2019/{slug}/</link>"
        f"<guid>https://old.example/?p={number}</guid>"
        f"<content:encoded>{escape(content)}</content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_name>{slug}</wp:post_name>"
        + "".join(f"<wp:{k}>{v}</wp:{k}>" for k, v in fields.items())
        + (meta if old_slug else "")
        + "</item>"
    )


def export_of(*items: str) -> bytes:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title>'
        "<wp:wxr_version>1.2</wp:wxr_version>"
    )
    return (head + "".join(items) + "</channel></rss>").encode()


EXPORT = export_of(
    item(1, "burning-hip", "Burning outer hip pain", HIP, old_slug="hip-burns"),
    item(2, "head", "Headache at the base of your head", HEAD),
    item(3, "about", "About", "<p>A small town.</p>", post_type="page"),
    item(4, "secret", "Secret notes", "<p>Quiet.</p>", post_password="x"),
    item(5, "pic", "pic", "", post_type="attachment"),
)


@pytest.fixture(autouse=True)
def _desk_settings(settings: Any, tmp_path: Path) -> None:
    settings.IMPORT_AT_ONCE = True
    settings.VAR = tmp_path


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", "x")


@pytest.fixture
def desk(client: Client, chief: User) -> Client:
    client.force_login(chief)
    return client


def upload(client: Client, content: bytes, name: str = "export.xml") -> Any:
    stream = BytesIO(content)
    stream.name = name
    return client.post("/admin/old-posts/upload/", {"file": stream})


@pytest.fixture
def hip(desk: Client) -> OldPost:
    upload(desk, EXPORT)
    return OldPost.objects.get(number="1")


def snapshot() -> list[Any]:
    return list(OldPost.objects.order_by("number").values())


def test_an_export_becomes_old_posts_and_no_pages(desk: Client) -> None:
    before = PatternPage.objects.count()

    response = upload(desk, EXPORT)

    export = OldExport.objects.get()
    assert response.url == f"/admin/old-posts/exports/{export.pk}/"
    assert (export.state, export.items_read, export.posts_new) == ("done", 5, 4)
    assert export.not_texts == {"attachment": 1}
    hip = OldPost.objects.get(number="1")
    assert (hip.host, hip.kind, hip.generation, hip.state) == (
        "old.example",
        "pattern",
        "G1",
        "new",
    )
    assert hip.content == HIP
    assert PatternPage.objects.count() == before
    page = desk.get(response.url).content.decode()
    assert "Read to its end" in page


def test_the_same_file_again_changes_nothing(desk: Client, hip: OldPost) -> None:
    before = snapshot()

    upload(desk, EXPORT, name="renamed.xml")

    assert snapshot() == before
    export = OldExport.objects.get()
    assert (export.posts_new, export.posts_same) == (0, 4)


def test_a_newer_text_replaces_untouched_posts_only(desk: Client, hip: OldPost) -> None:
    actions.place_paragraphs(old=hip, sections={}, ticked=[], levels={}, note="mine")
    newer = EXPORT.replace(b"burning in the outer", b"stabbing in the outer").replace(
        b"small town", b"large town"
    )

    upload(desk, newer)

    hip.refresh_from_db()
    assert (hip.content, hip.note) == (HIP, "mine")
    assert "stabbing" in hip.newer_content
    assert "large town" in OldPost.objects.get(number="3").content
    again = snapshot()
    upload(desk, newer)
    assert snapshot() == again

    url = f"/admin/old-posts/{hip.pk}/"
    assert "stabbing" in desk.get(f"{url}original/?newer").content.decode()
    desk.post(url, {"note": "mine", "newer": ""})
    hip.refresh_from_db()
    assert "stabbing" in hip.paragraphs[0]["text"]
    assert (hip.newer_content, hip.note) == ("", "mine")


def test_a_broken_file_keeps_what_came_before_and_says_where(desk: Client) -> None:
    response = upload(desk, EXPORT[: EXPORT.index(b"Secret notes")])

    export = OldExport.objects.get()
    assert export.state == "failed"
    assert "export.xml" in export.problem
    assert OldPost.objects.count() == 3
    assert "is not whole XML" in desk.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("export.docx", b"x", "is not an export"),
        ("export.xml", b"", "empty"),
        ("no-file", None, "Choose a file"),
    ],
)
def test_a_bad_upload_is_answered_in_the_form(
    desk: Client, name: str, content: bytes | None, says: str
) -> None:
    if content is None:
        response = desk.post("/admin/old-posts/upload/", {})
    else:
        response = upload(desk, content, name)

    assert response.status_code == 422
    assert says in response.content.decode()
    assert not OldExport.objects.exists()


def test_a_file_that_is_too_large_is_refused_unread(
    desk: Client, settings: Any
) -> None:
    settings.LARGEST_EXPORT = 100

    response = upload(desk, EXPORT)

    assert response.status_code == 413
    assert "import_posts" in response.content.decode()
    assert not OldExport.objects.exists()


def test_exports_are_never_under_media(
    desk: Client, hip: OldPost, tmp_path: Path
) -> None:
    path = Path(OldExport.objects.get().file.path)

    assert path.is_relative_to(tmp_path / "exports")
    assert desk.get(f"/media/{path.name}").status_code == 404


def test_the_original_is_harmless_and_sandboxed(desk: Client, hip: OldPost) -> None:
    response = desk.get(f"/admin/old-posts/{hip.pk}/original/")

    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    page = response.content.decode()
    assert "<script" not in page
    assert "onerror" not in page
    assert "<img" not in page
    assert "rub the outer hip" in page
    source = desk.get(f"/admin/old-posts/{hip.pk}/original/?source")
    assert "&lt;script&gt;alert(1)" in source.content.decode()


def test_every_part_stands_beside_the_original_once(desk: Client, hip: OldPost) -> None:
    page = desk.get(f"/admin/old-posts/{hip.pk}/").content.decode()

    numbers = [int(n) for n in re.findall(r'name="section-(\d+)"', page)]
    assert sorted(numbers) == [each["n"] for each in hip.paragraphs]
    assert 'sandbox=""' in page
    words = sum(each["words"] for each in hip.paragraphs)
    assert words == hip.counts["words_in"]


def test_a_part_is_moved_and_proposals_are_ticked(desk: Client, hip: OldPost) -> None:
    moved = next(p["n"] for p in hip.paragraphs if "climbing" in p["text"])
    zone = next(n for n, p in enumerate(hip.proposals) if p["kind"] == "zone")
    before = hip.completeness

    desk.post(
        f"/admin/old-posts/{hip.pk}/",
        {
            f"section-{moved}": "activate",
            "tick": [str(zone)],
            f"level-{zone}": "essential",
            "note": "ask Tony",
            "save": "",
        },
    )

    hip.refresh_from_db()
    part = next(p for p in hip.paragraphs if p["n"] == moved)
    assert (part["section"], part["because"]) == ("activate", "placed by hand")
    assert hip.proposals[zone]["ticked"]
    assert hip.proposals[zone]["level"] == "essential"
    assert (hip.state, hip.note) == ("in-work", "ask Tony")
    assert hip.completeness - before in {24, 25}


def make_draft(desk: Client, old: OldPost, target: str) -> Any:
    ticks = [
        str(n)
        for n, p in enumerate(old.proposals)
        if p["kind"] in {"muscle", "zone", "red-flag"} or p["kind"].startswith("sign.")
    ]
    url = f"/admin/old-posts/{old.pk}/"
    return desk.post(url, {"tick": ticks, "target": target, "draft": ""})


def test_a_draft_holds_the_sections_and_is_not_published(
    desk: Client, hip: OldPost
) -> None:
    make_draft(desk, hip, "pattern")

    hip.refresh_from_db()
    page = PatternPage.objects.get(pk=hip.page_id)
    assert (page.live, page.latest_revision is not None) == (False, True)
    assert desk.get("/patterns/burning-outer-hip-pain/").status_code == 404
    assert "rub the outer hip" in page.describe
    assert "<li>Day one · ten minutes</li>" in page.relief
    assert "Wallet trouble" in page.relief
    assert "https://www.youtube.com/watch?v=abc" in page.relief
    assert "Then the piriformis" in page.therapy_notes
    assert "medical doctor" in page.see_someone
    assert "piriformis" in [block.value for block in page.muscles]
    assert "script" not in page.therapy_notes
    assert hip.state == "drafted"
    assert desk.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    shown = desk.get(f"/admin/old-posts/{hip.pk}/").content.decode()
    assert "referral-piriformis-back.jpg" in shown


def test_old_addresses_lead_to_the_page(desk: Client, hip: OldPost) -> None:
    make_draft(desk, hip, "pattern")
    page = PatternPage.objects.get(title="Burning outer hip pain")
    page.save_revision().publish()

    for old in (
        "/2019/burning-hip/",
        "/2019/burning-hip",
        "/2019/burning-hip/?share=reddit",
        "/2019/burning-hip/?amp",
        "/2019/hip-burns/",
        "/?p=1",
    ):
        response = desk.get(old, follow=True)
        assert response.redirect_chain, old
        assert response.request["PATH_INFO"] == page.url, old
    assert desk.get("/?p=99").status_code == 200
    listed = desk.get("/admin/old-posts/?state=published").content.decode()
    assert "Burning outer hip pain" in listed


def test_until_the_page_is_live_old_addresses_lead_to_the_list(
    desk: Client, hip: OldPost
) -> None:
    make_draft(desk, hip, "pattern")
    make_draft(desk, OldPost.objects.get(number="3"), "text")
    reader = Client()

    for old, above in (
        ("/2019/burning-hip/", "/patterns/"),
        ("/2019/burning-hip/?share=reddit", "/patterns/"),
        ("/2019/hip-burns", "/patterns/"),
        ("/?p=1", "/patterns/"),
        ("/2019/about/", "/"),
        ("/?page_id=3", "/"),
    ):
        response = reader.get(old)
        assert (response.status_code, response.headers["Location"]) == (302, above), old
        assert response.headers["Cache-Control"] == "no-store"
        assert reader.get(above).status_code == 200

    page = PatternPage.objects.get(title="Burning outer hip pain")
    page.save_revision().publish()
    assert reader.get("/2019/burning-hip/").status_code == 301
    page.refresh_from_db()
    page.unpublish()
    assert reader.get("/2019/burning-hip/").status_code == 302


def test_of_a_number_that_stands_twice_the_last_post_wins_and_is_told(
    desk: Client,
) -> None:
    twice = export_of(
        item(1, "early", "An early title", "<p>The first text.</p>"),
        *(item(n, f"p{n}", f"Post {n}", "<p>Hip pain.</p>") for n in range(2, 40)),
        item(1, "late", "A late title", "<p>The last text.</p>"),
    )
    response = upload(desk, twice)

    export = OldExport.objects.get()
    post = OldPost.objects.get(number="1")
    assert (post.title, post.content) == ("A late title", "<p>The last text.</p>")
    assert export.doubled == [["1", ["An early title", "A late title"]]]
    assert (export.items_read, export.posts_new) == (40, 39)
    page = desk.get(response.url).content.decode()
    assert "1: “An early title”, “A late title”" in page

    actions.place_paragraphs(old=post, sections={}, ticked=[], levels={}, note="x")
    before = snapshot()
    upload(desk, twice)
    assert snapshot() == before
    assert OldExport.objects.get().posts_same == 39


def test_an_address_that_leads_elsewhere_is_left_and_told(
    desk: Client, hip: OldPost
) -> None:
    Redirect.add_redirect("/2019/hip-burns", redirect_to="https://else.example/")

    make_draft(desk, hip, "pattern")

    hip.refresh_from_db()
    told = {each["old"]: each["problem"] for each in hip.facts["redirects"]}
    assert "else.example" in told["/2019/hip-burns"]
    assert told["/2019/burning-hip"] == ""


def test_a_second_draft_is_the_first_one(
    desk: Client, hip: OldPost, chief: User
) -> None:
    first = actions.make_draft(old=hip, target="pattern", by=chief)
    before = (PatternPage.objects.count(), Redirect.objects.count())

    second = actions.make_draft(old=hip, target="text", by=chief)

    assert second.pk == first.pk
    assert (PatternPage.objects.count(), Redirect.objects.count()) == before


def test_links_between_old_posts_become_links_between_records(
    desk: Client, hip: OldPost, chief: User
) -> None:
    head = OldPost.objects.get(number="2")
    actions.make_draft(old=head, target="pattern", by=chief)

    actions.make_draft(old=hip, target="pattern", by=chief)

    page = PatternPage.objects.get(title="Burning outer hip pain")
    assert '<a href="/go/pattern/headache-at-the-base-of-your-head/">' in page.relief


def test_a_post_becomes_a_text_page_or_part_of_a_pattern(
    desk: Client, hip: OldPost, founding: Any
) -> None:
    about, head = (OldPost.objects.get(number=n) for n in ("3", "2"))
    before = founding.relief

    make_draft(desk, about, "text")
    make_draft(desk, head, str(founding.pk))

    assert "small town" in TextPage.objects.get(title="About").body
    founding.refresh_from_db()
    assert founding.relief == before
    newest = founding.get_latest_revision_as_object()
    assert newest.relief.startswith(before)
    assert "Put heat on the neck." in newest.relief


def test_an_author_drafts_but_does_not_change_what_others_wrote(
    desk: Client, hip: OldPost, founding: Any
) -> None:
    ensure_roles()
    author = User.objects.create_user("ann")
    author.groups.add(Group.objects.get(name="Author"))
    desk.force_login(author)

    refused = make_draft(desk, hip, str(founding.pk))
    hip.refresh_from_db()
    assert hip.page is None
    said = [str(m) for m in get_messages(refused.wsgi_request)]
    assert "you may not change" in said[-1]

    make_draft(desk, hip, "pattern")
    hip.refresh_from_db()
    assert hip.page is not None
    assert desk.get(f"/admin/pages/{hip.page_id}/edit/").status_code == 200


def test_many_posts_at_once(desk: Client, hip: OldPost, chief: User) -> None:
    every = [str(post.pk) for post in OldPost.objects.all()]
    url = "/admin/old-posts/bulk/"

    desk.post(url, {"post": every, "do": "assign", "person": str(chief.pk)})
    desk.post(url, {"post": every[3:], "do": "not-needed"})
    desk.post(url, {"post": every, "do": "draft"})
    nothing = desk.post(url, {"do": "draft"})

    assert OldPost.objects.filter(person=chief).count() == 4
    assert OldPost.objects.exclude(page=None).count() == 3
    assert OldPost.objects.filter(state="not-needed").count() == 1
    said = [str(m) for m in get_messages(nothing.wsgi_request)]
    assert "Tick at least one post first." in said


def test_filters_and_order(desk: Client, hip: OldPost) -> None:
    def titles(query: str) -> list[str]:
        return [str(p) for p in desk.get(f"/admin/old-posts/?{query}").context["posts"]]

    assert titles("kind=pattern&sort=-title") == [
        "Headache at the base of your head",
        "Burning outer hip pain",
    ]
    assert titles("q=secret") == ["Secret notes"]
    assert titles("generation=G1&q=hip") == ["Burning outer hip pain"]
    assert titles("person=nobody&state=drafted") == []
    assert len(titles("sort=nonsense&kind=nonsense")) == 4


def test_an_empty_desk_says_what_to_do(desk: Client) -> None:
    page = desk.get("/admin/old-posts/").content.decode()

    assert "No old posts are here yet" in page
    assert "/admin/old-posts/upload/" in page


def test_without_leave_the_desk_is_closed(client: Client, hip: OldPost) -> None:
    client.force_login(User.objects.create_user("reader", password="x"))

    for url in ("", "upload/", f"{hip.pk}/", f"{hip.pk}/original/"):
        assert client.get(f"/admin/old-posts/{url}").status_code in {302, 403}


def test_another_process_does_not_read_what_is_being_read(
    desk: Client, hip: OldPost
) -> None:
    export = OldExport.objects.get()
    export.state = OldExport.State.READING
    export.heard_of = timezone.now()
    export.save()

    importing.run(export.pk)

    assert OldExport.objects.get().state == "reading"
    OldExport.objects.update(heard_of=timezone.now() - importing.SILENT_AFTER * 2)
    page = desk.get(f"/admin/old-posts/exports/{export.pk}/").content.decode()
    assert "Reading stopped on the way" in page
    desk.post(f"/admin/old-posts/exports/{export.pk}/")
    assert OldExport.objects.get().state == "done"


def test_rest_answers_and_saved_pages_are_read(desk: Client) -> None:
    upload(
        desk,
        b'[{"id": 7, "type": "post", "title": {"rendered": "Sore\\u0000 neck pain"},'
        b' "link": "https://old.example/neck/", "content": {"rendered": "<p>It aches</p>"}}]',
        "posts.json",
    )
    upload(
        desk,
        b"<!doctype html><html><head><link rel=canonical href=https://old.example/arm/>"
        b"</head><body><h1>Arm pain</h1><article><p>The arm aches.</p></article></body>",
        "arm.html",
    )

    assert set(OldPost.objects.values_list("title", flat=True)) == {
        "Sore neck pain",
        "Arm pain",
    }


def _progress(database: Path) -> int:
    """Return how many posts are stored and how many pictures were looked for."""
    with sqlite3.connect(database, timeout=20) as base:
        return int(
            base.execute(
                "select (select count(*) from authoring_oldpost) + (select count(*)"
                " from authoring_oldpicture where state <> 'waiting')"
            ).fetchone()[0]
        )


def _many(folder: Path) -> list[str]:
    """Write an export of 100 posts, each with a picture of its own; say how to read it."""
    uploads = folder / "uploads"
    uploads.mkdir()
    items = []
    for n in range(1, 101):
        Image.new("RGB", (8, 8), (n, 2 * n, 0)).save(uploads / f"hip-{n}.png")
        shown = f'<img src="https://old.example/wp-content/uploads/hip-{n}.png" alt="">'
        items.append(item(n, f"p{n}", f"Hip pain {n}", HIP + shown))
    (folder / "many.xml").write_bytes(export_of(*items))
    return [
        *(sys.executable, "-m", "achemap_site.manage", "import_posts"),
        *(str(folder / "many.xml"), f"--uploads={uploads}"),
    ]


def test_an_import_killed_three_times_is_finished_without_doubles(
    prepared_site: Path, tmp_path: Path
) -> None:
    """The real command, on a database of its own, killed at three random moments."""
    database = tmp_path / "achemap.sqlite3"
    shutil.copy(prepared_site / "achemap.sqlite3", database)
    command = _many(tmp_path)
    environment = {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL"
    } | {"ACHEMAP_VAR": str(tmp_path)}
    chance = [random.Random(seed) for seed in (7, 21, 63)]
    # How far the reading has come, and how many seconds later it is killed.
    moments = sorted((each.randint(1, 195), each.random() / 5) for each in chance)

    for after, later in moments:
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None and _progress(database) < after:
            time.sleep(0.02)
        time.sleep(later)
        process.kill()
        process.wait()
        with sqlite3.connect(database) as base:
            base.execute("update authoring_oldexport set heard_of = null")

    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "100 found" in done.stdout
    with sqlite3.connect(database) as base:

        def count(what: str) -> int:
            return int(base.execute(f"select count({what}").fetchone()[0])

        assert count("*) from authoring_oldpost") == 100
        assert count("distinct number) from authoring_oldpost") == 100
        assert count("*) from wagtailimages_image") == 100
        assert count("distinct image_id) from authoring_oldpicture") == 100
        uses = count("*) from authoring_pictureuse")
        assert uses == count("distinct post_id || '-' || position) from authoring_pictureuse")  # fmt: skip
        assert uses % 100 == 0
