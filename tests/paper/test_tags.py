from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from scripts.paper import tags
from scripts.paper.typeset import typeset
from tests.paper.test_typeset import page

LINKS = """<p>En <a href="https://exempel.se/" title="Exempel">länk<sup>a</sup> och <span>mer</span><wbr>
<span>mer</span></a>, <a href="#a" title="Upp"><span style="display: block">block</span></a>.
<span class="box"></span></p><table><thead><tr><th scope="col">Namn</th><th scope="col">Värde</th></tr></thead>
<tbody><tr><td class="row-head">Rad</td><td>1</td></tr></tbody></table>"""
LONG = page(LINKS + '<h2 style="break-before: page">Två</h2><p>Sist</p>').replace(
    "<h1", '<p class="run-title">Prov. </p><h1'
)


def opened(html: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(typeset(html, 10, 2).data))


def annotations(pdf):
    return [link for sheet in pdf.pages for link in sheet.obj.get("/Annots", [])]


def test_each_link_has_one_annotation_in_its_own_tag():
    with opened(LONG) as pdf:
        owners = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree))
        links = annotations(pdf)
        assert {str(owners[int(link.StructParent)].S) for link in links} == {"/Link"}
        assert [tags.target(link) for link in links].count("https://exempel.se/") == 1
        named = {tags.target(link): str(link.Contents) for link in links}
        assert named["https://exempel.se/"] == "Exempel" and named["#a"] == "Upp"
        assert {int(link.F) for link in links} == {tags.PRINT}
        held = [k for e in tags.elements(pdf.Root.StructTreeRoot) for k in tags.kids(e)]
        assert sum(map(tags.is_reference, held)) == len(links)


def test_a_link_to_elsewhere_inside_a_link_is_never_dropped_unseen():
    with opened(LONG) as pdf:
        tree = pdf.Root.StructTreeRoot
        outer, inner = [e for e in tags.elements(tree) if e.S == "/Link"][:2]
        outer.K.append(inner)
        inner.P = outer
        with pytest.raises(ValueError, match="en länk i en annan"):
            tags.one_annotation_a_link(pdf)


def test_a_margins_text_is_shown_but_not_read():
    with opened(LONG) as pdf:
        streams = [sheet.Contents.read_bytes() for sheet in pdf.pages]
        assert all(b"/Subtype /Footer" in stream for stream in streams)
        inside = {e.objgen for e in tags.elements(pdf.Root.StructTreeRoot)}
        numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        owners = [o for sheet in pdf.pages for o in numbers[int(sheet.StructParents)]]
        assert all(owner.objgen in inside for owner in owners if owner is not None)
    shown = pypdfium2.PdfDocument(typeset(LONG, 10, 2).data)[1].get_textpage().get_text_range()
    assert "Prov." in shown and "2 (2)" in shown


def test_a_header_cell_says_what_it_heads():
    with opened(LONG) as pdf:
        heads = [e for e in tags.elements(pdf.Root.StructTreeRoot) if e.S == "/TH"]
        assert [str(e.A.Scope) for e in heads] == ["/Column"] * 3
        cells = [e for e in tags.elements(pdf.Root.StructTreeRoot) if e.S == "/TD"]
        assert [len(cell.A.Headers) for cell in cells] == [1, 1, 1]


def test_a_tag_without_content_goes_and_takes_its_parent_along():
    with opened(LONG) as pdf:
        empty = [
            str(e.S)
            for e in tags.elements(pdf.Root.StructTreeRoot)
            if str(e.S) in tags.EMPTY and not tags.kids(e)
        ]
        assert empty == []
        cell = next(e for e in tags.elements(pdf.Root.StructTreeRoot) if e.S == "/TD")
        cell.K = pikepdf.Array()
        tags.drop_empty(pdf.Root.StructTreeRoot)
        kept = [e.objgen for e in tags.elements(pdf.Root.StructTreeRoot)]
        assert cell.objgen in kept, "an empty cell holds its column's place"
