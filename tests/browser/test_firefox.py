"""The garden in Firefox: what its engine could do otherwise than Chromium's.

Without a window Firefox gives the page no focus, so Space and Enter press nothing there; the
keyboard is tried in Chromium.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scripts.audit.browser import record_errors
from scripts.audit.visit import page_addresses
from tests.browser.hands import WIDE, open_page
from tests.browser.started import firefox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def started(playwright):
    with firefox(playwright, keeps=True) as browser:
        yield browser


@pytest.fixture
def page(started):
    page = open_page(started, "mouse", 1280)
    yield page
    page.context.close()


def test_firefox_copy_on_disk_opens_every_page(page, copy):
    """Without a message in the console, a request to another host, or anything that sticks out."""
    errors = record_errors(page, copy.as_uri())
    opened = [copy / address / "index.html" for address in page_addresses(copy)]
    assert len(opened) > 30
    for file in opened:
        page.goto(file.as_uri())
        assert page.evaluate(WIDE) <= 0, file
    assert errors == []


def test_firefox_reload_does_not_restore_ticks(page, home):
    """Firefox brings back what a form had, unless told not to."""
    page.goto(home + "odla/host/")
    page.locator("#kryss-gift").click()
    expect(page.locator(".check-total")).to_contain_text("1 av ")
    page.reload()
    expect(page.locator(".check-total")).to_contain_text("0 av ")


def test_firefox_searches_copy_on_disk(page, copy):
    errors = record_errors(page, copy.as_uri())
    page.goto((copy / "index.html").as_uri())
    page.locator("#sokfalt").click()
    page.keyboard.type("bladmögel")
    expect(page.locator(".search__hits")).to_contain_text("ladmögel")
    assert errors == []
