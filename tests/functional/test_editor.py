"""An editor writes a pattern, draws it, pastes an old post, and publishes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

from achemap.library.loading import STARTER


_COOKIES: dict[str, Any] = {}


def log_in(page: Page, site: Any) -> None:
    """Sign in; once for all tests on one site."""
    page.set_viewport_size({"width": 1280, "height": 900})
    if site.url in _COOKIES:
        page.context.add_cookies(_COOKIES[site.url])
        return
    page.goto(f"{site.url}/admin/login/")
    page.get_by_label("Username").fill(site.editor[0])
    page.locator("input[type=password]").fill(site.editor[1])
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    _COOKIES[site.url] = page.context.cookies()


def below(page: Page, site: Any, parent: str, slug: str) -> int:
    """Return the number of the page with a slug below another page."""
    api = f"{site.url}/admin/api/main/pages/"
    found = page.request.get(f"{api}?child_of={parent}&slug={slug}").json()["items"]
    return int(found[0]["id"])


def pattern_index(page: Page, site: Any) -> int:
    api = f"{site.url}/admin/api/main/pages/"
    home = page.request.get(api).json()["items"][0]["id"]
    return below(page, site, home, "patterns")


def new_pattern(page: Page, site: Any) -> None:
    parent = pattern_index(page, site)
    page.goto(f"{site.url}/admin/pages/add/patterns/patternpage/{parent}/")


def edit_pattern(page: Page, site: Any, slug: str) -> int:
    number = below(page, site, str(pattern_index(page, site)), slug)
    page.goto(f"{site.url}/admin/pages/{number}/edit/")
    return number


def name_it(page: Page, title: str) -> None:
    page.locator("#id_title").fill(title)
    page.locator("#id_title").press("Tab")
    expect(page.locator("#id_slug")).not_to_have_value("")


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def choose(chooser: Locator, typed: str, title: str) -> None:
    """Type into a chooser's box and take the offer with a title."""
    expect(chooser).to_have_attribute("data-ready", "")
    box = chooser.locator("input[role=combobox]").first
    box.fill(typed)
    chooser.get_by_role("option", name=title).first.click()


def drawing(page: Page) -> Locator:
    """Open the tab with the body and wait until it can be drawn on."""
    tab(page, "Where it hurts")
    panel = page.locator("zone-drawing")
    expect(panel).to_have_attribute("data-ready", "", timeout=20_000)
    return panel


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).last.click()


def zones_of(panel: Locator) -> list[dict[str, Any]]:
    text = panel.locator("[name=zones]").input_value()
    return list(yaml.safe_load(text) or [])


def rows(panel: Locator) -> Locator:
    return panel.locator(".zd-row:not(.point)")


def at(panel: Locator, x: float, y: float) -> tuple[float, float]:
    """Return the place on the screen at shares of the stage's width and height."""
    stage = panel.locator(".zd-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def pick(panel: Locator, label: str) -> None:
    panel.get_by_role("radio", name=label, exact=True).check(force=True)


# --- writing and publishing ---------------------------------------------------


def test_an_editor_writes_a_pattern_and_publishes_it(page: Page, site: Any) -> None:
    log_in(page, site)
    new_pattern(page, site)
    name_it(page, "Ache where the strap sits")
    choose(page.locator("record-list").first, "serratus post", "Serratus posterior inf")

    panel = drawing(page)
    # The way without a mouse: the text.
    panel.locator("[name=zones]").fill("- {level: essential, area: kidney-angle}")
    expect(rows(panel)).to_have_count(1)
    expect(panel.locator(".zd-panels svg").first).to_be_visible()

    tab(page, "Evidence and review")
    page.locator("#id_author").fill("An editor")
    publish(page)

    page.goto(f"{site.url}/patterns/ache-where-the-strap-sits/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Ache where the strap sits"
    )
    expect(page.locator(".zones")).to_contain_text("over the kidney")
    page.goto(f"{site.url}/search/?q=strap+sits")
    expect(page.locator(".results")).to_contain_text("Ache where the strap sits")


def test_an_unfinished_pattern_is_kept_as_a_draft_but_not_published(
    page: Page, site: Any
) -> None:
    log_in(page, site)
    new_pattern(page, site)
    name_it(page, "Half an idea")
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").first.click()
    expect(page.locator("body")).to_contain_text("Half an idea")

    publish(page)

    expect(page.locator("body")).to_contain_text("could not be saved")
    assert page.request.get(f"{site.url}/patterns/half-an-idea/").status == 404


def test_publishing_without_a_change_exports_the_same_file(
    page: Page, site: Any, tmp_path: Path
) -> None:
    log_in(page, site)
    edit_pattern(page, site, "aching-and-burning-in-the-mid-back")
    for tag in ("sign-rows", "similar-rows"):
        expect(page.locator(tag)).to_have_attribute("data-ready", "")
    publish(page)

    subprocess.run(
        [sys.executable, "-m", "achemap_site.manage", "export", str(tmp_path)],
        env=site.environment,
        check=True,
        capture_output=True,
    )

    name = "patterns/serratus-posterior-inferior.md"
    assert (tmp_path / name).read_bytes() == (STARTER / name).read_bytes()


# --- the map ------------------------------------------------------------------


def test_strokes_become_lines_of_the_grammar_and_can_be_undone(
    page: Page, site: Any
) -> None:
    log_in(page, site)
    new_pattern(page, site)
    panel = drawing(page)
    pick(panel, "large")
    page.mouse.move(*at(panel, 0.6, 0.32))
    page.mouse.down()
    page.mouse.move(*at(panel, 0.6, 0.4), steps=6)
    page.mouse.up()
    expect(rows(panel)).to_have_count(1)
    (zone,) = zones_of(panel)
    assert zone["level"] == "essential"
    assert "side" not in zone  # drawn on the right of the body's back

    panel.get_by_role("button", name="Next zone").click()
    pick(panel, "Spillover")
    page.mouse.move(*at(panel, 0.4, 0.32))
    page.mouse.down()
    page.mouse.up()
    expect(rows(panel)).to_have_count(2)
    assert zones_of(panel)[1]["level"] == "spillover"
    assert zones_of(panel)[1]["side"] == "other"

    panel.get_by_role("button", name="Undo").click()
    expect(rows(panel)).to_have_count(1)
    assert zones_of(panel) == [zone]


def test_a_curve_is_kept_point_by_point_and_its_points_can_be_dragged(
    page: Page, site: Any
) -> None:
    log_in(page, site)
    new_pattern(page, site)
    panel = drawing(page)
    pick(panel, "Curve")
    corners = ((0.55, 0.3), (0.62, 0.3), (0.62, 0.38), (0.55, 0.38))
    for corner in corners:
        page.mouse.click(*at(panel, *corner))
    page.mouse.click(*at(panel, *corners[0]))
    expect(rows(panel)).to_have_count(1)
    shape = zones_of(panel)[0]["shape"]
    assert shape["plate"] == "back"
    assert len(shape["spline"]) == 4

    page.mouse.move(*at(panel, *corners[1]))
    page.mouse.down()
    page.mouse.move(*at(panel, 0.66, 0.28), steps=3)
    page.mouse.up()
    expect(panel.locator("[name=zones]")).not_to_have_value(
        yaml.safe_dump([{"shape": shape}])
    )
    page.wait_for_function(
        "before => !document.querySelector('[name=zones]').value.includes(before)",
        arg=", ".join(str(number) for number in shape["spline"][1]),
    )
    moved = zones_of(panel)
    assert len(moved) == 1
    assert moved[0]["shape"]["spline"][0] == shape["spline"][0]
    assert moved[0]["shape"]["spline"][1] != shape["spline"][1]


def test_a_spot_a_trigger_point_and_a_body_part_from_the_list(
    page: Page, site: Any
) -> None:
    log_in(page, site)
    new_pattern(page, site)
    panel = drawing(page)
    pick(panel, "Spot")
    page.mouse.click(*at(panel, 0.6, 0.35))
    expect(rows(panel)).to_have_count(1)
    assert zones_of(panel)[0]["spot"]["radius_cm"] == 3

    pick(panel, "Trigger point")
    page.mouse.click(*at(panel, 0.58, 0.33))
    expect(panel.locator(".zd-row.point")).to_have_count(1)
    assert "at:" in panel.locator("[name=points]").input_value()

    panel.get_by_text("Choose body parts from a list").click()
    panel.get_by_label("Search body parts").fill("flank")
    panel.get_by_label("Flank, between the last rib and the hip bone, left").check()
    expect(rows(panel)).to_have_count(2)
    assert zones_of(panel)[1] == {
        "level": "essential",
        "area": "flank",
        "side": "other",
    }


def test_a_wrong_name_is_reported_with_its_line_and_the_nearest_name(
    page: Page, site: Any
) -> None:
    log_in(page, site)
    new_pattern(page, site)
    panel = drawing(page)
    panel.locator("[name=zones]").fill(
        "- {level: essential, area: flank}\n- {level: common, area: kidny-angle}"
    )

    problem = panel.locator(".zd-problems li")
    expect(problem).to_contain_text("zones:2")
    expect(problem).to_contain_text("did you mean kidney-angle")
    expect(rows(panel)).to_have_count(2)


# --- choosers and hints -------------------------------------------------------


def test_signs_are_chosen_and_a_new_word_is_added(page: Page, site: Any) -> None:
    log_in(page, site)
    new_pattern(page, site)
    tab(page, "How to find it")
    signs = page.locator("sign-rows")
    expect(signs).to_have_attribute("data-ready", "")
    worse = signs.locator("[data-group=worse]")
    worse.locator("input[role=combobox]").fill("cough")
    worse.get_by_role("option", name="Coughing", exact=True).first.click()
    expect(worse.locator("li[title=coughing]")).to_be_visible()
    worse.get_by_label("How often: Coughing").select_option("always")

    worse.locator("input[role=combobox]").fill("Carrying a didgeridoo")
    worse.get_by_role("option", name="Add a new word …").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Ways people say it").fill("carry my didgeridoo")
    dialog.get_by_role("button", name="Keep this word").click()
    expect(dialog).to_contain_text("at least two ways")
    dialog.get_by_label("Ways people say it").fill(
        "carry my didgeridoo\nlugging the didgeridoo about"
    )
    dialog.get_by_role("button", name="Keep this word").click()
    expect(worse.locator("li[title=carrying-a-didgeridoo]")).to_be_visible()

    rows_kept = yaml.safe_load(page.locator("[name=signs]").input_value())
    assert [(row["concept"], row["how_often"]) for row in rows_kept] == [
        ("coughing", "always"),
        ("carrying-a-didgeridoo", "often"),
    ]


def test_hints_follow_what_is_written(page: Page, site: Any) -> None:
    log_in(page, site)
    new_pattern(page, site)
    hints = page.locator("pattern-hints")
    expect(hints).to_have_attribute("data-ready", "")
    tab(page, "Safety and care")
    page.locator("#id_relief_on_the_go").fill("Lie down with a warm pack.")
    hints.locator("summary").click()
    expect(hints).to_contain_text("nothing says when to see a doctor")

    hints.get_by_role("button", name="When to see someone").click()
    expect(page.locator("#id_see_someone")).to_be_focused()
    page.keyboard.type("See a doctor when it lasts for weeks.")
    expect(hints).not_to_contain_text("nothing says when to see a doctor")
    expect(hints).to_contain_text("no essential zone")


# --- pasting an old post ------------------------------------------------------

POST = """Sore strip beside the shoulder blade

How people describe this pain pattern

A dull ache sits along the inner edge of the shoulder blade. It burns by the evening.

What sets it off

It comes on after hours of typing with the arms held forward.

Getting some relief on your own

Lay a warm pack on it for ten minutes. See a doctor first if you also have chest pain.

Therapy notes

The rhomboid major is shown in the middle of the strip.
"""


def test_an_old_post_is_pasted_split_and_kept_as_a_draft(page: Page, site: Any) -> None:
    log_in(page, site)
    new_pattern(page, site)
    page.get_by_role("link", name="Paste an old post").click()
    page.get_by_label("The post", exact=True).fill(POST)
    page.get_by_role("button", name="Split it").click()
    expect(page.get_by_label("Title: the complaint")).to_have_value(
        "Sore strip beside the shoulder blade"
    )
    typing = page.locator(".pp-part", has_text="hours of typing")
    expect(typing.get_by_label("Goes to")).to_have_value("activate")
    typing.get_by_label("Goes to").select_option("anatomy")
    page.get_by_role("button", name="Make a draft of it").click()

    expect(page.locator("#id_title")).to_have_value(
        "Sore strip beside the shoulder blade"
    )
    expect(page.locator("[data-contentpath=describe]")).to_contain_text("dull ache")
    expect(page.locator("[data-contentpath=anatomy]")).to_contain_text(
        "hours of typing"
    )
    address = f"{site.url}/patterns/sore-strip-beside-the-shoulder-blade/"
    assert page.request.get(address).status == 404
