from __future__ import annotations

import pytest
from lxml import html

from scripts.content.handouts import Handout, Section
from scripts.content.settings import Extra, Sender
from scripts.paper.composer import Composer, shorten_steps
from scripts.paper.layouts import compose
from scripts.paper.sections import PaperError, text_of
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


def test_composer_citations_and_sources_are_removed(site):
    document = made(site, "#ett", "a/#under")
    assert not document.find_class("cite") and not document.find_class("sources")
    assert "Titel" not in text_of(document), "the QR code leads to the page, which has them"


def test_composer_link_leads_within_the_handout_or_to_its_page(site):
    document = made(site, "#ett", "a/#under")
    links = {text_of(a): a for a in document.iter("a") if a.getparent().tag == "p"}
    assert document.get_element_by_id(links["ett"].get("href")[1:]).tag == "h2"
    assert links["två"].get("href") == "https://exempel.se/#tva"
    assert links["två"].get("title") == "två (exempel.se/#tva)"
    both = {links[name].get("href") for name in ("borta", "dit igen")}
    assert both == {"https://exempel.se/borta/#x"}
    assert links["112"].get("href") == "tel:112"


def test_composer_explained_word_is_text_and_ids_are_unique(site):
    document = made(site, "", "a/", "#ett", "a/#ett")
    assert not document.findall(".//button") and "LVU – en lag" not in text_of(document)
    ids = [e.get("id") for e in document.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids))


def test_composer_highest_heading_of_each_section_is_h2(site):
    document = made(site, "#under", "a/#ett")
    tags = [e.tag for e in document.find(".//main").iter("h2", "h3", "h4")]
    assert tags == ["h2", "h2", "h3", "h3"]


def test_composer_dates_are_latest_review_and_first_next_one(site):
    document = made(site, "#ett", "a/#under")
    head = text_of(document.find(".//header"))
    assert "Version 2 januari 2026. Granskas senast 1 juni 2026." in head
    assert "exempel.se/p/prov/" in head


def test_composer_sender_of_settings_is_printed(site):
    extra = Extra(sender=Sender(name="Vi", text="Ingen myndighet."))
    (said,) = made(site, "#ett", extra=extra).find_class("sender")
    assert text_of(said) == "Vi. Ingen myndighet."
    assert not made(site, "#ett").find_class("sender")


@pytest.mark.parametrize("text, expected", [("Första. ", "Första."), ("116 111", "116 111")])
def test_composer_removed_citation_leaves_no_space_at_the_end(site, text, expected):
    change(site, "Första.<sup", f"{text}<sup")
    paragraph = made(site, "#ett").find(".//main").find(".//p")
    assert paragraph.text_content() == expected


STEPS = """<p>Före.</p><h3 class="step" id="x-ett">Ett</h3><p>A <b>b.</b> C d. E.</p><p>F.</p>
<h3 class="step" id="x-tva">Två</h3><p>G: ”H. I.” J.</p><ul><li>K</li></ul>
<h3 class="step" id="x-tre">Tre</h3><p>L m. N:</p><ul><li>O. P.</li></ul><p>Q.</p>
<h3 class="step" id="x-fyra">Fyra</h3><ul><li>R</li></ul><p>S.</p>
<h3 id="x-fem">Fem</h3><p>T. U. V.</p><ol><li>W</li></ol>"""


@pytest.mark.parametrize(
    "sentences, expected",
    [
        pytest.param(
            1,
            "Före.|Ett|A b.|Två|G: ”H. I.”|Tre|L m.|Fyra|R|Fem|T. U. V.|W",
            id="quotation and other sections stay whole",
        ),
        pytest.param(
            2,
            "Före.|Ett|A b. C d.|Två|G: ”H. I.”|Tre|L m. N:|O. P.|Fyra|R|Fem|T. U. V.|W",
            id="introduced list stays",
        ),
    ],
)
def test_shorten_steps_keeps_first_sentences_of_a_step(sentences, expected):
    blocks = list(html.fragment_fromstring(STEPS, "div"))
    assert "|".join(map(text_of, shorten_steps(blocks, sentences))) == expected


def test_composer_only_keeps_headings_and_the_chosen_blocks(site):
    change(site, "<p>Djupare.</p>", "<p>Borta.</p><ul><li>Kvar</li></ul>")
    section = Section(section="#under", only=("ul",))
    (blocks,) = Composer(HtmlSite(site.root, site.url), NOBODY).prepare([section])
    assert [(b.tag, text_of(b)) for b in blocks][1:] == [("ul", "Kvar")] and blocks[0].tag == "h2"


def test_composer_paragraph_before_list_is_marked_as_intro(site):
    change(site, "<p>Djupare.</p>", "<p>Tre:</p><ul><li>A</li></ul><p>Slut.</p>")
    marked = [text_of(e) for e in made(site, "#under").find_class("intro")]
    assert marked == ["Tre:"]


def test_composer_figure_in_section_is_refused(site):
    change(site, "<p>Första.", '<figure class="figure"><p>B: 1</p></figure><p>Första.')
    with pytest.raises(PaperError, match=r"#ett har en figur.*only"):
        made(site, "#ett")
    assert "Första." in text_of(made(site, {"section": "#ett", "only": ["p"]}))


def test_composer_row_headers_become_bold_cells(site):
    """Else the checker pdfua rejects a table with as many header cells as other cells."""
    table = """<table><thead><tr><th>A</th></tr></thead>
    <tbody><tr><th scope="row">R</th></tr></tbody></table>"""
    change(site, "<p>Första.", f"{table}<p>Första.")
    document = made(site, "#ett")
    assert [th.text for th in document.iter("th")] == ["A"]
    assert [td.get("class") for td in document.iter("td")] == ["row-head"]
