"""The body map in a real browser: pointer, touch and keys paint the same cells."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect


STATE = "document.querySelector('body-map').state"


@pytest.fixture
def body_map(page: Page, site: Any) -> Page:
    page.goto(f"{site.url}/")
    expect(page.locator("body-map[data-ready]")).to_be_visible()
    return page


def on_stage(page: Page, x: float = 0.5, y: float = 0.5) -> tuple[float, float]:
    """Return the place on the screen of a share of the plate's width and height."""
    stage = page.locator(".bm-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def painted(page: Page) -> list[int]:
    cells: list[int] = page.evaluate(f"{STATE}.cells")
    return cells


def values(page: Page) -> set[int]:
    return set(page.evaluate(f"Array.from({STATE}.values).filter(Boolean)"))


def click(page: Page, x: float = 0.5, y: float = 0.5) -> None:
    page.mouse.click(*on_stage(page, x, y))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, name: str) -> None:
    page.locator(".bm-segments").get_by_role("radio", name=name, exact=True).check()


def clear(page: Page) -> None:
    press(page, "Clear")
    assert painted(page) == []


class Fingers:
    """Fingers on the screen; Chromium keeps their state by session."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def send(self, kind: str, *fingers: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(fingers)]
        event = {"type": f"touch{kind}", "touchPoints": points}
        self.session.send("Input.dispatchTouchEvent", event)


def test_mouse_touch_and_keys_paint_the_same_cells(body_map: Page) -> None:
    page = body_map
    click(page)
    by_mouse = painted(page)
    clear(page)

    fingers = Fingers(page)
    fingers.send("Start", on_stage(page))
    fingers.send("End")
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


def test_two_fingers_zoom_and_paint_nothing(body_map: Page) -> None:
    page = body_map
    click(page, 0.5, 0.3)
    before = painted(page)
    one, other = on_stage(page, 0.4, 0.5), on_stage(page, 0.6, 0.5)
    apart = on_stage(page, 0.2, 0.5), on_stage(page, 0.8, 0.5)

    fingers = Fingers(page)
    fingers.send("Start", one)
    fingers.send("Start", one, other)
    fingers.send("Move", *apart)
    fingers.send("End")

    assert painted(page) == before
    zoom = page.evaluate("document.querySelector('body-map').stage.view.zoom")
    assert zoom > 2
    press(page, "Undo")
    assert painted(page) == []


def test_a_pen_paints_with_one_end_and_rubs_out_with_the_other(body_map: Page) -> None:
    page = body_map
    send = """(stage, [kind, buttons, x, y]) => {
      stage.setPointerCapture = () => {};
      stage.dispatchEvent(new PointerEvent(kind, {pointerId: 3, pointerType: "pen",
        button: buttons === 32 ? 5 : 0, buttons, clientX: x, clientY: y, bubbles: true}));
    }"""
    stage = page.locator(".bm-stage")
    x, y = on_stage(page)
    for kind in ("pointerdown", "pointerup"):
        stage.evaluate(send, [kind, 1, x, y])
    drawn = painted(page)
    for kind in ("pointerdown", "pointerup"):
        stage.evaluate(send, [kind, 32, x, y])

    assert drawn
    assert painted(page) == []


def test_brushes_grow_strengths_differ_and_the_eraser_takes_away(
    body_map: Page,
) -> None:
    page = body_map
    sizes = []
    for size in ("Small", "Medium", "Large"):
        page.locator(f'input[name=size][value="{size.lower()}"]').check(force=True)
        click(page)
        sizes.append(len(painted(page)))
        clear(page)
    assert 0 < sizes[0] < sizes[1] < sizes[2]

    choose(page, "Strong")
    choose(page, "Deep inside")
    click(page)
    assert values(page) == {3 + 4}
    choose(page, "Mild")
    choose(page, "On the skin")
    click(page)
    assert values(page) == {1}
    choose(page, "Eraser")
    click(page)
    assert painted(page) == []


def test_list_and_plate_fill_the_same_region(body_map: Page) -> None:
    page = body_map
    page.get_by_text("Choose from a list instead").click()
    page.get_by_label("Search body parts").fill("flank")
    page.get_by_label("Flank, between the last rib and the hip bone, left").check()
    by_list = painted(page)

    expect(page.locator(".bm-words")).to_contain_text("Your LEFT: flank")
    assert by_list
    assert all(cell % 2 == 0 for cell in by_list)

    press(page, "Other side")
    expect(page.locator(".bm-words")).to_contain_text("Your RIGHT: flank")
    assert painted(page) == sorted([*by_list, *(cell ^ 1 for cell in by_list)])


def test_arrows_travel_and_space_fills_what_a_click_fills(body_map: Page) -> None:
    page = body_map
    stage = page.locator(".bm-stage")
    stage.focus()
    stage.press("ArrowDown")
    first = page.locator(".bm-look").text_content()
    stage.press("ArrowUp")
    second = page.locator(".bm-look").text_content()
    assert first
    assert first != second
    expect(page.locator(".bm-said")).to_contain_text("(not painted)")
    stage.press("Space")
    expect(page.locator(".bm-said")).to_contain_text("(painted)")
    by_keys = painted(page)
    x, y = page.evaluate(
        "(() => { const {stage} = document.querySelector('body-map');"
        " const {x, y} = stage.traveller.at; return stage.onScreen([x, y]); })()"
    )
    clear(page)

    choose(page, "Whole part")
    box = stage.bounding_box()
    assert box is not None
    stage.scroll_into_view_if_needed()
    stage.click(position={"x": x, "y": y})

    assert painted(page) == by_keys
    stage.press("Escape")
    expect(page.locator(".bm-look")).to_have_text("")


def test_over_the_kidney_is_choir_212_and_213(body_map: Page) -> None:
    page = body_map
    page.get_by_text("Choose from a list instead").click()
    page.get_by_label("Search body parts").fill("kidney")
    page.get_by_label("Over the kidney, below the last rib, left").check()
    assert 212 in page.evaluate(f"{STATE}.choir")
    press(page, "Other side")

    assert {212, 213} <= set(page.evaluate(f"{STATE}.choir"))
    places = page.evaluate(f"{STATE}.places")
    assert {(one["region"], one["side"]) for one in places} == {
        ("kidney-angle", "left"),
        ("kidney-angle", "right"),
    }


def test_undo_redo_and_a_reload_keep_the_drawing(body_map: Page) -> None:
    page = body_map
    stage = page.locator(".bm-stage")
    stage.focus()
    stage.press("ArrowDown")
    stage.press("Space")
    drawn = painted(page)
    press(page, "Undo")
    assert painted(page) == []
    press(page, "Redo")
    assert painted(page) == drawn

    page.reload()
    expect(page.locator("body-map[data-ready]")).to_be_visible()

    assert painted(page) == drawn


def test_a_drawing_is_saved_as_a_file_and_opened_again(
    body_map: Page, tmp_path: Path
) -> None:
    page = body_map
    choose(page, "Strong")
    click(page, 0.45, 0.33)
    drawn = painted(page)
    page.get_by_text("Save or open a drawing").click()
    with page.expect_download() as saving:
        press(page, "Save as a file")
    file = tmp_path / "drawing.json"
    saving.value.save_as(file)
    drawing = json.loads(file.read_text())
    assert drawing["cells"] == drawn
    assert set(drawing["values"]) == {3}
    assert drawing["strokes"][0]["plate"] == "back"
    assert drawing["choir"]

    clear(page)
    page.locator(".bm-open input").set_input_files(file)
    expect(page.locator(".bm-words")).to_contain_text("Your LEFT")
    assert painted(page) == drawn

    page.locator(".bm-open input").set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": b"[1, 2]"}
    )
    expect(page.get_by_text("That file is not a drawing of this map.")).to_be_visible()
    assert painted(page) == drawn


def test_the_saved_picture_shows_the_paint_where_it_was_put(
    body_map: Page, tmp_path: Path
) -> None:
    page = body_map
    choose(page, "Strong")
    click(page, 0.45, 0.33)
    page.get_by_text("Save or open a drawing").click()
    with page.expect_download() as saving:
        press(page, "Save as a picture")
    file = tmp_path / "drawing.png"
    saving.value.save_as(file)
    picture = Image.open(io.BytesIO(file.read_bytes())).convert("RGB")
    width, height = picture.size

    def redness(x: float, y: float) -> int:
        red, green, _blue = picture.getpixel((int(x * width), int(y * height)))
        return int(red) - int(green)

    assert width > 1000
    assert redness(0.45, 0.33) > 60
    assert abs(redness(0.55, 0.33)) < 25


def test_other_bodies_and_close_ups_show_the_same_cells(body_map: Page) -> None:
    page = body_map
    click(page)
    drawn = painted(page)
    for figure in ("female", "male"):
        page.locator("select[name=figure]").select_option(figure)
        expect(page.locator(".bm-stage img")).to_have_attribute(
            "src", re.compile(f"/bodymap/small/{figure}/back.webp$")
        )
    page.locator("select[name=closer]").select_option("hand-palm-left")
    expect(page.locator('.bm-stage[data-plate="hand-palm-left"]')).to_be_visible()
    assert painted(page) == drawn
    click(page, 0.5, 0.6)
    fresh = set(painted(page)) - set(drawn)

    assert fresh
    assert all(cell % 2 == 0 for cell in fresh)
    expect(page.locator(".bm-words")).to_contain_text("Your LEFT")


def test_names_stay_names_in_the_words(body_map: Page) -> None:
    page = body_map
    lowered = page.evaluate(
        """import("/static/achemap/bodymap/painting.js").then(({lowered}) =>
          ["Flank", "T5–T8", "L1 side", "TrP"].map(lowered))"""
    )
    assert lowered == ["flank", "T5–T8", "L1 side", "trP"]


def test_soft_edges_neither_spread_nor_lose_a_region(body_map: Page) -> None:
    page = body_map
    share = page.evaluate(
        """(async () => {
          const {coloured} = await import("/static/achemap/bodymap/smoothing.js");
          const {map, stage} = document.querySelector("body-map");
          const {plate} = stage;
          const kinds = new Uint8Array(map.body.size);
          for (const cell of map.body.cellsOf("kidney-angle")) kinds[cell] = 1;
          const box = {x: 0, y: 0, width: plate.width, height: plate.height};
          const bytes = coloured(plate, box, kinds, {1: {colour: [255, 0, 0], alpha: 255}});
          let [shown, should, off] = [0, 0, 0];
          for (let i = 0; i < plate.ids.length; i += 1) {
            const alpha = bytes[i * 4 + 3] / 255;
            shown += alpha;
            if (plate.ids[i] < 0) off += alpha;
            else if (kinds[plate.ids[i]]) should += 1;
          }
          return [shown / should, off];
        })()"""
    )
    assert share[0] == pytest.approx(1, abs=0.06)
    assert share[1] == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/find/"])
def test_axe_finds_nothing_in_the_opened_map(
    page: Page, site: Any, path: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site.url}{path}")
    expect(page.locator("body-map[data-ready]")).to_be_visible()
    click(page)
    page.get_by_text("Choose from a list instead").click()
    page.get_by_label("Search body parts").fill("knee")
    page.get_by_text("Save or open a drawing").click()

    found = Axe().run(page, context="body-map")

    assert found.violations_count == 0, found.generate_report()


def test_everything_to_press_is_large_enough_for_a_finger(body_map: Page) -> None:
    page = body_map
    page.get_by_text("Choose from a list instead").click()
    page.get_by_label("Search body parts").fill("knee")
    page.get_by_text("Save or open a drawing").click()
    small = page.evaluate(
        """Array.from(document.querySelectorAll(
            "body-map :is(button, select, summary, .bm-segments span, .bm-box, .bm-open)"))
          .filter((each) => each.offsetParent)
          .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
          .filter(([, {width, height}]) => Math.min(width, height) < 43.5)
          .map(([name, {width, height}]) => [name, width, height])"""
    )
    assert small == []


def test_the_page_does_not_jump_when_the_map_comes(page: Page, site: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.add_init_script(
        """window.jumps = 0;
        new PerformanceObserver((list) => {
          for (const each of list.getEntries()) window.jumps += each.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    page.goto(f"{site.url}/")
    expect(page.locator("body-map[data-ready]")).to_be_visible()
    page.wait_for_timeout(300)

    assert page.evaluate("window.jumps") < 0.01
