"""Mends the tags of a PDF that WeasyPrint 70 has written, until they are PDF/UA-1 (ISO 14289-1).

Nothing that is seen changes. Each function takes an open file and changes it; they run in the
order of ``mend``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Dictionary, Name, String

# The lang of each table cell, and of each section, of the HTML; "" where it has none.
Languages: TypeAlias = Mapping[str, Sequence[str]]
PRINT = 4  # the annotation flag (ISO 32000-1, table 165)
# Without content these tell a reader nothing; an empty cell does.
EMPTY = {"/Span", "/NonStruct", "/P", "/Div", "/Link"}
FOOTER = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"


def mend(pdf: pikepdf.Pdf, titles: Mapping[str, str], languages: Languages) -> None:
    """Mend ``pdf``; ``titles``: what a link is called, by its address or ``#id``; ``languages``:
    see mark_languages."""
    footers_are_artifacts(pdf)
    one_annotation_a_link(pdf)
    drop_empty(pdf.Root.StructTreeRoot)
    name_links(pdf, titles)
    head_cells(pdf)
    figure_boxes(pdf)
    mark_languages(pdf, languages)


def kids(element: Any) -> list[Any]:
    """Return what an element holds: elements, references to content, numbers of content."""
    held = element.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def elements(root: Any) -> Iterator[Any]:
    """Yield every element under ``root``, in reading order."""
    stack = [kid for kid in reversed(kids(root)) if is_element(kid)]
    while stack:
        element = stack.pop()
        yield element
        stack += [kid for kid in reversed(kids(element)) if is_element(kid)]


def footers_are_artifacts(pdf: pikepdf.Pdf) -> None:
    """Make text whose tag isn't in the tree an artifact: WeasyPrint marks what stands in a page's
    margins as content, and leaves its tags outside (7.1, 7.8)."""
    tree: Any = pdf.Root.StructTreeRoot
    inside = {element.objgen for element in elements(tree)}
    numbers = pikepdf.NumberTree(tree.ParentTree)
    for page in pdf.pages:
        owners: Any = numbers[int(page.obj.StructParents)]
        outside = {n for n, owner in enumerate(owners) if owner.objgen not in inside}
        if not outside:
            continue
        page.contents_coalesce()
        stream: Any = page.obj.Contents

        def replace(match: re.Match[bytes], outside: set[int] = outside) -> bytes:
            return FOOTER if int(match[1]) in outside else match[0]

        # text is written in hexadecimal: these signs are nothing else
        begins = re.compile(rb"/Span\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
        stream.write(begins.sub(replace, stream.read_bytes()))
        last = max((n for n in range(len(owners)) if n not in outside), default=-1)
        for number in outside:
            owners[number] = None
        del owners[last + 1 :]


def one_annotation_a_link(pdf: pikepdf.Pdf) -> None:
    """Leave each ``Link`` its own annotation, and no other element any (7.18.5).

    WeasyPrint hands a link down to every box within it, and each gets an annotation of its own;
    a generated ``::after`` becomes a Link in the Link.
    """
    tree: Any = pdf.Root.StructTreeRoot
    dropped: set[int] = set()
    stack: list[tuple[Any, Any]] = [(kid, None) for kid in kids(tree)]
    while stack:
        element, link = stack.pop()
        if not is_element(element):
            continue
        if link is not None:
            if element.S == "/Link":
                element.S = Name.Span
            own = [kid for kid in kids(element) if is_reference(kid)]
            for reference in own:
                if target(reference.Obj) != target(link):
                    raise ValueError(f"en länk i en annan: {target(reference.Obj)}")
                dropped.add(int(reference.Obj.StructParent))
            element.K = pikepdf.Array([kid for kid in kids(element) if not is_reference(kid)])
        elif element.S == "/Link":
            link = next((kid.Obj for kid in kids(element) if is_reference(kid)), None)
        stack += [(kid, link) for kid in kids(element)]
    for page in pdf.pages:
        if "/Annots" in page.obj:
            kept = [a for a in page.obj.Annots if int(a.StructParent) not in dropped]
            page.obj.Annots = pikepdf.Array(kept)
    numbers = pikepdf.NumberTree(tree.ParentTree)
    for number in dropped:
        del numbers[number]


def is_reference(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"


def target(link: Any) -> str:
    """Return where a link annotation leads: an address, or ``#id`` in the file."""
    return f"#{link.Dest}" if "/Dest" in link else str(link.A.URI)


def drop_empty(element: Any) -> None:
    """Take away elements without content, under ``element``, and those that this empties."""
    kept = []
    for kid in kids(element):
        if is_element(kid):
            drop_empty(kid)
            if not kids(kid) and str(kid.S) in EMPTY and "/Alt" not in kid:
                continue
        kept.append(kid)
    element.K = pikepdf.Array(kept)


def name_links(pdf: pikepdf.Pdf, titles: Mapping[str, str]) -> None:
    """Describe each link (7.18.5), and let it be printed as it is shown."""
    for page in pdf.pages:
        annotations: Any = page.obj.get("/Annots", [])
        for link in annotations:
            link.F = PRINT
            if title := titles.get(target(link)):
                link.Contents = String(title)


def head_cells(pdf: pikepdf.Pdf) -> None:
    """Say of each header cell that it heads its column (7.5): layouts.py makes no others."""
    for element in elements(pdf.Root.StructTreeRoot):
        if element.S == "/TH":
            element.A.Scope = Name.Column


def figure_boxes(pdf: pikepdf.Pdf) -> None:
    """Give each picture its box in points from the bottom, not in pixels from the top."""
    for element in elements(pdf.Root.StructTreeRoot):
        if element.S == "/Figure":
            height = float(element.Pg.MediaBox[3])
            left, top, right, bottom = (float(value) * 0.75 for value in element.A.BBox)
            element.A.BBox = pikepdf.Array([left, height - bottom, right, height - top])


def mark_languages(pdf: pikepdf.Pdf, languages: Languages) -> None:
    """Say which cells and sections are in another language (7.2): WeasyPrint leaves ``lang`` out.

    They are matched by their order. Raises ValueError where a page break has made two of one.
    """
    for kind, names in (("cell", ("/TD", "/TH")), ("section", ("/Sect",))):
        wanted = languages.get(kind, ())
        if not any(wanted):
            continue
        found = [e for e in elements(pdf.Root.StructTreeRoot) if str(e.S) in names]
        if len(found) != len(wanted):
            raise ValueError(f"språken går inte att märka: {len(found)} delar, inte {len(wanted)}")
        for element, lang in zip(found, wanted, strict=True):
            if lang:
                element.Lang = String(lang)
