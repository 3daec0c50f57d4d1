from __future__ import annotations

import datetime as dt

import pytest

from scripts.content.law_changes import MORE, affected, notice, unread
from scripts.content.statutes import flatten

SOURCES = flatten(
    {
        "utl": {"title": "Utl", "url": "u", "read_on": "2026-04-27", "as_of": "2026-04-07",
                "paragraphs": {"5-15": {}, "5-16": {"read_on": "2026-11-01"}}},
        "sol": {"title": "SoL", "url": "s", "as_of": "2026-02"},
        "oläst": {"title": "X", "url": "x"},
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("affects", "found"),
    [
        (["utl"], ["utl", "utl-5-15", "utl-5-16"]),
        (["utl-5-15"], ["utl-5-15"]),
        (["utl-5-1"], []),
        (["sol", "utl-5-16"], ["utl-5-16", "sol"]),
        ([], []),
        (None, []),
        ("utl", []),
    ],
)
def test_an_act_stands_for_its_paragraphs_and_a_paragraph_for_itself(affects, found):
    assert affected({"affects": affects}, SOURCES, SOURCES) == found


@pytest.mark.parametrize(
    ("key", "day", "told"),
    [
        ("utl-5-15", "2026-04-27", False),
        ("utl-5-15", "2026-04-28", True),
        ("utl-5-15", dt.date(2026, 7, 1), True),
        ("utl-5-16", "2026-07-01", False),  # its own read_on
        ("sol", "2026-01-31", False),
        ("sol", "2026-02-15", True),
        ("oläst", "1999", True),
        ("utl-5-15", None, False),
    ],
)
def test_what_has_been_read_since_is_not_told(key, day, told):
    change = {"affects": ["utl", "sol", "oläst"], "in_force": day}
    assert unread(change, [key], SOURCES) is told


def change(
    day: str | None, text: str | None = None, affects: str = "utl-5-15"
) -> dict[str, object]:
    return {"affects": [affects], "in_force": day, "notice": text}


CHANGES = {
    "c": change("2027-07-01", "Tre"),
    "a": change("2026-07-01", "Ett."),
    "d": change("2028-01-01", "Fyra."),
    "b": change("2027-01-01", "Två!"),
}


def test_the_first_notice_and_that_there_are_more():
    assert notice(CHANGES, ["utl-5-15"], SOURCES) == f"Ett. {MORE}"
    assert notice({"c": CHANGES["c"]}, ["utl-5-15"], SOURCES) == "Tre.", "it ends like a sentence"


def test_a_notice_stands_once_and_only_where_its_source_is_cited():
    same = {"a": change("2027-01-01", "Ett."), "b": change("2027-02-01", "Ett.")}
    assert notice(same, ["utl-5-15"], SOURCES) == "Ett."
    assert notice(CHANGES, ["utl-5-16", "sol", "borta"], SOURCES) == ""
    assert notice({"a": change("2027-01-01")}, ["utl-5-15"], SOURCES) == "", "a change without one"
