"""What macros have become in the built site."""

from __future__ import annotations

import html as entities
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.content.content import Content
from tests.conftest import ROOT

CONTENT = Content.read(ROOT / "docs")
REGISTERS = CONTENT.registers
LISTS = REGISTERS.checklists


def tree(file) -> LexborHTMLParser:
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def test_the_accessibility_statement_has_what_digg_asks(site):
    """By name, since a word in the wrong place is no statement."""
    text = (site / "om/tillganglighet/index.html").read_text(encoding="utf-8")
    for wanted in (
        *("Vem som svarar för sajten:", "hela den här sajten", "förenlig med kraven"),
        *("Brister vi känner till", "Varför:", "Bedömd:", "Senast ändrad:", "Så är den bedömd:"),
        *("Berätta om brister:", "https://www.digg.se/tdosanmalan"),
        *("oskäligt betungande", "lagen inte gäller för"),
    ):
        assert wanted in text, wanted


@pytest.mark.parametrize("name", LISTS)
def test_every_form_of_a_list_has_the_same_ids_and_text(site, name):
    wanted = [(row.id, row.text) for row in LISTS[name].rows]
    found = []
    for item in tree(site / f"checklistor/{name}/index.html").css(".check-rows > li"):
        label = item.css_first("label")
        assert label.attributes["for"] == item.css_first("input").id == f"kryss-{item.id}"
        found.append((item.id, entities.unescape(label.text())))
    assert found == wanted
    text = (site / f"checklistor/{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"^\[ \] (.*)$", text, re.M) == [text for _, text in wanted]
