"""Every page, as a reader's browser meets it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import WIDTHS

AXE = Axe()
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violations(page) -> list[str]:
    """Return one line for each WCAG 2.2 A and AA violation axe-core finds: rule, then element."""
    result = AXE.run(page, options=WCAG).response["violations"]
    return [f"{v['id']}: {node['html'][:150]}" for v in result for node in v["nodes"]]


@pytest.mark.slow
def test_a_page_is_clean_at_every_width_and_colour(page, base, troubles, address):
    """One test a page: loading is what takes time."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(base + address, wait_until="networkidle" if width == WIDTHS[-1] else "load")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            faults.append(f"{wide} px sticker ut i sidled vid {width} px")
    assert page.title() and page.locator("h1").count() == 1
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    for scheme in ("light", "dark"):
        # colours that are still on their way would be measured as they are
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        faults += [f"{scheme}: {violation}" for violation in violations(page)]
    stored = page.evaluate(
        "() => [localStorage.length, sessionStorage.length, document.cookie.length]"
    )
    if stored != [0, 0, 0]:
        faults.append(f"besöket lagrade något: {stored}")
    assert troubles + faults == []


@pytest.mark.parametrize("name", ["betanketid/ansok/", "checklistor/misstanke/", ""])
def test_without_javascript_the_page_gives_its_text_menu_and_numbers(browser, base, name):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(base + name)
    assert page.locator("article").inner_text().strip()
    page.get_by_role("button", name="Meny", exact=True).click()
    page.locator("#meny summary", has_text="Kontakt").click()
    assert page.locator("#meny").get_by_role("link", name="Regionkoordinatorer").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("day", "overdue"), [("2026-11-25T12:00:00", 0), ("2031-01-01T12:00:00", 1)]
)
@pytest.mark.parametrize("name", ["betanketid/ansok/", "om/english/"])
def test_a_passed_review_date_is_said_on_the_page(page, base, name, day, overdue):
    page.clock.set_fixed_time(day)
    page.goto(base + name)
    assert page.locator(".overdue").count() == overdue
    assert page.locator(".fresh time").count() == 2


def test_a_word_is_explained_by_touch_and_by_keyboard(browser, base):
    context = browser.new_context(has_touch=True, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(base + "betanketid/under-tiden/")
    word = page.locator("button.term").first
    box = page.locator(f"#{word.get_attribute('popovertarget')}")
    word.tap()
    assert box.is_visible()
    page.keyboard.press("Escape")
    assert box.is_hidden()
    word.press("Enter")
    assert box.is_visible() and box.get_by_role("link", name="Se ordlistan").is_visible()
    assert violations(page) == []
    context.close()


def test_on_paper_the_explained_words_are_a_list(page, base):
    page.goto(base + "betanketid/under-tiden/")
    page.emulate_media(media="print")
    assert page.get_by_text("Ord på sidan").is_visible()
    assert all(box.is_visible() for box in page.locator(".term-text").all())
