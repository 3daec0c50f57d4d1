"""The guide's pages say what the tree says."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.content.choices import VERDICTS
from scripts.content.content import read_registers
from scripts.content.guide import behind, leads_to, node, order, places, way_to
from scripts.render.guide import render_node, render_whole
from scripts.render.macro import MacroError
from tests.conftest import ROOT, context

REGISTERS = read_registers(ROOT / "docs")
GUIDE = REGISTERS.guide


def page_of(site: Path, key: str) -> LexborHTMLParser:
    name = "" if key == GUIDE["start"] else f"{key}/"
    file = site / f"betanketid/vagledning/{name}index.html"
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", [*GUIDE["questions"], *GUIDE["outcomes"]])
def test_a_built_page_leads_where_the_tree_leads(site, key):
    page, here = page_of(site, key), node(GUIDE, key)
    wanted = leads_to(GUIDE, key)
    links = page.css(".guide-choices a")
    assert [link.attributes["href"].rstrip("/").split("/")[-1] for link in links] == wanted
    if "choices" in here:
        assert [link.text() for link in links] == [c["title"] for c in here["choices"]]
    else:
        text = page.css_first(".guide").text()
        for word in ("Varför", "Gör så här", "Kontakta", "Läs mer"):
            assert word in text
        cards = [a.attributes["href"] for a in page.css('.guide a[href*="/kontakt/#"]')]
        for contact in here["call"]:
            if number := REGISTERS.contacts[contact].get("phone"):
                assert number in text
            else:
                assert any(card.endswith(f"/kontakt/#{contact}") for card in cards)


def test_a_question_says_how_far_it_is_and_leads_back(site):
    for key, number in places(GUIDE).items():
        place = page_of(site, key).css_first(".guide-place")
        assert place.text().startswith(f"Fråga {number} av högst {max(places(GUIDE).values())}")
        links = [a.attributes["href"].rstrip("/").split("/")[-1] for a in place.css("a")]
        assert links == ([behind(GUIDE, key)] if number > 2 else [".."] if number > 1 else [])


@pytest.mark.parametrize("key", GUIDE["outcomes"])
def test_an_answer_says_the_verdict_what_to_do_and_the_next_step_before_the_reasons(site, key):
    guide, here = page_of(site, key).css_first(".guide"), node(GUIDE, key)
    text = guide.text()
    button = guide.css_first(".guide-choices a, .next a").text()
    parts = [
        (VERDICTS | GUIDE["verdicts"])[here["verdict"]],
        "Gör så här",
        button,
        "Kontakta",
        "Svaren som leder hit",
        "Varför",
    ]
    parts += ["Lagens krav"] if here["verdict"] == "kanske" else []
    parts += ["Osäkert just nu"] if here.get("doubt") else []
    at = [text.index(f"\n{part}") for part in [*parts, "Läs mer"]]
    assert at == sorted(at)
    for step in guide.css("ol.steps > li"):
        assert step.css("a:not(.cite a)"), f"leder ingenstans: {step.text()}"
    assert "Under 18 år?" not in text, "it has been asked"


@pytest.mark.parametrize("key", GUIDE["outcomes"])
def test_an_answer_shows_the_way_that_led_to_it_folded(site, key):
    folded = page_of(site, key).css_first("details.guide-path")
    shown = [
        (
            row.css_first("a").attributes["href"].rstrip("/").split("/")[-1],
            row.css_first("strong").text(),
        )
        for row in folded.css("li")
    ]
    start = {GUIDE["start"]: ".."}
    assert shown == [(start.get(q, q), " eller ".join(a)) for q, a in way_to(GUIDE, key)]
    assert "open" not in folded.attributes


def test_words_that_few_need_are_folded_below_the_choices(site):
    guide = page_of(site, "vistelse").css_first(".guide")
    folded = guide.css_first("details").text()
    assert "Viseringsfri tid" in folded
    assert guide.text().index("Inget av det här") < guide.text().index(folded.strip())
    whole = LexborHTMLParser((site / "betanketid/vagledning/hela/index.html").read_text("utf-8"))
    assert "Viseringsfri tid" in whole.css_first(".guide-whole").text()


def test_only_an_answer_that_may_lead_to_an_application_states_the_conditions():
    assert "Lagens krav" in render_node(context(ROOT / "docs"), "ansok-nu")
    assert "Lagens krav" not in render_node(context(ROOT / "docs"), "vill-inte")


def test_who_answers_for_a_child_is_said_where_an_application_may_follow():
    for key, here in GUIDE["outcomes"].items():
        text, verdict = render_node(context(ROOT / "docs"), key), here["verdict"]
        assert (GUIDE["child"].strip() in text) == (verdict == "kanske"), key
        assert (GUIDE["child_short"].strip() in text) == (verdict in ("nej", "oklart")), key


def test_an_unknown_node_is_said():
    with pytest.raises(MacroError, match="borta"):
        render_node(context(ROOT / "docs"), "borta")


def test_the_whole_has_every_node_with_its_choices():
    text = render_whole(context(ROOT / "docs"), "")
    for key in order(GUIDE):
        assert f"{{#{key}}}" in text
        for target in leads_to(GUIDE, key):
            assert f"(#{target})" in text
        for step in node(GUIDE, key).get("do", []):
            assert step in text
