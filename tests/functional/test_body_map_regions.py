"""The map that leads to the pages of regions: by mouse, by touch and by keys."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def opened(page: Page, site: Any, path: str) -> Page:
    page.goto(f"{site.url}{path}")
    page.locator("region-map").scroll_into_view_if_needed()
    expect(page.locator("region-map[data-ready]")).to_be_visible()
    page.locator(".bm-stage").scroll_into_view_if_needed()
    return page


def test_arrows_go_to_a_neighbour_and_enter_opens_its_page(
    page: Page, site: Any
) -> None:
    opened(page, site, "/where/kidney-angle/")
    stage = page.locator(".bm-stage")
    expect(stage).to_have_attribute("data-plate", "torso-back")
    stage.focus()
    stage.press("ArrowUp")
    link = page.locator(".bm-look a")
    expect(link).to_contain_text("Open: ")
    to = str(link.get_attribute("href"))
    assert to != "/where/kidney-angle/"
    stage.press("Enter")
    page.wait_for_url(f"**{to}")

    name = page.get_by_role("heading", level=1).inner_text().replace("\n", " ")
    assert name


def test_a_click_opens_the_page_of_the_part(page: Page, site: Any) -> None:
    opened(page, site, "/where/")
    stage = page.locator(".bm-stage")
    box = stage.bounding_box()
    assert box is not None
    spot = (box["x"] + 0.5 * box["width"], box["y"] + 0.06 * box["height"])
    page.mouse.move(*spot)
    to = str(page.locator(".bm-look a").get_attribute("href"))
    page.mouse.click(*spot)

    page.wait_for_url(f"**{to}")
    assert "head" in to


def test_a_first_touch_names_the_part_and_does_not_leave(page: Page, site: Any) -> None:
    opened(page, site, "/where/")
    stage = page.locator(".bm-stage")
    touched = """(stage) => {
      const box = stage.getBoundingClientRect();
      stage.dispatchEvent(new PointerEvent("click", {pointerType: "touch", bubbles: true,
        clientX: box.left + box.width / 2, clientY: box.top + box.height * 0.3}));
    }"""
    stage.evaluate(touched)
    to = str(page.locator(".bm-look a").get_attribute("href"))
    assert page.url.endswith("/where/")
    stage.evaluate(touched)

    page.wait_for_url(f"**{to}")


def test_the_list_of_the_server_stays(page: Page, site: Any) -> None:
    opened(page, site, "/where/")

    assert page.locator(".chips a").count() > 150


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/where/", "/where/hand/"])
def test_axe_finds_nothing(page: Page, site: Any, path: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    opened(page, site, path)
    page.locator(".bm-stage").focus()
    page.locator(".bm-stage").press("ArrowDown")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
