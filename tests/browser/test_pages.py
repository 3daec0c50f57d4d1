"""Every page, as a reader's browser meets it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow

AXE = Axe()
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violations(page) -> list[str]:
    """Return one line for each WCAG 2.2 A and AA violation axe-core finds: rule, then element."""
    result = AXE.run(page, options=WCAG).response["violations"]
    return [f"{v['id']}: {node['html'][:150]}" for v in result for node in v["nodes"]]


def test_a_page_loads_clean_fits_and_stays_at_home(page, base, troubles, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + address, wait_until="networkidle")
    assert troubles == []
    assert page.title()
    assert page.locator("h1").count() == 1
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{wide} px sticker ut i sidled"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, base, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(base + address, wait_until="networkidle")
    assert violations(page) == []


def test_a_visit_stores_nothing(page, base, address):
    page.goto(base + address, wait_until="networkidle")
    stored = page.evaluate(
        "() => [localStorage.length, sessionStorage.length, document.cookie.length]"
    )
    assert stored == [0, 0, 0]


@pytest.mark.parametrize("name", ["betanketid/ansok/", "checklistor/misstanke/", ""])
def test_without_javascript_the_page_gives_its_text_menu_and_numbers(browser, base, name):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(base + name)
    assert page.locator("article").inner_text().strip()
    page.get_by_role("button", name="Meny", exact=True).click()
    page.get_by_role("navigation", name="Meny").get_by_text("Kontakt", exact=True).click()
    assert page.get_by_role("link", name="Regionkoordinatorer").first.is_visible()
    context.close()
