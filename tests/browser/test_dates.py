"""Date help: against Python's dates for every day of forty years, and as a person uses it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from dateutil.easter import easter
from playwright.sync_api import expect

from tests.browser.hands import HANDS, NOTHING, STORED, Hand, framed, open_page
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

ADDRESS = "betanketid/datum/"
FIRST, DAYS = dt.date(2022, 1, 1), 40 * 366
EVERY_DAY = [FIRST + dt.timedelta(n) for n in range(DAYS)]


def free_days(year: int) -> set[dt.date]:
    """Lag (1989:253) and 2 § lag (1930:173), in other words than the script's."""
    sunday = easter(year)
    midsummer = next(d for n in range(20, 27) if (d := dt.date(year, 6, n)).weekday() == 5)
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]
    moving = [sunday + dt.timedelta(n) for n in (-2, 0, 1, 39, 49)]
    return {*(dt.date(year, *d) for d in fixed), *moving, midsummer - dt.timedelta(1), midsummer}


def is_free(day: dt.date) -> bool:
    return day.weekday() >= 5 or day in free_days(day.year)


def plus_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Pacific/Kiritimati", "America/St_Johns"])
def test_every_day_counts_as_in_python(browser, base, zone):
    page = open_page(browser, "mouse", 1280, timezone_id=zone)
    page.goto(base + ADDRESS)
    found = page.evaluate(
        """([first, days]) => { const d = window.datum, start = d.parse(first);
        return Array.from({length: days}, (_, n) => { const day = start + n; return [
          d.iso(day), d.parse(d.iso(day)) === day, d.iso(d.appeal(day)), d.iso(d.addMonths(day, 6)),
          Boolean(d.holiday(day)), d.iso(d.workday(day, -1)), d.iso(d.workday(day, 1))]; }) }""",
        [FIRST.isoformat(), DAYS],
    )
    one = dt.timedelta(1)
    free = {day for day in [FIRST - one, *EVERY_DAY] if is_free(day)}
    free |= {day for n in range(1, 15) if is_free(day := EVERY_DAY[-1] + n * one)}
    free |= {day for n in range(1, 15) if is_free(day := FIRST - n * one)}
    for day, row in zip(EVERY_DAY, found, strict=True):
        before = after = day
        while before in free:
            before -= one
        while after in free:
            after += one
        assert row == [
            day.isoformat(),
            True,
            (day + dt.timedelta(weeks=3)).isoformat(),
            plus_months(day, 6).isoformat(),
            day in free,
            before.isoformat(),
            after.isoformat(),
        ]
    page.context.close()


def test_known_days_and_quarters(page, base):
    page.goto(base + ADDRESS)
    run = page.evaluate
    iso = "d => window.datum.iso(d)"
    assert run(f"({iso})(window.datum.easter(2027))") == "2027-03-28"
    assert run("window.datum.holiday(window.datum.parse('2026-12-24'))") == "julafton"
    assert run("window.datum.holiday(window.datum.parse('2027-06-25'))") == "midsommarafton"
    for bad in ("2026-02-29", "2026-13-01", "2026-1-1", "i dag", ""):
        assert run("text => window.datum.parse(text)", bad) is None
    assert run("window.datum.parse('2028-02-29') !== null")
    claims = run(
        """() => { const d = window.datum;
        return d.claims(d.parse('2026-06-30'), d.parse('2027-01-01'))
          .map(c => [c.quarter, c.year, d.iso(c.end), d.iso(c.latest)]) }"""
    )
    assert claims == [
        [2, 2026, "2026-06-30", "2026-12-30"],
        [3, 2026, "2026-09-30", "2027-03-30"],
        [4, 2026, "2026-12-31", "2027-06-30"],
        [1, 2027, "2027-03-31", "2027-09-30"],
    ]


@pytest.mark.parametrize(
    ("limit", "last"),
    [("4 veckor", "2026-01-29"), ("10 dagar", "2026-01-11"), ("2 månader", "2026-03-01")],
)
def test_the_limits_are_those_of_the_facts_register(page, base, limit, last):
    facts = yaml.safe_load((ROOT / "docs/_data/facts.yml").read_text(encoding="utf-8"))["facts"]
    page.goto(base + ADDRESS)
    shown = page.evaluate("({...document.querySelector('.dates').dataset})")
    assert shown["overklagandeFrist"] == facts["overklagande-frist"]["value"]
    assert shown["ersattningFrist"] == facts["ersattning-frist"]["value"]
    page.route(f"**/{ADDRESS}", lambda route: with_limit(route, limit))
    page.goto(base + ADDRESS)
    day = "datum.iso(datum.appeal(datum.parse('2026-01-01')))"
    assert page.evaluate(day) == last


def with_limit(route, limit):
    """Give the page as the build makes it when the register has another limit."""
    answer = route.fetch()
    text = re.sub(
        'data-overklagande-frist="[^"]*"', f'data-overklagande-frist="{limit}"', answer.text()
    )
    route.fulfill(response=answer, body=text)


def unfold(text: str) -> list[str]:
    """RFC 5545, 3.1: undo folding; every line ends with CRLF and has at most 75 octets."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar_file_is_valid_and_says_nothing(page, base):
    page.goto(base + ADDRESS)
    title = "Å" * 60 + "; \\ , slut"
    text = page.evaluate(
        """title => datum.calendar([{day: datum.parse('2026-12-31'), title: title},
        {day: datum.parse('2028-02-28'), title: 'B'}], '20261124T120000Z', 'abc')""",
        title,
    )
    lines = unfold(text)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    names = [line.split(":")[0].split(";")[0] for line in lines]
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"):
        assert names.count(name) == 2
    assert len({line for line in lines if line.startswith("UID:")}) == 2
    assert {"VERSION:2.0", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} <= {*lines}
    assert {"DTSTART;VALUE=DATE:20280228", "DTEND;VALUE=DATE:20280229"} <= {*lines}
    assert "SUMMARY:" + "Å" * 60 + "\\; \\\\ \\, slut" in lines


@pytest.mark.parametrize(("way", "size"), HANDS)
def test_from_a_decision_to_the_calendar(browser, base, way, size):
    page = open_page(browser, way, size)
    hand = Hand(way)
    troubles: list[str] = []
    page.on("console", lambda m: m.type in ("error", "warning") and troubles.append(m.text))
    page.clock.set_fixed_time("2026-11-24T23:30:00+01:00")
    page.goto(base + ADDRESS)
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
    assert not re.search("betänk|handel|exploat|offer|brott|migration|social", text, re.I)
    assert page.evaluate(STORED) == NOTHING
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    link = result.get_by_role("link", name="Regel och källa").last
    hand.press(link)
    page.wait_for_url("**#ersattning")
    hand.press(page.get_by_role("button", name="Töm"))
    expect(result).to_be_hidden()
    assert troubles == []
    page.context.close()


def test_in_a_sandboxed_frame_the_dates_can_be_copied(page, base):
    frame = framed(page, base, ADDRESS, "allow-scripts")
    frame.get_by_label("Beslutets datum", exact=True).fill("2027-03-01")
    frame.get_by_role("button", name="Räkna").click()
    frame.get_by_role("button", name="Lägg i kalendern").click()
    expect(frame.get_by_role("status").filter(has_text="Kopiera datumen")).to_be_visible()
    expect(frame.get_by_role("textbox", name="Datumen som text")).to_have_value(
        "2027-03-22 Svara senast (se akten)\n2027-09-30 Ekonomi, kvartal 1 2027 (se akten)"
    )


def test_without_javascript_there_is_a_way_to_count_by_hand(browser, base):
    page = open_page(browser, "mouse", 375, java_script_enabled=False)
    page.goto(base + ADDRESS)
    expect(page.locator(".dates")).to_contain_text("kräver JavaScript")
    expect(page.get_by_role("row", name=re.compile("Nämndens överklagande"))).to_be_visible()
    assert page.get_by_role("textbox", name="Beslutets datum").count() == 0
    page.context.close()
