"""The date help's register: what can't be counted with or filled in is told with its line."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import dates, registers
from tests.conftest import found

both = lambda *given: [*registers.check(*given), *dates.check(*given)]  # noqa: E731
check_docs = partial(found, both)

SMALL = """\
first: 2026-01-01
wrong_year: Fel år.
holiday: Det är {helg}. Nästa vardag är {vardag}.
fields:
  sadd: {label: Sådd, hint: H}
  skord:
    label: Skörd
    hint: H
    not_before: sadd
    shown: Till {dag}
days:
  groning:
    title: Groning
    count_from: [sadd]
    time: groning
    counted: "{frist} senare är {dag}."
    rule: regel
    event: E
  halvvags:
    title: Halvvägs
    count_from: [skord]
    since: sadd
    halfway: true
    text: ["{kvar}", "Det är {dagar}."]
    rule: regel
    event: E
  kvartal:
    title: Rapport för {kvartal}
    count_from: [sadd]
    quarters_to: [skord]
    time: groning
    rule: regel
    event: "{kvartalsslut}"
"""
FACTS = "groning: {{value: {}, source: lagen}}\n"
SOURCES = "lagen: {title: L, publisher: P, url: 'https://e.se', kind: lag, certainty: saker}\n"
PAGE = "[[datumhjalp]]\n\n## Regel {#regel}\n"


@pytest.fixture
def faults(docs):
    """Return a function: the register's text → (line, rule) of each finding."""

    def run(text: str, time: str = "3 veckor"):
        facts = FACTS.format(time)
        pages = {"_data/facts.yml": facts, "_data/sources.yml": SOURCES, "odla.md": PAGE}
        found = check_docs(docs({**pages, "_data/dates.yml": text}))
        return [(fault.line, fault.rule) for fault in found]

    return run


def test_dates_right_register_has_no_finding(faults):
    assert faults(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("{helg}", "{dag}", 3, "date-rule"),
        ("not_before: sadd", "not_before: saddd", 9, "unknown-date-field"),
        ("Till {dag}", "Till {kvar}", 10, "date-rule"),
        ("count_from: [sadd]", "count_from: [borta]", 14, "unknown-date-field"),
        ("time: groning", "time: borta", 15, "unknown-fact"),
        ("{frist} senare", "{dagar} senare", 16, "date-rule"),
        ("rule: regel", "rule: regeln", 17, "date-rule"),
        ("    since: sadd\n", "", 22, "date-rule"),
        ("Det är {dagar}", "Det är {frist}", 24, "date-rule"),
        ("Rapport för {kvartal}", "Rapport för {kvartalet}", 28, "date-rule"),
        ("[skord]\n    time: groning\n", "[skord]\n", 30, "date-rule"),
    ],
)
def test_dates_fault_has_its_line(faults, old, new, line, rule):
    assert old in SMALL
    assert (line, rule) in faults(SMALL.replace(old, new, 1))


def test_dates_time_in_words_is_reported(faults):
    assert faults(SMALL, "tre veckor") == [(15, "date-rule"), (31, "date-rule")]


def test_dates_least_without_since_is_reported(faults):
    """Without a field to count from the page never shows the day."""
    text = SMALL.replace("    halfway: true\n", "    least: 3\n").replace("    since: sadd\n", "")
    assert (22, "date-rule") in faults(text)
