"""Which function reads a file, by the file's name."""

from __future__ import annotations

from collections.abc import Callable

from scripts.links.formats.data import read_json
from scripts.links.formats.document import Document
from scripts.links.formats.feeds import read_xml
from scripts.links.formats.html import read_html
from scripts.links.formats.pdf import read_pdf
from scripts.links.formats.scripts import read_js
from scripts.links.formats.server_files import (
    read_htaccess,
    read_redirects,
    read_robots,
    read_security,
)
from scripts.links.formats.styles import read_css

Reader = Callable[[bytes], Document]
NAMED: dict[str, Reader] = {
    "robots.txt": read_robots,
    "security.txt": read_security,
    "_redirects": read_redirects,
    ".htaccess": read_htaccess,
}
EXTENSIONS: dict[str, Reader] = {
    **dict.fromkeys(("html", "htm", "xhtml"), read_html),
    "css": read_css,
    **dict.fromkeys(("js", "mjs"), read_js),
    **dict.fromkeys(("xml", "rss", "atom", "svg"), read_xml),
    **dict.fromkeys(("json", "webmanifest"), read_json),
    "pdf": read_pdf,
}

# Bytes. What a parser makes of a file may be forty times as large.
LARGEST = {"": 20_000_000, "json": 60_000_000, "pdf": 250_000_000}


def reader_for(path: str) -> Reader | None:
    """Return the function that reads files named like ``path``; None if they hold no addresses."""
    name = path.rsplit("/", 1)[-1].lower()
    extension = name.rsplit(".", 1)[-1] if "." in name else ""
    return NAMED.get(name) or EXTENSIONS.get(extension)


def largest(path: str) -> int:
    """Return how many bytes a file may have to be read."""
    return LARGEST.get(path.rsplit(".", 1)[-1].lower(), LARGEST[""])
