"""What a file of the built site uses and defines: addresses, ids.

A page is read for what publish/harmless.py lets through: style sheets and scripts of ours load
nothing, and what may not stand in a page is told of there.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser


class Use(NamedTuple):
    """One use of an address, as it stands in the file.

    ``kind``: "page" leads somewhere, "asset" loads what is no page, "ref" names an id on the same
    page, "refresh" moves the reader on, "own" is judged only if it leads into the site itself.
    """

    kind: str
    value: str


@dataclass
class Document:
    """What a file defines and uses."""

    ids: list[str] = field(default_factory=list)  # in order, with repeats
    uses: list[Use] = field(default_factory=list)
    unreadable: str = ""  # why the file can't be read, in Swedish; "" if it can


# (element, attribute) → the kind of use
USES = {("a", "href"): "page", ("img", "src"): "asset", ("script", "src"): "asset"}
LOADED = {"icon", "stylesheet"}  # <link rel>; the others name a page
# Attributes that name ids on the same page. Left out: aria-controls and its like may name what a
# script makes later.
REFS = ("aria-labelledby", "aria-describedby", "aria-details", "for", "popovertarget")

DEEPEST = 5_000
CLOSED = 20_000  # shapes in drawings: what seems to stand in one may have left it
# A tag of an element that stays open until it is closed: neither void nor closed by the next.
NESTING = re.compile(
    rb"<(/?)(?!(?:area|base|body|br|col|colgroup|dd|dt|embed|head|hr|html|img|input|li|link|meta|"
    rb"optgroup|option|p|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)\b)"
    rb"([a-z][^\s/<>]*+)[^<>]*+(?:(?<=(/))>)?",
    re.IGNORECASE,
)
OVERFULL = re.compile(rb"<[a-zA-Z](?:[^\s<>]*+\s++){10000}")


def is_html(path: str) -> bool:
    """Whether a file is a page."""
    return path.lower().endswith((".html", ".htm"))


def as_utf8(data: bytes) -> bytes:
    """Return the bytes of a page as valid UTF-8; what isn't is taken for the Latin 1 of old."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    with suppress(UnicodeDecodeError):
        data.decode()
        return data
    return data.decode("cp1252", "replace").encode()


def shallow(html: bytes) -> bytes:
    """Return HTML as far as no more than DEEPEST elements are open, each in the one before, and no
    tag has attributes without end: lexbor takes minutes for what a stranger may send."""
    if overfull := OVERFULL.search(html):
        html = html[: overfull.start()]
    if html.count(b"<") <= DEEPEST:
        return html
    depth = drawings = closed = 0
    for tag in NESTING.finditer(html):
        if tag[2].lower() == b"svg":
            drawings = max(drawings - 1, 0) if tag[1] else drawings + 1
        if drawings and tag[3]:  # in a drawing "/>" ends an element; in HTML it says nothing
            closed += 1
        else:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEEPEST or closed > CLOSED:
            return html[: tag.start()]
    return html


def parse(data: bytes) -> LexborHTMLParser:
    """Return a page of anybody's as a tree. Never raises on bad HTML: browsers don't."""
    return LexborHTMLParser(shallow(as_utf8(data)))


def read_html(tree: LexborHTMLParser) -> Document:
    """Read a page."""
    document = Document()
    for node in tree.root.traverse() if tree.root else ():
        tag, has = node.tag or "", node.attributes
        if has and has.keys() != {"class"}:  # most of a page, and mute
            _add_element(document, tag, {name: value or "" for name, value in has.items()})
        if tag == "script" and has.get("type") == "application/ld+json":
            with suppress(ValueError, RecursionError):
                document.uses += read_json(node.text().encode()).uses
    return document


def _add_element(document: Document, tag: str, has: Mapping[str, str]) -> None:
    if "id" in has:
        document.ids.append(has["id"])
    if tag == "a" and "name" in has:  # what ids were of old, on others' pages
        document.ids.append(has["name"])
    for name, value in has.items():
        if kind := USES.get((tag, name)):
            document.uses.append(Use(kind, value))
        elif name in REFS:
            document.uses += [Use("ref", word) for word in value.split()]
    if tag == "link" and "href" in has:
        kind = "asset" if has.get("rel") in LOADED else "page"
        document.uses.append(Use(kind, has["href"]))
    if tag == "meta" and has.get("http-equiv") == "refresh":
        document.uses.append(Use("refresh", has.get("content", "").partition("url=")[2]))


def _own(texts: Iterable[str]) -> Document:
    """Return what texts use that are whole addresses, as far as to a place to fill in."""
    found = (re.fullmatch(r"(https?://[^\s{]+)(?:\{.*)?", text.strip()) for text in texts)
    return Document(uses=[Use("own", one[1]) for one in found if one])


def read_json(data: bytes) -> Document:
    """Read the site's lists for other programs. Raises ValueError, RecursionError."""
    texts, stack = [], [json.loads(data)]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, dict | list):
            stack += one.values() if isinstance(one, dict) else one
    return _own(texts)


def read_xml(data: bytes) -> Document:
    """Read the sitemap, the feed, the search's description. Raises ValueError."""
    try:
        root = ElementTree.fromstring(data)  # expat resolves no external entities
    except ElementTree.ParseError as error:
        raise ValueError(error) from error
    return _own(text for one in root.iter() for text in (one.text or "", *one.attrib.values()))


def read_words(data: bytes) -> Document:
    """Read robots.txt and security.txt (RFC 9116)."""
    return _own(data.decode("utf-8", "replace").split())


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


READERS: dict[str, Callable[[bytes], Document]] = {
    **dict.fromkeys((".html", ".htm"), lambda data: read_html(parse(data))),
    **{".json": read_json, ".xml": read_xml, ".txt": read_words, ".pdf": read_pdf},
}


def read(file: Path) -> Document | None:
    """Return what a file holds; None if its kind holds no addresses. Raises OSError."""
    reader = READERS.get(file.suffix.lower())
    try:
        return reader(file.read_bytes()) if reader else None
    except (ValueError, RecursionError) as error:
        return Document(unreadable=f"kan inte läsas ({error})")
