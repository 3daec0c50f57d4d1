"""A good PDF passes; what Typst lets through, planted in it, is found."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from scripts.paper.layouts import qr
from scripts.paper.typeset import elements, faults, typeset
from tests.paper.test_typeset import page

PICTURE = qr("https://exempel.se/", "small")


@pytest.fixture(scope="module")
def good() -> bytes:
    return typeset(page(f"<h2>Två</h2>{PICTURE}<h3>Tre</h3>"), 10, 1).data


def first(pdf, kind):
    return next(e for e in elements(pdf.Root.StructTreeRoot) if f"/{kind}" == e.S)


def without_headings(pdf):
    for element in elements(pdf.Root.StructTreeRoot):
        if str(element.S).startswith("/H"):
            element.S = Name.P


def empty_tag(pdf):
    parent = first(pdf, "H2").P
    parent.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=parent)))


def nested_link(pdf):
    link = first(pdf, "Link")
    inner = Dictionary(Type=Name.StructElem, S=Name.Link, P=link, K=pikepdf.Array([0]))
    link.K.append(pdf.make_indirect(inner))


FAULTS = {
    "språket är inte sv": lambda pdf: pdf.Root.__setitem__("/Lang", String("en")),
    "inga rubriker": without_headings,
    "en tabell saknar": lambda pdf: first(pdf, "TH").__setitem__("/S", Name.TD),
    "en tagg P är tom": empty_tag,
    "saknar beskrivning": lambda pdf: pdf.pages[0].Annots[0].__setitem__("/Contents", String("")),
    "står i en annan": nested_link,
}


def test_a_good_file_has_no_faults(good):
    assert list(faults(good, "sv")) == []


@pytest.mark.parametrize("said", FAULTS)
def test_a_planted_fault_is_found(good, said):
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        FAULTS[said](pdf)
        pdf.save(broken)
    assert [said in message for message in faults(broken.getvalue(), "sv")] == [True]
