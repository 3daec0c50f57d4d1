"""Compares two built sites by what readers, and those who link to them, rely on: files, addresses,
ids, links, text and metadata.

Pages are compared as parsed elements, not bytes: how a builder indents is no difference.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.site.html_site import text_of

SITE = "https://site.invalid/"
ELEMENTS = "html, title, meta[name], link, script[type], [id], a, input"
ATTRIBUTES = ("lang", "id", "class", "name", "content", "rel", "type", "data-mark")
BLOCKS = "p, li, h1, h2, h3, h4, dt, dd, td, th, summary, label, figcaption"
THEME = ("assets/javascripts", "assets/stylesheets", "assets/images")  # the builder's own


class Difference(NamedTuple):
    """A file, or an element or text of a page, that one of two builds has and the other hasn't."""

    path: str
    sign: str  # "-" if only the first has it, "+" if only the second has it
    value: str = ""


def differences(ours: Path, theirs: Path) -> Iterator[Difference]:
    """Yield the differences between the sites in two folders."""
    our_files = files_of(ours)
    their_files = files_of(theirs)
    for name in sorted(our_files ^ their_files):
        yield Difference(name, "-" if name in our_files else "+")
    for name in sorted(our_files & their_files):
        our_bytes = (ours / name).read_bytes()
        their_bytes = (theirs / name).read_bytes()
        if name.endswith(".html"):
            our_items = Counter(page_items(name, our_bytes))
            their_items = Counter(page_items(name, their_bytes))
            yield from (Difference(name, "-", item) for item in our_items - their_items)
            yield from (Difference(name, "+", item) for item in their_items - our_items)
        elif canonical(name, our_bytes) != canonical(name, their_bytes):
            yield Difference(name, "-", "its content")


def files_of(site: Path) -> set[str]:
    """Return the paths of the files in a site that aren't the theme's own."""
    paths = (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    # the sitemap's copy has the hour of the build
    return {path for path in paths if not path.startswith(THEME) and not path.endswith(".gz")}


def page_items(path: str, source: bytes) -> Iterator[str]:
    """Yield the elements of a page that matter, with their attributes, and its blocks of text."""
    tree = LexborHTMLParser(source)
    for node in tree.css(ELEMENTS):
        attributes = [
            f"{name}={node.attributes[name]}" for name in ATTRIBUTES if name in node.attributes
        ]
        yield f"{node.tag} {' '.join(attributes)} {target_of(node, path)}"
    for node in tree.css(f"title, a, {BLOCKS}"):
        yield f"{node.tag}: {text_of(node)}"


def target_of(node: LexborNode, path: str) -> str:
    """Return the address on the site that a link leads to, or the URL outside it; "" if none."""
    href = node.attributes.get("href")
    return "" if href is None else urljoin(SITE + path, href).removeprefix(SITE)


def canonical(name: str, content: bytes) -> bytes | str:
    """Return a file's content; XML in its canonical form, where escapes are no difference."""
    return ET.canonicalize(content.decode(), strip_text=True) if name.endswith(".xml") else content
