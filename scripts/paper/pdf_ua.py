"""Kontrollerar att PDF-filer är tillgängliga: PDF/UA-1 (ISO 14289-1) så långt en maskin kan se.

Taggar för allt innehåll, språk, titel, rubrikordning, tabellrubriker, alternativtexter, länkars
beskrivning, inbäddade teckensnitt, bokmärken.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

# Each rule names its clause of ISO 14289-1:2014 (7.x) or its condition in the Matterhorn Protocol.

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pikepdf

from scripts.core.findings import Finding, report

# The standard structure types of ISO 32000-1, 14.8.4.
STANDARD = set(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3
    H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry
    Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""".split()  # noqa: SIM905
)
PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "s", "S", "sh", "Do", "BI", "INLINE IMAGE"}
PAINT |= {"Tj", "TJ", "'", '"'}
HOLDERS = {"Span", "NonStruct", "P", "Link", "H1", "H2", "H3", "H4", "H5", "H6"}
CHILDREN = {  # what may stand directly in what (ISO 32000-1, tables 336 and 337)
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}


def kids(element: Any) -> list[Any]:
    """Return what an element holds: elements, references to content, numbers of content."""
    held = element.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def elements(root: Any) -> Iterator[Any]:
    """Yield every element under ``root``, in reading order."""
    stack = [kid for kid in reversed(kids(root)) if is_element(kid)]
    while stack:
        element = stack.pop()
        yield element
        stack += [kid for kid in reversed(kids(element)) if is_element(kid)]


def check_pdf(file: Path, shown: PurePosixPath, lang: str = "") -> Iterator[Finding]:
    """Yield what keeps ``file`` from being PDF/UA-1; a finding's line is the page, 0 for all.

    ``lang``: the language it should say that it is in (BCP 47), where that is known.
    """
    try:
        pdf = pikepdf.open(file)
    except (pikepdf.PdfError, OSError) as error:
        yield Finding(shown, 0, "pdf-unreadable", f"filen kan inte läsas som PDF ({error}).")
        return
    with pdf:
        for line, rule, message in (
            *_document(pdf, lang),
            *_structure(pdf),
            *_pages(pdf),
        ):
            yield Finding(shown, line, rule, message)


def _document(pdf: pikepdf.Pdf, lang: str) -> Iterator[tuple[int, str, str]]:
    root: Any = pdf.Root
    said = str(root.get("/Lang", ""))
    if not said:
        yield 0, "pdf-lang", "språket saknas (7.2)."
    elif not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", said):
        yield 0, "pdf-lang", f"språket {said} är ingen språkkod (7.2)."
    elif lang and said != lang:
        yield 0, "pdf-lang", f"språket är {said}, men texten är på {lang} (7.2)."
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield 0, "pdf-marked", "filen säger inte att den är taggad (7.1)."
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield 0, "pdf-title", "titeln visas inte i fönstret (7.1)."
    if not str(pdf.docinfo.get("/Title", "")):
        yield 0, "pdf-title", "titeln saknas i filens uppgifter (7.1)."
    if "/Metadata" not in root:
        yield 0, "pdf-xmp", "XMP saknas (5)."
    else:
        xmp = root.Metadata.read_bytes().decode("utf-8", "replace")
        if not re.search(r"pdfuaid:part\s*(?:=\s*[\"']|>)\s*[12]\b", xmp):
            yield 0, "pdf-xmp", "XMP säger inte vilken del av PDF/UA som gäller (5)."
        if "dc:title" not in xmp:
            yield 0, "pdf-xmp", "XMP saknar dc:title (7.1)."
    if pdf.is_encrypted and not pdf.allow.accessibility:
        yield 0, "pdf-locked", "filen stänger ute hjälpmedel (7.16)."
    with pdf.open_outline() as outline:
        if not outline.root:
            yield 0, "pdf-bookmarks", "bokmärken saknas (7.17)."


def _structure(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, str]]:
    if "/StructTreeRoot" not in pdf.Root:
        yield 0, "pdf-tags", "taggar saknas helt (7.1)."
        return
    tree: Any = pdf.Root.StructTreeRoot
    roles = _roles(pdf)
    if "/ParentTree" not in tree:
        yield 0, "pdf-tags", "ParentTree saknas, så innehåll kan inte hitta sin tagg (7.1)."
    last = 0
    stack = [(kid, "", False) for kid in reversed(kids(tree))]
    while stack:
        element, parent, inside_link = stack.pop()
        if not is_element(element):
            continue  # a marked-content reference or an object reference
        name = str(element.S)[1:]
        kind = roles.get(name, name)
        if kind not in STANDARD:
            yield 0, "pdf-role", f"taggen {name} är ingen standardtagg (7.1)."
        if parent in CHILDREN and kind not in CHILDREN[parent]:
            yield 0, "pdf-nesting", f"{kind} står direkt i {parent} (7.2)."
        if match := re.fullmatch(r"H([1-6])", kind):
            depth = int(match[1])
            if depth > last + 1:
                yield 0, "pdf-headings", f"rubrik {depth} följer på nivå {last} (7.4.2)."
            last = depth
        if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")):
            yield 0, "pdf-alt", f"{kind} saknar alternativtext (7.3)."
        if kind == "TH" and not _attribute(element, "/Scope"):
            yield 0, "pdf-th", "en tabellrubrik säger inte om den gäller rad eller kolumn (7.5)."
        if kind == "TH" and not kids(element):
            yield 0, "pdf-th", "en tabellrubrik är tom (7.5)."
        if kind in HOLDERS and not kids(element) and not str(element.get("/Alt", "")):
            yield 0, "pdf-empty", f"en tagg {kind} är tom (7.1)."
        if kind == "Link" and inside_link:
            yield 0, "pdf-link", "en länk står i en annan (7.18.5)."
        if kind == "Table" and not _has_header(element, roles):
            yield 0, "pdf-th", "en tabell saknar rubrikceller (7.5)."
        linked = inside_link or kind == "Link"
        stack += [(kid, kind, linked) for kid in reversed(kids(element))]
    if not last:
        yield 0, "pdf-headings", "filen har inga rubriker (7.4)."


def _roles(pdf: pikepdf.Pdf) -> dict[str, str]:
    mapped: Any = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    return {str(k)[1:]: str(v)[1:] for k, v in dict(mapped).items()}


def _attribute(element: Any, name: str) -> Any:
    attributes = element.get("/A")
    found = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((a[name] for a in found if isinstance(a, pikepdf.Dictionary) and name in a), None)


def _has_header(element: Any, roles: dict[str, str]) -> bool:
    for kid in kids(element):
        if is_element(kid):
            name = str(kid.S)[1:]
            if roles.get(name, name) == "TH" or _has_header(kid, roles):
                return True
    return False


def _pages(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, str]]:
    owners = _parent_tree(pdf)
    tagged = "/StructTreeRoot" in pdf.Root
    roles = _roles(pdf) if tagged else {}
    in_tree = {e.objgen for e in elements(pdf.Root.StructTreeRoot)} if tagged else set()
    fonts: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        if str(page.obj.get("/Tabs", "")) != "/S":
            yield number, "pdf-tab-order", "tabbordningen följer inte taggarna (7.18.3)."
        owned = owners.get(int(page.obj.get("/StructParents", -1)))
        yield from ((number, rule, text) for rule, text in _content(page, owned, in_tree))
        annotations: Any = page.obj.get("/Annots", [])
        for annotation in annotations:
            if str(annotation.get("/Subtype")) != "/Link":
                continue
            if not str(annotation.get("/Contents", "")):
                yield number, "pdf-link", "en länk saknar beskrivning (7.18.5)."
            owner = owners.get(int(annotation.get("/StructParent", -1)))
            name = "" if owner is None else str(owner.S)[1:]
            if owner is None or owner.objgen not in in_tree:
                yield number, "pdf-link", "en länk saknar sin tagg (7.18.5)."
            elif roles.get(name, name) != "Link":  # Matterhorn 28-011
                yield number, "pdf-link", f"en länk är märkt {name}, inte Link (7.18.5)."
        resources: Any = page.resources.get("/Font", {})
        for name, font in dict(resources).items():
            if font.objgen in fonts:
                continue
            fonts.add(font.objgen)
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor: Any = inner.get("/FontDescriptor", {})
            if not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
                yield number, "pdf-font", f"teckensnittet {name} är inte inbäddat (7.21.4)."
            if "/ToUnicode" not in font:
                yield (
                    number,
                    "pdf-font",
                    f"teckensnittet {name} säger inte vilka tecken det har (7.21.7).",
                )


def _parent_tree(pdf: pikepdf.Pdf) -> dict[int, Any]:
    if "/StructTreeRoot" not in pdf.Root or "/ParentTree" not in pdf.Root.StructTreeRoot:
        return {}
    return dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree))


def _content(page: pikepdf.Page, owned: Any, in_tree: Collection[Any]) -> Iterator[tuple[str, str]]:
    """Yield paint outside tags and artifacts, and marked content that no tag owns."""
    open_marks: list[tuple[bool, bool]] = []  # (tagged, artifact) of each open sequence
    bare = 0
    seen: set[int] = set()
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            operands = instruction.operands
            artifact = str(operands[0]) == "/Artifact"
            properties = operands[1] if len(operands) > 1 else None
            tagged = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
            if tagged:
                assert isinstance(properties, pikepdf.Dictionary)
                mark = int(properties.MCID)
                if mark in seen:
                    yield "pdf-tags", f"innehållet {mark} är märkt två gånger (7.1)."
                seen.add(mark)
                if (
                    owned is None
                    or mark >= len(owned)
                    or not isinstance(owned[mark], pikepdf.Dictionary)
                ):
                    yield "pdf-tags", f"innehållet {mark} hör inte till någon tagg (7.1)."
                elif owned[mark].objgen not in in_tree:
                    yield "pdf-tags", f"taggen till innehållet {mark} hör inte till filen (7.1)."
            inside_artifact = any(a for _, a in open_marks)
            inside_tag = any(t for t, _ in open_marks)
            if (artifact and inside_tag) or (tagged and inside_artifact):
                yield "pdf-tags", "taggat innehåll och dekoration står i varandra (7.1)."
            open_marks.append((tagged, artifact))
        elif operator == "EMC":
            open_marks.pop()
        elif operator in PAINT and not any(t or a for t, a in open_marks):
            bare += 1
    if bare:
        yield "pdf-tags", f"{bare} ritade delar är varken taggade eller dekoration (7.1)."


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.paper.pdf_ua",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL", help="PDF-filer eller mappar")
    args = parser.parse_args(argv)
    files = [
        f for name in args.files for f in (sorted(name.rglob("*.pdf")) if name.is_dir() else [name])
    ]
    if not files or not all(f.is_file() for f in files):
        print("Det finns ingen PDF att kontrollera där.", file=sys.stderr)
        return 2
    return report(f for file in files for f in check_pdf(file, PurePosixPath(file.as_posix())))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
