"""Every page, as a reader's browser meets it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import WIDTHS

AXE = Axe()
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violations(page) -> list[str]:
    """Return one line for each WCAG 2.2 A and AA violation axe-core finds: rule, then element."""
    result = AXE.run(page, options=WCAG).response["violations"]
    return [f"{v['id']}: {node['html'][:150]}" for v in result for node in v["nodes"]]


@pytest.mark.slow
def test_a_page_is_clean_at_every_width_and_colour(page, base, troubles, address):
    """One test a page: loading is what takes time."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(base + address, wait_until="networkidle" if width == WIDTHS[-1] else "load")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            faults.append(f"{wide} px sticker ut i sidled vid {width} px")
    assert page.title() and page.locator("h1").count() == 1
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults += [f"{scheme}: {violation}" for violation in violations(page)]
    stored = page.evaluate(
        "() => [localStorage.length, sessionStorage.length, document.cookie.length]"
    )
    if stored != [0, 0, 0]:
        faults.append(f"besöket lagrade något: {stored}")
    assert troubles + faults == []


@pytest.mark.parametrize("name", ["betanketid/ansok/", "checklistor/misstanke/", ""])
def test_without_javascript_the_page_gives_its_text_menu_and_numbers(browser, base, name):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(base + name)
    assert page.locator("article").inner_text().strip()
    page.get_by_role("button", name="Meny", exact=True).click()
    page.locator("#meny summary", has_text="Kontakt").click()
    assert page.locator("#meny").get_by_role("link", name="Regionkoordinatorer").is_visible()
    context.close()
