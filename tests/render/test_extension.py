from __future__ import annotations

import pytest


@pytest.mark.parametrize("text", ["`[@lagen]`", "```\n[@lagen]\n[[osakert: vem]]\n```"])
def test_code_is_left_alone(render, text):
    html = render(text)
    assert "[@lagen]" in html and "kalla-" not in html and "uncertain" not in html


@pytest.mark.parametrize(
    ("macro", "word"),
    [
        ("[[borta]]", "inget makro"),
        ("[[osakert: borta]]", "questions.yml"),
        ("[[checklista: borta]]", "finns inte"),
        ("[[kontakter: borta]]", "contacts.yml"),
    ],
)
def test_a_macro_that_cannot_be_made_warns(render, caplog, macro, word):
    assert word in render(macro + "\n")
    assert word in caplog.text
