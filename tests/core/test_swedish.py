from __future__ import annotations

import pytest

from scripts.core.swedish import (
    date_words,
    did_you_mean,
    nearest,
    swedish_order,
)


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2026", "2026"), ("2026-02", "februari 2026"), ("2026-11-04", "4 november 2026")],
)
def test_date_words_of_a_date_or_its_beginning(iso, words):
    assert date_words(iso) == words


def test_swedish_order_puts_å_ä_ö_last():
    words = ["Öl", "zon", "äga", "ål", "idé", "idel"]
    assert sorted(words, key=swedish_order) == ["idé", "idel", "zon", "ål", "äga", "Öl"]


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
def test_nearest_is_the_word_at_least_distance_or_none(word, known, meant):
    assert nearest(word, known) == meant
    assert did_you_mean(word, known) == (f' Menade du "{meant}"?' if meant else "")
