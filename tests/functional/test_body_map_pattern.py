"""The map of a pattern: opened when wanted, turned, and read without a pointer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


PATTERN = "/patterns/aching-and-burning-in-the-mid-back/"
# How many pixels of the map's canvas are red, and how many green, in its halves.
COUNT = """(() => {
  const canvas = document.querySelector("pattern-map canvas");
  const {data, width} = canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height);
  const found = {left: 0, right: 0, stars: 0};
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 100) continue;
    const [red, green] = [data[i], data[i + 1]];
    if (red > green + 40) found[(i / 4) % width < width / 2 ? "left" : "right"] += 1;
    if (green > red + 40) found.stars += 1;
  }
  return found;
})()"""


@pytest.fixture
def opened(page: Page, site: Any) -> Page:
    page.goto(f"{site.url}{PATTERN}")
    page.get_by_text("Turn the body").click()
    expect(page.locator("pattern-map[data-ready]")).to_be_visible()
    return page


def counted(page: Page) -> dict[str, int]:
    page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    found: dict[str, int] = page.evaluate(COUNT)
    return found


def box(page: Page, name: str) -> Any:
    return page.locator("pattern-map").get_by_label(name, exact=True)


def test_nothing_of_the_map_is_loaded_before_it_is_opened(
    page: Page, site: Any
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}{PATTERN}")
    page.wait_for_load_state("networkidle")
    heavy = (".ids", ".bin", "body.json", "pattern-view", "/pictures/serratus")

    def loaded() -> list[str]:
        return [
            url
            for url in asked
            if any(part in url for part in heavy) and ".png" not in url
        ]

    assert loaded() == []
    expect(page.locator(".figure .drawing svg").first).to_be_visible()
    page.get_by_text("Turn the body").click()
    expect(page.locator("pattern-map[data-ready]")).to_be_visible()
    assert loaded()
    assert not [url for url in asked if ".bin" in url]


def test_zones_stars_sides_and_levels(opened: Page) -> None:
    page = opened
    expect(page.locator(".bm-look")).to_have_text("Back, right side sore.")
    right = counted(page)
    assert right["right"] > 20 * max(right["left"], 1)
    assert right["stars"] > 10

    box(page, "Felt now and then").uncheck()
    box(page, "Sore points").uncheck()
    fewer = counted(page)
    assert 0 < fewer["right"] < right["right"]
    assert fewer["stars"] == 0

    page.locator("pattern-map").get_by_role("radio", name="Left", exact=True).check()
    expect(page.locator(".bm-look")).to_have_text("Back, left side sore.")
    left = counted(page)
    assert left["left"] > 20 * max(left["right"], 1)
    assert left["left"] == pytest.approx(fewer["right"], rel=0.05)


def test_the_body_turns_by_keys_alone(opened: Page) -> None:
    page = opened
    page.locator('pattern-map button[data-plate="right"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bm-look")).to_have_text("Right side, right side sore.")
    expect(page.get_by_role("img", name="Body with the pattern: Right")).to_be_visible()
    page.locator('pattern-map input[value="right"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('.bm-stage[data-plate="left"]')).to_be_visible()
    expect(page.locator(".bm-look")).to_have_text("Left side, left side sore.")
    page.locator("pattern-map select[name=figure]").select_option("female")
    expect(page.locator(".bm-stage img")).to_have_attribute(
        "src", re.compile("/bodymap/small/female/left.webp$")
    )
    page.locator("pattern-map select[name=closer]").select_option("head-front")
    expect(page.locator(".bm-look")).to_have_text(
        "This view does not show the pattern. Turn the body."
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_opened_map(opened: Page, scheme: Any) -> None:
    opened.emulate_media(color_scheme=scheme)

    found = Axe().run(opened, context=".bm-turn")

    assert found.violations_count == 0, found.generate_report()


def test_on_paper_there_is_the_picture_and_no_map(opened: Page) -> None:
    opened.emulate_media(media="print")

    expect(opened.locator(".figure .drawing svg").first).to_be_visible()
    expect(opened.locator("pattern-map")).to_be_hidden()
