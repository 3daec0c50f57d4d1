from __future__ import annotations

import re

import pytest

from scripts.core import phone

NUMBERS = ["112", "020-390 000"]


@pytest.mark.parametrize(
    "number", ["08-123 45 67", "020-390 000", "+46 8 123 45 67", "0812345678", "112", "114 14"]
)
def test_numbers_in_text_finds_each_written_form(number):
    found = [match[0] for match in phone.numbers_in(f"Ring {number}, eller skriv.")]
    assert found == [number]


@pytest.mark.parametrize(
    "text", ["SFS 2025:112", "kl. 08:00-12", "112:5", "2026-11-28", "12,112", "112/2"]
)
def test_numbers_in_text_leaves_other_digits(text):
    assert list(phone.numbers_in(text)) == []


def test_number_in_field_is_found_before_its_note():
    assert phone.numbers_in_field("08-123 45 67, efter 17") == ["08-123 45 67"]
    match = phone.first_number_in_field("växeln 4 70 11")
    assert match and match[0] == "4 70 11"
    assert phone.first_number_in_field("växeln") is None


@pytest.mark.parametrize("text", ["2025:112", "1112", "112-1", "112 §", "112 kap.", "inte 112"])
def test_known_pattern_skips_longer_numbers_and_statutes(text):
    assert re.search(phone.known_pattern(NUMBERS), text) is None


def test_known_pattern_finds_the_longest_number():
    match = re.search(phone.known_pattern([*NUMBERS, "020-390"]), "Ring 020-390 000.")
    assert match and match[1] == "020-390 000"
    assert re.search(phone.known_pattern([]), "Ring 112") is None


@pytest.mark.parametrize(
    ("number", "uri", "national"),
    [
        ("020-390 000", "tel:020390000", "020390000"),
        ("+46 20 390 000", "tel:+4620390000", "020390000"),
        ("0046 20 390 000", "tel:004620390000", "020390000"),
        ("112", "tel:112", "112"),
        ("+45 12 34 56 78", "tel:+4512345678", "+4512345678"),
    ],
)
def test_uri_and_national_form_of_a_number(number, uri, national):
    assert phone.uri(number) == uri
    assert phone.national(number) == national


def test_from_uri_drops_separators_and_parameters():
    assert phone.from_uri("tel:+46-8-123%2045;ext=1") == "+46812345"


@pytest.mark.parametrize(
    ("uri", "dialable"),
    [
        ("tel:020390000", True),
        ("tel:+46812345678", True),
        ("tel:112", True),
        ("tel:90123", True),
        ("tel:12", False),
        ("tel:+46(0)812345678", False),
        ("tel://020390000", False),
    ],
)
def test_is_dialable(uri, dialable):
    assert phone.is_dialable(uri) is dialable
