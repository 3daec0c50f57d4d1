"""A county, its region, and how to reach the coordinators."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scripts.content.content import Content
from tests.browser.hands import HANDS, NOTHING, STORED, open_page
from tests.conftest import ROOT

REGISTER = Content.read(ROOT / "docs").registers.regions
ADDRESS = "kontakt/regionkoordinatorer/"


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_every_county_gives_its_region_and_a_way_there(browser, base, way, size):
    page = open_page(browser, way, size)
    page.goto(base + ADDRESS)
    select = page.get_by_label("Ditt län")
    answer = page.locator(".county-answer")
    # what is typed in a list adds up for a second: one county by keyboard
    counties = {"mouse": [*REGISTER.counties], "touch": ["norrbotten", "skane"]}
    counties = counties.get(way, ["norrbotten"])
    for key in counties:
        county = REGISTER.counties[key]
        if way == "keyboard":
            select.focus()
            page.keyboard.type(county.name[:9])
        else:
            select.select_option(key)
        region = REGISTER.regions[county.region].name
        expect(answer).to_contain_text(f"{county.name}: region {region}")
        expect(answer).to_contain_text("020-35 40 40" if region == "Syd" else "020-390 000")
        for words in (county.note or "", "Det här händer", "Tänk på"):
            expect(answer).to_contain_text(words)
    assert page.evaluate(STORED) == NOTHING, "the choice is not in the address either"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    page.context.close()


def test_a_link_to_a_county_opens_with_its_answer(page, base):
    page.goto(base + ADDRESS + "#norrbotten")
    expect(page.get_by_label("Ditt län")).to_have_value("norrbotten")
    expect(page.locator(".county-answer")).to_contain_text("Norrbottens län: region Nord")
    expect(page.locator(".county-answer")).to_be_in_viewport()
    page.evaluate("location.hash = '#skane'")
    expect(page.locator(".county-answer")).to_contain_text("Skåne län: region Syd")
    page.evaluate("location.hash = '#samtycke'")
    expect(page.get_by_label("Ditt län")).to_have_value("skane")


def test_without_javascript_the_table_leads_to_the_region(browser, base):
    page = open_page(browser, "mouse", 375, java_script_enabled=False)
    page.goto(base + ADDRESS + "#norrbotten")
    row = page.get_by_role("row", name="Norrbottens län")
    expect(row).to_be_in_viewport()
    row.get_by_role("link", name="Nord").click()
    expect(page.get_by_role("heading", name="Region Nord")).to_be_in_viewport()
    assert page.get_by_label("Ditt län").count() == 0
    page.context.close()
