"""A county, its region, and how to reach who answers there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, WIDE

pytestmark = pytest.mark.slow

ADDRESS = "om/omraden/"
ANSWERS = {
    "norra": ("Norra lotten: region Berg", "08-123 45 67", "Ring inte om natten"),
    "sodra": ("Södra lotten: region Dal", "08-700 00 02", "Aktuella kontakter"),
    "ostra": ("Östra lotten: region Dal", "08-700 00 02", "Vi har gissat av kartan"),
}


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_county_chosen_shows_its_region_alone(opened, home, way, size):
    page = opened(way, size)
    page.goto(home + ADDRESS)
    select = page.get_by_label("Ditt län")
    # what is typed in a list adds up for a second: one county by keyboard
    answer = page.locator(".county-answer")
    former = None
    for key in ANSWERS if way != "keyboard" else ["norra"]:
        if way == "keyboard":
            select.focus()
            page.keyboard.type(ANSWERS[key][0][:6])
        else:
            select.select_option(key)
        for words in ANSWERS[key]:
            expect(answer).to_contain_text(words)
        if former:
            expect(answer).not_to_contain_text(ANSWERS[former][0])
        former = key
    assert page.evaluate(STORED) == NOTHING, "the choice is not in the address either"
    assert page.evaluate(WIDE) <= 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_county_in_address_opens_with_its_answer(page, home):
    page.goto(home + ADDRESS + "#norra")
    expect(page.get_by_label("Ditt län")).to_have_value("norra")
    expect(page.locator(".county-answer")).to_contain_text(ANSWERS["norra"][0])
    expect(page.locator(".county-answer")).to_be_in_viewport()
    page.evaluate("location.hash = '#sodra'")
    expect(page.locator(".county-answer")).to_contain_text(ANSWERS["sodra"][0])
    page.evaluate("location.hash = '#samtycke'")
    expect(page.get_by_label("Ditt län")).to_have_value("sodra")


def test_county_without_javascript_table_leads_to_region(opened, home):
    page = opened("mouse", 375, java_script_enabled=False)
    page.goto(home + ADDRESS + "#norra")
    row = page.get_by_role("row", name="Norra lotten")
    expect(row).to_be_in_viewport()
    row.get_by_role("link", name="Berg").click()
    expect(page.get_by_role("heading", name="Region Berg")).to_be_in_viewport()
