"""A page as readers meet it: in every medium, by touch and keyboard, with their own settings."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from scripts.audit.browser import browser as started
from tests.browser.axe import MEDIA, in_every_medium, violations

# One page of each kind: the start, tables, figures, a list, addresses, a language, none at all.
KINDS = (
    "",
    "odla/figurer/",
    "odla/host/",
    "odla/damm/#grav",  # with the line for who came by a link
    "guide/oklart/",
    "om/omraden/",
    "om/lanka/",
    "om/english/",
    "om/fragor/",
    "404.html",
)
KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind or "start")
PHONE = {"width": 375, "height": 667}


@KIND
def test_page_of_each_kind_has_no_violations_in_any_medium(page, home, errors, kind):
    page.set_viewport_size({"width": 320, "height": 4000})  # a list's bar lies over no row
    page.goto(home + kind)
    faults = in_every_medium(page)
    page.set_viewport_size({"width": 1280, "height": 4000})
    assert faults + violations(page) == []
    assert [error for error in errors if "404" not in error or kind != "404.html"] == []


def test_page_without_javascript_gives_text_menu_and_number(opened, home):
    page = opened("mouse", 375, java_script_enabled=False)
    page.goto(home + "odla/figurer/")
    assert page.locator("article").inner_text().strip()
    expect(page.get_by_role("link", name="Ring nu").first).to_be_visible()
    page.get_by_role("button", name="Meny", exact=True).click()
    page.locator("#meny summary", has_text="Om").click()
    expect(page.locator("#meny").get_by_role("link", name="Områden")).to_be_visible()


@pytest.mark.parametrize(("day", "overdue"), [("2027-03-01", 0), ("2027-03-02", 1)])
def test_page_past_its_review_date_warns(page, home, day, overdue):
    """Not on the day itself, which is the last one that holds."""
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.goto(home + "om/english/")
    expect(page.locator("h1 + .overdue")).to_have_count(overdue)
    assert page.locator(".page-foot .fresh time").count() == 2


@pytest.mark.parametrize(("day", "warnings"), [("2027-02-01", 0), ("2027-02-02", 1)])
def test_supplement_past_its_review_date_warns(page, home, day, warnings):
    line = '<p class="local-by" data-review-by="2027-02-01" data-overdue="Gammalt.">Jouren.</p>'
    box = f'<div class="admonition local"><p class="admonition-title">I X</p>{line}</div></body>'

    def with_box(route):
        route.fulfill(response=(got := route.fetch()), body=got.text().replace("</body>", box, 1))

    page.route("**/odla/tomat/", with_box)
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.goto(home + "odla/tomat/")
    expect(page.locator(".local .admonition-title + .overdue")).to_have_count(warnings)
    expect(page.locator("h1 + .overdue")).to_have_count(0)


def test_term_opens_by_touch_and_key_and_is_printed(opened, home):
    page = opened("touch", 375)
    page.goto(home + "odla/figurer/")
    word = page.locator("button.term").first
    box = page.locator(f"#{word.get_attribute('popovertarget')}")
    word.tap()
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    word.press("Enter")
    expect(box).to_be_visible()
    expect(box.get_by_role("link", name="Se ordlistan")).to_be_visible()
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_text("Ord på sidan")).to_be_visible()


def test_citation_opens_folded_source_list(page, home):
    page.goto(home + "odla/figurer/")
    box = page.locator(".source-box")
    assert box.get_attribute("open") is None
    page.locator(".cite a").first.click()
    assert box.get_attribute("open") is not None
    expect(page.locator(".sources li:target")).to_be_visible()
    page.goto(home + "odla/figurer/#kallor")
    assert box.get_attribute("open") is not None


def test_table_on_phone_keeps_roles_and_labels(page, home):
    """A row's name stands above its cells, which are side by side; in large letters
    they stand below each other, each with its label."""
    page.set_viewport_size(PHONE)
    page.goto(home + "odla/figurer/#sadd")
    table = page.locator("#innehall > table, .table > table").last
    row = table.locator("tbody tr").first
    expect(row).to_have_role("row")
    name, *cells = row.locator(":is(th, td)").all()
    expect(name).to_have_role("rowheader")
    above, *boxes = [cell.bounding_box() for cell in (name, *cells)]
    assert len({box["y"] for box in boxes}) == 1 and boxes[0]["y"] > above["y"], (
        "side by side below it"
    )
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    for cell in cells:
        expect(cell).to_have_role("cell")
        label = cell.evaluate("e => getComputedStyle(e, '::before').content")
        assert label.startswith(f'"{cell.get_attribute("data-label")}')
    heading = page.locator(f"#{table.get_attribute('aria-labelledby')}")
    expect(table).to_have_accessible_name(heading.inner_text())


# --- the header and the menu --------------------------------------------------------------------

# Controls of the header that lie over each other, are cut off, or are smaller than a thumb.
HEADER = """() => {
  const found = [];
  const all = [...document.querySelectorAll('.site-header :is(a, button, input)')]
    .filter(e => e.checkVisibility() && !e.matches('.md-skip'))
    .map(e => [e.textContent.trim() || e.id, e.getBoundingClientRect()]);
  for (const [name, r] of all) {
    if (r.left < 0 || r.right > innerWidth) found.push(name + ' utanför');
    if (r.height < 44 && name !== 'Vem frågar jag?') found.push(name + ' är för liten');
    for (const [other, o] of all)
      if (o !== r && r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 1 && o.top < r.bottom - 1)
        found.push(name + ' över ' + other);
  }
  return found;
}"""


def test_open_menu_has_no_violations_and_leaves_header_in_sight(page, home):
    page.set_viewport_size(PHONE)
    page.goto(home + "odla/host/")
    page.get_by_role("button", name="Meny", exact=True).click()
    menu, header = page.locator("#meny").bounding_box(), page.locator("header").bounding_box()
    assert menu["y"] >= header["height"] - 1 and menu["y"] + menu["height"] <= 668
    names = page.locator("#meny a:visible").all_inner_texts()
    assert "Översikt" in names and len(names) == len(set(names))
    assert in_every_medium(page) == []
    page.get_by_role("link", name="Ring nu").wait_for()
    page.get_by_role("button", name="Meny", exact=True).click()
    expect(page.locator("#meny")).to_be_hidden()


def test_header_is_one_row_and_scrolls_away_at_400_percent(page, home):
    page.set_viewport_size(PHONE)
    page.goto(home + "odla/host/")
    assert page.locator(".site-header").bounding_box()["height"] < 60
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.locator(".check-bar").bounding_box()["y"] > 256
    page.mouse.wheel(0, 400)
    page.wait_for_function("() => scrollY > 300")
    assert page.locator("header").bounding_box()["y"] < -40


# --- a reader's own settings --------------------------------------------------------------------

# Text that is cut by its own box, or a page that must be scrolled sideways.
CUT = """() => {
  const found = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`${wide} px sticker ut i sidled`);
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || !e.textContent.trim()) continue;
    const s = getComputedStyle(e);
    if (s.display === 'inline' || s.position === 'absolute' && e.offsetWidth <= 1) continue;
    const hides = v => v === 'hidden' || v === 'clip';
    if (hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1
        || hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
      found.push('avklippt: ' + e.outerHTML.slice(0, 100));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def large_text(home):
    """Not in this process: Playwright starts once in it."""
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        yield pool.apply(with_large_text, (home,))


def with_large_text(home: str) -> dict[str, list]:
    """Return what is wrong in a browser whose reader has set the text twice as large."""
    found = {}
    with started("--blink-settings=defaultFontSize=32") as chromium:
        page = chromium.new_page()
        for kind in KINDS:
            page.goto(home + kind)
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                if faults := page.evaluate(HEADER) + page.evaluate(CUT):
                    found[f"/{kind} {width}"] = faults
    return found


def test_large_text_is_not_cut_or_covered(large_text):
    assert large_text == {}


def test_reduced_motion_stops_all_movement(page, home):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.goto(home + "odla/figurer/")
    page.get_by_role("button", name="Meny", exact=True).click()
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(e => {
      const s = getComputedStyle(e);
      return s.transitionDuration.split(',').some(t => parseFloat(t) > 0.01)
        || parseFloat(s.animationDuration) > 0.01 || s.scrollBehavior === 'smooth';
    }).map(e => e.outerHTML.slice(0, 80))""")
    assert moving == []


def picture(page, selector: str) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("L")


def test_forced_colours_show_edges_and_focus(page, home):
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.goto(home)
    button = page.get_by_role("button", name="Meny", exact=True)
    width = button.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)")
    plain = picture(page, "header")
    assert width >= 1 and len(set(plain.tobytes())) > 2
    button.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert picture(page, "header").tobytes() != plain.tobytes()


def test_body_text_has_enhanced_contrast(page, home):
    """7:1 for the body text (WCAG 2.2, 1.4.6), light and dark: what axe says of AAA."""
    page.goto(home + "odla/")
    for medium in ("ljust", "mörkt"):
        page.emulate_media(**MEDIA[medium][0])
        enhanced = {"runOnly": ["color-contrast-enhanced"], "resultTypes": ["violations"]}
        found = violations(page, {**enhanced, "preload": False})
        assert [fault for fault in found if "<p>" in fault or "<li>" in fault] == []
