from __future__ import annotations

import re

import pytest
from lxml import html

from scripts.render_registers import age, date_words


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2026", "2026"), ("2026-02", "februari 2026"), ("2026-11-04", "4 november 2026")],
)
def test_dates_are_said_in_words(iso, words):
    assert date_words(iso) == words


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"as_of": "2023"}, "2023"),
        ({"as_of_note": "odaterad"}, "odaterad"),
        ({"as_of": "2023", "as_of_note": "eller senare"}, "2023, eller senare"),
        ({}, ""),
    ],
)
def test_age(record, text):
    assert age(record) == text


def test_no_page_shows_its_markdown(site):
    """Attribute lists and macros that nobody rendered, on any built page; code may show them."""
    for file in site.rglob("index.html"):
        root = html.fromstring(file.read_bytes())
        for code in root.xpath("//pre | //code | //script"):
            code.drop_tree()
        assert not re.findall(r".{40}\{:|.{40}\[\[", root.text_content()), file


def test_the_accessibility_statement_has_what_digg_asks(root):
    """By name, since a word in the wrong place is no statement; sender and contact: the footer."""
    text = (root / "site/om/tillganglighet/index.html").read_text(encoding="utf-8")
    for wanted in (
        *("avsändaren, längst ner", "hela den här sajten", "delvis förenlig med kraven"),
        *("Brister vi känner till", "Varför:", "Bedömd:", "Senast ändrad:", "Så är den bedömd:"),
        *("Hör av dig till avsändaren", "https://www.digg.se/tdosanmalan"),
        *("oskäligt betungande", "lagen inte gäller för"),
    ):
        assert wanted in text, wanted
