"""Days as overrides/assets/days.js counts them, in Node: against Python's for forty years."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from dateutil.easter import easter

from tests.conftest import ROOT

DAYS = ROOT / "overrides/assets/days.js"
FIRST, MANY = dt.date(2022, 1, 1), 40 * 366
ONE = dt.timedelta(1)


def run(code: str, *given: object, zone: str = "Europe/Stockholm"):
    """Return what a function of ``given`` returns where days.js has been read."""
    script = f"{DAYS.read_text('utf-8')}\nprocess.stdout.write(JSON.stringify(({code})(...JSON.parse(process.argv[1]))));"
    node = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [node, "-e", script, json.dumps(given)],
        capture_output=True,
        check=True,
        env={**os.environ, "TZ": zone},
    )
    return json.loads(done.stdout)


def free_days(year: int) -> set[dt.date]:
    """Lag (1989:253) and 2 § lag (1930:173), in other words than the script's."""
    sunday = easter(year)
    midsummer = next(d for n in range(20, 27) if (d := dt.date(year, 6, n)).weekday() == 5)
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]
    moving = [sunday + n * ONE for n in (-2, 0, 1, 39, 49)]
    return {*(dt.date(year, *d) for d in fixed), *moving, midsummer - ONE, midsummer}


def nearest(day: dt.date, step: dt.timedelta, free: set[dt.date]) -> dt.date:
    while day.weekday() >= 5 or day in free:
        day += step
    return day


def plus_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def test_day_is_counted_as_in_python():
    found = run(
        """(first, many) => Array.from({length: many}, (_, n) => {
          const day = days.parse(first) + n;
          return [days.toIso(day), days.parse(days.toIso(day)) === day, days.toIso(days.addTime(day, "3 veckor")),
            days.toIso(days.addTime(day, "6 månader")), Boolean(days.holiday(day)),
            days.toIso(days.workday(day, -1)), days.toIso(days.workday(day, 1))]; })""",
        FIRST.isoformat(),
        MANY,
    )
    free = set().union(*(free_days(year) for year in range(FIRST.year - 1, FIRST.year + 42)))
    for n, row in enumerate(found):
        day = FIRST + n * ONE
        assert row == [
            day.isoformat(),
            True,
            (day + dt.timedelta(weeks=3)).isoformat(),
            plus_months(day, 6).isoformat(),
            day.weekday() >= 5 or day in free,
            nearest(day, -ONE, free).isoformat(),
            nearest(day, ONE, free).isoformat(),
        ]
    assert len(found) == MANY


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Stockholm", "2026-03-29"),
        ("Pacific/Kiritimati", "2026-03-29"),
        ("America/St_Johns", "2026-03-28"),
    ],
)
def test_today_is_the_local_day(zone, day):
    assert (
        run("time => days.toIso(days.ofDate(new Date(time)))", "2026-03-29T00:30:00Z", zone=zone)
        == day
    )


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-12-24", "julafton"),
        ("2027-06-25", "midsommarafton"),
        ("2027-03-28", "påskdagen"),
        ("2026-11-28", "en lördag"),
        ("2026-11-27", ""),
    ],
)
def test_holiday_has_its_name(day, why):
    assert run("day => days.holiday(days.parse(day))", day) == why


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "2026-1-1", "i dag", ""])
def test_text_that_is_no_day_is_null(text):
    assert run("text => days.parse(text)", text) is None


@pytest.mark.parametrize(
    ("time", "last"),
    [("10 dagar", "2028-03-10"), ("2 månader", "2028-04-29"), ("1 år", "2029-02-28")],
)
def test_time_of_facts_is_added(time, last):
    assert run("time => days.toIso(days.addTime(days.parse('2028-02-29'), time))", time) == last


def test_quarters_between_days_are_found():
    found = run(
        """(first, last) => days.quarters(days.parse(first), days.parse(last))
          .map(q => [q.quarter, q.year, days.toIso(q.end)])""",
        "2026-06-30",
        "2027-01-01",
    )
    assert found == [
        [2, 2026, "2026-06-30"],
        [3, 2026, "2026-09-30"],
        [4, 2026, "2026-12-31"],
        [1, 2027, "2027-03-31"],
    ]


def unfold(text: str) -> list[str]:
    """RFC 5545, 3.1: undo folding; every line ends with CRLF and has at most 75 octets."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_calendar_file_is_valid():
    text = run(
        """title => days.calendar([{day: days.parse("2026-12-31"), title},
          {day: days.parse("2028-02-28"), title: "B"}], "20261124T120000Z", "abc")""",
        "Å" * 60 + "; \\ , slut",
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
