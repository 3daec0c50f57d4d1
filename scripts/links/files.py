"""How a built file is read for its addresses, by the ending of its name."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from scripts.links.html import Document, Use, css_uses, decode, read_html, whole_urls


def read_page(data: bytes) -> Document:
    """Return the ids and addresses in a page."""
    return read_html(LexborHTMLParser(decode(data)))


def read_stylesheet(data: bytes) -> Document:
    """Return the addresses in a stylesheet. It has no ids."""
    return Document(uses=css_uses(decode(data)))


def read_text(data: bytes) -> Document:
    """Return the whole URLs in a feed, a sitemap, robots.txt or JSON. Comments of robots.txt are
    left out."""
    return Document(uses=whole_urls(re.sub(r"^\s*#.*", "", decode(data), flags=re.M)))


def read_pdf(data: bytes) -> Document:
    """Return the addresses that the links of a PDF lead to (URI actions: ISO 32000-2, 12.6.4.8)."""
    import pikepdf  # late: few builds make PDF files, and importing it takes time

    addresses: list[str] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                annotations: Any = page.obj.get("/Annots", ())
                actions = [annotation.get("/A", {}) for annotation in annotations]
                addresses += [str(action.URI) for action in actions if "/URI" in action]
    except pikepdf.PdfError:
        return Document(unreadable="är ingen hel PDF. Bygg om den.")
    return Document(uses=[Use("link", address) for address in addresses])


READERS: dict[str, Callable[[bytes], Document]] = {
    ".html": read_page,
    ".htm": read_page,
    ".css": read_stylesheet,
    ".xml": read_text,
    ".json": read_text,
    ".txt": read_text,
    ".pdf": read_pdf,
}


def read_document(file: Path) -> Document | None:
    """Return the ids and addresses in a file; None if files of its kind, such as images, hold none.
    Raises OSError."""
    reader = READERS.get(file.suffix.lower())
    return reader(file.read_bytes()) if reader else None
