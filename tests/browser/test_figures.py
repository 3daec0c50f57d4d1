"""The figures in a browser: within their boxes, forced colours, what is told without colour.

A screen's width and axe: test_pages.py and test_audit.py. Paper: test_print.py.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PAGE = "odla/figurer/"  # every kind of figure; axe: test_pages.py


@pytest.fixture
def show(opened, home):
    """Return a function that opens a page of figures, at a width."""

    def show(width: int, place: str = PAGE, **options):
        page = opened("mouse", width, **options)
        page.goto(home + place)
        return page

    return show


# A word that runs out of its box, or two boxes over one another.
SPILLS = """() => [...document.querySelectorAll('.figure, .figure :is(li, td, th, p, a)')]
  .filter(e => e.checkVisibility() && !(innerWidth < 720 && e.closest('thead')) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
  .map(e => e.className + ': ' + e.textContent.slice(0, 60))"""


def test_figure_text_stays_in_its_box(show):
    page = show(1280)
    for width in (1280, 719, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SPILLS) == [], width


def test_figure_in_forced_colours_keeps_signs_and_edges(show):
    page = show(1280, forced_colors="active")
    colours = page.evaluate(
        """() => { const of = (s, p, n) => getComputedStyle(document.querySelector(s))[n || p];
        return [of('.figure-sign', 'borderTopColor'),
          getComputedStyle(document.querySelector('.figure-bar rect')).fill,
          getComputedStyle(document.querySelector('.figure-icon path')).stroke,
          of('.figure-steps > li', 'borderLeftColor')] }"""
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in colours
    assert "rgba(0, 0, 0, 0)" not in colours


def test_figure_deadline_has_its_own_shape(show):
    """Not by colour alone."""
    page = show(1280)
    dots = page.evaluate(
        """() => [...document.querySelectorAll('.figure-steps > li')].map(e =>
        [e.classList.contains('figure-has-frist'), getComputedStyle(e, '::before').borderRadius])"""
    )
    assert {deadline for deadline, _ in dots} == {True, False}
    assert all((radius == "0px") == deadline for deadline, radius in dots)


def test_figure_shows_calculated_dates_until_cleared(show):
    page = show(1280, "odla/datum/")
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
