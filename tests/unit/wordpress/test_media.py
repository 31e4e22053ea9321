"""Pictures of the old site: found, checked by what they hold, written anew."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from PIL import Image

from achemap.wordpress.media import Gathered, Gatherer
from achemap.wordpress.media_links import Media, is_file_name
from achemap.wordpress.pictures import LARGEST_SIDE, Refused, checked
from achemap.wordpress.running import convert_export


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    image = Image.new("RGB", size, (200, 40, 40))
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x010F] = "A camera that knows where you live"
        image.save(out, kind, exif=exif)
    else:
        image.save(out, kind)
    return out.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{}<rect width="9" height="9"/></svg>'


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_is_written_anew(kind: str) -> None:
    made = checked(picture(kind))

    assert (made.width, made.height) == (40, 30)
    assert made.suffix == ("jpg" if kind == "JPEG" else "png")
    assert b"camera" not in made.content
    assert checked(picture(kind)) == made


def test_a_large_photograph_is_made_smaller() -> None:
    made = checked(picture("JPEG", (LARGEST_SIDE * 2, 100)))

    assert made.width == LARGEST_SIDE


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x()</script>",
        '<image href="file:///etc/passwd" width="9" height="9"/>',
        '<g onload="x()"/>',
        "<foreignObject><body/></foreignObject>",
        '<use href="https://elsewhere.example/x.svg#y"/>',
        "<style>@import url(https://elsewhere.example/x.css)</style>",
    ],
)
def test_a_drawing_is_painted_without_what_could_do_harm(inside: str) -> None:
    made = checked(SVG.format(inside).encode())

    assert made.suffix == "png"
    assert made.content == checked(SVG.format("").encode()).content


def test_a_cut_file_is_refused_whatever_others_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)

    with pytest.raises(Refused, match="not a whole picture"):
        checked(picture()[:-40])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "not a whole picture"),
        (b"<?php system($_GET[0]); ?>", "not a whole picture"),
        (picture()[:-40], "not a whole picture"),
        (b"<html><script>x()</script></html>", "not a whole picture"),
        (b"<?xml version='1.0'?><rss/>", "neither a picture"),
        (b"<svg><rect></svg>", "neither a picture"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "entities"),
        (SVG.format('<use href="#a"/>' * 30).encode(), "too many parts"),
        (SVG.format("<g/>" * 6000).encode(), "too many parts"),
        (picture("PNG", (9000, 8000)), "too large"),
    ],
)
def test_what_is_no_harmless_picture_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        checked(raw)


@pytest.mark.parametrize(
    ("alt", "address", "expected"),
    [
        ("IMG_2204", "/a/IMG_2204.jpg", True),
        ("referral-soleus-back", "/a/referral-soleus-back-300x200.jpg", True),
        ("referral soleus back", "/a/referral-soleus-back.jpg", True),
        ("photo.png", "/b/other.png", True),
        ("", "/a/x.jpg", True),
        ("Boat", "/a/boat.jpg", False),
        ("Where the calf hurts", "/a/referral-soleus-back.jpg", False),
    ],
)
def test_a_file_name_is_no_description(alt: str, address: str, expected: bool) -> None:
    assert is_file_name(alt, address) is expected
    assert bool(Media("picture", address, alt).described) is not expected


def export_with(folder: Path, *addresses: str) -> Path:
    content = "".join(f'<p>Words.</p><img src="{each}" alt="">' for each in addresses)
    path = folder / "export.xml"
    path.write_text(
        '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2'
        "</wp:wxr_version><item><title>Ache</title><wp:post_id>1</wp:post_id>"
        f"<content:encoded>{escape(content)}</content:encoded></item></channel></rss>",
        encoding="utf-8",
    )
    return path


def listed(out: Path) -> list[dict[str, str]]:
    return list(json.loads((out / "media.json").read_text(encoding="utf-8")))


def test_pictures_come_from_the_uploads_folder(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    (uploads / "2016" / "03").mkdir(parents=True)
    (uploads / "2016" / "03" / "map.jpg").write_bytes(picture("JPEG"))
    (uploads / "fake.png").write_bytes(b"<?php ?>")
    (tmp_path / "secret.png").write_bytes(picture())
    base = "https://old.example/wp-content/uploads"
    export = export_with(
        tmp_path,
        f"{base}/2016/03/map-300x200.jpg",
        f"{base}/fake.png",
        f"{base}/gone.png",
        f"{base}/../secret.png",
        f"{base}/%2e%2e/secret.png",
    )

    found = convert_export(
        export, tmp_path / "out", tmp_path / "r.json", {}, gatherer=Gatherer(uploads)
    )

    assert [each["state"] for each in listed(tmp_path / "out")] == ["found", "refused", "missing", "missing", "missing"]  # fmt: skip
    assert (found["media_found"], found["media_refused"], found["media_missing"]) == (1, 1, 3)  # fmt: skip
    assert (tmp_path / "out" / listed(tmp_path / "out")[0]["file"]).is_file()


def test_without_an_option_nothing_is_looked_for(tmp_path: Path) -> None:
    export = export_with(tmp_path, "http://127.0.0.1:9/x.png")

    convert_export(export, tmp_path / "out", tmp_path / "r.json", {})

    assert [each["state"] for each in listed(tmp_path / "out")] == ["not looked for"]


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/away.png":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.2:1/x.png")
                self.end_headers()
                return
            self.send_response(200 if self.path == "/map.png" else 404)
            self.end_headers()
            self.wfile.write(picture())

        def log_message(self, *_args: object) -> None:
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_only_named_hosts_are_asked(server: str, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    wanted = [f"http://{server}/{name}.png" for name in ("map", "gone", "away")]
    told = Gathered()

    found = list(
        Gatherer(hosts=frozenset({server})).all(
            [{"url": each} for each in [*wanted, "http://127.0.0.1:9/x.png"]],
            tmp_path,
            told,
        )
    )

    assert [each["state"] for each in found] == ["found", "missing", "missing", "missing"]  # fmt: skip
    assert "another host" in found[2]["reason"]
    assert (told.found, told.missing) == (1, 3)
