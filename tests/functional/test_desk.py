"""An old post is brought in, put in order and made a draft, by hand and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
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
