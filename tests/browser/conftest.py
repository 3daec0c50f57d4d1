from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from scripts.audit.browser import launch, record_errors, serve
from tests.browser.hands import open_page


@pytest.fixture(scope="session")
def home(garden):
    """The address of a server on loopback that gives the built garden."""
    with serve(garden.site) as address:
        yield address


@pytest.fixture(scope="session")
def copy(garden, tmp_path_factory) -> Path:
    """The folder that the garden's zip holds, unpacked on a disk: a path with a space and å."""
    place = tmp_path_factory.mktemp("sticka") / "Min mapp å"
    with zipfile.ZipFile(next(garden.site.glob("*.zip"))) as archive:
        archive.extractall(place)
    (folder,) = place.iterdir()
    return folder


@pytest.fixture(scope="package")
def playwright():
    """For this folder only: Playwright keeps an event loop running, and no other can start beside
    it."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright):
    """The system's Chromium; scripts/test.py finds or installs it."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser):
    """A page of its own: no storage, no history."""
    context = browser.new_context(locale="sv-SE")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(browser):
    """Return a function that opens such a page by mouse, touch or keyboard; see hands.open_page."""
    pages = []

    def opened(way: str = "mouse", width: int = 1280, **options):
        pages.append(open_page(browser, way, width, **options))
        return pages[-1]

    yield opened
    for page in pages:
        page.context.close()


@pytest.fixture
def errors(page, home):
    """What goes wrong while a page of the garden is open: console errors, failed or foreign
    requests."""
    return record_errors(page, home)
