"""Checklist, guide, date help and county finder in hard circumstances; and how near they are."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import minify
import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from tests.browser import axe
from tests.browser.conftest import SITE
from tests.browser.hands import framed, open_page
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

ARIA = Path(__file__).parent / "aria"


def use_checklist(place) -> None:
    place.locator("#kryss-akut-fara").check()


def use_nothing(place) -> None:
    del place


def use_dates(place) -> None:
    place.get_by_label("Beslutets datum").fill("2027-03-01")
    place.get_by_label("Tillståndets sista dag", exact=True).fill("2027-01-01")
    place.get_by_role("button", name="Räkna").click()  # a fault, said at its field
    place.get_by_label("Tillståndets sista dag", exact=True).fill("")
    place.get_by_role("button", name="Räkna").click()


def use_county(place) -> None:
    place.get_by_label("Ditt län").select_option("norrbotten")


TOOLS = {
    "checklist": ("checklistor/misstanke/", use_checklist),
    "guide": ("betanketid/vagledning/vistelse/", use_nothing),
    "dates": ("betanketid/datum/", use_dates),
    "county": ("kontakt/regionkoordinatorer/", use_county),
}
MEDIA = {
    "dark, reduced motion": {"color_scheme": "dark", "reduced_motion": "reduce"},
    "forced colours": {"forced_colors": "active"},
    "paper": {"media": "print"},
}
USUAL = {
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
    "media": "screen",
}


def violations(frame) -> list[str]:
    """As test_pages.violations, in any frame."""
    # colours on their way would be measured as they are
    frame.wait_for_function("() => !document.getAnimations().some(a => a.playState === 'running')")
    # preload would fetch the style sheets, which a sandboxed frame and a file may not
    return axe.violations(frame, preload=False)


def listen(page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda m: m.type in ("error", "warning") and found.append(m.text))
    page.on("pageerror", lambda e: found.append(str(e)))
    return found


@pytest.mark.parametrize("tool", TOOLS)
def test_in_use_it_is_clean_in_every_medium(browser, base, tool):
    address, use = TOOLS[tool]
    page = open_page(browser, "mouse", 1280)
    found = listen(page)
    page.goto(base + address)
    use(page)
    tree = page.locator("article")
    expect(tree).to_match_aria_snapshot((ARIA / f"{tool}.yml").read_text(encoding="utf-8"))
    for medium, change in MEDIA.items():
        page.emulate_media(**{**USUAL, **change})
        found += [
            f"{medium}: {violation}"
            for violation in violations(page)
            if medium != "paper" or not violation.startswith("target-size")  # nobody presses paper
        ]
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**USUAL)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{wide} px sticker ut vid {width}"] if wide > 0 else []
    found += [f"320: {violation}" for violation in violations(page)]
    assert found == []
    page.context.close()


@pytest.mark.parametrize("tool", TOOLS)
def test_in_use_it_is_clean_wherever_it_is_shown(browser, base, site, tool):
    address, use = TOOLS[tool]
    found = []
    # a sandboxed frame: no storage, no forms, no downloads, no dialogs
    page = open_page(browser, "mouse", 1280)
    found += (heard := listen(page))
    frame = framed(page, base, address, "allow-scripts")
    use(frame)
    found += [f"ram: {violation}" for violation in violations(frame)]
    # a file
    page.goto((site / address / "index.html").as_uri())
    use(page)
    found += [f"fil: {violation}" for violation in violations(page)]
    found += heard
    page.context.close()
    # without JavaScript
    page = open_page(browser, "mouse", 375, java_script_enabled=False)
    found += (heard := listen(page))
    page.goto(base + address)
    assert page.locator("article h1").is_visible()
    assert page.get_by_text("Ditt län", exact=True).count() == 0, "no dead controls"
    found += heard
    page.context.close()
    assert found == []


# --- how near things are ------------------------------------------------------------------------


def clicker(limit: int):
    """Return a click that counts, and fails when a person would have had enough."""
    done: list[str] = []

    def click(control) -> None:
        done.append(str(control))
        assert len(done) <= limit, done
        control.click()

    return click


@pytest.mark.parametrize("size", [1280, 375])
def test_what_is_urgent_is_near(browser, base, size):
    page = open_page(browser, "mouse", size)
    start = page.locator("article")

    page.goto(base)  # one action: the number itself
    number = page.locator(".site-header").get_by_role("link", name="Ring 112", exact=True)
    expect(number).to_be_in_viewport()
    assert number.get_attribute("href") == "tel:112"

    page.goto(base)
    click = clicker(2)
    click(start.get_by_role("link", name="Ansöka", exact=True))
    click(page.locator("article").get_by_role("link", name="blanketten", exact=True).first)
    expect(page.get_by_text("Nämndens blankett har haft nummer 195011")).to_be_in_viewport()

    page.goto(base)
    click = clicker(2)
    click(start.get_by_role("link", name="Regionkoordinatorer"))
    select = page.get_by_label("Ditt län")
    click(select)
    select.select_option("norrbotten")  # the same action: the list that the click opened
    expect(page.locator(".county-answer")).to_contain_text("Ring 020-390 000")

    page.add_init_script("window.prints = 0; window.print = () => { prints += 1 }")
    page.goto(base)
    click = clicker(2)
    click(start.get_by_role("link", name="Checklista: misstanke"))
    click(page.locator(".check-bar").get_by_role("button", name="Skriv ut"))
    assert page.evaluate("prints") == 1
    page.context.close()


# --- what it weighs -----------------------------------------------------------------------------


def test_all_our_own_scripts_are_light():
    """What the site does itself, all pages together, as build_assets.py sends it."""
    sizes = {
        file.name: len(
            gzip.compress(minify.string("text/javascript", file.read_text("utf-8")).encode(), 9)
        )
        for file in sorted((ROOT / "overrides/assets").glob("*.js"))
    }
    assert sum(sizes.values()) <= 25_000, sizes


# A word that only one script has, and the mark of the pages that use it.
MARKS = {
    "Kom ihåg mina kryss": 'class="checklist"',
    "BEGIN:VCALENDAR": 'class="dates"',
    "valj-lan": 'class="counties"',
}


def test_a_page_loads_only_the_scripts_it_uses(site):
    assert site == SITE
    loaded = dict.fromkeys(MARKS, 0)
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        sources = [s.attributes.get("src") for s in LexborHTMLParser(text).css("script[src]")]
        scripts = "".join(
            (file.parent / re.sub(r"[?#].*", "", source)).resolve().read_text(encoding="utf-8")
            for source in sources
            if source and not source.startswith("/")
        )
        for word, mark in MARKS.items():
            assert (word in scripts) == (mark in text), (file, word)
            loaded[word] += word in scripts
    # each on its page and in its frame
    assert loaded == {"Kom ihåg mina kryss": 8, "BEGIN:VCALENDAR": 2, "valj-lan": 2}
