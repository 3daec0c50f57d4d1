from __future__ import annotations

import pytest

from scripts.core import swedish
from scripts.core.swedish import (
    MAX_COMPARED,
    date_words,
    did_you_mean,
    nearest,
    plain_ascii,
    swedish_order,
)


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2026", "2026"), ("2026-02", "februari 2026"), ("2026-11-04", "4 november 2026")],
)
def test_dates_are_said_in_words(iso, words):
    assert date_words(iso) == words


def test_the_last_letters_stand_last():
    words = ["Öl", "zon", "äga", "ål", "idé", "idel"]
    assert sorted(words, key=swedish_order) == ["idé", "idel", "zon", "ål", "äga", "Öl"]


def test_ids_have_no_dots_and_rings():
    assert plain_ascii("Län och Åtgärder") == "lan och atgarder"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("utl-5-51", ["utlf-5-1", "utl-5-1", "utl-5-15"], "utl-5-15"),  # two letters swapped
        ("osäker", ["saker", "osaker", "motstridig"], "osaker"),
        ("Kontakt", ["kontakt", "kontakter"], "kontakt"),
        ("barnen", ["barn", "vuxna"], "barn"),
        ("lag", ["lagen"], ""),  # two letters of three
        ("ult", ["utl"], "utl"),
        ("", ["a"], "a"),
    ],
)
def test_the_nearest_word_and_none_when_nothing_is_like_it(word, known, meant):
    assert nearest(word, known) == meant
    assert did_you_mean(word, known) == (f' Menade du "{meant}"?' if meant else "")


def test_of_a_huge_word_only_the_beginning_is_compared(monkeypatch):
    """The work grows with the square of a word's length."""
    compared = []

    def distance(one, two):
        compared.append((len(one), len(two)))
        return 1_000

    monkeypatch.setattr(swedish, "distance", distance)
    assert nearest("x" * 100_000, ["y" * 90] * 500) == ""
    assert compared == [(MAX_COMPARED, 90)] * 500
