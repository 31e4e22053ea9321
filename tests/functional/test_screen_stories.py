"""Five dangerous and three benign stories, walked by touch and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Story:
    """What a reader types, the questions they say yes to, and where it must lead."""

    name: str
    text: str
    age: str
    ends: str
    yes: tuple[str, ...] = field(default=())


NOW, TODAY, FIRST = "Get help now", "See a doctor today", "See a doctor first"
FITS = "What fits your pain"
STORIES = (
    Story(
        "heart",
        "Tight crushing feeling across my chest since breakfast, left arm is heavy",
        "58",
        NOW,
    ),
    Story(
        "numb between the legs",
        "Low back pain since I moved the sofa",
        "47",
        NOW,
        ("numb-saddle",),
    ),
    Story("stroke", "Stiff sore neck on one side", "62", NOW, ("stroke-signs",)),
    Story(
        "clot in the calf",
        "My calf is sore and that leg is swollen since a long flight",
        "34",
        TODAY,
    ),
    Story(
        "kidneys never checked",
        "Ache in my side under the ribs at the back",
        "41",
        FIRST,
    ),
    Story("slept on the sofa", "Stiff neck on the left after the sofa", "30", FITS),
    Story("painted the fence", "Sore outer elbow after painting the fence", "42", FITS),
    Story(
        "hill run", "Tight calf after hill running, sore when I press it", "36", FITS
    ),
)


class Hand(Protocol):
    """A way of using a page."""

    page: Page

    def press(self, target: Locator) -> None:
        """Tick, choose or push something."""

    def fill(self, target: Locator, text: str) -> None:
        """Go to a field and type."""


class Finger:
    """Taps the middle of things on a touch screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box
        self.page.touchscreen.tap(
            box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        )

    def fill(self, target: Locator, text: str) -> None:
        self.press(target)
        self.page.keyboard.insert_text(text)


class Keys:
    """Tab, arrows, space and enter; the pointer is never used."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _go_to(self, target: Locator, most: int = 400) -> None:
        for _ in range(most):
            if target.evaluate("e => e === document.activeElement"):
                return
            if target.evaluate(
                "e => e.type === 'radio' && document.activeElement.name === e.name"
            ):
                self.page.keyboard.press("ArrowDown")
            else:
                self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached by keyboard: {target}")

    def press(self, target: Locator) -> None:
        self._go_to(target)
        if not target.evaluate("e => e.type === 'radio' && e.checked"):
            is_button = target.evaluate("e => e.matches('button, a')")
            self.page.keyboard.press("Enter" if is_button else "Space")

    def fill(self, target: Locator, text: str) -> None:
        self._go_to(target)
        self.page.keyboard.insert_text(text)


@pytest.fixture(params=["touch", "keyboard"])
def hand(request: Any, browser: Any) -> Iterator[Hand]:
    """A phone with a touch screen, or a small window with a keyboard."""
    touch = request.param == "touch"
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=touch, is_mobile=touch
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield Finger(page) if touch else Keys(page)
    context.close()


def go_on(hand: Hand, name: str = "Continue") -> None:
    with hand.page.expect_navigation():
        hand.press(hand.page.get_by_role("button", name=name, exact=True))


def answer_pages(hand: Hand, yes: tuple[str, ...]) -> int:
    """Answer "no" to all but `yes`; return how many pages of questions there were."""
    page = hand.page
    open_ones = set(yes)
    for number in range(20):
        if page.locator("input[name=step][value=questions]").count() == 0:
            assert not open_ones, f"never asked: {open_ones}"
            return number
        for question in page.locator("fieldset.question:has(input[name^='q.'])").all():
            named = question.locator("input").first.get_attribute("name") or ""
            value = "yes" if named.removeprefix("q.") in yes else "no"
            open_ones.discard(named.removeprefix("q."))
            hand.press(question.locator(f"input[value={value}]"))
        for flag in page.locator("input[name=flag]").all():
            if flag.get_attribute("value") in yes:
                open_ones.discard(str(flag.get_attribute("value")))
                hand.press(flag)
        if page.locator("input[name=rest]").count():
            hand.press(page.locator("input[name=rest][value=none]"))
        go_on(hand)
    raise AssertionError("the questions do not end")


def without_live_list(page: Page) -> None:
    """Leave out the script of the live list: the form then leads to the server."""
    page.route(
        "**/finder/find-page*.js",
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_ends_where_it_must(hand: Hand, site: Any, story: Story) -> None:
    page = hand.page
    without_live_list(page)
    page.goto(f"{site.url}/find/")
    hand.fill(page.get_by_label("In your own words"), story.text)
    hand.fill(page.locator("#age"), story.age)
    go_on(hand)

    pages = answer_pages(hand, story.yes)

    expect(page.get_by_role("heading", level=1)).to_have_text(story.ends)
    assert pages <= 12
    shown = page.locator("main").inner_text()
    if story.ends == FITS:
        assert page.locator(".ranked li").count() >= 3
        assert "not a promise" in shown
    else:
        assert page.locator(".plan-steps").count() == 0
    if story.ends == NOW:
        assert page.get_by_role("link", name="Call").count() >= 1
        assert page.locator("main a:not(.call)").count() == 0
        assert "You wrote" in shown or story.yes
    if story.ends in (TODAY, FIRST):
        assert page.get_by_role("heading", name="A note for the doctor").count() == 1
        assert page.get_by_role("heading", name="I said no to").count() == 1
