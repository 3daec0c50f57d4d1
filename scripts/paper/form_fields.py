"""Turn links of a tagged PDF into form fields (AcroForm, ISO 32000-1, 12.7), which Typst doesn't
have. Each becomes a Form element with an accessible name (PDF/UA-1, 7.18.4).
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FIELD_SCHEME = "falt:"  # of a link that becomes a field: "falt:NAME"
# A standard font of every viewer: an embedded subset would lack characters that users type.
FIELD_FONT = "/Helv 11 Tf 0 g"
CROSS_MARK = "q 1.2 w 1.5 1.5 m {x:.2f} {y:.2f} l S 1.5 {y:.2f} m {x:.2f} 1.5 l S Q"


def turn_into_field(pdf: pikepdf.Pdf, element: Any, annotation: Any, anchor: Any) -> None:
    """Turn a link into a form field, in place. Its rectangle becomes the field's.

    Args:
        element: the link's structure element, which becomes a Form.
        annotation: the link's annotation, which becomes the field.
        anchor: the <a> in HTML. Its href after "falt:" is the field's name, its title the
            accessible name, its class "box" (a checkbox) or "write" (a text field).
    """
    is_checkbox = "box" in anchor.get("class").split()
    # what only a link has: its target, border and description
    for key in ("/A", "/Border", "/Contents"):
        if key in annotation:
            del annotation[key]
    annotation.Subtype = Name.Widget
    annotation.FT = Name.Btn if is_checkbox else Name.Tx
    annotation.T = String(anchor.get("href").removeprefix(FIELD_SCHEME))
    annotation.TU = String(anchor.get("title"))  # the accessible name
    left, bottom, right, top = (float(side) for side in annotation.Rect)
    size = (right - left, top - bottom)
    empty = _appearance_stream(pdf, size, "")
    if is_checkbox:
        cross = CROSS_MARK.format(x=size[0] - 1.5, y=size[1] - 1.5)
        appearances = Dictionary(Ja=_appearance_stream(pdf, size, cross), Off=empty)
        annotation.V = Name.Off  # the value, and below the appearance that shows it: not ticked
        annotation.AS = Name.Off
        annotation.AP = Dictionary(N=appearances)
    else:
        annotation.DA = String(FIELD_FONT)
        annotation.AP = Dictionary(N=empty)
    element.S = Name.Form
    element.A = Dictionary(O=Name.PrintField, Role=Name.cb if is_checkbox else Name.tv)


def _appearance_stream(pdf: pikepdf.Pdf, size: tuple[float, float], commands: str) -> Any:
    """Return the appearance stream of a field: drawing ``commands`` in a box whose ``size`` is its
    width and height in points."""
    stream = pdf.make_stream(commands.encode())
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, *size])})
    return stream


def add_form(pdf: pikepdf.Pdf, fields: list[Any]) -> None:
    """Add the document's form (AcroForm) with ``fields``, in reading order, and their font. A
    document without fields gets no form."""
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
