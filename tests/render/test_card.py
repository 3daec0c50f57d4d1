from __future__ import annotations

from scripts.render import card
from tests.content.test_card import CHECKED
from tests.content.test_card import card as checked


class Context:
    class registers:  # noqa: N801
        card = checked(dir="rtl")


Context.registers.card["languages"] |= {
    "sv": {"name": "Svenska", "written_by": "Sajtens redaktion"},
    "uk": {**CHECKED, "name": "U"},
}


def test_a_row_has_its_number_and_each_language_that_is_shown():
    Context.registers.card["parts"][1]["lines"][0]["uk"] = "|"
    assert card.render_card(Context, "").split("\n\n")[1].splitlines() == [
        '| Nr | Deux {: lang="xx" dir="rtl" } | Två |',
        "|---|---|---|",
        '| 3 | t {: lang="xx" dir="rtl" } | T |',
    ]


def test_each_language_says_who_stands_behind_it():
    assert card.render_card_languages(Context, "").splitlines() == [
        "- X: översatt av A, granskad av B den 1 november 2026.",
        "- Svenska: skriven av sajtens redaktion.",
        "- U: inte granskad som raderna står nu, och visas därför inte.",
    ]
