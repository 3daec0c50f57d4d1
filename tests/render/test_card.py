from __future__ import annotations

import datetime as dt

from scripts.content.card import languages
from scripts.render import card

CARD = {
    "languages": {
        "sv": {"name": "Svenska", "written_by": "Sajtens redaktion"},
        "ar": {
            "name": "A",
            "dir": "rtl",
            "translated_by": "T",
            "checked_by": "G",
            "checked_on": dt.date(2026, 1, 2),
        },
        "uk": {"name": "U", "translated_by": "T"},
    },
    "parts": [
        {
            "title": {"sv": "Ett", "ar": "AR", "uk": "UK"},
            "lines": [{"sv": "R|ad", "ar": "ar", "uk": "uk"}],
        }
    ],
}


class Context:
    class registers:  # noqa: N801
        card = CARD


def test_a_row_has_its_number_and_each_language_that_is_shown():
    text = card.render_card(Context, "")
    assert text.splitlines() == [
        '| Nr | Ett | AR {: lang="ar" dir="rtl" } |',
        "|---|---|---|",
        '| 1 | R\\|ad | ar {: lang="ar" dir="rtl" } |',
    ]
    assert "uk" not in text.lower()


def test_each_language_says_who_stands_behind_it():
    rows = card.render_card_languages(Context, "").splitlines()
    assert rows == [
        "- Svenska: skriven av sajtens redaktion.",
        "- A: översatt av T, granskad av G den 2 januari 2026.",
        "- U: inte granskad än, och visas därför inte.",
    ]
    assert list(languages(CARD)) == ["sv", "ar", "uk"]
