"""A good PDF passes; each fault, planted in it, is found, and nothing else is."""

from __future__ import annotations

import io
from pathlib import PurePosixPath

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from scripts.paper import pdf_ua as check_pdf
from scripts.paper.handout import qr
from scripts.paper.typeset import typeset
from tests.paper.test_typeset import page

PICTURE = qr("https://exempel.se/", "small")


@pytest.fixture(scope="module")
def good() -> bytes:
    return typeset(page(f"<h2>Två</h2>{PICTURE}<h3>Tre</h3>"), 10, 1).data


def elements(pdf, kind):
    return [e for e in pdf.objects if isinstance(e, Dictionary) and e.get("/S") == f"/{kind}"]


def bare_text(pdf):
    stream = pdf.pages[0].Contents
    stream.write(stream.read_bytes() + b"\nBT (x) Tj ET")


def unowned(pdf):
    stream = pdf.pages[0].Contents
    stream.write(stream.read_bytes() + b"\n/P <</MCID 999>> BDC BT (x) Tj ET EMC")


def skipped_level(pdf):
    elements(pdf, "H2")[0].S = Name.H4


def font_out(pdf):
    font = next(iter(pdf.pages[0].resources.Font.values()))
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def xmp_without_part(pdf):
    pdf.Root.Metadata.write(
        pdf.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:tarp")
    )


def set_role(pdf):
    elements(pdf, "P")[0].S = Name.Stycke


def link_parent(pdf):
    elements(pdf, "Link")[0].S = Name.Span


def orphan(pdf):
    """The heading's tag stays where content finds it, but no longer in the tree."""
    heading = elements(pdf, "H1")[0]
    heading.P.K = pikepdf.Array([kid for kid in heading.P.K if kid.objgen != heading.objgen])


def empty_tag(pdf):
    parent = elements(pdf, "H2")[0]
    parent.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Span, P=parent)))


def nested_link(pdf):
    link = elements(pdf, "Link")[0]
    inner = Dictionary(Type=Name.StructElem, S=Name.Link, P=link, K=pikepdf.Array([0]))
    link.K.append(pdf.make_indirect(inner))


FAULTS = {
    "pdf-lang": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "pdf-marked": lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", False),
    "pdf-title": lambda pdf: pdf.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False),
    "pdf-xmp": xmp_without_part,
    "pdf-bookmarks": lambda pdf: pdf.Root.__delitem__("/Outlines"),
    "pdf-role": set_role,
    "pdf-nesting": lambda pdf: elements(pdf, "LBody")[0].__setitem__("/S", Name.P),
    "pdf-headings": skipped_level,
    "pdf-alt": lambda pdf: elements(pdf, "Figure")[0].__delitem__("/Alt"),
    "pdf-th": lambda pdf: elements(pdf, "TH")[0].__setitem__("/A", Dictionary(O=Name.Table)),
    "pdf-tab-order": lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs"),
    "pdf-link": lambda pdf: pdf.pages[0].Annots[0].__setitem__("/Contents", String("")),
    "pdf-font": font_out,
    "pdf-tags": bare_text,
}


def rules(data: bytes, tmp_path, break_it=None) -> list[str]:
    file = tmp_path / "prov.pdf"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if break_it:
            break_it(pdf)
        pdf.save(file)
    return [finding.rule for finding in check_pdf.check_pdf(file, PurePosixPath("prov.pdf"))]


def test_a_good_file_has_no_faults(good, tmp_path):
    assert rules(good, tmp_path) == []


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_found(good, tmp_path, rule):
    assert rules(good, tmp_path, FAULTS[rule]) == [rule]


@pytest.mark.parametrize(
    "said, wanted, message",
    [("svenska sedan", "sv", "ingen språkkod"), ("en", "sv", "språket är en, men texten är på sv")],
)
def test_the_wrong_language(good, tmp_path, said, wanted, message):
    file = tmp_path / "prov.pdf"
    with pikepdf.open(io.BytesIO(good)) as pdf:
        pdf.Root.Lang = String(said)
        pdf.save(file)
    (found,) = check_pdf.check_pdf(file, PurePosixPath("prov.pdf"), wanted)
    assert found.rule == "pdf-lang" and message in found.message


@pytest.mark.parametrize(
    "break_it, expected",
    [(link_parent, {"pdf-link"}), (nested_link, {"pdf-link"}), (orphan, {"pdf-tags", "pdf-headings"}),
     (empty_tag, {"pdf-empty"}),
     (lambda pdf: elements(pdf, "TH")[0].__setitem__("/K", pikepdf.Array()), {"pdf-th", "pdf-tags"})],
)  # fmt: skip
def test_what_a_typesetter_has_been_seen_to_do(good, tmp_path, break_it, expected):
    assert set(rules(good, tmp_path, break_it)) == expected


def test_content_that_no_tag_owns(good, tmp_path):
    assert rules(good, tmp_path, unowned) == ["pdf-tags"]


def test_a_link_without_its_tag(good, tmp_path):
    assert rules(
        good, tmp_path, lambda pdf: pdf.pages[0].Annots[0].__delitem__("/StructParent")
    ) == ["pdf-link"]


def test_a_table_without_header_cells(good, tmp_path):
    found = rules(good, tmp_path, lambda pdf: elements(pdf, "TH")[0].__setitem__("/S", Name.TD))
    assert found == ["pdf-th"]


def test_a_file_with_no_tags_at_all(tmp_path, capsys):
    file = tmp_path / "bar.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(file)
    found = {f.rule for f in check_pdf.check_pdf(file, PurePosixPath("bar.pdf"))}
    assert {"pdf-tags", "pdf-lang", "pdf-title", "pdf-xmp", "pdf-bookmarks"} <= found
    assert check_pdf.main([str(tmp_path)]) == 1
    assert "taggar saknas helt" in capsys.readouterr().out


def test_not_a_pdf_and_no_pdf(tmp_path, capsys):
    file = tmp_path / "text.pdf"
    file.write_text("hej")
    assert check_pdf.main([str(file)]) == 1
    assert "kan inte läsas som PDF" in capsys.readouterr().out
    file.unlink()
    assert check_pdf.main([str(tmp_path)]) == 2
