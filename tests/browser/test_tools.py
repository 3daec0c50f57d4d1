"""Checklist, date help and finder when somebody has used them: what they add to the page.

In a frame: test_embed.py. From a disk: test_offline.py. Without JavaScript: each tool's own tests.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import in_every_medium, violations
from tests.browser.hands import WIDE

pytestmark = pytest.mark.slow


def use_checklist(place) -> None:
    place.locator("#kryss-gift").check()


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
    "dates": ("odla/datum/", use_dates, ".dates-result"),
    "finder": ("om/omraden/", use_finder, ".county-answer"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_in_use_has_no_violations_in_any_medium(page, home, errors, tool):
    address, use, added = TOOLS[tool]
    page.set_viewport_size({"width": 1280, "height": 4000})  # a list's bar lies over no row
    page.goto(home + address)
    use(page)
    expect(page.locator(added).first).to_be_visible()
    faults = in_every_medium(page)
    page.set_viewport_size({"width": 320, "height": 4000})
    assert page.evaluate(WIDE) <= 0
    assert faults + violations(page) == [] and errors == []
