from __future__ import annotations

import pytest
from lxml import html

from scripts.content.handouts import Handout
from scripts.content.settings import Extra, Sender
from scripts.paper.composer import letter
from scripts.paper.layouts import compose
from scripts.paper.sections import text_of
from scripts.site.html_site import HtmlSite
from tests.examples import record
from tests.paper.test_sections import START, change

NOBODY = Extra()
ROW = {
    "title": "Prov",
    "purpose": "Till provet.",
    "file": "prov",
    "page": "",
    "form": "blad",
    "size": 10,
    "pages": 2,
}
OTHER = (
    START.replace("Sidan", "Andra")
    .replace(
        "<p>Djupare.</p>",
        '<p>Se <a href="../#ett">ett</a>, <a href="../#tva">två</a>, <a href="../borta/#x">borta</a> och '
        '<a href="../borta/#x">dit igen</a>. Ring <a class="tel" href="tel:112">112</a>.'
        '<sup class="cite"><a href="#kalla-k">1</a><a href="#kalla-m">2</a></sup></p>',
    )
    .replace(
        "</ol>",
        '<li id="kalla-m"><a href="https://z.se/">Ny</a>. Utgivare två. Lydelse: 2026. Osäker källa.</li></ol>',
    )
)


@pytest.fixture
def site(tmp_path) -> HtmlSite:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(START, encoding="utf-8")
    (tmp_path / "a/index.html").write_text(
        OTHER.replace("2026-07-02", "2026-06-01"), encoding="utf-8"
    )
    return HtmlSite(tmp_path, "https://exempel.se/")


def made(site: HtmlSite, *sections, extra=NOBODY, **more):
    row = {**ROW, "sections": list(sections), **more}
    pages = HtmlSite(site.root, site.url)  # as they stand now
    return html.fromstring(compose(record(Handout, key="prov", **row), pages, extra))


def test_sources_get_one_numbering_over_all_pages(site):
    document = made(site, "#ett", "a/#under")
    cites = [text_of(e) for e in document.find_class("cite")]
    assert cites == ["1", "1, 2"], "the same source keeps its number"
    assert " " not in document.find_class("cite")[1].text_content(), "a line is broken at no mark"
    rows = [text_of(e) for e in document.find_class("sources")[0].findall(".//li")]
    assert rows == ["1 Titel. Utgivare. x.se/y", "2 Ny. Utgivare två. Osäker källa. z.se/"]


def test_a_link_goes_within_the_handout_or_gets_a_letter_and_an_address(site):
    document = made(site, "#ett", "a/#under")
    links = {text_of(a): a for a in document.iter("a") if a.getparent().tag == "p"}
    assert document.get_element_by_id(links["ett"].get("href")[1:]).tag == "h2"
    assert links["tvåa"].get("href") == "https://exempel.se/#tva"
    both = {links[name].get("href") for name in ("bortab", "dit igenb")}
    assert both == {"https://exempel.se/borta/#x"}
    rows = [text_of(e) for e in document.find_class("links")[0].findall(".//li")]
    assert rows == ["a exempel.se/#tva", "b exempel.se/borta/#x"]
    assert links["112"].get("href") == "tel:112"


def test_a_link_to_the_list_of_sources_leads_to_the_handouts_own(site):
    (site.root / "k").mkdir()
    listed = """<ul class="source-list"><li id="k"><p><a href="https://x.se/y">Titel</a>. Utgivare. Läst 2026. Används på: <a href="../">A</a>.</p></li>
    <li id="ny"><p><a href="https://å.se/">Ny</a>. Någon. <span class="paper-address">å.se</span> Datum: 2020. Används på: <a href="../">A</a>.</p></li></ul>"""
    (site.root / "k/index.html").write_text(
        START.replace("<p>Djupare.</p>", listed), encoding="utf-8"
    )
    links = '<a href="k/#ny">Lag 2020:27</a>, <a href="k/#k">titeln</a>, <a href="k/">alla</a>.'
    change(site, "Djupare.", links)
    document = made(site, "#ett", pages=3)
    paragraph = document.find(".//main").findall(".//p")[1]
    led = [a.get("href") for a in paragraph.iter("a")]
    assert led == ["#kalla-ny", "#kalla-k", "https://exempel.se/k/"]
    assert paragraph.text_content() == "Lag 2020:27\u202f2, titeln1, allaa."
    rows = [text_of(e) for e in document.find_class("sources")[0].findall(".//li")]
    assert rows == ["1 Titel. Utgivare. Läst 2026. x.se/y", "2 Ny. Någon. Datum: 2020. å.se/"]


def test_words_gather_at_the_end_and_ids_are_unique(site):
    document = made(site, "", "a/", "#ett", "a/#ett")
    assert [text_of(p) for p in document.find_class("words")[0].findall("p")] == ["LVU – en lag."]
    ids = [e.get("id") for e in document.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids))


def test_headings_begin_at_the_same_level_wherever_a_section_comes_from(site):
    document = made(site, "#under", "a/#ett")
    tags = [e.tag for e in document.find(".//main").iter("h2", "h3", "h4")]
    assert tags == ["h2", "h2", "h3", "h3"]


def test_dates_are_the_newest_review_and_the_first_next_one(site):
    document = made(site, "#ett", "a/#under")
    head = text_of(document.find(".//header"))
    assert "Version 2 januari 2026. Granskas senast 1 juni 2026." in head
    assert "exempel.se/p/prov/" in head


def test_paper_says_who_stands_behind_it(site):
    extra = Extra(sender=Sender(name="Vi", text="Ingen myndighet."))
    (said,) = made(site, "#ett", extra=extra).find_class("sender")
    assert text_of(said) == "Vi. Ingen myndighet."
    assert not made(site, "#ett").find_class("sender")


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param("Första. ", "Första.1", id="not alone on the next line"),
        pytest.param("116 111", "116 111\u202f1", id="not a digit of the number"),
        pytest.param('<a href="tel:112">112</a>', "112\u202f1", id="nor of a link's"),
        pytest.param("Fråga <em>en</em> ", "Fråga en1", id="after an element"),
    ],
)
def test_where_a_source_mark_stands(site, text, expected):
    change(site, "Första.<sup", f"{text}<sup")
    paragraph = made(site, "#ett").find(".//main").find(".//p")
    assert paragraph.text_content() == expected


def test_what_introduces_a_list_or_a_table_is_kept_with_it(site):
    change(site, "<p>Djupare.</p>", "<p>Tre:</p><ul><li>A</li></ul><p>Slut.</p>")
    marked = [text_of(e) for e in made(site, "#under").find_class("intro")]
    assert marked == ["Tre:"]


@pytest.mark.parametrize("number, expected", [(1, "a"), (26, "z"), (27, "aa"), (53, "ba")])
def test_letter(number, expected):
    assert letter(number) == expected


def squeeze(element) -> str:
    return "".join(element.text_content().split())


def test_a_figure_on_paper_has_no_shape_without_words_and_one_kind_of_head(site):
    figure = (
        '<figure class="figure"><p class="figure-when">När <span class="figure-said"><span class="figure-sign" '
        'aria-hidden="true">!</span> <strong>Frist</strong></span><span data-date="slut" hidden></span></p>'
        '<ul><li><p>B: 1</p><svg class="figure-bar" width="1000" aria-hidden="true">'
        '<rect width="480"></rect></svg></li>'
        '<li><svg class="figure-icon" aria-hidden="true"><path d="M0 0"></path></svg> Ord</li></ul>'
        '<table><thead><tr><th>A</th></tr></thead><tbody><tr><th scope="row">R</th>'
        '<td data-label="A">1</td></tr></tbody></table></figure>'
    )
    change(site, "<p>Första.", f"{figure}<p>Första.")
    document = made(site, "#ett")
    assert not document.findall(".//main//svg")
    (bar,) = document.find_class("figure-bar")
    assert bar.get("share") == "0.480"
    assert text_of(document.find(".//figure")) == "När · FristB: 1 OrdAR1"
    assert [th.get("scope") for th in document.iter("th")] == ["col"], (
        "two kinds of head are more than outloud follows"
    )
    assert [text_of(td) for td in document.find_class("row-head")] == ["R"]
    assert not document.xpath("//main//@hidden | //main//@data-label | //main//@data-date")
