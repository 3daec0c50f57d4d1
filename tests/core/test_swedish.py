from __future__ import annotations

import pytest

from scripts.core.swedish import date_words, plain_ascii, swedish_order


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
