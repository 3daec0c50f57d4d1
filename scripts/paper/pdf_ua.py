"""What Typst leaves of PDF/UA-1 (ISO 14289-1): its "ua-1" refuses a document without a title, a
skipped heading, a picture without a text and a font left out; it lets through what is seen here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import html


def kids(element: Any) -> list[Any]:
    """Return what an element holds: elements, references to content, numbers of content."""
    held = element.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def elements(root: Any) -> Iterator[Any]:
    """Yield every element under ``root``, in reading order."""
    for kid in kids(root):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def links(tag: Any) -> Iterator[Any]:
    """Yield a link's places on the pages: its annotations."""
    for held in kids(tag):
        if isinstance(held, pikepdf.Dictionary) and "/Obj" in held:
            yield held.Obj


def finish(data: bytes, document: html.HtmlElement) -> bytes:
    """Return the PDF of ``document`` with its links described by their titles, without empty tags,
    and a third as large. A link's tags and its ``<a>`` are matched by their order."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = (tag for tag in elements(pdf.Root.StructTreeRoot) if tag.S == "/Link")
        for tag, link in zip(tags, document.iter("a"), strict=True):
            for place in links(tag):
                if "/A" in place and str(place.A.URI) != link.get("href"):
                    raise ValueError(f"länken leder till {place.A.URI}")
                if title := link.get("title"):
                    place.Contents = pikepdf.String(title)
        for tag in elements(pdf.Root.StructTreeRoot):  # a list without marks has none to tag
            if tag.S == "/LI":
                tag.K = pikepdf.Array([k for k in kids(tag) if k.S != "/Lbl" or kids(k)])
        done = io.BytesIO()
        pdf.save(
            done,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return done.getvalue()


def faults(data: bytes, lang: str) -> Iterator[str]:
    """Yield what keeps a PDF of Typst's from being PDF/UA-1, in Swedish, with the clause.

    ``lang``: the language it should say that it is in (BCP 47).
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root: Any = pdf.Root
        if str(root.get("/Lang", "")) != lang:
            yield f"språket är inte {lang} (7.2)"
        tags = list(elements(root.StructTreeRoot))
        if not any(str(tag.S).startswith("/H") for tag in tags):
            yield "filen har inga rubriker (7.4)"
        for tag in tags:
            if tag.S == "/Table" and not any(cell.S == "/TH" for cell in elements(tag)):
                yield "en tabell saknar rubrikceller (7.5)"
            if tag.S in ("/TH", "/P", "/Link", "/LBody") and not kids(tag):
                yield f"en tagg {str(tag.S)[1:]} är tom (7.1)"
            if tag.S == "/Link":
                if not all(str(place.get("/Contents", "")) for place in links(tag)):
                    yield "en länk saknar beskrivning (7.18.5)"
                if any(inner.S == "/Link" for inner in elements(tag)):
                    yield "en länk står i en annan (7.18.5)"
