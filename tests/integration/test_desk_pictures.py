"""Pictures of the old site: brought along, checked, kept once, and described."""

from __future__ import annotations

import gc
import threading
import warnings
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from PIL import Image as Pillow
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.images import get_image_model

from achemap_site.authoring.desk import presenters
from achemap_site.authoring.models import OldExport, OldPicture, OldPost
from achemap_site.patterns.models import PatternPage, TextPage


# Wagtail leaves the temporary files of its renditions to the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
Image = get_image_model()
SITE = "https://old.example"
UP = f"{SITE}/wp-content/uploads/2019"
TEXT = f"""<h2>Client Description</h2>
<p>They rub the outer hip.</p>
<img src="{UP}/referral-hip-300x200.jpg" alt="referral-hip" class="wp-image-90">
<p>Then it burns. <img src="{UP}/hand.png" alt="A hand on the hip"></p>
<h2>Self Care</h2>
<p>Put ice on it.</p>
<img src="{UP}/copy-of-hand.png" alt="">
<img src="{UP}/gone.jpg" alt="A wallet">
<img src="{UP}/evil.png" alt="A page">
[gallery ids="91"]
<h2>Therapy Notes</h2>
<p>Check the hip.</p>"""


def item(number: int, title: str, content: str, **more: str) -> str:
    kind = more.get("kind", "post")
    attachment = more.get("attachment", "")
    meta = "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}"
        "</wp:meta_value></wp:postmeta>"
        for key, value in (
            ("_wp_attachment_image_alt", more.get("alt", "")),
            ("_thumbnail_id", more.get("featured", "")),
        )
        if value
    )
    return (
        f"<item><title>{title}</title><link>{SITE}/{number}/</link>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_name>p{number}</wp:post_name>"
        f"<wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>"
        + (f"<wp:attachment_url>{attachment}</wp:attachment_url>" if attachment else "")
        + f"{meta}</item>"
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
    item(1, "Burning outer hip pain", TEXT),
    item(2, "About us", f'<p>Hello.</p><img src="{UP}/hand.png" alt="">', kind="page", featured="91"),
    item(90, "hip", "", kind="attachment", attachment=f"{UP}/referral-hip.jpg"),
    item(91, "ball", "", kind="attachment", attachment=f"{UP}/ball.gif", alt="A ball under the hip"),
    item(92, "unused", "", kind="attachment", attachment=f"{UP}/unused.gif"),
)  # fmt: skip


def picture(colour: str, kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Pillow.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


FILES = {
    "2019/referral-hip.jpg": picture("red", "JPEG", (80, 60)),
    "2019/referral-hip-300x200.jpg": picture("red", "JPEG"),
    "2019/hand.png": picture("green"),
    "2019/copy-of-hand.png": picture("green"),
    "2019/evil.png": b"<html><script>alert(1)</script>",
    "2019/ball.gif": picture("blue", "GIF"),
    "2019/unused.gif": picture("pink", "GIF"),
}


def packed(files: dict[str, bytes] = FILES, folder: str = "wp-content/uploads") -> Any:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in files.items():
            file.writestr(f"{folder}/{name}", content)
    return named(out.getvalue(), "uploads.zip")


def named(content: bytes, name: str) -> BytesIO:
    stream = BytesIO(content)
    stream.name = name
    return stream


@pytest.fixture(autouse=True)
def _desk_settings(settings: Any, tmp_path: Path) -> None:
    settings.IMPORT_AT_ONCE = True
    settings.VAR = tmp_path


@pytest.fixture(autouse=True)
def _collect_here() -> Iterator[None]:
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief", "c@example.org", "x"))
    return client


def upload(client: Client, uploads: Any = None, export: bytes = EXPORT) -> Any:
    sent: dict[str, Any] = {"file": named(export, "export.xml")}
    if uploads is not None:
        sent["uploads"] = uploads
    return client.post("/admin/old-posts/upload/", sent)


def states() -> dict[str, str]:
    rows = OldPicture.objects.filter(uses__isnull=False).distinct()
    return {row.address.rpartition("/")[2]: row.state for row in rows}


def draft(desk: Client, number: str, target: str) -> Any:
    old = OldPost.objects.get(number=number)
    desk.post(f"/admin/old-posts/{old.pk}/", {"target": target, "draft": ""})
    old.refresh_from_db()
    return old.page.specific


def test_the_pictures_come_along_from_a_zip(desk: Client) -> None:
    response = upload(desk, packed())

    assert states() == {
        "referral-hip.jpg": "found",
        "hand.png": "found",
        "copy-of-hand.png": "found",
        "gone.jpg": "missing",
        "evil.png": "refused",
        "ball.gif": "found",
    }
    # The whole picture rather than its small copy; one image for one content.
    assert sorted((i.width, i.height) for i in Image.objects.all()) == [
        (40, 30),
        (40, 30),
        (80, 60),
    ]
    hand, copy = (
        OldPicture.objects.get(address__endswith=f"/{name}")
        for name in ("hand.png", "copy-of-hand.png")
    )
    assert hand.image_id == copy.image_id
    page = desk.get(response.url).content.decode()
    assert "<dt>found</dt><dd>4</dd>" in page
    assert "<dt>in no post</dt><dd>1</dd>" in page
    assert not any("referral" in i.title or "." in i.title for i in Image.objects.all())


def test_a_second_import_makes_no_doubles(desk: Client) -> None:
    def everything() -> list[Any]:
        rows = [
            list(model.objects.order_by("pk").values())
            for model in (Image, OldPicture, OldPost)
        ]
        post = OldPost.objects.get(number="1")
        return [*rows, [(u.position, u.picture_id) for u in presenters.pictures(post)]]

    upload(desk, packed())
    before = everything()

    upload(desk, packed(folder="uploads"))
    upload(desk, packed(folder=""))

    assert everything() == before


def test_pictures_stand_where_they_stood_in_a_pattern(desk: Client) -> None:
    upload(desk, packed())

    page = draft(desk, "1", "pattern")

    hand = Image.objects.get(description="A hand on the hip")
    link = f'<a href="{hand.file.url}">Picture: A hand on the hip</a>'
    assert page.describe.index("burns") < page.describe.index(link)
    assert page.relief.index("Put ice") < page.relief.index("A ball under the hip")
    assert "Picture, not described yet" in page.describe
    assert "referral-hip" not in page.describe + page.relief
    assert f"[Picture: A hand on the hip]({hand.file.url})" in page.prose_markdown(
        "describe"
    )
    old = OldPost.objects.get(number="1")
    left = dict(presenters.drafted(old)["not_carried"])
    assert "neither among the uploads" in left[f"{UP}/gone.jpg"]
    assert left[f"{UP}/evil.png"].startswith("Refused: ")
    assert len([a for a in left if "/uploads/" in a]) == 2


def test_pictures_stand_in_a_page_of_text_as_pictures(desk: Client) -> None:
    upload(desk, packed())

    page = draft(desk, "2", "text")
    page.save_revision().publish()

    ball = Image.objects.get(description="A ball under the hip")
    assert page.body.index(f'id="{ball.pk}"') < page.body.index("Hello.")
    shown = Client().get(page.url).content.decode()
    assert 'alt="A ball under the hip"' in shown
    assert shown.count("<img") >= 2
    assert desk.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_what_nobody_described_is_work_to_do(desk: Client) -> None:
    upload(desk, packed())
    old = OldPost.objects.get(number="1")
    hip = OldPicture.objects.get(number="90")
    url = f"/admin/old-posts/{old.pk}/"
    draft(desk, "1", "pattern")

    shown = desk.get(url).content.decode()
    overview = desk.get("/admin/overview/?missing=alt").content.decode()
    assert f'name="alt-{hip.pk}"' in shown
    assert "1 pictures without a description" in overview
    assert "Burning outer hip pain" in overview

    refused = desk.post(url, {f"alt-{hip.pk}": "referral-hip.jpg", "save": ""})
    said = [str(m) for m in get_messages(refused.wsgi_request)]
    assert "file’s name" in said[-1]
    desk.post(url, {f"alt-{hip.pk}": "Where the hip hurts", "save": ""})

    hip.refresh_from_db()
    assert hip.image.description == "Where the hip hurts"
    newest = PatternPage.objects.get(
        title="Burning outer hip pain"
    ).get_latest_revision_as_object()
    assert "Picture: Where the hip hurts" in newest.describe
    assert f'name="alt-{hip.pk}"' not in desk.get(url).content.decode()


def test_pictures_can_come_later(desk: Client, tmp_path: Path) -> None:
    upload(desk)
    assert set(states().values()) == {"waiting"}
    draft(desk, "1", "pattern")
    for name, content in FILES.items():
        (tmp_path / "up" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "up" / name).write_bytes(content)
    (tmp_path / "export.xml").write_bytes(EXPORT)
    out = StringIO()
    call_command("import_posts", tmp_path / "export.xml", uploads=tmp_path / "up", stdout=out)  # fmt: skip

    assert "pictures: 4 found, 1 missing, 1 refused" in out.getvalue()
    old = OldPost.objects.get(number="1")
    left = dict(presenters.drafted(old)["not_carried"])
    assert "put it in by hand" in left[f"{UP}/hand.png"]


def test_a_zip_that_is_none_is_answered_in_the_form(desk: Client) -> None:
    response = upload(desk, named(b"PK nonsense", "uploads.zip"))

    assert response.status_code == 422
    assert "no whole zip" in response.content.decode()
    assert not OldExport.objects.exclude(uploads="").exists()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "served" / "wp-content" / "uploads" / "2019"
    folder.mkdir(parents=True)
    (folder / "hand.png").write_bytes(FILES["2019/hand.png"])

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    handler = partial(Quiet, directory=str(tmp_path / "served"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{http.server_port}"
        http.shutdown()


def test_a_host_is_asked_only_when_it_is_named(
    desk: Client, server: str, settings: Any
) -> None:
    export = export_of(
        item(5, "Arm", f'<img src="http://{server}/wp-content/uploads/2019/hand.png" alt="">')
    )  # fmt: skip
    upload(desk, export=export)
    assert states() == {"hand.png": "waiting"}

    settings.FETCH_PICTURES_FROM = ["else.example"]
    upload(desk, export=export)
    assert states() == {"hand.png": "missing"}
    settings.FETCH_PICTURES_FROM = [server]
    upload(desk, export=export)

    assert states() == {"hand.png": "found"}
    assert Image.objects.count() == 1


def test_a_table_stays_a_table_in_a_page_of_text(desk: Client) -> None:
    table = (
        "<table><tr><th onclick=x()>Day</th><th>Minutes</th></tr>"
        '<tr><td colspan="2">one &lt; “two”</td></tr></table>'
    )
    export = export_of(
        item(7, "Our hours", f"<p>Open:</p>{table}", kind="page"),
        item(8, "Sore hip pain", f"<h2>Self Care</h2><p>Ice it.</p>{table}"),
    )
    upload(desk, export=export)

    page = draft(desk, "7", "text")
    pattern = draft(desk, "8", "pattern")

    field = TextPage._meta.get_field("body")
    widget = get_rich_text_editor_widget("default", features=field.features)
    page.body = widget.converter.to_database_format(
        widget.converter.from_database_format(page.body)
    )
    page.save_revision().publish()
    shown = Client().get(page.url).content.decode()
    assert "<th>Day</th>" in shown
    assert '<td colspan="2">one &lt; “two”</td>' in shown
    assert "onclick" not in shown
    assert "<li>Day · Minutes</li><li>one &lt; “two”</li>" in pattern.relief
    why = [w for _what, w in presenters.drafted(OldPost.objects.get(number="8"))["not_carried"]]  # fmt: skip
    assert any("rows are a list" in each for each in why)
    assert presenters.drafted(OldPost.objects.get(number="7"))["not_carried"] == []
