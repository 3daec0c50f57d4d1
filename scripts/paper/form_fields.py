"""Turn links of a tagged PDF into form fields (AcroForm, ISO 32000-1, 12.7), which Typst doesn't
have. Each becomes a Form element with an accessible name (PDF/UA-1, 7.18.4).
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FIELD_SCHEME = "falt:"  # the scheme of a link that becomes a field
# A standard font of every viewer: an embedded subset would lack characters that users type.
FIELD_FONT = "/Helv 11 Tf 0 g"
CROSS_MARK = b"q 1.2 w 1.5 1.5 m %(x).2f %(y).2f l S 1.5 %(y).2f m %(x).2f 1.5 l S Q"


def make_field(pdf: pikepdf.Pdf, tag: Any, place: Any, link: Any) -> Any:
    """Turn a link's annotation into a form field, and its structure element into a Form.

    Args:
        tag: the link's structure element.
        place: the link's annotation.
        link: the <a> in HTML. Its href after "falt:" is the field's name, its title the accessible
            name, its class "box" (a checkbox) or "write" (a text field).

    Returns:
        The annotation, now a field.
    """
    is_checkbox = "box" in link.get("class").split()
    for key in ("/A", "/Border", "/Contents"):
        if key in place:
            del place[key]
    place.Subtype = Name.Widget
    place.FT = Name.Btn if is_checkbox else Name.Tx
    place.T = String(link.get("href").partition(":")[2])
    place.TU = String(link.get("title"))
    left, bottom, right, top = (float(side) for side in place.Rect)
    box = (right - left, top - bottom)
    if is_checkbox:
        corner = {b"x": box[0] - 1.5, b"y": box[1] - 1.5}
        appearances = Dictionary(
            Ja=_appearance_stream(pdf, box, CROSS_MARK % corner),
            Off=_appearance_stream(pdf, box, b""),
        )
        place.update({"/V": Name.Off, "/AS": Name.Off, "/AP": Dictionary(N=appearances)})
    else:
        place.update(
            {"/DA": String(FIELD_FONT), "/AP": Dictionary(N=_appearance_stream(pdf, box, b""))}
        )
    tag.S = Name.Form
    tag.A = Dictionary(O=Name.PrintField, Role=Name.cb if is_checkbox else Name.tv)
    return place


def _appearance_stream(pdf: pikepdf.Pdf, box: tuple[float, float], commands: bytes) -> Any:
    """Return the appearance stream of a field. ``box``: its width and height in points."""
    stream = pdf.make_stream(commands)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, *box])})
    return stream


def add_form(pdf: pikepdf.Pdf, fields: list[Any]) -> None:
    """Add ``fields``, in reading order, to the document's catalogue as its AcroForm, if any."""
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
