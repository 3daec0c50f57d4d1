"""Our figures as HTML: every word, order and source; their forms are in test_golden.py."""

from __future__ import annotations

import re

import markdown
import pytest
from lxml import html

from scripts.content.content import Content
from scripts.content.figures import ANSWERS, ICONS, MARKS
from scripts.render.extension import RegisterExtension
from scripts.render.figures import render_figure
from scripts.render.macro import MacroError
from tests.conftest import ROOT, context
from tests.examples import registers

REGISTERS = Content.read(ROOT / "docs").registers
KEYS = list(REGISTERS.figures)


def rendered(key: str) -> str:
    """Return the HTML of a page that holds only the figure ``key``."""
    ours = RegisterExtension(docs_dir=str(ROOT / "docs"))
    text = f"# Sida\n\n[[figur: {key}]]\n"
    return markdown.markdown(text, extensions=["attr_list", "md_in_html", "tables", ours])


@pytest.fixture(scope="module")
def figures():
    """Every figure as an element, by its key."""
    return {key: html.fromstring(f"<div>{rendered(key)}</div>").find("figure") for key in KEYS}


def words(element) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_has_its_name_and_description_and_nothing_that_breaks_the_policy(figures, key):
    figure, row = figures[key], REGISTERS.figures[key]
    (title,) = figure.xpath(f'.//*[@id="{figure.get("aria-labelledby")}"]')
    assert words(title) == row.title
    said = re.sub(r"<[^>]+>", "", row.description)  # on-screen
    assert words(figure.find("figcaption")) == f"{row.title} {said}"
    ids = figure.xpath(".//@id")
    assert len(ids) == len(set(ids))
    # a page in easy Swedish has its sources in the list at its foot alone
    assert bool(figure.xpath('.//sup[@class="cite"]/a')) == (key != "lattlast-steg")
    source = html.tostring(figure, encoding="unicode")
    assert not re.search(r"\[@|\]\(|\*\*|markdown=|wzxhzdk", source)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script", source)
    for shape in figure.iter("svg"):
        assert shape.get("aria-hidden") == "true", "a shape only shows what the words say"
        assert not shape.text_content().strip()


@pytest.mark.parametrize("icon", ICONS)
def test_every_icon_has_a_shape(icon):
    rows = {"a": {"kind": "tecken", "signs": [{"icon": icon, "title": "S"}]}}
    assert re.search(r' d="M[^"]+"', render_figure(context(registers(figures=rows)), "a"))


def test_every_answer_and_mark_has_a_sign_of_its_own():
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


def test_what_does_not_add_up_says_why():
    bars = {
        "kind": "staplar",
        "groups": [{"title": "G", "bars": [{"title": "B", "fact": "borta"}]}],
    }
    with pytest.raises(MacroError, match="inget antal"):
        render_figure(context(registers(figures={"a": bars})), "a")
