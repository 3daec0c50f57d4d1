"""Typeset the HTML of layouts.py as PDF/UA with Typst: tagged, with embedded fonts, reproducible.

The package ``typst`` holds all of Typst. The design is in handouts.typ, which reads
the document as XML. Typst's "ua-1" (PDF/UA-1, ISO 14289-1) refuses a document without a title,
a skipped heading, a picture without alternative text and a font that isn't embedded;
``pdf_ua_violations`` finds the rest.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import io
import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import typst
from lxml import etree, html

from scripts.core.environment import WORK
from scripts.paper.form_fields import FIELD_SCHEME, add_form, turn_into_field
from scripts.paper.sections import Element, PaperError

STYLE = Path(__file__).with_name("handouts.typ")
# Source Sans has Latin (Vietnamese, too), Cyrillic and Greek. Another script needs a package here,
# and its family in handouts.typ.
FONT_FILES = (  # (package, file)
    ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("font_source_sans_pro", "SourceSansPro-It.otf"),
    ("font_source_sans_pro", "SourceSansPro-Bold.otf"),
)
MM_PER_POINT = 25.4 / 72
PDFIUM = threading.Lock()  # pdfium has one state for the whole process
WHITESPACE = re.compile(r"[ \t\r\n]+")  # not a no-break space
BLOCK_ELEMENTS = set(
    """html head meta title body header nav main section div figure figcaption h1 h2 h3 h4 h5 p
    ul ol li dl dt dd table thead tbody tr th td img""".split()  # noqa: SIM905
)


class Area(NamedTuple):
    """A rectangle on a page, in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def contains(self, inner: Area) -> bool:
        """Whether all of ``inner`` is within this area."""
        return (
            self.left <= inner.left
            and self.top <= inner.top
            and inner.right <= self.right
            and inner.bottom <= self.bottom
        )


@dataclasses.dataclass(frozen=True)
class PaperFormat:
    """The paper and margins of a form, in millimetres. handouts.typ reads the fields by name.

    Attributes:
        side: the left margin and the right.
        footer: whether each page has a foot with the handout's address.
        panels: how many panels the paper is folded into, across and down.
    """

    width: float = 210
    height: float = 297
    top: float = 11
    side: float = 13
    bottom: float = 12
    footer: bool = True
    panels: tuple[int, int] = (1, 1)

    def areas(self) -> list[Area]:
        """Return the areas where text may be. Unfolded paper has one: within the margins, with a
        tolerance of 1 mm, and in the foot, to 5 mm from the edge. Folded paper has one in each
        panel, 4 mm from its folds and edges."""
        if self.panels == (1, 1):
            bottom = self.height - 5 if self.footer else self.height - self.bottom + 1
            return [Area(self.side - 1, self.top - 1, self.width - self.side + 1, bottom)]
        across, down = self.panels
        width = self.width / across
        height = self.height / down
        return [
            Area(x * width + 4, y * height + 4, (x + 1) * width - 4, (y + 1) * height - 4)
            for y in range(down)
            for x in range(across)
        ]


PAPER_FORMATS = {  # first class of <body> → format; other forms have that of "blad"
    "blad": PaperFormat(),
    "affisch": PaperFormat(top=14, bottom=16),
    "affisch-a3": PaperFormat(width=297, height=420, top=20, side=21, bottom=20),
    "fickkort": PaperFormat(
        width=297, height=210, top=0, side=0, bottom=0, footer=False, panels=(4, 2)
    ),
    "kort-a6": PaperFormat(width=105, height=148, top=6, side=7, bottom=6, footer=False),
}


@dataclasses.dataclass(frozen=True)
class TypesetPdf:
    """A finished PDF."""

    data: bytes
    pages: int
    misfits: tuple[str, ...]  # a message, in Swedish, for each page with text outside its area


@functools.cache
def _fonts() -> typst.Fonts:
    """Return the fonts of FONT_FILES, from copies in .build/fonts/.

    The packages' own folders have each face in two formats, and Typst would use either.
    """
    folder = WORK / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for package, name in FONT_FILES:
        module = Path(str(importlib.util.find_spec(package).origin))  # type: ignore[union-attr]
        # replaced, never overwritten: another thread or process may have the file in its memory
        temporary = folder / f"{name}.{os.getpid()}-{threading.get_ident()}"
        shutil.copyfile(module.parent / "files" / name, temporary)
        temporary.replace(folder / name)
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


def typeset(page: str, size: float) -> TypesetPdf:
    """Return ``page``, an HTML document of layouts.py, as PDF/UA with text of ``size`` points.

    The size is never reduced to make the text fit: the caller reports too many pages. Raises
    PaperError for a character that the fonts lack.
    """
    document = prepare_document(page)
    form = document.find("body").get("class").split()[0]
    paper = PAPER_FORMATS.get(form, PAPER_FORMATS["blad"])
    data = _run_typst(etree.tostring(document, encoding="unicode"), size, paper)
    pages, misfits = measure_pages(data, paper)
    return TypesetPdf(finalize_pdf(data, document), pages, misfits)


def prepare_document(page: str) -> Element:
    """Parse an HTML document for handouts.typ: collapse whitespace as browsers do, and move the
    boxes to tick (see ``_move_box``). Return its root element."""
    document = html.document_fromstring(page)
    for element in document.iter():
        # a browser shows no space between two blocks
        has_blocks = any(child.tag in BLOCK_ELEMENTS for child in element)
        element.text = _collapse_whitespace(element.text, between_blocks=has_blocks)
        for child in element:
            child.tail = _collapse_whitespace(child.tail, between_blocks=has_blocks)
    for box in document.xpath('//li//*[@class="box"]'):
        _move_box(box)
    return document


def _move_box(box: Element) -> None:
    """Move the box of a list item first in it, and give the list the class ``boxes``: handouts.typ
    renders the box as the item's marker."""
    item = next(box.iterancestors("li"))
    box.drop_tree()  # the text after it stays
    box.tail = item.text
    item.text = None
    item.insert(0, box)
    item.getparent().set("class", "boxes")


def _collapse_whitespace(text: str | None, between_blocks: bool) -> str:
    """Return ``text`` with a single space for each run of whitespace; "" if it is only whitespace
    and is ``between_blocks``."""
    text = WHITESPACE.sub(" ", text or "")
    return "" if between_blocks and text == " " else text


def _run_typst(source: str, points: float, paper: PaperFormat) -> bytes:
    """Return the PDF that handouts.typ makes of ``source``, a document as XML, with text of
    ``points`` on ``paper``. Raises PaperError for a character that the fonts lack."""
    inputs = {"page": source, "size": str(points), "sheet": json.dumps(dataclasses.asdict(paper))}
    try:
        return bytes(
            typst.compile(
                str(STYLE), font_paths=_fonts(), pdf_standards=["ua-1"], sys_inputs=inputs
            )
        )
    except typst.TypstError as error:
        match = re.search(r'the text `"(.*?)"` could not be displayed', str(error))
        if match:
            raise PaperError(
                f'inget teckensnitt har tecknet "{match[1]}". Är det ett nytt språk? Säg till den '
                "som sköter tekniken: skriften behöver ett teckensnitt (FONT_FILES i "
                "paper/typeset.py)"
            ) from error
        raise


def measure_pages(data: bytes, paper: PaperFormat) -> tuple[int, tuple[str, ...]]:
    """Return the number of pages of a PDF, and a message for each page with text outside the areas
    of ``paper``."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            return len(document), tuple(_misfits(document, paper))
        finally:
            document.close()


def _misfits(document: pypdfium2.PdfDocument, paper: PaperFormat) -> Iterator[str]:
    """Yield a Swedish message for each page with a character outside the areas of ``paper``: it
    quotes the text round the first one."""
    areas = paper.areas()
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        for n in range(text.count_chars()):
            box = _area_of_character(text, n, paper)
            is_inside = any(area.contains(box) for area in areas)
            # a space at the end of a line may be outside
            if not is_inside and text.get_text_range(n, 1).strip():
                excerpt = " ".join(text.get_text_range(max(n - 20, 0), 30).split())
                yield f'sida {number}: "{excerpt}" sticker ut'
                break


def _area_of_character(text: pypdfium2.PdfTextPage, n: int, paper: PaperFormat) -> Area:
    """Return the area of the character with index ``n`` of a page's ``text``."""
    left, bottom, right, top = text.get_charbox(n)  # in points from the lower left corner
    return Area(
        left=left * MM_PER_POINT,
        top=paper.height - top * MM_PER_POINT,
        right=right * MM_PER_POINT,
        bottom=paper.height - bottom * MM_PER_POINT,
    )


def children_of(element: Any) -> list[Any]:
    """Return the children of a structure element: elements, object references and numbers of marked
    content (ISO 32000-1, 14.7.2)."""
    children = element.get("/K")
    if children is None:
        return []
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def iter_elements(root: Any) -> Iterator[Any]:
    """Yield every structure element under ``root``, a parent before its children, in reading
    order."""
    for child in children_of(root):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from iter_elements(child)


def link_annotations(link: Any) -> Iterator[Any]:
    """Yield the annotations of a link's structure element: one for each line of the link."""
    for child in children_of(link):
        if isinstance(child, pikepdf.Dictionary) and "/Obj" in child:
            yield child.Obj


def finalize_pdf(data: bytes, document: html.HtmlElement) -> bytes:
    """Return the PDF ``data``, which Typst made of ``document``, with what Typst doesn't do: the
    links' descriptions, the form fields, no empty labels in lists, and compression."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        elements = list(iter_elements(pdf.Root.StructTreeRoot))
        links = [element for element in elements if element.S == "/Link"]
        _finish_links(pdf, links, document)
        for element in elements:
            if element.S == "/LI":
                _remove_empty_label(element)
        output = io.BytesIO()
        pdf.save(
            output,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return output.getvalue()


def _finish_links(pdf: pikepdf.Pdf, links: list[Any], document: html.HtmlElement) -> None:
    """Give each link of the PDF the description of its <a> in ``document`` (title), or turn it into
    a form field if its href is of FIELD_SCHEME.

    ``links``: their structure elements.
    """
    fields = list[Any]()
    # the nth link of the PDF is the nth <a>
    for link, anchor in zip(links, document.iter("a"), strict=True):
        for annotation in link_annotations(link):
            if anchor.get("href").startswith(FIELD_SCHEME):
                turn_into_field(pdf, link, annotation, anchor)
                fields.append(annotation)
            elif anchor.get("title"):  # on each line of the link
                annotation.Contents = pikepdf.String(anchor.get("title"))
    add_form(pdf, fields)


def _remove_empty_label(item: Any) -> None:
    """Remove the label of a list item's structure element if it is empty: in a list without
    markers."""
    children = children_of(item)
    item.K = pikepdf.Array([child for child in children if child.S != "/Lbl" or children_of(child)])


def pdf_ua_violations(data: bytes) -> Iterator[str]:
    """Yield a Swedish message, with the clause of ISO 14289-1, for each violation of PDF/UA-1 that
    a page's text can cause and Typst doesn't prevent."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for element in iter_elements(pdf.Root.StructTreeRoot):
            if element.S == "/Table":
                if not any(inner.S == "/TH" for inner in iter_elements(element)):
                    yield "en tabell saknar rubrikceller (7.5)"
            elif element.S in ("/TH", "/P", "/Link", "/LBody") and not children_of(element):
                yield f"en tagg {str(element.S)[1:]} är tom (7.1)"
            elif element.S == "/Link":
                annotations = link_annotations(element)
                if not all(str(annotation.get("/Contents", "")) for annotation in annotations):
                    yield "en länk saknar beskrivning (7.18.5)"
