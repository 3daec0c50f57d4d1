"""Checklist, guide, date help and finder in hard circumstances: each tool, in each place."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scripts.audit.browser import listen
from tests.browser.axe import in_every_medium, violations
from tests.browser.hands import WIDE, framed, open_page

pytestmark = pytest.mark.slow


def use_checklist(place) -> None:
    place.locator("#kryss-gift").check()


def use_nothing(place) -> None:
    del place


def use_dates(place) -> None:
    place.get_by_label("Beslutets datum").fill("2027-03-01")
    place.get_by_label("Tillståndets sista dag", exact=True).fill("2027-01-01")
    place.get_by_role("button", name="Räkna").click()  # a fault, said at its field
    place.get_by_label("Tillståndets sista dag", exact=True).fill("")
    place.get_by_role("button", name="Räkna").click()


def use_finder(place) -> None:
    place.get_by_label("Ditt län").select_option("norra")


# Where each is, how it is used, and what it adds to the page.
TOOLS = {
    "checklist": ("odla/host/", use_checklist, ".check-bar"),
    "guide": ("guide/", use_nothing, None),
    "dates": ("odla/datum/", use_dates, ".dates-result"),
    "finder": ("om/omraden/", use_finder, ".county-answer"),
}
PLACES = ("page", "sandboxed frame", "file", "without JavaScript")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("tool", TOOLS)
def test_in_use_it_is_clean(browser, home, garden, tool, place):
    address, use, added = TOOLS[tool]
    page = open_page(browser, "mouse", 1280, java_script_enabled=place != "without JavaScript")
    page.set_viewport_size({"width": 1280, "height": 4000})  # a list's bar lies over no row
    heard = listen(page, garden.site.as_uri() if place == "file" else home)
    frame = page
    if place == "sandboxed frame":  # no storage, no forms, no downloads, no dialogs
        frame = framed(page, home, address, "allow-scripts")
    elif place == "file":
        page.goto((garden.site / address / "index.html").as_uri())
    else:
        page.goto(home + address)
    if place == "without JavaScript":
        expect(page.locator("article h1")).to_be_visible()
        assert not added or page.locator(added).filter(visible=True).count() == 0, "a dead control"
    else:
        use(frame)
        if added:
            expect(frame.locator(added).first).to_be_visible()
        faults = in_every_medium(page) if place == "page" else violations(frame)
        page.set_viewport_size({"width": 320, "height": 4000})
        assert page.evaluate(WIDE) <= 0 or place == "sandboxed frame"
        assert faults + (violations(page) if place == "page" else []) == []
    assert heard == []
    page.context.close()
