"""What a figure's rows need of its form; the forms themselves are in test_golden.py."""

from __future__ import annotations

import re

import pytest

from scripts.content.figures import ANSWERS, ICONS, MARKS
from scripts.render.figures import render_figure
from scripts.render.macro import MacroError
from tests.conftest import context
from tests.examples import registers


@pytest.mark.parametrize("icon", ICONS)
def test_figure_icon_has_a_path(icon):
    rows = {"a": {"kind": "tecken", "signs": [{"icon": icon, "title": "S"}]}}
    assert re.search(r' d="M[^"]+"', render_figure(context(registers(figures=rows)), "a"))


def test_figure_answers_and_marks_have_different_signs():
    cells = [{"answer": answer, "words": "O"} for answer in ANSWERS]
    table = {
        "kind": "tabell",
        "columns": ["C"] * len(cells),
        "rows": [{"title": "R", "cells": cells}],
    }
    steps = {"kind": "steg", "parts": [{"title": "P", "steps": [{"mark": m} for m in MARKS]}]}
    given = context(registers(figures={"t": table, "s": steps}))
    text = render_figure(given, "t") + render_figure(given, "s")
    signs = re.findall(r'class="figure-sign[^"]*" aria-hidden="true">([^<]+)<', text)
    assert len(set(signs)) == len(signs) == len(ANSWERS) + len(MARKS)


def test_figure_with_an_unknown_fact_raises():
    bars = {
        "kind": "staplar",
        "groups": [{"title": "G", "bars": [{"title": "B", "fact": "borta"}]}],
    }
    with pytest.raises(MacroError, match="inget antal"):
        render_figure(context(registers(figures={"a": bars})), "a")
