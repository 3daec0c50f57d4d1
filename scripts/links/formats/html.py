"""A page of HTML, read with a full parser (lexbor)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

from selectolax.lexbor import LexborHTMLParser

from scripts.links.formats.document import Document, Use
from scripts.links.formats.elements import uses_of
from scripts.links.formats.scripts import inline_kind, inline_uses

DEEPEST = 5_000
CLOSED = 20_000  # shapes in drawings: what seems to stand in one may have left it
# A tag of an element that stays open until it is closed: neither void nor closed by the next.
NESTING = re.compile(
    rb"<(/?)(?!(?:area|base|body|br|col|colgroup|dd|dt|embed|head|hr|html|img|input|li|link|meta|"
    rb"optgroup|option|p|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)\b)"
    rb"([a-z][^\s/<>]*+)[^<>]*+(?:(?<=(/))>)?",
    re.IGNORECASE,
)
# Each attribute is compared with those before it, in lexbor: a tag may not have any number.
MANY = 10_000
LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d,}" % MANY)
ATTRIBUTE = re.compile(rb"""[\s/][^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s"'<>]++))?""")
WRITTEN_ID = re.compile(
    rb"""[\s/"']id\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""", re.IGNORECASE
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


Said = tuple[tuple[Use, ...], Document | None, str | None]
REMEMBERED: dict[tuple[object, ...], Said] = {}  # the pages of a site are mostly the same tags
MOST, LONG = 16_384, 2_000  # elements remembered, and how many characters each may have


def said_by(tag: str, attributes: Mapping[str, str | None]) -> Said:
    """Return what an element of HTML says, wherever it stands.

    Its uses, what else it adds to a document (None: nothing), and what stands inside it
    (``inline_kind``).
    """
    key = (tag, *attributes.items())
    said = REMEMBERED.get(key)
    if said is None:
        named = {name.lower(): value for name, value in attributes.items()}
        document = Document()
        add_element(document, tag.lower(), named)
        uses, document.uses = tuple(document.uses), []
        more = document if document != Document() else None
        said = uses, more, inline_kind(tag.lower(), named)
        if sum(len(value or "") for value in named.values()) < LONG:
            if len(REMEMBERED) >= MOST:
                REMEMBERED.clear()
            REMEMBERED[key] = said
    return said


def is_overfull(html: bytes) -> bool:
    """Whether an element has far more than MANY attributes."""
    step = 2 * MANY  # the least that they take
    if all(html.find(b"<", at, at + step) >= 0 for at in range(0, len(html), step)):
        return False
    return any(len(ATTRIBUTE.findall(tag)) > MANY for tag in LONG_TAG.findall(html))


def read_html(data: bytes) -> Document:
    """Read one HTML file with a full parser. Never raises on bad HTML: browsers don't."""
    whole = as_utf8(data)
    data = shallow(whole)
    document = Document()
    if len(data) < len(whole):
        document.unreadable = "har för många element i varandra, och är läst till dem"
    if is_overfull(data):
        document.unreadable = "har ett element med för många attribut"
        return document
    root = LexborHTMLParser(data).root
    for node in root.traverse() if root is not None else ():
        attributes = node.attributes
        only_class = len(attributes) == 1 and "class" in attributes  # most of a page, and mute
        if only_class or not attributes:
            if node.tag == "style":
                document.uses += inline_uses("", node.text())
            continue
        uses, more, inline = said_by(node.tag or "", attributes)
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
    document.twice = sorted(written_twice(data, again - {""})) if again else []
    return document


def written_twice(data: bytes, names: set[str]) -> set[str]:
    """Return those of the ids that stand in more than one place in the file itself."""
    found = WRITTEN_ID.findall(data)
    counts = Counter((one or two or bare).decode("utf-8", "replace") for one, two, bare in found)
    unsure = re.compile("[&\"'\ufffd]")  # may be written in another way
    return {name for name in names if counts[name] != 1 or unsure.search(name)}


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
