"""Form fields (AcroForm, ISO 32000-1, 12.7) in a tagged PDF, where Typst, which has none, has put
links. Tagged as PDF/UA-1, 7.18.4, wants: a Form element with the field's name for a screen reader.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FIELD_SCHEME = "falt:"  # the scheme of a link that becomes a field
# One of the fonts that every viewer has: what is typed needs signs that no subset holds.
FIELD_FONT = "/Helv 11 Tf 0 g"
CROSS_MARK = b"q 1.2 w 1.5 1.5 m %(x).2f %(y).2f l S 1.5 %(y).2f m %(x).2f 1.5 l S Q"


def make_field(pdf: pikepdf.Pdf, tag: Any, place: Any, link: Any) -> Any:
    """Make a link's annotation ``place`` a field, its element ``tag`` a Form; return the field.

    ``link``: the <a> in HTML. Its href after "falt:" is the field's name in the file, its title
    the name that is read aloud, its class "box" or "write" whether it is ticked or written in.
    """
    ticked = "box" in link.get("class").split()
    for key in ("/A", "/Border", "/Contents"):
        if key in place:
            del place[key]
    place.Subtype = Name.Widget
    place.FT = Name.Btn if ticked else Name.Tx
    place.T = String(link.get("href").partition(":")[2])
    place.TU = String(link.get("title"))
    left, bottom, right, top = (float(side) for side in place.Rect)
    box = (right - left, top - bottom)
    if ticked:
        corner = {b"x": box[0] - 1.5, b"y": box[1] - 1.5}
        looks = Dictionary(
            Ja=_appearance_stream(pdf, box, CROSS_MARK % corner),
            Off=_appearance_stream(pdf, box, b""),
        )
        place.update({"/V": Name.Off, "/AS": Name.Off, "/AP": Dictionary(N=looks)})
    else:
        place.update(
            {"/DA": String(FIELD_FONT), "/AP": Dictionary(N=_appearance_stream(pdf, box, b""))}
        )
    tag.S = Name.Form
    tag.A = Dictionary(O=Name.PrintField, Role=Name.cb if ticked else Name.tv)
    return place


def _appearance_stream(pdf: pikepdf.Pdf, box: tuple[float, float], commands: bytes) -> Any:
    """Return what a field looks like, as a stream: ``box`` is its width and height in points."""
    stream = pdf.make_stream(commands)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, *box])})
    return stream


def add_form(pdf: pikepdf.Pdf, fields: list[Any]) -> None:
    """Name the fields of a document in its catalogue, in reading order; without any, do nothing."""
    if fields:
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(fields),
            DA=String(FIELD_FONT),
            DR=Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font))),
        )
