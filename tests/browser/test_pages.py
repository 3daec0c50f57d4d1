"""Every page, as a reader's browser meets it."""

from __future__ import annotations

import pytest

from tests.accessibility import CODESNIFFER, said_by
from tests.browser import axe
from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.slow

# Colours on their way would be measured as they are, so nothing moves.
SCREEN = {"media": "screen", "forced_colors": "none", "reduced_motion": "reduce"}
STATES = {
    "ljust": {**SCREEN, "color_scheme": "light"},
    "mörkt": {**SCREEN, "color_scheme": "dark"},
    "tvingade färger": {**SCREEN, "color_scheme": "dark", "forced_colors": "active"},
    "papper": {**SCREEN, "color_scheme": "light", "media": "print"},
}
OTHER_COLOURS = ("mörkt", "tvingade färger")  # nothing else of a page is other in them
# Every page; and the pages of each kind.
SOME = [(1280, "ljust"), (375, "mörkt")]
ALL = [(width, state) for width in WIDTHS for state in STATES if state != "papper"]
ALL += [(WIDTHS[0], "papper")]
WIDE = "document.documentElement.scrollWidth - window.innerWidth"

# Two links with one name that lead to different places (2.4.4), styles and scripts in the page,
# and a page wider than the screen (1.4.10).
FAULTS = """() => {
  const found = [...document.querySelectorAll('[style],style,script:not([src], [type="application/ld+json"])')]
    .map(e => 'inbäddat: ' + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll('article :is(p, li, dd, td, h1, h2, h3)'))
    if (/\\{[:#.%{]|\\[\\[|\\]\\(/.test(e.innerText)
        && !e.querySelector('code') && !e.closest('code'))
      found.push('Markdown syns: ' + e.innerText.slice(0, 80));
  const names = new Map();
  for (const a of document.querySelectorAll('article a[href]:not(.cite a, .sources a)')) {
    if (!a.checkVisibility()) continue;
    const name = (a.getAttribute('aria-label') || a.textContent).trim().toLowerCase();
    if (!name) found.push('länk utan namn: ' + a.href);
    if (names.has(name) && names.get(name) !== a.href.split('#')[0])
      found.push(`samma länktext, olika mål: ${name}: ${a.href} ${names.get(name)}`);
    names.set(name, a.href.split('#')[0]);
  }
  return found;
}"""


def violations(page, state: str = "") -> list[str]:
    """Return one line for each WCAG 2.2 A and AA violation axe-core finds: rule, then element."""
    if state in OTHER_COLOURS:
        return axe.violations(page, axe.COLOURS)
    # Nobody hits a link on paper.
    return axe.violations(page, rules={"target-size": {"enabled": state != "papper"}})


def check(page, states) -> list[str]:
    """Return what axe-core and the page's width say in each (width, state)."""
    faults = []
    for width, state in states:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**STATES[state])
        wide = page.evaluate(WIDE)
        if wide > 0 and state != "papper":  # test_print.py has paper of its own width
            faults.append(f"{wide} px sticker ut i sidled vid {width} px, {state}")
        faults += [f"{width} px, {state}: {violation}" for violation in violations(page, state)]
    return faults


def test_a_page_is_clean(page, base, troubles, address):
    """One test a page: loading is what takes time. IBM's engine: test_standards.py."""
    page.goto(base + address)
    assert page.title() and page.locator("h1").count() == 1
    faults = page.evaluate(FAULTS) + check(page, SOME) + said_by(page, CODESNIFFER)
    page.set_viewport_size({"width": 320, "height": 800})
    if (wide := page.evaluate(WIDE)) > 0:
        faults.append(f"{wide} px sticker ut i sidled vid 320 px")
    stored = page.evaluate(
        "() => [localStorage.length, sessionStorage.length, document.cookie.length]"
    )
    if stored != [0, 0, 0]:
        faults.append(f"besöket lagrade något: {stored}")
    assert troubles + faults == []


def test_a_page_of_each_kind_is_clean_in_every_state(page, base, template):
    page.goto(base + template)
    assert check(page, ALL) == []


def test_the_open_menu_is_clean_in_every_state(page, base):
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(base)
    page.get_by_role("button", name="Meny", exact=True).click()
    page.locator("#meny summary").first.click()
    assert check(page, [(w, s) for w, s in ALL if w < 1280]) == []


def test_without_javascript_the_page_gives_its_text_menu_and_numbers(browser, base, template):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(base + template)
    assert page.locator("article").inner_text().strip()
    assert page.get_by_role("link", name="112").first.is_visible()
    page.get_by_role("button", name="Meny", exact=True).click()
    if not page.locator("#meny details[open]", has_text="Kontakt").count():
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
    assert page.locator("h1 + .overdue").count() == overdue
    assert page.locator(".page-foot .fresh time").count() == 3


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
