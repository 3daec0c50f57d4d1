"""Every other kind of file that holds addresses, and how a file is read by its name."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from scripts.links.html import (
    Document,
    Use,
    add_element,
    json_uses,
    own_uses,
    parse,
    read_html,
    sheet_uses,
)

# Element of a feed, a sitemap, a search's description → the attribute that has its address (else
# it is the text), and the kind of use.
XML_USES = {
    **dict.fromkeys(("link", "loc"), ("href", "page")),
    **dict.fromkeys(("icon", "logo", "Image"), ("", "asset")),
    "Url": ("template", "own"),
}


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def read_xml(data: bytes) -> Document:
    """Read feeds (Atom), sitemaps, OpenSearch and drawings. Raises ValueError."""
    try:
        root = ElementTree.fromstring(data)  # expat resolves no external entities
    except (ElementTree.ParseError, LookupError) as error:  # … of an unknown encoding
        raise ValueError(error) from error
    document = Document(base=root.get("{http://www.w3.org/XML/1998/namespace}base", ""))
    drawing = root.tag.rpartition("}")[2] == "svg"  # old ones have no namespace
    for element in root.iter():
        space, _, tag = element.tag.rpartition("}")
        text = (element.text or "").strip()
        has = {
            name.replace("{http://www.w3.org/1999/xlink}", "xlink:").rpartition("}")[2]: value
            for name, value in element.attrib.items()
        }
        if drawing or space.endswith("/1999/xhtml"):  # hreflang in sitemaps, an entry's text
            add_element(document, tag.lower(), has)
            document.uses += sheet_uses(text) if tag == "style" else []
        else:
            document.uses += _xml_uses(tag, has, text)
    return document


def _xml_uses(tag: str, has: dict[str, str], text: str) -> list[Use]:
    if tag in ("content", "summary") and "<" in text:
        # HTML as text. Readers don't agree on what a relative address in it starts from.
        return own_uses(use.value for use in read_html(parse(text.encode())).uses)
    name, kind = XML_USES.get(tag, ("", ""))
    if name in has and kind != "own":
        return [Use(kind, has[name])]
    return [Use(kind, use.value) for use in own_uses([has.get(name, text)])] if kind else []


def read_words(data: bytes) -> Document:
    """Read robots.txt, security.txt (RFC 9116), any text: an address may end a sentence."""
    words = re.sub(r"^\s*#.*", "", _text(data), flags=re.M).split()
    return Document(uses=own_uses(word.rstrip(".,:;!?)") for word in words))


def read_pdf(data: bytes) -> Document:
    """Read where the links of a sheet lead (ISO 32000-2, 12.6.4.8). Raises ValueError."""
    import pikepdf  # here: few builds make PDFs, and it takes its time

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            links: list[Any] = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
            actions = [link.get("/A", {}) for link in links]
            return Document(uses=[Use("page", str(one.URI)) for one in actions if "/URI" in one])
    except pikepdf.PdfError as error:
        # It names the object read from, with an address that is never the same.
        raise ValueError(re.sub(r"(?:stream )?<[^>]*>:? ?", "", str(error))) from error


# By the name's ending.
READERS: dict[str, Callable[[bytes], Document]] = {
    **dict.fromkeys((".html", ".htm"), lambda data: read_html(parse(data))),
    **dict.fromkeys((".xml", ".svg"), read_xml),
    ".css": lambda data: Document(uses=sheet_uses(_text(data))),
    ".json": lambda data: Document(uses=json_uses(data)),
    ".txt": read_words,
    ".pdf": read_pdf,
}


def read(file: Path) -> Document | None:
    """Return what a file holds; None if its kind holds no addresses. Raises OSError."""
    reader = READERS.get(file.suffix.lower())
    try:
        return reader(file.read_bytes()) if reader else None
    except (ValueError, RecursionError) as error:
        return Document(unreadable=f"kan inte läsas ({error})")
