from __future__ import annotations

import datetime as dt

import pytest

from scripts.content.card import languages, parts, shown

DAY = dt.date(2026, 11, 1)
CHECKED = {"name": "X", "translated_by": "A", "checked_by": "B", "checked_on": DAY}


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"name": "X", "written_by": "Vi"}, True),
        (CHECKED, True),
        ({"name": "X"}, False),
        ({**CHECKED, "checked_by": ""}, False),
        ({**CHECKED, "checked_on": None}, False),
        ({**CHECKED, "checked_by": "A"}, False),
    ],
)
def test_a_language_that_nobody_else_has_read_is_never_shown(fields, expected):
    card = {"languages": {"xx": fields}}
    assert [language.code for language in shown(card)] == (["xx"] if expected else [])


def test_numbers_run_through_all_parts():
    card = {"parts": [{"title": {}, "lines": [{}, {}]}, {"title": {}, "lines": [{}]}]}
    assert [[number for number, _ in lines] for _, lines in parts(card)] == [[1, 2], [3]]


def test_an_unknown_field_is_an_error():
    with pytest.raises(TypeError):
        languages({"languages": {"xx": {"name": "X", "checked": "ja"}}})
