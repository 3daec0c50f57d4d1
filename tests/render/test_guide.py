"""The guide's built pages lead where the tree leads; their form is in test_golden.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.content.content import Content
from scripts.content.guide import GuideQuestion, behind, places
from tests.conftest import ROOT

REGISTERS = Content.read(ROOT / "docs").registers
GUIDE = REGISTERS.guide


def page_of(site: Path, key: str) -> LexborHTMLParser:
    name = "" if key == GUIDE.start else f"{key}/"
    file = site / f"betanketid/vagledning/{name}index.html"
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def last(link) -> str:
    return link.attributes["href"].rstrip("/").split("/")[-1]


@pytest.mark.parametrize("key", GUIDE.nodes)
def test_a_built_page_leads_where_the_tree_leads(site, key):
    page, here = page_of(site, key), GUIDE.nodes[key]
    links = page.css(".guide-choices a")
    assert [last(link) for link in links] == here.leads_to
    if isinstance(here, GuideQuestion):
        assert [link.text() for link in links] == [choice.title for choice in here.choices]
        return
    text = page.css_first(".guide").text()
    cards = [a.attributes["href"] for a in page.css('.guide a[href*="/kontakt/#"]')]
    for contact in (REGISTERS.contacts[name] for name in here.call):
        shown = any(card.endswith(f"/kontakt/#{contact.key}") for card in cards)
        assert contact.phone in text if contact.phone else shown
    for step in page.css("ol.steps > li"):
        assert step.css("a:not(.cite a)"), f"leder ingenstans: {step.text()}"


def test_a_question_says_how_far_it_is_and_leads_back(site):
    asked = places(GUIDE)
    for key, number in asked.items():
        place = page_of(site, key).css_first(".guide-place")
        assert place.text().startswith(f"Fråga {number} av högst {max(asked.values())}")
        links = [last(link) for link in place.css("a")]
        assert links == ([behind(GUIDE, key)] if number > 2 else [".."] if number > 1 else [])
