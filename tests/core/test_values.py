from __future__ import annotations

import pytest

from scripts.core.values import COMPILED, normal, number, unit


@pytest.mark.parametrize(("word", "digits"), [("tolv", "12"), ("three", "3"), ("14", "14")])
def test_number_words_and_digits_are_one(word, digits):
    assert number(word) == digits


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("dagars", "dagar"), ("veckor", "veckor"), ("åren", "år"), ("månad", "månader")],
)
def test_units_have_one_form(text, wanted):
    assert unit(text) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("inom sex månader", "tid", "6 månader"),
        ("i 30 dagar", "tid", "30 dagar"),
        ("fängelse i högst 4 år", "tid", "högst 4 år"),
        ("020-390 000", "telefon", "020390000"),
        ("blankett 195011", "blankett", "195011"),
        ("knappt 44 procent", "procent", "44"),
    ],
)
def test_a_value_has_one_normal_form(text, kind, value):
    found = {
        (name, normal(name, match))
        for name, pattern in COMPILED
        for match in pattern.finditer(text)
    }
    assert (kind, value) in found
