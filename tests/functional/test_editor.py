"""An editor writes a pattern and sees it published."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect


def log_in(page: Page, site: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site.url}/admin/login/")
    page.get_by_label("Username").fill(site.editor[0])
    page.locator("input[type=password]").fill(site.editor[1])
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


def parent(page: Page, site: Any) -> int:
    api = f"{site.url}/admin/api/main/pages/"
    home = page.request.get(api).json()["items"][0]["id"]
    below = page.request.get(f"{api}?child_of={home}").json()["items"]
    return next(int(one["id"]) for one in below if one["meta"]["slug"] == "patterns")


def new_pattern(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/admin/pages/add/patterns/patternpage/{parent(page, site)}/")


def name_it(page: Page, title: str) -> None:
    page.locator("#id_title").fill(title)
    page.locator("#id_title").press("Tab")
    expect(page.locator("#id_slug")).not_to_have_value("")


def add_block(page: Page, field: str, label: str) -> None:
    panel = page.locator(f"[data-contentpath='{field}']")
    panel.get_by_role("button", name="Insert a block").first.click()
    option = page.get_by_role("option", name=label)
    if option.count():
        option.first.click()


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish").last.click()


def test_an_editor_writes_a_pattern_and_publishes_it(page: Page, site: Any) -> None:
    log_in(page, site)
    new_pattern(page, site)
    name_it(page, "Ache where the strap sits")
    add_block(page, "muscles", "Muscle")
    page.locator("select[name='muscles-0-value']").select_option(
        "serratus-posterior-inferior"
    )

    page.get_by_role("tab", name="Where it hurts").click()
    add_block(page, "zones", "Area")
    page.locator("select[name='zones-0-value-level']").select_option("essential")
    page.locator("select[name='zones-0-value-region']").select_option("kidney-angle")

    page.get_by_role("tab", name="Evidence and review").click()
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
