"""axe finds nothing on any kind of page, in light and in dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


PAGES = {
    "home": "/",
    "pattern": "/patterns/aching-and-burning-in-the-mid-back/",
    "patterns": "/patterns/",
    "muscle": "/muscles/serratus-posterior-inferior/",
    "technique": "/go/technique/ice-and-stretch/",
    "self-care": "/self-care/",
    "region": "/where/kidney-angle/",
    "regions": "/where/",
    "search": "/search/?q=kidney+ache",
    "find": "/find/",
    "questions": "/relief/serratus-posterior-inferior/",
    "guides": "/guides/",
    "how we decide": "/how-we-decide/",
    "contact": "/contact/",
    "not found": "/there-is-nothing-here/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, site: Any, name: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site.url}{PAGES[name]}")
    if page.locator("body-map").count():
        page.locator("body-map[data-ready]").wait_for()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["home", "pattern", "find", "questions"])
def test_nothing_is_wider_than_the_phone(page: Page, site: Any, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site.url}{PAGES[name]}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
