"""A page of HTML, read with a full parser (lexbor)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from scripts.links.formats.document import Document, Use
from scripts.links.formats.elements import uses_of
from scripts.links.formats.scripts import inline_kind, inline_uses

DEEPEST = 5_000
# A tag of an element that stays open until it is closed: neither void nor closed by the next.
NESTING = re.compile(
    rb"<(/?)(?!(?:area|base|body|br|col|colgroup|dd|dt|embed|head|hr|html|img|input|li|link|meta|"
    rb"optgroup|option|p|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)\b)[a-z]",
    re.IGNORECASE,
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)


def as_utf8(data: bytes) -> bytes:
    """Return the bytes of an HTML file as valid UTF-8, the way a browser decodes it from disk."""
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    if data.isascii():
        return data
    match = CHARSET.search(data[:1024])
    charset = match[1].decode("ascii").lower() if match else "utf-8"
    if charset in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        charset = "cp1252"  # Encoding Standard, "names and labels"
    if charset.startswith("utf-16"):
        charset = "utf-8"
    with suppress(UnicodeError):
        if charset == "utf-8" and data.decode():
            return data
    try:
        text = data.decode(charset, "replace")
    except (LookupError, UnicodeError):
        text = data.decode("utf-8", "replace")
    return text.encode("utf-8", "replace")


def shallow(html: bytes) -> bytes:
    """Return HTML as far as no more than DEEPEST elements are open, each in the one before.

    For what strangers send: lexbor takes minutes for a few hundred thousand, browsers stop at 512.
    """
    if html.count(b"<") <= DEEPEST:
        return html
    depth = 0
    for tag in NESTING.finditer(html):
        depth = depth + 1 if not tag[1] else max(depth - 1, 0)
        if depth > DEEPEST:
            return html[: tag.start()]
    return html


@lru_cache(maxsize=16_384)  # the pages of a site are mostly the same tags again
def said_by(
    tag: str, *attributes: tuple[str, str | None]
) -> tuple[tuple[Use, ...], Document | None, str | None]:
    """Return what an element of HTML says, wherever it stands.

    Its uses, what else it adds to a document (None: nothing), and what stands inside it
    (``inline_kind``).
    """
    named = {name.lower(): value for name, value in attributes}
    document = Document()
    add_element(document, tag.lower(), named)
    uses, document.uses = tuple(document.uses), []
    return uses, document if document != Document() else None, inline_kind(tag.lower(), named)


def read_html(data: bytes) -> Document:
    """Read one HTML file with a full parser. Never raises on bad HTML: browsers don't."""
    data = shallow(as_utf8(data))
    document = Document()
    root = LexborHTMLParser(data).root
    for node in root.traverse() if root is not None else ():
        attributes = node.attributes
        only_class = len(attributes) == 1 and "class" in attributes  # most of a page, and mute
        if only_class or not attributes:
            if node.tag == "style":
                document.uses += inline_uses("", node.text())
            continue
        uses, more, inline = said_by(node.tag or "", *attributes.items())
        document.uses += uses
        if more is not None:
            document.ids += more.ids
            document.names += more.names
            document.maps += more.maps
            if document.base is None:
                document.base = more.base
        if inline is not None:
            document.uses += inline_uses(inline, node.text())
    seen: set[str] = set()
    again = {name for name in document.ids if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
    # The parser repeats an unclosed <a id> or <b id>; only the file itself says what was written.
    document.twice = sorted(name for name in again if name and written_twice(data, name))
    return document


def written_twice(data: bytes, name: str) -> bool:
    """Whether an id stands in more than one place in the file itself."""
    if "&" in name or '"' in name or "'" in name or "\ufffd" in name:
        return True
    wanted = re.escape(name.encode("utf-8", "replace"))
    return len(re.findall(rb"""[\s/"']id\s*=\s*["']?%s(?=["'\s>/])""" % wanted, data, re.I)) != 1


def add_element(document: Document, tag: str, attributes: Mapping[str, str | None]) -> None:
    """Enter what one element defines and uses into ``document``."""
    if "id" in attributes:
        document.ids.append(attributes["id"] or "")
    if "name" in attributes:
        if tag == "a":
            document.names.append(attributes["name"] or "")
        elif tag == "map":
            document.maps.append(attributes["name"] or "")
    if tag == "base" and document.base is None and "href" in attributes:
        document.base = attributes["href"] or ""
    document.uses += uses_of(tag, attributes)
    if srcdoc := attributes.get("srcdoc"):  # its addresses start from the page around it
        with suppress(RecursionError):  # frames in frames in frames: nobody sees the innermost
            document.uses += [
                use
                for use in read_html(srcdoc.encode("utf-8", "replace")).uses
                if use.kind in ("page", "asset", "frame") and not use.value.startswith("#")
            ]
