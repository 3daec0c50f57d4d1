"""Date help as a person uses it. What the days are: tests/test_days.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, Hand, framed
from tests.test_days import unfold

pytestmark = pytest.mark.slow

ADDRESS = "odla/datum/"


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_dates_filled_in_become_days_and_calendar(opened, home, way, size):
    """Errors are shown at their fields; nothing is stored, and the file names no subject."""
    page = opened(way, size)
    hand = Hand(way)
    troubles: list[str] = []
    page.on("console", lambda m: m.type in ("error", "warning") and troubles.append(m.text))
    page.clock.set_fixed_time("2026-11-24T23:30:00+01:00")
    page.goto(home + ADDRESS)
    hand.press(page.get_by_role("button", name="Räkna"))
    decision = page.get_by_label("Beslutets datum", exact=True)
    expect(decision).to_be_focused()
    expect(decision).to_have_accessible_description(
        re.compile("Fyll i datumet som står på beslutet")
    )
    decision.fill("2026-12-04")
    page.get_by_label("Tillståndets sista dag", exact=True).fill("2026-12-01")
    hand.press(page.get_by_role("button", name="Räkna"))
    expect(page.get_by_label("Tillståndets sista dag", exact=True)).to_be_focused()
    page.get_by_label("Tillståndets sista dag", exact=True).fill("2027-01-03")
    page.get_by_label("Dagen då ni ansökte", exact=True).fill("2026-11-20")
    hand.press(page.get_by_role("button", name="Räkna"))
    expect(page.get_by_role("heading", name="Era datum")).to_be_focused()
    result = page.locator(".dates-result")
    for words in (
        "40 dagar kvar",
        "lördag 19 december 2026",  # halfway
        "söndag 27 december 2026",  # a week left
        "onsdag 23 december 2026",  # the appeal: three weeks end on juldagen
        "Det är juldagen.",
        "måndag 28 december 2026",
        "onsdag 30 juni 2027",
        "torsdag 30 september 2027",
    ):
        expect(result).to_contain_text(words)
    with page.expect_download() as download:
        hand.press(page.get_by_role("button", name="Lägg i kalendern"))
    assert download.value.suggested_filename == "datum.ics"
    text = Path(download.value.path()).read_bytes().decode()
    lines = unfold(text)
    days = [line[-8:] for line in lines if line.startswith("DTSTART")]
    assert days == ["20270103", "20261219", "20261227", "20261223", "20270630", "20270930"]
    assert not re.search("kolonilott|odla|trädgård", text, re.I)
    assert page.evaluate(STORED) == NOTHING
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    link = result.get_by_role("link", name="Regel och källa").last
    hand.press(link)
    page.wait_for_url("**#ersattning")
    hand.press(page.get_by_role("button", name="Töm"))
    expect(result).to_be_hidden()
    assert troubles == []


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("2026-11-25", "Det är i morgon."),
        ("2026-11-24", "Det är idag."),
        ("2026-11-23", "Dagen har passerat."),
    ],
)
def test_dates_near_last_day_is_in_words(page, home, last_day, words):
    page.clock.set_fixed_time("2026-11-24T12:00:00+01:00")
    page.goto(home + ADDRESS)
    page.get_by_label("Beslutets datum", exact=True).fill("2026-10-26")
    page.get_by_label("Tillståndets sista dag", exact=True).fill(last_day)
    page.get_by_role("button", name="Räkna").click()
    expect(page.locator(".dates-result")).to_contain_text(words)


@pytest.mark.parametrize(
    ("label", "day", "words"),
    [
        ("Dagen då ni ansökte", "2026-12-05", "Ansökan kan inte vara gjord efter beslutet"),
        ("Beslutets datum", "2022-07-31", "Kontrollera årtalet"),
        ("Tillståndets sista dag", "2100-01-01", "Kontrollera årtalet"),
    ],
)
def test_dates_impossible_day_is_refused(page, home, label, day, words):
    page.goto(home + ADDRESS)
    page.get_by_label("Beslutets datum", exact=True).fill("2026-12-04")
    page.get_by_label("Tillståndets sista dag", exact=True).fill("2027-01-03")
    field = page.get_by_label(label, exact=True)
    field.fill(day)
    page.get_by_role("button", name="Räkna").click()
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile(words))
    expect(page.locator(".dates-result")).to_be_hidden()


@pytest.mark.parametrize(("last_day", "count"), [("2026-12-17", 0), ("2026-12-18", 1)])
def test_dates_halfway_is_shown_from_a_fortnight(page, home, last_day, count):
    page.goto(home + ADDRESS)
    page.get_by_label("Beslutets datum", exact=True).fill("2026-12-04")
    page.get_by_label("Tillståndets sista dag", exact=True).fill(last_day)
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("heading", name="Era datum")).to_be_visible()
    expect(page.locator(".dates-result h3", has_text="Halvvägs")).to_have_count(count)


def test_dates_in_sandboxed_frame_are_shown_as_text(page, home):
    frame = framed(page, home, ADDRESS, "allow-scripts")
    frame.get_by_label("Beslutets datum", exact=True).fill("2027-03-01")
    frame.get_by_role("button", name="Räkna").click()
    frame.get_by_role("button", name="Lägg i kalendern").click()
    expect(frame.get_by_role("status").filter(has_text="Kopiera datumen")).to_be_visible()
    expect(frame.get_by_role("textbox", name="Datumen som text")).to_have_value(
        "2027-03-22 Svara senast (se akten)\n2027-09-30 Ekonomi, kvartal 1 2027 (se akten)"
    )


def test_dates_without_javascript_table_has_the_rules(opened, home):
    page = opened("mouse", 375, java_script_enabled=False)
    page.goto(home + ADDRESS)
    expect(page.locator(".dates")).to_contain_text("kräver JavaScript")
    expect(page.get_by_role("row", name=re.compile("Sista svaret"))).to_be_visible()
    assert page.get_by_role("textbox", name="Beslutets datum").count() == 0
