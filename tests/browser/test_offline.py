"""The copy from the zip, opened from a disk: no server, no net, a path with space and å."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scripts.audit.browser import record_errors

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(browser, copy):
    """A page on the copy's start; nothing may go wrong while it is open."""
    context = browser.new_context(locale="sv-SE", offline=True)
    context.set_default_timeout(10_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    # chrome: the browser's own reader of PDF files
    errors = record_errors(page, copy.as_uri())
    page.goto(f"{copy.as_uri()}/index.html")
    yield page
    context.close()
    assert [error for error in errors if "chrome" not in error] == []


def test_copy_on_disk_search_redirect_and_handouts_work(disk, copy):
    disk.keyboard.press("Control+k")
    disk.keyboard.type("vattna")
    hit = disk.get_by_role("option").first
    expect(hit).to_be_visible()
    hit.click()
    disk.wait_for_url("**/odla/tomat/index.html*")
    disk.goto((copy / "p/fraga/index.html").as_uri(), wait_until="commit")
    disk.wait_for_url((copy / "om/kontakt/index.html").as_uri())
    disk.goto((copy / "om/skriv-ut/index.html").as_uri())
    for link in disk.locator("a[href$='.pdf']").all():
        file = copy / "om/skriv-ut" / link.get_attribute("href")
        assert file.read_bytes()[:5] == b"%PDF-"
