"""Who may see a language of the card, and what takes it off again."""

from __future__ import annotations

import copy
import datetime as dt

import pytest

from scripts.content.card import languages, rows, shown, stamp, unread

CHECKED = {
    "name": "X", "translated_by": "A", "checked_by": "B", "checked_on": dt.date(2026, 11, 1),
}  # fmt: skip
PARTS = [
    {"title": {"sv": "Ett", "xx": "Un"}, "lines": [{"sv": "R", "xx": "r"}, {"sv": "S", "xx": "s"}]},
    {"title": {"sv": "Två", "xx": "Deux"}, "lines": [{"sv": "T", "xx": "t"}]},
]


def card(**fields) -> dict:
    """A card whose language has all its stamps, as an editor has pasted them, but for ``fields``."""
    made = {"languages": {"xx": {**CHECKED, **fields}}, "parts": copy.deepcopy(PARTS)}
    language = languages(made)["xx"]
    stamps = " ".join(stamp(texts, "xx", language) for _, _, texts in rows(made))
    return {**made, "languages": {"xx": {"checked": stamps, **CHECKED, **fields}}}


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({}, True),
        ({"checked": None}, False),
        ({"checked_by": ""}, False),
        ({"checked_on": None}, False),
        ({"checked_by": "A"}, False),
        ({"checked_by": "A", "written_by": "Vi"}, True),
    ],
)
def test_a_language_that_nobody_else_has_read_is_never_shown(fields, expected):
    assert list(shown(card(**fields))) == (["xx"] if expected else [])


@pytest.mark.parametrize(("code", "text"), [("sv", "En annan"), ("xx", "une autre")])
def test_a_row_that_is_another_now_takes_the_language_off(code, text):
    changed = card()
    changed["parts"][0]["lines"][1][code] = text
    assert unread(changed, "xx") == [(("parts", 0, "lines", 1), 2)] and not shown(changed)
    changed["parts"][0]["lines"][1][code] = f" {PARTS[0]['lines'][1][code]}\n"
    assert shown(changed), "space is no other text"


@pytest.mark.parametrize("field", [{"checked_by": "C"}, {"checked_on": dt.date(2026, 11, 2)}])
def test_a_new_reader_or_day_makes_every_stamp_another(field):
    changed = card()
    changed["languages"]["xx"].update(field)
    assert len(unread(changed, "xx")) == 5


def test_numbers_run_through_all_parts():
    assert [number for _, number, _ in rows({"parts": PARTS})] == [0, 1, 2, 0, 3]


def test_an_unknown_field_is_an_error():
    with pytest.raises(TypeError):
        languages({"languages": {"xx": {"name": "X", "reviewed": "ja"}}})
