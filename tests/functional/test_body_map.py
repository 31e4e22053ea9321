"""The body map in a real browser: pointer, touch and keys paint the same cells."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect


CELLS = "document.querySelector('body-map').state.cells"


@pytest.fixture
def body_map(page: Page, site: Any) -> Page:
    page.goto(f"{site.url}/")
    expect(page.locator("body-map[data-ready]")).to_be_visible()
    return page


def middle_of_stage(page: Page) -> tuple[float, float]:
    stage = page.locator(".bm-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def painted(page: Page) -> list[int]:
    cells: list[int] = page.evaluate(CELLS)
    return cells


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    assert painted(page) == []


def test_mouse_touch_and_keys_paint_the_same_cells(body_map: Page) -> None:
    page = body_map
    x, y = middle_of_stage(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.up()
    by_mouse = painted(page)
    clear(page)

    x, y = middle_of_stage(page)
    for kind in ("pointerdown", "pointerup"):
        page.locator(".bm-stage").evaluate(
            """(stage, [kind, x, y]) => {
              stage.setPointerCapture = () => {};
              stage.dispatchEvent(new PointerEvent(kind, {pointerId: 7, pointerType:
                "touch", isPrimary: true, clientX: x, clientY: y, bubbles: true}));
            }""",
            [kind, x, y],
        )
    by_touch = painted(page)
    clear(page)

    stage = page.locator(".bm-stage")
    stage.focus()
    stage.press("c")
    stage.press("Space")
    by_keys = painted(page)

    assert by_mouse
    assert by_touch == by_mouse
    assert by_keys == by_mouse


def test_list_and_plate_fill_the_same_region(body_map: Page) -> None:
    page = body_map
    page.get_by_text("Choose from a list instead").click()
    page.get_by_label("Search body parts").fill("flank")
    page.get_by_label("Flank, between the last rib and the hip bone, left").check()
    by_list = painted(page)

    expect(page.locator(".bm-words")).to_contain_text("Your LEFT: flank")
    assert by_list
    assert all(cell % 2 == 0 for cell in by_list)

    page.get_by_role("button", name="Other side").click()
    expect(page.locator(".bm-words")).to_contain_text("Your RIGHT: flank")
    assert painted(page) == sorted([*by_list, *(cell ^ 1 for cell in by_list)])


def test_undo_redo_and_a_reload_keep_the_drawing(body_map: Page) -> None:
    page = body_map
    stage = page.locator(".bm-stage")
    stage.focus()
    stage.press("ArrowDown")
    stage.press("Space")
    drawn = painted(page)
    page.get_by_role("button", name="Undo").click()
    assert painted(page) == []
    page.get_by_role("button", name="Redo").click()
    assert painted(page) == drawn

    page.reload()
    expect(page.locator("body-map[data-ready]")).to_be_visible()

    assert painted(page) == drawn
