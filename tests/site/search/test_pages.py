"""A built page as units."""

from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.site.html_site import HtmlPage, HtmlSite
from scripts.site.search.pages import read_page, read_site, unit_addresses

HTML = """<!doctype html><html lang="sv"><head><title>T</title>
<meta name="keywords" content="reflektionsperiod, permit"></head><body><nav>Meny</nav>
<article><p class="x" data-search-exclude>Granskad</p><h1 id="titel">Vad är betänketid?</h1>
<p>Ett tillstånd<sup><a href="#k">1</a></sup> i <em>30</em> dagar.</p>
<h2 id="vem">Vem får <em>ansöka</em>?</h2><ul><li>Nämnden</li><li>Ingen annan</li></ul>
<div data-search-exclude><h3 id="ruta">En ruta</h3><p>Hemligt</p></div>
<h3>Utan id</h3><p>Hör till nämnden.</p>
<dl><dt id="lvu">LVU</dt><dd>Lagen om vård av unga.</dd></dl>
<table><tr><th id="norr" scope="row">Norr</th><td>Kallt</td></tr></table>
<p>Efter tabellen.</p>
<h2 id="tom">Tom rubrik</h2><h2 id="kallor">Källor</h2><ol data-search-exclude><li>Lagen</li></ol>
</article></body></html>"""


def test_a_page_is_cut_at_its_headings():
    page = read_page(HtmlPage("betanketid/", HTML))
    assert page is not None
    assert (page.title, page.keywords) == ("Vad är betänketid?", "reflektionsperiod, permit")
    assert [(u.id, u.heading, u.text) for u in page.units] == [
        ("", "Vad är betänketid?", ["Ett tillstånd i 30 dagar."]),
        ("vem", "Vem får ansöka?", ["Nämnden", "Ingen annan", "Utan id", "Hör till nämnden."]),
        ("lvu", "LVU", ["Lagen om vård av unga.", "Efter tabellen."]),
        ("norr", "Norr", ["Kallt"]),
        ("tom", "Tom rubrik", []),
    ]
    assert list(unit_addresses([page]))[:2] == ["betanketid/", "betanketid/#vem"]


def test_a_word_that_the_glossary_explains_is_part_of_its_sentence_and_a_control_is_not():
    html = """<article><h1>A</h1><p>Gör en <button class="term" popovertarget="ord-oro"
    type="button">orosanmälan</button> genast. <button type="button">Kopiera</button></p></article>"""
    page = read_page(HtmlPage("a/", html))
    assert page and page.units[0].text == ["Gör en orosanmälan genast."]


def test_a_page_says_where_its_links_lead():
    html = """<article><h1 id="a">A</h1><a href="../b/#c">Ett <em>namn</em></a><a href="#a">här</a>
    <a href="https://x.example/">ut</a><nav><a href="../d/">meny</a></nav><a href="../index.html">start</a>"""
    page = read_page(HtmlPage("a/", html))
    assert page and page.links == [("b/#c", "Ett namn"), ("", "start")]


@pytest.mark.parametrize(
    "html",
    [
        HTML.replace("<article>", "<article data-search-exclude>"),
        HTML.replace("<article>", '<article><div data-search-exclude="">').replace(
            "</article>", "</div></article>"
        ),
        HTML.replace("<title>", '<meta name="robots" content="noindex"><title>'),
        "<html><body><p>Ingen rubrik</p></body></html>",
    ],
)
def test_a_page_can_be_left_out(html):
    assert read_page(HtmlPage("x/", html)) is None


def test_an_answer_of_the_guide_is_one_hit_and_a_question_none(garden):
    pages = {page.address: page for page in read_site(HtmlSite(garden.site))}
    told = [(u.id, u.heading, u.text) for u in pages["guide/mogel/"].units]
    told_of = "Bladmögel trivs i fukt, så vattna vid roten och inte på bladen."
    assert told == [
        ("", "Det kan vara bladmögel", ["Det här kan bli aktuellt.", told_of, "Vattna"])
    ]
    assert "guide/var/" not in pages
    assert Content.read(garden.docs).search_phrases["guide/mogel/"] == ["svarta prickar"]


def test_files_that_are_made_later_are_not_said_to_be_missing(garden):
    """The list of handouts says so until the PDF files are there."""
    text = (garden.site / "sok/om/skriv-ut.js").read_text("utf-8")
    assert "inte byggd" not in text and "Fickkort" in text
