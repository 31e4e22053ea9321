"""Find my pain on the device: cards while typing, also without a network."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page, expect


FOUNDING = "Aching and burning in the mid back"


def test_typing_ranks_on_the_device(
    page: Page, context: BrowserContext, site: Any
) -> None:
    page.goto(f"{site.url}/find/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method + request.url))
    words = page.get_by_label("In your own words")
    live = page.locator('[data-mount="finder"]')

    words.fill("aching and burning over my kidneys")
    card = live.locator(".ranked > li", has_text=FOUNDING)
    expect(card.get_by_role("link", name=FOUNDING)).to_be_visible()
    expect(card).to_contain_text("Why:")
    expect(card).to_contain_text("serratus posterior inferior")
    expect(live.locator(".chip").first).to_be_visible()
    expect(live.locator("[data-danger]")).to_contain_text("safety questions")
    assert all(one.startswith("GET") and "kidney" not in one for one in sent)

    context.set_offline(True)
    before = live.locator(".ranked").inner_text()
    words.fill("stiff neck, cannot turn my head, headache at the temple")
    expect(live.locator(".ranked")).not_to_contain_text(FOUNDING)
    assert live.locator(".ranked").inner_text() != before
    expect(live.get_by_role("status")).to_contain_text("best first")


def test_the_danger_line_leads_to_the_questions(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/#t=aching+over+my+kidneys")
    live = page.locator('[data-mount="finder"]')
    expect(live.locator(".ranked > li").first).to_be_visible()

    with page.expect_navigation():
        live.get_by_role("button", name="Answer them").click()

    expect(page.locator("fieldset.question").first).to_be_visible()


def test_a_sign_of_danger_comes_before_any_pattern(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    live = page.locator('[data-mount="finder"]')

    page.get_by_label("In your own words").fill(
        "crushing chest pain going down my left arm"
    )

    expect(live.locator("[data-danger]")).to_contain_text("can be a sign of danger")
    expect(live.locator(".ranked")).to_have_count(0)


def test_the_bundle_is_kept_and_old_versions_are_gone(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    base = page.locator('[data-mount="finder"]').get_attribute("data-bundle")
    assert base
    answer = page.request.get(f"{site.url}{base}core.json")

    assert answer.ok
    assert "immutable" in answer.headers["cache-control"]
    assert answer.json()["patterns"]
    assert page.request.get(f"{site.url}/bundle/old/core.json").status == 404
