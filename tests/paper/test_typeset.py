from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, String

from scripts.paper import typeset
from scripts.paper.layouts import qr_image
from scripts.paper.typeset import children_of, iter_elements, pdf_ua_violations
from tests.conftest import ROOT
from tests.paper.measures import most_used_size

PAGE = """<!doctype html><html lang="sv"><head><title>Prov på papper</title><meta name="description" content="Till provet.">
<meta name="dcterms.modified" content="2026-01-02"></head>
<body class="blad columns-1"><h1 id="a">Rubrik åäö</h1>
<p>Text med <a href="https://exempel.se/x" title="En sida (exempel.se/x)">länk</a> och <a href="#a" title="Upp">upp</a>.</p>
<ul><li>Rad</li></ul><table><thead><tr><th scope="col">Namn</th></tr></thead><tbody><tr><td>Värde</td></tr></tbody></table>
MORE</body></html>"""


def page(more: str = "") -> str:
    return PAGE.replace("MORE", more)


WHOLE = page(f"<h2>Två</h2>{qr_image('https://exempel.se/')}")


@pytest.fixture(scope="module")
def made() -> typeset.TypesetPdf:
    return typeset.typeset(WHOLE, 10)


def test_typeset_pdf_is_tagged_and_named(made):
    assert not list(pdf_ua_violations(made.data))
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert str(pdf.docinfo.Title) == "Prov på papper"
        assert [str(a.Contents) for a in pdf.pages[0].Annots] == ["En sida (exempel.se/x)", "Upp"]


def test_typeset_fonts_are_the_packaged_ones(made):
    text = pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_range()
    assert "Rubrik åäö" in text
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        names = {
            str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].resources.Font.values()
        }
    faces = {name.removesuffix("-Identity-H") for name in names}
    assert faces == {"SourceSansPro-Regular", "SourceSansPro-Bold"}, "a machine's own would differ"


def test_typeset_in_another_process_gives_same_bytes(made):
    code = (
        "import sys; from tests.paper.test_typeset import WHOLE; from scripts.paper.typeset import typeset;"
        "sys.stdout.buffer.write(typeset(WHOLE, 10).data)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True
    )
    assert other.stdout == made.data, other.stderr.decode()


def test_typeset_text_is_never_smaller_to_fit():
    long = "<p>En rad som tar plats på pappret.</p>"
    for rows in (20, 60, 180):
        done = typeset.typeset(page(long * rows), 10)
        document = pypdfium2.PdfDocument(done.data)
        assert (len(document), most_used_size(document[0])) == (done.pages, 10)
        assert (done.pages > 1) == (rows > 20)


def test_typeset_text_outside_the_margins_is_a_misfit():
    wide = typeset.typeset(page(f"<p>{'x' * 200}</p>"), 8)
    assert len(wide.misfits) == 1 and "xxx" in wide.misfits[0]
    assert wide.misfits[0].endswith("sticker ut")


PANELS = (
    page().replace("blad", "fickkort").partition("<h1")[0] + "<main>PANELS</main></body></html>"
)


def test_typeset_overfull_panel_is_a_misfit():
    full = ["<section><h1>Fält</h1><p>Rad</p></section>"] * 8
    assert typeset.typeset(PANELS.replace("PANELS", "".join(full)), 8).misfits == ()
    full[3] = f"<section><h1>Fält</h1>{'<p>Rad</p>' * 40}</section>"
    assert typeset.typeset(PANELS.replace("PANELS", "".join(full)), 8).misfits


def test_typeset_spaces_at_the_end_of_a_line_are_no_misfit():
    lines = "".join(f"<p>{'ord ' * n}</p>" for n in range(20, 60))
    assert typeset.typeset(page(lines), 10).misfits == ()


@pytest.mark.parametrize(
    "start, end",
    [
        pytest.param("<h2>Ensam</h2><p>", "Sedan</p>", id="heading and its paragraph"),
        pytest.param(f"<p>Ensam {'ord ' * 200}", "Sedan</p>", id="paragraph"),
        pytest.param(f"<ul><li>Ensam {'ord ' * 200}", "Sedan</li></ul>", id="list item"),
        pytest.param(
            "<h2>Ensam</h2><p class='intro'>Se:</p>", "<ul><li>Sedan</li></ul>", id="intro"
        ),
    ],
)
def test_typeset_text_that_belongs_together_is_on_one_page(start, end):
    moved = 0
    for rows in range(40, 70):  # one of them ends just above the foot
        pdf = pypdfium2.PdfDocument(
            typeset.typeset(page("<p>Rad</p>" * rows + start + end), 8).data
        )
        first = pdf[0].get_textpage().get_text_range()
        assert ("Ensam" in first) == ("Sedan" in first)
        moved += "Ensam" not in first
    assert 0 < moved < 30


def test_prepare_document_collapses_whitespace_as_a_browser():
    document = typeset.prepare_document(page("<div>\n<p>Ett\n  två <b>tre</b>\n</p>\n</div>"))
    assert document.xpath("//div")[0].text == ""
    assert document.xpath("//div/p")[0].text == "Ett två "
    assert (
        typeset.prepare_document(page("<p>116\u00a0111</p>")).xpath("//p/text()")[-1]
        == "116\u00a0111"
    )


BOXES = """<ul class="check-rows"><li><p><span class="tick"><span class="box"></span><strong>Ett</strong></span></p>
<p>Varför.</p></li><li><p><span class="tick"><span class="box"></span>Två</span></p></li></ul>"""


def test_typeset_box_to_tick_is_read_before_its_row():
    (items,) = typeset.prepare_document(page(BOXES)).xpath('//ul[@class="boxes"]')
    assert [item[0].get("class") for item in items] == ["box", "box"]
    done = typeset.typeset(page(BOXES), 11)
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        rows = [tag for tag in iter_elements(pdf.Root.StructTreeRoot) if tag.S == "/LI"][-2:]
        labels = [[str(kid.S) for kid in children_of(row)] for row in rows]
        assert labels == 2 * [["/Lbl", "/LBody"]] and all(children_of(row.K[0]) for row in rows)
    text = pypdfium2.PdfDocument(done.data)[0].get_textpage().get_text_range()
    assert re.search(r"☐\s*Ett\s*Varför.\s*☐\s*Två", text)


def columns_of(blocks: str) -> list[list[float]]:
    """Return the distances from the top, in points, of a two-column sheet's rows, by column."""
    sheet = page().replace("columns-1", "columns-2").partition("<h1")[0]
    sheet += f"<header><div><h1>Namn</h1></div>{qr_image('https://exempel.se/')}</header>"
    sheet += f"<main><section>{blocks}</section></main></body></html>"
    done = typeset.typeset(sheet, 10)
    assert (done.pages, done.misfits) == (1, ())
    paper = pypdfium2.PdfDocument(done.data)[0]
    text, columns = paper.get_textpage(), [[], []]
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        if "Rad" in text.get_text_bounded(left, bottom, right, top):
            columns[left > paper.get_width() / 2].append(paper.get_height() - top)
    return columns


def test_typeset_two_columns_are_as_equal_as_their_parts_allow():
    parts = [3, 9, 2, 7, 4, 5, 3, 1, 8, 2]
    first, second = columns_of("".join(f"<h2>Del</h2>{'<p>Rad</p>' * n}" for n in parts))
    assert (len(first), len(second)) == (21, 23), "3 + 9 + 2 + 7, and the rest"
    assert abs(max(first) - max(second)) < 100, "less than the part that could be moved"


def test_typeset_part_taller_than_a_column_continues_in_the_next():
    first, second = columns_of(f"<h2>Del</h2>{'<p>Rad</p>' * 60}")
    assert abs(len(first) - len(second)) <= 2


def test_typeset_short_word_in_a_table_is_not_hyphenated():
    cell = "<td>Nämnden eller utskottet eller ordföranden beslutar om omhändertagandet</td>"
    row = f"<table><tbody><tr>{cell * 6}</tr></tbody></table>"
    for size in (9, 9.5, 10, 10.5, 11):
        pdf = pypdfium2.PdfDocument(typeset.typeset(page(row), size).data)
        text = pdf[0].get_textpage().get_text_range()
        words = [
            w for w in ("Nämnden", "eller", "beslutar") if text.count(w) != 6 * (1 + (w == "eller"))
        ]
        assert words == []
        assert "\ufffe" in text, "a long one is, where it must be"


def first(pdf, kind):
    return next(e for e in iter_elements(pdf.Root.StructTreeRoot) if f"/{kind}" == e.S)


def empty_tag(pdf):
    parent = first(pdf, "H2").P
    parent.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=parent)))


FAULTS = {
    "en tabell saknar": lambda pdf: first(pdf, "TH").__setitem__("/S", Name.TD),
    "en tagg P är tom": empty_tag,
    "saknar beskrivning": lambda pdf: pdf.pages[0].Annots[0].__setitem__("/Contents", String("")),
}


@pytest.mark.parametrize("said", FAULTS)
def test_pdf_ua_violations_of_a_broken_pdf_are_found(made, said):
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        FAULTS[said](pdf)
        pdf.save(broken)
    assert [said in message for message in pdf_ua_violations(broken.getvalue())] == [True]
