"""Find my pain on the device: cards while typing and painting, also without a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect


FOUNDING = "Aching and burning in the mid back"
KIDNEYS = "aching and burning over my kidneys, worse when I cough"
VAGUE = "dull ache beside my shoulder blade, worse at my desk"


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """Give a machine with much to do time; nothing waits when all is there."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)


def words(page: Page) -> Locator:
    return page.get_by_label("In your own words")


def live(page: Page) -> Locator:
    return page.locator('[data-mount="finder"]')


def heard(page: Page) -> Locator:
    return page.locator('[data-mount="heard"]')


def reasons(page: Page) -> str:
    return live(page).locator(".reasons-line").first.inner_text()


def paint(page: Page) -> None:
    """Paint the body part in the middle of the map, with the keyboard."""
    expect(page.locator("body-map[data-ready]")).to_be_visible()
    stage = page.locator(".bm-stage")
    stage.focus()
    stage.press("ArrowDown")
    stage.press("Space")


def answer_safety(page: Page) -> int:
    """Answer "no" to every sign of danger, "yes" where that calms; count the pages."""
    live(page).get_by_role("button", name="Answer the safety questions").click()
    box = page.locator("[data-safety]")
    for number in range(25):
        if box.count() == 0:
            return number
        step = box.locator(".progress").inner_text()
        for question in box.locator("fieldset.question").all():
            good = "checked" in question.inner_text() or "plainly" in (
                question.inner_text()
            )
            question.get_by_text("Yes" if good else "No", exact=True).click()
        box.locator('[data-key="safety on"]').click()
        expect(box.locator(".progress", has_text=step)).to_have_count(0)
    raise AssertionError("the safety questions do not end")


def test_typing_ranks_on_the_device(
    page: Page, context: BrowserContext, site: Any
) -> None:
    page.goto(f"{site.url}/find/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method + request.url))

    words(page).fill("aching and burning over my kidneys")
    card = live(page).locator(".ranked > li", has_text=FOUNDING)
    expect(card.get_by_role("link", name=FOUNDING)).to_be_visible()
    expect(card).to_contain_text("Why:")
    expect(card).to_contain_text("serratus posterior inferior")
    expect(card).to_contain_text("Evidence:")
    expect(card.locator(".badge")).to_be_visible()
    expect(card.locator(".picture-box.loaded")).to_be_visible()
    expect(heard(page).get_by_role("button", name="Take out: Burning")).to_be_visible()
    expect(live(page).locator("[data-danger]")).to_contain_text("signs of danger")
    assert all(one.startswith("GET") and "kidney" not in one for one in sent)

    context.set_offline(True)
    before = live(page).locator(".ranked").inner_text()
    words(page).fill("stiff neck, cannot turn my head, headache at the temple")
    expect(live(page).locator(".ranked")).not_to_contain_text(FOUNDING)
    assert live(page).locator(".ranked").inner_text() != before
    expect(live(page).get_by_role("status").first).to_contain_text("best first")


def test_one_tap_takes_out_what_was_misunderstood(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill(f"{KIDNEYS}, quite flumpy")
    expect(live(page).locator(".ranked > li").first).to_contain_text("feels: burning")
    expect(heard(page)).to_contain_text("Not understood: flumpy")

    heard(page).get_by_role("button", name="Take out: Burning").click()
    expect(live(page).locator(".ranked")).not_to_contain_text("feels: burning")

    heard(page).get_by_role("button", name="Take back: Burning").click()
    expect(live(page).locator(".ranked > li").first).to_contain_text("feels: burning")


def test_typing_painting_and_answering_change_the_reasons(
    page: Page, site: Any
) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill(VAGUE)
    expect(live(page).locator(".ranked > li").first).to_be_visible()
    by_words = reasons(page)
    assert live(page).locator(".ask").count() == 0

    paint(page)
    expect(live(page).locator(".ranked")).to_contain_text("where you painted")
    assert reasons(page) != by_words

    assert answer_safety(page) <= 12
    expect(live(page).locator("#verdict")).to_be_visible()
    ask = live(page).locator(".ask")
    before = live(page).locator(".ranked").inner_text()
    ask.get_by_role("button", name="Yes").click()
    answered = live(page).get_by_role("button", name="Undo:")
    expect(answered.first).to_be_visible()
    expect(live(page).locator(".ranked")).not_to_have_text(before)

    answered.first.click()
    expect(answered).to_have_count(0)
    assert live(page).locator(".ranked").inner_text() == before


def test_at_most_six_questions_and_any_may_be_skipped(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill(VAGUE)
    expect(live(page).locator(".ranked > li").first).to_be_visible()
    answer_safety(page)

    ask = live(page).locator(".ask")
    seen = set()
    for _ in range(7):
        if ask.count() == 0:
            break
        asked = ask.locator(".asked").inner_text()
        seen.add(asked)
        ask.get_by_role("button", name="Skip").click()
        expect(live(page).locator(".asked", has_text=asked)).to_have_count(0)
    assert 1 <= len(seen) <= 6
    assert ask.count() == 0


def test_why_not_first_and_two_side_by_side(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill(KIDNEYS)
    cards = live(page).locator(".ranked > li")
    expect(cards.nth(1)).to_be_visible()

    cards.nth(1).get_by_text("Why is this not first?").click()
    expect(cards.nth(1)).to_contain_text(f"Fits “{FOUNDING}” better:")

    cards.nth(0).get_by_role("button", name="Compare").click()
    expect(live(page)).to_contain_text("Choose one more")
    cards.nth(1).get_by_role("button", name="Compare").click()
    table = live(page).get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(table).to_contain_text("strongly for")
    expect(live(page)).to_contain_text("What tells them apart")
    live(page).get_by_role("button", name="Close").click()
    expect(table).to_have_count(0)


def test_an_emergency_shows_only_what_to_do_now(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill("crushing chest pain going down my left arm")

    expect(live(page).get_by_role("heading", name="Get help now")).to_be_visible()
    expect(live(page).get_by_role("link", name="Call").first).to_be_visible()
    expect(live(page).locator(".ranked")).to_have_count(0)
    expect(page.locator(".where")).to_be_hidden()
    expect(page.locator(".site-foot")).to_be_hidden()
    assert live(page).locator("a:not(.call)").count() == 0

    words(page).fill(KIDNEYS)
    expect(live(page).locator(".ranked > li").first).to_contain_text(FOUNDING)
    expect(page.locator(".where")).to_be_visible()


def test_an_answer_of_danger_stops_the_list(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill(KIDNEYS)
    live(page).get_by_role("button", name="Answer the safety questions").click()
    page.locator("[data-safety] .choice", has_text="suddenly weak").or_(
        page.locator("[data-safety] .choice", has_text="sudden weak")
    ).first.click()
    page.locator('[data-key="safety on"]').click()

    expect(live(page).get_by_role("heading", name="Get help now")).to_be_visible()
    expect(live(page).locator(".ranked")).to_have_count(0)
    live(page).get_by_role("button", name="Change my answers").click()
    expect(page.locator("[data-safety]")).to_be_visible()


def test_kidneys_not_checked_means_a_doctor_first(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill(KIDNEYS)
    expect(live(page).locator(".ranked > li").first).to_be_visible()
    assert live(page).get_by_role("button", name="What I can do now").count() == 0
    live(page).get_by_role("button", name="Answer the safety questions").click()
    for _ in range(25):
        box = page.locator("[data-safety]")
        if box.count() == 0:
            break
        step = box.locator(".progress").inner_text()
        for question in box.locator("fieldset.question").all():
            question.get_by_text("No", exact=True).click()
        box.locator('[data-key="safety on"]').click()
        expect(box.locator(".progress", has_text=step)).to_have_count(0)

    expect(live(page).locator("#verdict")).to_have_text("See a doctor first")
    assert live(page).get_by_role("button", name="What I can do now").count() == 0
    with page.expect_navigation():
        live(page).get_by_role("button", name="A note for the doctor").click()
    expect(page.get_by_role("heading", name="A note for the doctor")).to_be_visible()


def test_a_link_brings_everything_back_and_nothing_is_sent(
    page: Page, context: BrowserContext, site: Any
) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill(KIDNEYS)
    page.get_by_label("Age").fill("47")
    paint(page)
    heard(page).get_by_role("button", name="Take out: Burning").click()
    expect(live(page).locator(".ranked")).to_contain_text("where you painted")
    expect(live(page).locator(".ranked")).not_to_contain_text("feels: burning")
    link = live(page).get_by_role("link", name="A link to what you said")
    address = f"{site.url}/find/{link.get_attribute('href')}"
    shown = live(page).locator(".ranked").inner_text()
    page.evaluate("localStorage.clear()")

    other = context.new_page()
    sent: list[str] = []
    other.on("request", lambda one: sent.append(f"{one.url} {one.post_data or ''}"))
    other.goto(address)
    expect(words(other)).to_have_value(KIDNEYS)
    expect(other.get_by_label("Age")).to_have_value("47")
    expect(
        heard(other).get_by_role("button", name="Take back: Burning")
    ).to_be_visible()
    expect(live(other).locator(".ranked")).to_contain_text("where you painted")
    assert live(other).locator(".ranked").inner_text() == shown
    assert not any("kidney" in one for one in sent[1:])
    assert "kidney" not in sent[0].partition("#")[0]

    live(other).get_by_role("button", name="Start again").click()
    expect(words(other)).to_have_value("")
    expect(live(other)).to_contain_text("appears here while you write")
    assert other.evaluate("location.hash") == ""
    other.close()


@pytest.mark.parametrize(
    "fragment", ["t=%E0%A4%A", "p=!!!&q=a~b&a=-4&x=%3Cb%3E", "main"]
)
def test_an_odd_link_does_no_harm(page: Page, site: Any, fragment: str) -> None:
    page.goto(f"{site.url}/find/#{fragment}")

    words(page).fill(KIDNEYS)
    expect(live(page).locator(".ranked > li").first).to_contain_text(FOUNDING)


def test_words_that_find_nothing_go_to_the_editors_when_asked(
    page: Page, site: Any
) -> None:
    page.goto(f"{site.url}/find/")
    words(page).fill("zzyx qqlorp")
    expect(live(page)).to_contain_text("Nothing you said points to a pattern")
    expect(live(page).locator("blockquote")).to_have_text("zzyx qqlorp")

    with page.expect_request("**/find/unanswered/") as sent:
        live(page).get_by_role("button", name="Send these words").click()

    expect(live(page)).to_contain_text("An editor will read your words")
    form = parse_qs(str(sent.value.post_data), keep_blank_values=True)
    assert form.keys() == {"words", "stamp", "website"}
    assert form["words"] == ["zzyx qqlorp"]


def test_without_a_network_it_still_paints_asks_and_compares(
    page: Page, context: BrowserContext, site: Any
) -> None:
    page.goto(f"{site.url}/find/")
    expect(page.locator("body-map[data-ready]")).to_be_visible()
    words(page).focus()
    page.wait_for_load_state("networkidle")
    context.set_offline(True)

    words(page).fill(KIDNEYS)
    paint(page)
    expect(live(page).locator(".ranked")).to_contain_text("where you painted")
    expect(live(page).locator(".picture").first).to_be_visible()
    cards = live(page).locator(".ranked > li")
    cards.nth(0).get_by_role("button", name="Compare").click()
    cards.nth(1).get_by_role("button", name="Compare").click()
    expect(live(page).get_by_role("table")).to_be_visible()
    live(page).get_by_role("button", name="Answer the safety questions").click()
    expect(page.locator("[data-safety]")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_live_list_is_accessible(page: Page, site: Any, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site.url}/find/")
    words(page).fill(f"{KIDNEYS}, quite flumpy")
    cards = live(page).locator(".ranked > li")
    expect(cards.nth(1)).to_be_visible()
    cards.nth(0).get_by_role("button", name="Compare").click()
    cards.nth(1).get_by_role("button", name="Compare").click()
    cards.nth(1).get_by_text("Why is this not first?").click()
    live(page).get_by_role("button", name="Answer the safety questions").click()
    expect(page.locator("[data-safety]")).to_be_visible()

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    words(page).fill("crushing chest pain going down my left arm")
    expect(live(page).get_by_role("heading", name="Get help now")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_bundle_is_kept_and_unknown_versions_are_not_there(
    page: Page, site: Any
) -> None:
    page.goto(f"{site.url}/find/")
    base = live(page).get_attribute("data-bundle")
    assert base
    answer = page.request.get(f"{site.url}{base}core.json")

    assert answer.ok
    assert "immutable" in answer.headers["cache-control"]
    assert answer.json()["patterns"]
    assert page.request.get(f"{site.url}/bundle/old/core.json").status == 404


def test_the_first_page_leads_here_with_the_words_after_the_hash(
    page: Page, site: Any
) -> None:
    page.goto(f"{site.url}/")
    page.get_by_label("Say it in your own words").fill(KIDNEYS)
    page.get_by_role("button", name="Search").click()

    expect(live(page).locator(".ranked > li").first).to_contain_text(FOUNDING)
    assert "/find/#t=" in page.url


def test_the_form_without_javascript_says_the_same(browser: Any, site: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/find/")
    words(page).fill(f"{KIDNEYS}, quite flumpy")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Only show me the patterns").click()

    card = page.locator(".ranked > li").first
    expect(card).to_contain_text(FOUNDING)
    expect(card).to_contain_text("feels: burning")
    expect(card).to_contain_text("Evidence:")
    expect(card.locator("img")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Not understood: flumpy")
    page.get_by_role("button", name="Take out: Burning").click()
    expect(page.locator(".ranked")).not_to_contain_text("feels: burning")
    expect(page.locator("main")).to_contain_text("The safety questions are still open")
    page.get_by_role("button", name="Take back: Burning").click()
    expect(page.locator(".ranked > li").first).to_contain_text("feels: burning")
    page.get_by_role("button", name="Send these words").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    context.close()
