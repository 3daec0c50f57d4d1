"""What is written on and pointed at, on a small site in made-up Cyrillic text, and text from the right."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from lxml import html

from scripts.content.handouts import Handout
from scripts.paper.layouts import compose
from scripts.paper.sections import PaperError, text_of
from scripts.paper.typeset import elements, typeset
from scripts.site.html_site import HtmlSite
from tests.examples import record
from tests.paper.test_composer import NOBODY, ROW
from tests.paper.test_sections import START, change

TABLES = """<h2 id="kort">Kortet</h2>
<table><thead><tr><th>Nr</th><th>Svensk rubrik</th><th lang="ar" dir="rtl">Raas</th><th lang="uk" dir="ltr">Щось</th></tr></thead>
<tbody><tr><th scope="row">1</th><td>Ring 112 nu.</td><td lang="ar" dir="rtl">kalima 112 kalima</td><td lang="uk" dir="ltr">Слово ґє 112</td></tr></tbody></table>
<table><thead><tr><th>Nr</th><th>Del två</th><th lang="ar" dir="rtl">Juz</th><th lang="uk" dir="ltr">Друга</th></tr></thead>
<tbody><tr><th scope="row">2</th><td>Rad två.</td><td lang="ar" dir="rtl">satr</td><td lang="uk" dir="ltr">Рядок</td></tr></tbody></table>
<h2 id="ett">"""


@pytest.fixture
def site(tmp_path) -> HtmlSite:
    text = START.replace('<h2 id="ett">', TABLES, 1)
    assert "Kortet" in text
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    return HtmlSite(tmp_path, "https://exempel.se/")


def made(site: HtmlSite, form: str, sections: list) -> str:
    row = record(Handout, key="prov", **{**ROW, "form": form, "sections": sections})
    return compose(row, HtmlSite(site.root, site.url), NOBODY)


def test_side_by_side_keeps_each_cells_language_and_direction(site):
    document = html.fromstring(made(site, "kort", ["#kort"]))
    cell = document.xpath('//td[@lang="ar"]')[0]
    assert (cell.get("dir"), text_of(cell)) == ("rtl", "kalima 112 kalima")
    assert [text_of(row)[0] for row in document.xpath("//tbody/tr")] == ["1", "2"]


def test_one_language_at_a_time_has_the_same_numbers(site):
    document = html.fromstring(made(site, "kort-a6", ["#kort"]))
    cards = document.find_class("card")
    assert [card.find(".//section").get("lang") for card in cards] == ["sv", "ar", "uk"]
    lines = [[text_of(p) for p in card.find_class("line")] for card in cards]
    assert lines[0] == ["1 Ring 112 nu.", "2 Rad två."]
    fresh = [len(card.find_class("fresh")) for card in cards]
    assert fresh == [1, 0, 0] and len(document.find_class("fresh")) == 2
    assert lines[2] == ["1 Слово ґє 112", "2 Рядок"]
    assert document.xpath("//h1/text()") == ["Svensk rubrik", "Raas", "Щось"]


@pytest.mark.parametrize("form, pages", [("kort", 1), ("kort-a6", 3)])
def test_the_pdf_says_each_language_in_the_packaged_font(site, form, pages):
    done = typeset(made(site, form, ["#kort"]), 10, pages)
    assert (done.pages, done.misfits) == (pages, ())
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        said = [str(e.get("/Lang", "")) for e in elements(pdf.Root.StructTreeRoot)]
        assert said.count("ar") == said.count("uk") >= 2
        fonts = {
            str(f.BaseFont)[8:] for p in pdf.pages for f in p.resources.get("/Font", {}).values()
        }
    assert fonts and all(name.startswith("SourceSansPro") for name in fonts)
    text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(done.data))
    assert "Слово" in text and "Рядок" in text


def test_right_to_left_begins_at_the_right(site):
    data = typeset(made(site, "kort-a6", ["#kort"]), 10, 3).data
    sheet = pypdfium2.PdfDocument(data)[1]
    page = sheet.get_textpage()
    right = max(page.get_rect(n)[2] for n in range(page.count_rects()))
    assert right > sheet.get_width() - 8.5 * 72 / 25.4, "an A6 margin is 8 mm"


def test_a_script_without_a_font_is_told(site):
    signs = "Å ä ö щ ґ ữ λ 112 – “"
    assert typeset(made(site, "kort", ["#kort"]).replace("Рядок", signs), 10, 1).misfits == ()
    for word in ("한국어", "مرحبا", "ไทย"):
        with pytest.raises(PaperError, match=r"inget teckensnitt har tecknet .*FACES"):
            typeset(made(site, "kort", ["#kort"]).replace("Рядок", word), 10, 1)


def test_a_sheet_to_write_on_has_lines_and_boxes_and_what_is_not_asked_beside(site):
    change(site, "<p>Djupare.</p>", "<ul><li>Datum</li><li>Plats</li></ul>")
    sections = [
        {"section": "#under", "column": "beside"},
        {"section": "#under", "lines": 2, "column": "narrow"},
        {"section": "#under", "ticks": True},
    ]
    document = html.fromstring(made(site, "samtalsblad", sections))
    assert len(document.find_class("write")) == 4
    (ticks,) = document.find_class("ticks")
    assert [text_of(item) for item in ticks.find_class("box")] == ["", ""]
    assert "Datum" in text_of(document.find_class("beside")[0])
    assert not document.xpath("//input | //textarea"), "written on paper, never on the screen"
