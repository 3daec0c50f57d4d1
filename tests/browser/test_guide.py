"""The guide: one question at a time, by links alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, Hand, open_page

pytestmark = pytest.mark.slow

# A way through: what is pressed, and the page it gives.
WAY = [
    ("Vet inte", "Ring 112 först"),
    ("Fortsätt: Var är personen?", "Var är personen?"),
    ("I Sverige", "Hur gammal är personen?"),
    ("18 år eller äldre", "Misstänker ni människohandel eller människoexploatering?"),
    ("Ja", "Är personen svensk medborgare?"),
    ("Nej", "Vill personen själv ha betänketid?"),
    ("Ja", "Vad stämmer om personen idag?"),
    ("Söker asyl", "Ska ett annat land pröva asylen?"),
    ("Nej", "Kan bli aktuellt: söker asyl"),
]


@pytest.mark.parametrize(
    ("way", "size", "javascript"), [(*HANDS[0], True), (*HANDS[1], True), (*HANDS[2], False)]
)
def test_a_way_through_and_back(browser, base, way, size, javascript):
    page = open_page(browser, way, size, java_script_enabled=javascript)
    hand = Hand(way)
    page.goto(base + "betanketid/vagledning/")
    for press, heading in WAY:
        link = page.locator(".guide").get_by_role("link", name=press, exact=True)
        page.wait_for_load_state()  # before its style sheet is there, a link is lower
        assert link.bounding_box()["height"] >= 24
        hand.press(link)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    for word in ("Ring annars Migrationsverket", "Lagens krav", "Osäkert just nu", "020-390 000"):
        expect(page.locator(".guide")).to_contain_text(word)
    expect(page.locator("nav.crumbs a").last).to_have_text("Kan betänketid bli aktuellt?")
    hand.press(page.get_by_role("link", name="Tillbaka till frågan"))
    expect(page.get_by_role("heading", level=1)).to_have_text(WAY[-2][1])
    hand.press(page.get_by_role("link", name="Tillbaka", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(WAY[-3][1])
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(WAY[-2][1])
    if javascript:
        assert page.evaluate(STORED) == NOTHING
    page.context.close()
