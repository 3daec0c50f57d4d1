"""Cards in made-up languages, and forms to fill in, on a small site."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from lxml import html

from scripts.content.handouts import Handout
from scripts.paper.layouts import compose
from scripts.paper.sections import PaperError, text_of
from scripts.paper.typeset import iter_elements, link_annotations, pdf_ua_violations, typeset
from scripts.site.html_site import HtmlSite
from tests.examples import record
from tests.paper.measures import sizes_of
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


def test_card_language_has_sides_of_its_own(site):
    document = html.fromstring(made(site, "kort-a6", ["#kort"]))
    sides = document.find_class("card")
    languages = [(side.get("lang"), side.get("dir")) for side in sides]
    assert languages == [(tag, way) for tag, way in LANGUAGES for _ in ("front", "back")]
    lines = [[text_of(p) for p in side.find_class("line")] for side in sides]
    assert lines[:2] == [["1 Ring 112 nu."], ["2 Rad två."]]
    assert lines[4:] == [["1 Слово ґє 112"], ["2 Рядок"]]
    assert document.xpath("//h1/text()") == ["Svensk rubrik", "Raas", "Щось"]
    assert [text_of(p) for p in document.find_class("fresh")] == 3 * [VERSION], "in no language"


LANGUAGES = (("sv", "ltr"), ("ar", "rtl"), ("uk", "ltr"))
VERSION = "Version 2026-01-02. exempel.se/p/prov/"


def test_card_each_sentence_of_its_name_has_a_line(site):
    change(site, "Svensk rubrik", "Du får hjälp. Du bestämmer.")
    (heading, *_) = html.fromstring(made(site, "kort-a6", ["#kort"])).iter("h1")
    assert (heading.text, heading.find("br").tail) == ("Du får hjälp.", "Du bestämmer.")


def test_card_pdf_marks_each_language_in_the_packaged_font(site):
    done = typeset(made(site, "kort-a6", ["#kort"]), 12)
    assert (done.pages, done.misfits) == (6, ())
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        said = [str(e.get("/Lang", "")) for e in iter_elements(pdf.Root.StructTreeRoot)]
        assert said.count("ar") == said.count("uk") >= 2
        fonts = {
            str(f.BaseFont)[8:] for p in pdf.pages for f in p.resources.get("/Font", {}).values()
        }
    assert fonts and all(name.startswith("SourceSansPro") for name in fonts)
    text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(done.data))
    assert "Слово" in text and "Рядок" in text


def test_card_front_is_larger_than_back(site):
    document = pypdfium2.PdfDocument(typeset(made(site, "kort-a6", ["#kort"]), 12).data)
    front, back = (sizes_of(document[number]) for number in (0, 1))
    assert 16 in front and 12 not in front and 12 in back and 16 not in back


def test_card_right_to_left_text_begins_at_the_right(site):
    data = typeset(made(site, "kort-a6", ["#kort"]), 12).data
    sheet = pypdfium2.PdfDocument(data)[2]
    page = sheet.get_textpage()
    right = max(page.get_rect(n)[2] for n in range(page.count_rects()))
    assert right > sheet.get_width() - 7.5 * 72 / 25.4, "an A6 margin is 7 mm"


def test_typeset_character_without_a_font_is_an_error(site):
    signs = "Å ä ö щ ґ ữ λ 112 – “"
    assert typeset(made(site, "kort-a6", ["#kort"]).replace("Рядок", signs), 12).misfits == ()
    for word in ("한국어", "مرحبا", "ไทย"):
        with pytest.raises(PaperError, match=r"inget teckensnitt har tecknet .*FONT_FILES"):
            typeset(made(site, "kort-a6", ["#kort"]).replace("Рядок", word), 12)


FILLED = [
    {"section": "#under", "column": "beside"},
    {"section": "#under", "lines": 2, "column": "narrow"},
    {"section": "#under", "ticks": True},
]


@pytest.fixture
def fillable(site) -> str:
    change(site, "<p>Djupare.</p>", "<ul><li>Datum</li><li>Plats</li></ul>")
    return made(site, "samtalsblad", FILLED)


def test_form_has_lines_boxes_and_a_column_beside(fillable):
    document = html.fromstring(fillable)
    labels = [line.get("title") for line in document.find_class("write")]
    assert labels == [f"{text}, rad {n} av 2" for text in ("Datum", "Plats") for n in (1, 2)]
    assert [box.get("title") for box in document.find_class("box")] == ["Datum", "Plats"]
    assert "Datum" in text_of(document.find_class("beside")[0])
    assert not document.xpath("//input | //textarea"), "filled in on paper or in the PDF"


def test_form_pdf_fields_are_tagged_and_named(fillable):
    done = typeset(fillable, 10)
    assert list(pdf_ua_violations(done.data)) == []
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.FT) for field in fields] == 4 * ["/Tx"] + 2 * ["/Btn"]
        assert [str(field.TU) for field in fields][::4] == ["Datum, rad 1 av 2", "Datum"]
        assert len({str(field["/T"]) for field in fields}) == 6, "one name is one field"
        tags = [tag for tag in iter_elements(pdf.Root.StructTreeRoot) if tag.S == "/Form"]
        assert [place.objgen for tag in tags for place in link_annotations(tag)] == [
            f.objgen for f in fields
        ]
        assert not any(field.Subtype == "/Link" for field in fields)


def test_form_pdf_can_be_filled_in_with_pdfium(fillable, tmp_path):
    """pdfium is what Chromium shows PDF files with."""
    document = pypdfium2.PdfDocument(typeset(fillable, 10).data)
    document.init_forms()
    page = document[0]
    raw, form = pypdfium2.raw, document.formenv
    with pikepdf.open(io.BytesIO(typeset(fillable, 10).data)) as pdf:
        rects = [[float(side) for side in field.Rect] for field in pdf.Root.AcroForm.Fields]
    for rect in (rects[0], rects[4]):
        x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
        for press in (raw.FORM_OnMouseMove, raw.FORM_OnLButtonDown, raw.FORM_OnLButtonUp):
            press(form, page, 0, x, y)
        for letter in "Åsa 12" if rect is rects[0] else "":
            raw.FORM_OnChar(form, page, ord(letter), 0)
    raw.FORM_ForceToKillFocus(form)
    document.save(tmp_path / "ifyllt.pdf")
    with pikepdf.open(tmp_path / "ifyllt.pdf") as pdf:
        values = [field.get("/V") for field in pdf.Root.AcroForm.Fields]
    assert str(values[0]) == "Åsa 12" and values[4] == "/Ja" and values[5] == "/Off"
    assert values[1] is None or str(values[1]) == ""
