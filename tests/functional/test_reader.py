"""A reader's ways through the site, on a phone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect


FOUNDING = "Aching and burning in the mid back"
STEPS = "Lay a warm pack"


def to_founding_pattern(page: Page, site: Any) -> None:
    page.goto(f"{site.url}/")
    page.get_by_label("Say it in your own words").fill(
        "aching and burning over my kidneys"
    )
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=FOUNDING).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FOUNDING)


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()


def begin_questions(page: Page) -> None:
    page.get_by_role("link", name="Start the questions").click()
    page.get_by_label("Your age in years").fill("44")
    go_on(page)


def answer(page: Page, **given: str) -> None:
    """Answer every page of questions: "no", but for what is given by question id."""
    for _ in range(20):
        if page.locator("input[name=step][value=questions]").count() == 0:
            return
        for question in page.locator("fieldset.question:has(input[name^='q.'])").all():
            name = question.locator("input").first.get_attribute("name")
            assert name
            value = given.get(name.removeprefix("q.").replace("-", "_"), "no")
            question.locator(f"input[value={value}]").check()
        for flag in page.locator("input[name=flag]").all():
            if given.get(str(flag.get_attribute("value")).replace("-", "_")) == "yes":
                flag.check()
        if page.locator("input[name=rest]").count():
            page.get_by_label("None of these").check()
        go_on(page)
    raise AssertionError("the questions do not end")


def test_kidneys_not_checked_means_doctor_first(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    assert STEPS not in page.content()

    begin_questions(page)
    answer(page, kidney_checked="no")

    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor first")
    expect(page.locator("main")).to_contain_text("have your kidneys checked")
    expect(page.get_by_role("heading", name="A note for the doctor")).to_be_visible()
    assert STEPS not in page.content()


CHECKED = {
    "kidney_checked": "yes",
    "kidney_checked_recent": "yes",
    "kidney_checked_clear": "yes",
}


def to_plan(page: Page, *unsuitable: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "what does not suit you"
    )
    assert STEPS not in page.content()
    for condition in unsuitable:
        page.locator(f"input[name=condition][value={condition}]").check()
    page.get_by_label("None of these").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Show my plan").click()


def test_kidneys_checked_and_well_opens_the_plan(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(page, **CHECKED)
    to_plan(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("What you can try")
    steps = page.locator(".plan-steps > li")
    assert 2 <= steps.count() <= 4
    expect(steps.last).to_contain_text("Ice")
    expect(page.locator("main")).to_contain_text("Keep heat off the spine")
    expect(page.get_by_role("heading", name="Stop, and see a doctor")).to_be_visible()


def test_the_timer_counts_and_can_be_paused(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(page, **CHECKED)
    to_plan(page)
    timer = page.locator(".timer").first

    timer.get_by_role("button", name="Start the timer").click()
    expect(timer.get_by_role("status")).to_have_text("Get ready")
    timer.get_by_role("button", name="Pause").click()

    expect(timer.get_by_role("button", name="Go on")).to_be_visible()


def test_ice_is_left_out_for_who_must_not_have_it(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(page, **CHECKED)
    to_plan(page, "cold-sensitive")

    for step in page.locator(".plan-steps > li h2").all():
        assert "Ice" not in step.inner_text()
    page.get_by_text("Left out of your plan").click()
    expect(page.locator("main")).to_contain_text("because cold can harm")


def test_a_check_that_is_not_recent_means_doctor_first(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(page, **{**CHECKED, "kidney_checked_recent": "no"})

    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor first")


def test_not_sure_about_the_kidneys_means_doctor_first(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(page, kidney_checked="unknown")

    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor first")


def test_fever_with_pain_over_the_kidneys_is_urgent(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(
        page,
        fever="yes",
        kidney_checked="yes",
        kidney_checked_recent="yes",
        kidney_checked_clear="yes",
    )

    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor today")
    assert STEPS not in page.content()


def test_an_emergency_shows_only_what_to_do_now(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(page, stroke_signs="yes")

    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    assert page.get_by_role("heading", name="A note for the doctor").count() == 0


def test_silence_is_not_a_no(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    title = page.get_by_role("heading", level=1).inner_text()

    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("alert")).to_contain_text("choose one of the two lines")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_going_back_keeps_the_way(page: Page, site: Any) -> None:
    to_founding_pattern(page, site)
    begin_questions(page)
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)

    page.get_by_role("button", name="Back").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(first)


def test_a_reader_gets_no_cookie_and_nothing_from_elsewhere(
    page: Page, site: Any
) -> None:
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url)
            if not request.url.startswith((site.url, "data:"))
            else None
        ),
    )
    to_founding_pattern(page, site)
    begin_questions(page)

    assert page.context.cookies() == []
    assert elsewhere == []


def test_a_typo_report_lands_in_the_inbox_although_mail_is_down(
    page: Page, site: Any
) -> None:
    to_founding_pattern(page, site)
    page.get_by_text("Question? Comment? Typo?").first.click()
    form = page.locator("#feedback")
    form.get_by_label("Typo").check()
    form.get_by_label("Your message").fill("It says teh instead of the.")
    form.get_by_label("The passage it is about").fill("teh ribs")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

    page.goto(f"{site.url}/admin/login/?next=/admin/inbox/")
    page.get_by_label("Username").fill(site.editor[0])
    page.locator("input[type=password]").fill(site.editor[1])
    page.get_by_role("button", name="Sign in").click()

    row = page.get_by_role("row").filter(has_text="It says teh instead of the.")
    expect(row).to_contain_text("teh ribs")
    expect(row).to_contain_text("/patterns/aching-and-burning-in-the-mid-back/")


def without_live_list(page: Page) -> None:
    """Leave out the script of the live list: the form then leads to the server."""
    page.route(
        "**/finder/find-page*.js",
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )


def test_finding_by_words_asks_about_danger_before_it_lists(
    page: Page, site: Any
) -> None:
    without_live_list(page)
    page.goto(f"{site.url}/find/")
    page.get_by_label("In your own words").fill(
        "aching and burning over my kidneys, worse when I cough"
    )
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("link", name=FOUNDING).count() == 0

    page.get_by_role("button", name="Only show me the patterns").click()

    expect(page.locator(".ranked li").first).to_contain_text(FOUNDING)
    expect(page.locator("main")).to_contain_text("The safety questions are still open")


def test_painting_on_the_first_page_leads_to_the_live_list(
    page: Page, site: Any
) -> None:
    page.goto(f"{site.url}/")
    stage = page.locator(".bm-stage")
    expect(page.locator("body-map[data-ready]")).to_be_visible()
    button = page.get_by_role("button", name="Find what fits this place")
    expect(button).to_be_hidden()

    stage.focus()
    stage.press("ArrowDown")
    stage.press("Space")
    expect(button).to_be_visible()
    button.click()

    expect(page.locator(".ranked > li").first).to_contain_text("where you painted")


def test_everything_works_without_javascript(browser: Any, site: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    to_founding_pattern(page, site)
    begin_questions(page)
    answer(page, **CHECKED)
    to_plan(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What you can try")

    page.goto(f"{site.url}/find/")
    page.get_by_text("Lower back", exact=True).click()
    page.locator("input[name=region]").locator("visible=true").first.check()
    go_on(page)
    expect(page.locator(".progress")).to_contain_text("Step 1")
    context.close()
