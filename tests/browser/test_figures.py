"""The figures in a browser: no wider than the screen, names and roles, forced colours, paper. Each is
put on a page of the built site, so that it is tried wherever it will stand."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import STATES, violations
from tests.conftest import ROOT
from tests.render.test_figures import KEYS, rendered

pytestmark = pytest.mark.slow

STYLE = (ROOT / "overrides/assets/figures.css").read_text(encoding="utf-8")
MARKS = ".cite a::after { content: none }"  # a mark's target, which may hang out of its line


@pytest.fixture
def show(browser, base):
    """Return a function that opens a page with figures, at a width."""
    contexts = []

    def open_page(width: int, *keys: str, place: str = "betanketid/", **options):
        context = browser.new_context(
            bypass_csp=True, viewport={"width": width, "height": 900}, locale="sv-SE", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(base + place)
        text = "".join(rendered(key).partition("</h1>")[2] for key in keys)
        page.evaluate(
            """html => { const place = document.querySelector('#innehall');
            const kept = place.querySelector('.dates');
            place.innerHTML = '<h1>Sida</h1>' + html; if (kept) place.append(kept) }""",
            text,
        )
        page.add_style_tag(content=STYLE)
        return page

    yield open_page
    for context in contexts:
        context.close()


# A word that runs out of its box, or two boxes over one another.
SPILLS = """() => [...document.querySelectorAll('.figure, .figure :is(li, td, th, p, a)')]
  .filter(e => e.checkVisibility() && !(innerWidth < 720 && e.closest('thead')) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
  .map(e => e.className + ': ' + e.textContent.slice(0, 60))"""


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_wider_than_the_screen_or_its_box(show, key):
    page = show(1280, key)
    page.add_style_tag(content=MARKS)
    for width in (1280, 719, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SPILLS) == [], width


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_fault(show, state):
    page = show(375 if state == "mörkt" else 1280, *KEYS)
    page.emulate_media(**STATES[state])
    assert violations(page, state) == []


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_has_a_role_and_a_name(show, key):
    page = show(1280, key)
    title = page.locator(".figure-title").inner_text()
    expect(page.get_by_role("figure", name=title)).to_be_visible()


def test_a_card_on_a_phone_is_still_a_table_and_says_its_columns(show):
    page = show(320, "vem-gor-vad")
    expect(page.get_by_role("table")).to_have_count(1)
    cell = page.locator("td").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content").startswith('"Nu"')
    boxes = [row.bounding_box() for row in page.locator("tbody td").all()]
    assert len({round(box["x"]) for box in boxes}) == 1, "one under the other"
    expect(page.get_by_role("rowgroup")).to_have_count(6)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == "none", "it has a head"


def test_signs_bars_and_edges_are_there_in_forced_colours(show):
    page = show(1280, *KEYS, forced_colors="active")
    colours = page.evaluate(
        """() => { const of = (s, p, n) => getComputedStyle(document.querySelector(s))[n || p];
        return [of('.figure-sign', 'borderTopColor'), of('.figure-tiles a', 'borderTopColor'),
          getComputedStyle(document.querySelector('.figure-bar rect')).fill,
          getComputedStyle(document.querySelector('.figure-icon path')).stroke,
          of('.figure-steps > li', 'borderLeftColor')] }"""
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in colours
    assert "rgba(0, 0, 0, 0)" not in colours


def test_regions_are_told_apart_without_colour(show):
    page = show(1280, "lan")
    edges = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.figure-tiles li')].map(li => {
        const s = getComputedStyle(li.querySelector('a'));
        return [li.className.split('-').at(-1), ['Top', 'Right', 'Bottom', 'Left'].map(
          n => s['border' + n + 'Style'] + s['border' + n + 'Width']).join()]; }))"""
    )
    assert len(edges) == len(set(edges.values())) == 7


def test_tiles_do_not_share_a_place(show):
    page = show(320, "lan")
    boxes = [tile.bounding_box() for tile in page.locator(".figure-tiles li").all()]
    assert len({(round(b["x"]), round(b["y"])) for b in boxes}) == 21
    assert min(min(b["width"], b["height"]) for b in boxes) >= 44, "a finger's size"


def test_a_deadline_is_told_by_shape_too(show):
    page = show(1280, "barnets-klocka")
    dots = page.evaluate(
        """() => [...document.querySelectorAll('.figure-steps > li')].map(e =>
        [e.classList.contains('figure-has-frist'), getComputedStyle(e, '::before').borderRadius])"""
    )
    assert all((radius == "0px") == deadline for deadline, radius in dots)


def test_counted_dates_stand_in_the_figure_and_go_again(show):
    page = show(1280, "tidslinje", place="betanketid/datum/")
    slots = page.locator(".figure-date")
    for slot in slots.all():
        expect(slot).to_be_hidden()
    page.get_by_label("Beslutets datum").fill("2026-09-01")
    page.get_by_label("Tillståndets sista dag").fill("2026-09-30")
    page.get_by_role("button", name="Räkna").click()
    found = {slot.get_attribute("data-date"): slot.inner_text() for slot in slots.all()}
    assert found == {
        "ansokan": "",
        "beslut": "tisdag 1 september 2026",
        "slut": "Till och med onsdag 30 september 2026",
        "overklaga": "Senast tisdag 22 september 2026",
        "ersattning": "Kvartal 3 2026: senast tisdag 30 mars 2027",
    }
    expect(page.locator('[data-date="ansokan"]')).to_be_hidden()
    page.get_by_role("button", name="Töm").click()
    for slot in slots.all():
        expect(slot).to_be_hidden()


def test_on_paper_a_table_is_a_table_and_no_background_is_needed(show):
    page = show(700, *KEYS)
    page.emulate_media(media="print")
    assert (
        page.locator(".figure-table td").first.evaluate("e => getComputedStyle(e).display")
        == "table-cell"
    )
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('.figure-table th')).backgroundColor"
        )
        == "rgba(0, 0, 0, 0)"
    )
