"""What a built site promises its readers and those who link to it, whatever built it.

Compared as parsed pages, not bytes: how a builder indents is no difference.
"""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.site.html_site import text_of

DEEP = "https://site.invalid/" + "-/" * 9  # where a way that leads out of the site is seen
HEAD = "meta[name=description], meta[name=keywords], link[rel=canonical], link[rel=alternate], link[rel=search]"
BLOCKS = "p, li, h1, h2, h3, h4, dt, dd, td, th, summary, label, figcaption"
THEME = ("assets/javascripts", "assets/stylesheets", "assets/images")  # the builder's own


class Difference(NamedTuple):
    """What one of two builds has and the other hasn't."""

    kind: str  # of ``facts``; or "page", "file"
    page: str  # its address, or a file's path
    sign: str  # "-" where the canary lacks it, "+" where it alone has it
    value: str = ""


def facts(address: str, source: bytes) -> Iterator[tuple[str, str]]:
    """Yield kind and value of what a page says, in its order."""
    tree = LexborHTMLParser(source)
    yield "language", _attributes(tree.css_first("html"), "lang")
    for node in tree.css("title"):
        yield "title", text_of(node)
    for node in tree.css(HEAD):
        names = "name", "rel", "type", "title", "content"
        yield "head", f"{_attributes(node, *names)} {_target(node, address)}"
    for node in tree.css('script[type="application/ld+json"]'):
        yield "data", json.dumps(json.loads(node.text()), sort_keys=True, ensure_ascii=False)
    for node in tree.css("[id]"):
        yield "id", str(node.attributes["id"])
    for node in tree.css("a[href]"):
        marks = _attributes(node, "class", "aria-current", "aria-label", "rel", "download")
        yield "link", f"{_target(node, address)} {text_of(node)} {marks}"
    for number, node in enumerate(tree.css("sup.cite a"), 1):
        yield "citation", f"{number}: {text_of(node)} {_target(node, address)}"
    for number, node in enumerate(tree.css(".check-rows > li"), 1):
        box = node.css_first("input")
        marks = _attributes(box, "id", "data-mark")
        yield "row", f"{number}: {node.attributes.get('id')} {marks} {text_of(node)}"
    for node in tree.css(BLOCKS):
        yield "text", text_of(node)


def _attributes(node: LexborNode, *names: str) -> str:
    return " ".join(f"{name}={node.attributes[name]}" for name in names if name in node.attributes)


def _target(node: LexborNode, address: str) -> str:
    href = node.attributes.get("href")
    return "" if href is None else urljoin(DEEP + address, href).removeprefix(DEEP)


def differences(ours: Path, theirs: Path) -> Iterator[Difference]:
    """Yield what differs between the sites in two folders, ``theirs`` the canary's."""
    names = {
        str(file.relative_to(root).as_posix())
        for root in (ours, theirs)
        for file in root.rglob("*")
        if file.is_file()
    }
    for name in sorted(name for name in names if not name.startswith(THEME)):
        one, other = ours / name, theirs / name
        address = name.removesuffix("index.html")
        kind = "page" if name.endswith(".html") else "file"
        if not (one.is_file() and other.is_file()):
            yield Difference(kind, address, "+" if other.is_file() else "-")
        elif kind == "page":
            mine, its = (Counter(facts(address, file.read_bytes())) for file in (one, other))
            for sign, more in (("-", mine - its), ("+", its - mine)):
                yield from (Difference(kind, address, sign, value) for kind, value in more)
        elif _said(one) != _said(other):
            yield Difference(kind, address, "-", "its content")


def _said(file: Path) -> bytes | str:
    """Return what a file says: of XML, how a letter is escaped is nothing; of gzip, its hour."""
    content = file.read_bytes()
    if file.suffix == ".gz":
        file, content = file.with_suffix(""), gzip.decompress(content)
    if file.suffix != ".xml":
        return content
    try:
        return ET.canonicalize(content.decode(), strip_text=True)
    except ET.ParseError:
        return content
