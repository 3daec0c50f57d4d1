"""What a stressed reader meets first: the act within the first screen, in whole words, and a header
that holds when she has made the text large."""

from __future__ import annotations

import statistics

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import addresses
from tests.browser.test_reading import SPACING, TWICE
from tests.machine import find_browser

pytestmark = pytest.mark.slow

PAGES = [a for a in addresses() if a != "404.html" and not a.startswith("skriv-ut/presentation")]
FIRST = """() => [...document.querySelectorAll('#innehall :is(p, li, label, td, th)')]
  .find(e => e.checkVisibility() && e.textContent.trim()).getBoundingClientRect().top"""
# Words that stand on two lines, though nobody has put a hyphen in them (the map has: "Norr-botten");
# and what sticks out.
BROKEN = r"""() => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    const parent = text.parentElement;
    if (!parent.checkVisibility() || parent.closest('code, pre, option, svg, .figure-county, .figure-region')) continue;
    for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter(r => r.width > 0.5).map(r => Math.round(r.top));
      if (new Set(lines).size > 1) found.push(word[0]);
    }
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  return wide > 0 ? [...found, `${wide} px sticker ut`] : found;
}"""
# Controls of the header that lie over each other, are cut off, or are smaller than a thumb.
HEADER = """() => {
  const found = [];
  const all = [...document.querySelectorAll('.site-header :is(a, button, input)')]
    .filter(e => e.checkVisibility() && !e.matches('.md-skip'))
    .map(e => [e.textContent.trim() || e.id, e.getBoundingClientRect()]);
  for (const [name, r] of all) {
    if (r.left < 0 || r.right > innerWidth) found.push(name + ' utanför');
    if (r.height < 44 && !/Vem ringer/.test(name)) found.push(name + ' är för liten');
    for (const [other, o] of all)
      if (o !== r && r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 1 && o.top < r.bottom - 1)
        found.push(name + ' över ' + other);
  }
  return found;
}"""


def test_the_first_sentence_stands_within_200_pixels(page, base):
    page.set_viewport_size({"width": 375, "height": 667})
    tops = []
    for address in PAGES:
        page.goto(base + address)
        tops.append(page.evaluate(FIRST))
    assert statistics.median(tops) <= 200 and max(tops) < 300


# Pages whose reader acts: the first step, and how far down it may stand.
FIRST_STEPS = {
    "upptacka/forsta-dygnet/": 350,
    "upptacka/forsta-dygnet-barn/": 350,
    "betanketid/ansok/": 2 * 667,
    "betanketid/i-natt/": 2 * 667,
    "betanketid/efter-beslut/": 2 * 667,
    "betanketid/ersattning/": 2 * 667,
    "stod/barn/": 2 * 667,
    "stod/vuxna/": 2 * 667,
}


@pytest.mark.parametrize("where", FIRST_STEPS)
def test_the_first_step_is_in_sight(page, base, where):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(base + where)
    assert page.locator("ol.steps > li").first.bounding_box()["y"] <= FIRST_STEPS[where]


SIZES = (320, 375, 1280)
WIDE = "document.documentElement.scrollWidth - innerWidth"
# A reader's own styles (WCAG 1.4.4, 1.4.12): the window is as wide as before, for media queries too.
# Made here, not written in the page: the policy for content would stop that.
ENLARGED = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
OWN_STYLES = {"dubbel text": TWICE, "mer luft": SPACING}


def test_no_word_is_broken_and_nothing_sticks_out(page, base):
    found = {}
    for address in PAGES:
        page.goto(base + address)
        for size in SIZES:
            page.set_viewport_size({"width": size, "height": 800})
            if broken := page.evaluate(BROKEN):
                found[f"{address} {size}"] = broken
        for name, style in OWN_STYLES.items():
            page.evaluate(ENLARGED, style)
            for size in (SIZES[0], SIZES[-1]):
                page.set_viewport_size({"width": size, "height": 800})
                if (more := page.evaluate(WIDE)) > 0:
                    found[f"{address} {size}, {name}"] = f"{more} px sticker ut"
    assert found == {}


def test_on_a_phone_a_row_is_a_card_and_still_a_row(page, base):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(base + "kontakt/")
    row = page.locator("tbody tr").first
    expect(row).to_have_role("row")
    name, *cells = row.locator(":is(th, td)").all()
    expect(name).to_have_role("rowheader")
    for cell in cells:
        expect(cell).to_have_role("cell")
        label = cell.evaluate("e => getComputedStyle(e, '::before').content")
        assert label.startswith(f'"{cell.get_attribute("data-label")}')
    boxes = [cell.bounding_box() for cell in (name, *cells)]
    assert len({box["x"] for box in boxes}) == 1, "below each other"
    table = page.locator("table").first
    heading = page.locator(f"#{table.get_attribute('aria-labelledby')}")
    expect(table).to_have_accessible_name(heading.inner_text())


@pytest.mark.parametrize("font", [16, 24, 32])
def test_the_header_holds_with_large_text_and_much_space(playwright_of, base, font):
    browser = playwright_of(f"--blink-settings=defaultFontSize={font}")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for width in (320, 360, 375, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(base + "betanketid/ansok/")
        assert page.evaluate(HEADER) == [], width
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        if font == 16:
            assert page.locator(".site-header").bounding_box()["height"] < 60, "one row"
        page.add_style_tag(content=SPACING)
        assert page.evaluate(HEADER) == [], f"{width}, mer luft"
    context.close()
    browser.close()


def test_no_page_sticks_out_with_large_text(playwright_of, base):
    browser = playwright_of("--blink-settings=defaultFontSize=24")
    page = browser.new_page()
    wide = {}
    for address in PAGES:
        page.goto(base + address)
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 800})
            if (more := page.evaluate(WIDE)) > 0:
                wide[f"{address} {width}"] = more
    browser.close()
    assert wide == {}


@pytest.fixture
def playwright_of(browser):
    """Return a function that starts a Chromium with a reader's own setting."""
    return lambda setting: browser.browser_type.launch(
        executable_path=find_browser(),
        args=["--no-sandbox", "--disable-background-networking", "--no-first-run", setting],
    )


def test_the_menu_leaves_the_header_in_sight(page, base):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(base + "checklistor/misstanke/")
    page.get_by_role("button", name="Meny", exact=True).click()
    menu, header = page.locator("#meny").bounding_box(), page.locator("header").bounding_box()
    assert menu["y"] >= header["height"] - 1 and menu["y"] + menu["height"] <= 668
    names = page.locator("#meny a:visible").all_inner_texts()
    assert "Översikt" in names and len(names) == len(set(names))
    for name in ("Lätt svenska, English", "Utskrifter"):
        page.locator("#meny summary", has_text=name).click()
    expect(page.locator("#meny").get_by_role("link", name="Bilder att visa")).to_be_visible()
    page.get_by_role("link", name="Ring 112").wait_for()
    page.get_by_role("button", name="Meny", exact=True).click()
    expect(page.locator("#meny")).to_be_hidden()


def test_at_400_percent_nothing_stays_in_the_way(page, base):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(base + "checklistor/misstanke/")
    assert page.locator(".check-bar").evaluate("e => getComputedStyle(e).position") == "static"
    page.mouse.wheel(0, 400)
    page.wait_for_function("() => scrollY > 300")
    assert page.locator("header").bounding_box()["y"] < -40


def test_the_search_can_be_sent(page, base):
    page.goto(base)
    page.get_by_role("combobox").fill("blankett")
    page.get_by_role("search").get_by_role("button", name="Sök").click()
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_danger_box_can_be_found_and_is_told_from_others_without_colour(page, base):
    page.goto(base + "betanketid/ansok/")
    box = page.get_by_role("note", name="Fara just nu?")
    page.emulate_media(forced_colors="active")
    assert float(box.evaluate("e => getComputedStyle(e).borderLeftWidth")[:-2]) >= 12


def test_a_mark_is_a_large_target_in_a_line_of_equal_height(page, base):
    page.goto(base + "betanketid/ansok/")
    mark = page.locator(".cite a").first
    expect(mark).to_have_attribute("aria-label", "källa 1")
    expect(mark).to_have_attribute("role", "doc-noteref")
    assert mark.evaluate("e => getComputedStyle(e, '::after').width") == "24px"
    lines = page.evaluate("""() => [...document.querySelectorAll('.steps > li:not(:has(ul))')]
      .map(e => [e.getBoundingClientRect().height, parseFloat(getComputedStyle(e).lineHeight)])""")
    for height, line in lines:
        rest = (height - 16) / line  # the row's own padding
        assert abs(rest - round(rest)) < 0.06, lines
