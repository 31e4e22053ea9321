"""An old post is brought in, put in order and made a draft, by hand and by keyboard."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect


POST = """<html><head><link rel="canonical" href="https://old.example/burning-hip/">
</head><body><h1>Burning outer hip pain</h1><article>
<h2>Client Description</h2><p>They rub the outer hip and say it burns.</p>
<h2>Self Care</h2><p>Put ice on the buttock for ten minutes, then stretch.</p>
<h2>Therapy Notes</h2><p>Check the piriformis first.</p><script>alert(1)</script>
</article></body></html>"""
WORDS = "They rub the outer hip and say it burns."


def log_in(page: Page, site: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site.url}/admin/login/")
    page.get_by_label("Username").fill(site.editor[0])
    page.locator("input[type=password]").fill(site.editor[1])
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


def bring_in(page: Page, site: Any) -> None:
    """Upload the post; reading happens in a process of its own."""
    page.goto(f"{site.url}/admin/old-posts/upload/")
    page.get_by_label("Export file").set_input_files(
        {"name": "hip.html", "mimeType": "text/html", "buffer": POST.encode()}
    )
    page.get_by_role("button", name="Upload and read").click()
    expect(page.locator(".desk-progress")).to_contain_text(
        "Read to its end", timeout=60_000
    )


def test_an_old_post_becomes_a_draft(page: Page, site: Any) -> None:
    log_in(page, site)
    bring_in(page, site)
    page.get_by_role("link", name="To its 1 post").click()
    page.get_by_role("link", name="Burning outer hip pain").click()

    original = page.frame_locator("iframe[name=original]")
    expect(original.get_by_text(WORDS)).to_be_visible()
    part = page.get_by_label(f"Section of “{WORDS[:60]}”")
    part.focus()
    page.keyboard.type("What sets")
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(part).to_have_value("activate")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and make draft").press("Enter")

    expect(page.get_by_role("heading", name="The draft is made")).to_be_visible()
    expect(page.locator("main")).to_contain_text("/burning-hip")
    assert (
        page.request.get(f"{site.url}/patterns/burning-outer-hip-pain/").status == 404
    )
    page.get_by_role("link", name="Edit “Burning outer hip pain”").click()
    expect(page.locator("#id_title")).to_have_value("Burning outer hip pain")


@pytest.mark.parametrize(
    "path",
    ["old-posts/", "old-posts/upload/", "overview/", "overview/?kind=pattern", ""],
)
def test_axe_finds_nothing_at_the_desk(page: Page, site: Any, path: str) -> None:
    log_in(page, site)
    page.goto(f"{site.url}/admin/{path}")

    found = Axe().run(page)
    page.set_viewport_size({"width": 390, "height": 844})

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe_finds_nothing_beside_an_old_post(page: Page, site: Any) -> None:
    log_in(page, site)
    bring_in(page, site)
    page.get_by_role("link", name="To its 1 post").click()
    page.get_by_role("link", name="Burning outer hip pain").click()
    page.frame_locator("iframe[name=original]").get_by_text(WORDS).wait_for()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


def _post(number: int, kind: str, title: str, content: str) -> str:
    return (
        f"<item><title>{title}</title><link>https://old.example/{number}/</link>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:status>publish</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type></item>"
    )


def _export() -> bytes:
    shown = '<img src="https://old.example/wp-content/uploads/house.png" alt="">'
    table = "<table><tr><th>Day</th></tr><tr><td>Monday at nine</td></tr></table>"
    return (
        '<?xml version="1.0"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<wp:wxr_version>1.2</wp:wxr_version>"
        + _post(31, "page", "Our opening hours", f"<p>Come in.</p>{shown}{table}")
        + "</channel></rss>"
    ).encode()


def _zip() -> bytes:
    house, out = BytesIO(), BytesIO()
    Image.new("RGB", (60, 40), "teal").save(house, "PNG")
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("uploads/house.png", house.getvalue())
    return out.getvalue()


def test_a_picture_and_a_table_come_along_and_can_be_edited(
    page: Page, site: Any
) -> None:
    log_in(page, site)
    page.goto(f"{site.url}/admin/old-posts/upload/")
    page.get_by_label("Export file").set_input_files(
        {"name": "hours.xml", "mimeType": "text/xml", "buffer": _export()}
    )
    page.get_by_label("Pictures").set_input_files(
        {"name": "uploads.zip", "mimeType": "application/zip", "buffer": _zip()}
    )
    page.get_by_role("button", name="Upload and read").click()
    expect(page.locator(".desk-progress")).to_contain_text(
        "Read to its end", timeout=60_000
    )
    page.get_by_role("link", name="To its 1 post").click()
    page.get_by_role("link", name="Our opening hours").click()
    page.get_by_label("It shows").fill("Our house from the street")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and make draft").click()
    page.get_by_role("link", name="Edit “Our opening hours”").click()

    text = page.locator(".Draftail-Editor").filter(has_text="Come in.")
    expect(text.locator("td")).to_have_text("Monday at nine")
    expect(text.locator("img")).to_be_visible()
    text.get_by_text("Come in.").click()
    page.keyboard.press("End")
    page.keyboard.type(" We are there.")
    # The editor puts what is typed into its form a moment later.
    expect(page.locator("[name=body]")).to_have_value(re.compile("We are there"))
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()

    page.goto(page.url.replace("/edit/", "/view_draft/"))
    prose = page.locator(".prose")
    expect(prose).to_contain_text("We are there.")
    expect(prose.locator("td")).to_have_text("Monday at nine")
    house = prose.get_by_alt_text("Our house from the street")
    assert house.evaluate("picture => picture.naturalWidth") == 60
