from __future__ import annotations

import pytest

from scripts.content.sources import (
    MORE,
    LawChange,
    affected_keys,
    change_notice,
    format_section,
    is_unread,
    lagen_nu_anchor,
    oldest_reading_date,
)
from tests.examples import record, registers, statute

SOURCES = registers(
    sources={
        "utl": {
            **{"title": "Utl (2005:716)", "url": "https://a.se", "sfs": "2005:716"},
            **{"read_on": "2026-04-27", "as_of": "2026-04-07", "note": "N"},
            "paragraphs": {"5-16": {"certainty": "osaker"}, "fel": {}},
        },
        "sol": {"title": "SoL, ny", "url": "https://b.se", "sfs": "2025:400", "as_of": "2026-02"},
        "oläst": {},
    },
    law={
        "utl": statute("2005:716", p5_15="**[Träder i kraft 2026-01-01]**\n\nOrd. Lag (2025:9).", p5_16="Ett.\n\nTvå."),
        "sol": statute("2025:400", "6"),
        "ingen": statute("1999:1", "1"),
    },
    law_read={"utl-5-16": {"mark": "3f2a9c01", "read_on": "2026-11-01"}},
).sources  # fmt: skip


@pytest.mark.parametrize(
    ("place", "words", "anchor"),
    [("5-15d", "5 kap. 15 d §", "K5P15d"), ("8a-2", "8 a kap. 2 §", "K8aP2"), ("6", "6 §", "P6")],
)
def test_statute_section_place_in_words_and_url(place, words, anchor):
    assert (format_section(place), lagen_nu_anchor(place)) == (words, anchor)


def test_statute_section_inherits_fields_of_its_statute():
    assert list(SOURCES) == ["utl", "utl-5-15", "utl-5-16", "sol", "sol-6", "oläst"]
    own = SOURCES["utl-5-16"]
    assert (own.title, own.url) == ("Utl (2005:716) 5 kap. 16 §", "https://a.se#K5P16")
    assert (own.statute, own.section, own.read_on, own.note) == (
        "utl",
        "5 kap. 16 §",
        "2026-11-01",
        "N",
    )
    assert SOURCES["utl-5-15"].read_on == "2026-04-27"
    first = SOURCES["utl-5-15"]
    assert (first.in_force, first.amended_by) == ("2026-01-01", "2025:9")
    assert (own.in_force, own.amended_by, own.wording) == ("", "2005:716", "Ett.\n\nTvå.")
    assert SOURCES["sol-6"].title == "SoL, ny, 6 §"


def test_oldest_reading_date_is_of_statutes_alone():
    assert oldest_reading_date(["utl-5-16", "utl-5-15", "sol", "borta"], SOURCES) == "2026-04-27"
    assert oldest_reading_date(["sol", "oläst"], SOURCES) == ""


@pytest.mark.parametrize(
    ("affects", "found"),
    [
        (["utl"], ["utl", "utl-5-15", "utl-5-16"]),
        (["utl-5-15"], ["utl-5-15"]),
        (["utl-5-1"], []),
        (["sol", "utl-5-16"], ["utl-5-16", "sol", "sol-6"]),
        ([], []),
    ],
)
def test_affected_keys_of_a_statute_include_its_sections(affects, found):
    assert affected_keys(record(LawChange, affects=affects), SOURCES, SOURCES) == found


@pytest.mark.parametrize(
    ("key", "day", "told"),
    [
        ("utl-5-15", "2026-04-27", False),
        ("utl-5-15", "2026-04-28", True),
        ("utl-5-16", "2026-07-01", False),  # its own read_on
        ("sol", "2026-01-31", False),
        ("sol", "2026-02-15", True),
        ("oläst", "1999", True),
        ("utl-5-15", None, False),
    ],
)
def test_change_is_unread_until_read_after_it(key, day, told):
    change = record(LawChange, affects=["utl", "sol", "oläst"], in_force=day)
    assert is_unread(change, [key], SOURCES) is told


def changes(**notices: tuple[str, str]) -> dict[str, LawChange]:
    return {
        key: record(LawChange, affects=["utl-5-15"], in_force=day, notice=text)
        for key, (day, text) in notices.items()
    }


@pytest.mark.parametrize(
    ("told", "cited", "text"),
    [
        (changes(c=("2027-07-01", "Tre"), a=("2026-07-01", "Ett.")), "utl-5-15", f"Ett. {MORE}"),
        (changes(c=("2027-07-01", "Tre")), "utl-5-15", "Tre."),  # it ends like a sentence
        (changes(a=("2027-01-01", "Ett."), b=("2027-02-01", "Ett.")), "utl-5-15", "Ett."),
        (changes(a=("2027-01-01", "Ett.")), "utl-5-16", ""),
        (changes(a=("2027-01-01", "Ett.")), "borta", ""),
        (changes(a=("2027-01-01", "")), "utl-5-15", ""),
    ],
)
def test_change_notice_is_the_first_unread(told, cited, text):
    assert change_notice(told, [cited], SOURCES) == text
