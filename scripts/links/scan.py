"""Reads ordinary pages without building a tree, several times faster, with the same answer.

The pages of a site are mostly the same tags again: menu, header, footer. So a page is cut, in C,
into its tags; tags that are known to be right from where the page stands are taken away, in C; and
Python looks only at what is left. That is right only as long as each cut is what the tokenizer of
the HTML Standard would have seen, and each tag becomes an element. ``_record`` accepts a tag only
if its own text proves that, whatever stands around it; the few kinds that depend on what stands
around them (raw text, forms, <body>) are looked at in order by ``_in_order``. At the least doubt
the page goes to ``parse.read_html``. tests/test_links_scan.py compares the two on made-up pages.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import compress
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from scripts.links.parse import (
    Document,
    Use,
    add_element,
    inline_kind,
    inline_uses,
    read_html,
)

# Between two tags: the end of one, text without "<", the beginning of the next.
BETWEEN = re.compile(rb">[^<]*<")
# Possessive throughout: no text makes them try again and again.
TAG = re.compile(
    rb"([a-zA-Z][a-zA-Z0-9:-]*+)"
    rb"((?>[\s/]++[^\s\"'<>/=]++(?>\s*+=\s*+(?>\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'=<>`]++))?+)*+)[\s/]*+"
)
ATTRIBUTE = re.compile(
    rb"[\s/]++([^\s\"'<>/=]++)(?>\s*+=\s*+(?:\"([^\"<]*+)\"|'([^'<]*+)'|([^\s\"'=<>`]++)))?+"
)
END_TAG = re.compile(rb"/([a-zA-Z][a-zA-Z0-9:-]*)\s*")
DOCTYPE = re.compile(rb"!doctype\b[^<>\"']*(?:\"[^\"<>]*\"[^<>\"']*|'[^'<>]*'[^<>\"']*)*", re.I)

CHOICE = re.compile(rb"/?opt(?:ion|group)(?:\s|$)", re.I)

RAW = {b"script", b"style", b"title", b"textarea", b"iframe"}
ORDERED = RAW | {b"form", b"svg", b"body", b"html", b"select"}
# The tree builder may drop, move or rename these, or read what follows in another way.
DOUBTFUL = {
    b"base", b"desc", b"foreignobject", b"frame", b"frameset", b"image", b"isindex", b"listing",
    b"math", b"noembed", b"noframes", b"plaintext",
    b"selectedcontent", b"template", b"xmp",
}  # fmt: skip
# … and these it drops in the wrong place: no matter, unless they say something themselves.
PLACED = {
    b"caption", b"col", b"colgroup", b"head", b"noscript", b"tbody", b"td", b"tfoot", b"th",
    b"thead", b"tr",
}  # fmt: skip


class Record(NamedTuple):
    """What one tag says, wherever it stands."""

    odd: bool = False  # only the full parser knows
    tag: bytes = b""  # for tags whose order counts: b"script", b"/script"
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    # Whether the tag says something about the page it stands on, not only about other files.
    own: bool = False
    inline: str | None = None  # what stands inside may hold addresses: see parse.inline_kind
    charset: bool = False


PLAIN = Record()
ODD = Record(odd=True)


def _record(head: bytes) -> Record:
    """Return what ``head``, the text between "<" and the next ">", says."""
    if match := END_TAG.fullmatch(head):
        tag = match[1].lower()
        if tag in ORDERED:
            return Record(tag=b"/" + tag)
        return ODD if tag in DOUBTFUL else PLAIN
    if head.startswith(b"!--"):  # no ">" inside, so it ends here or it goes on
        return PLAIN if head.endswith(b"--") and b"<" not in head else ODD
    if DOCTYPE.fullmatch(head) or (head.startswith(b"?") and b"<" not in head):
        return PLAIN
    match = TAG.fullmatch(head)
    if match is None or b"\r" in head:  # line breaks in values are changed by the standard
        return ODD
    tag = match[1].lower()
    if tag in DOUBTFUL:
        return ODD
    order = tag if tag in ORDERED else b""
    if tag == b"svg" and head.endswith(b"/"):
        order = b""
    if not match[2]:
        return Record(tag=order) if order else PLAIN
    attributes = _attributes(match[2])
    if attributes is None:
        return ODD
    document = Document()
    add_element(document, tag.decode(), attributes)
    said = Record(
        tag=order,
        ids=tuple(document.ids),
        names=tuple(document.names),
        maps=tuple(document.maps),
        uses=tuple(dict.fromkeys(document.uses)),
        own=bool(document.ids or document.names or document.maps)
        or any(use.kind in ("ref", "map", "refresh") for use in document.uses),
        inline=inline_kind(tag.decode(), attributes),
        charset=tag == b"meta"
        and ("charset" in attributes or "charset" in (attributes.get("content") or "").lower()),
    )
    if said.charset:
        return said
    if not order and not said.own and not said.uses:
        return PLAIN
    return ODD if tag in PLACED else said


def _attributes(text: bytes) -> dict[str, str | None] | None:
    """Return a tag's attributes, names in lower case. None in doubt, and if a name stands twice."""
    found = ATTRIBUTE.findall(text)
    if len({name.lower() for name, *_ in found}) < len(found):
        return None
    if b"&" in text:  # character references have rules of their own inside attributes
        node = LexborHTMLParser(b"<b " + text.lstrip(b"/ \t\n\r\f") + b">").css_first("b")
        return None if node is None else {k.lower(): v for k, v in node.attributes.items()}
    try:
        attributes: dict[str, str | None] = {}
        for name, double, single, bare in found:
            key = name.decode("utf-8").lower() if name.isascii() else name.decode("utf-8")
            attributes[key] = (double or single or bare).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return attributes


class Page(NamedTuple):
    """What is left of a page when the tags that are known to be right have been taken away."""

    ids: list[str]
    names: list[str]
    maps: list[str]
    twice: list[str]
    rest: list[tuple[bytes, Record]]  # tags that say something, in order
    uses: list[Use]  # from inside <style> and scripts


class Scanner:
    """Cuts pages into tags, and remembers what each tag says."""

    LIMIT = 200_000  # tags remembered before starting afresh: bounds the memory

    def __init__(self) -> None:
        self.records: dict[bytes, Record] = {}

    def scan(self, data: bytes, known: set[bytes]) -> Page | None:
        """Return what the page says beyond the tags in ``known``; None if only a full parser can.

        ``known`` may hold only tags whose record isn't ``own``, ordered or odd.
        """
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
            return None
        heads = BETWEEN.split(b">" + data + b"<")
        counts = Counter(heads)
        records = self.records
        if len(records) > self.LIMIT:
            records.clear()
        ordered: dict[bytes, bytes] = {}
        rest: list[tuple[bytes, Record]] = []
        odd: list[bytes] = []
        for head in counts:
            if head in known:
                continue
            record = records.get(head)
            if record is None:
                record = records[head] = _record(head) if head else PLAIN
            if record is PLAIN:
                known.add(head)
                continue
            if record.odd:
                odd.append(head)
                continue
            if record.charset and not data.isascii() and b"utf-8" not in head.lower():
                return None
            if record.tag:
                ordered[head] = record.tag
            if record.own or record.uses or record.inline:
                rest.append((head, record))
        if odd and not ordered:
            return None
        if counts.get(b"", 0) > 2 or heads[0] or heads[-1]:
            return None  # "<>", or a tag that the end of the file cut off
        uses: list[Use] = []
        if ordered:
            inside = self._in_order(heads, ordered)
            if inside is None:
                return None
            for head in inside:  # text of scripts that looked like tags
                counts[head] -= 1
            if any(counts[head] for head in odd) or any(ordered.get(h) for h in inside):
                return None
            if inside:
                rest = [item for item in rest if counts[item[0]]]
            for head, tag in ordered.items():
                kind = records[head].inline
                if tag == b"style" or kind:
                    _inline(data, head, tag, kind or "", uses)
        ids: list[str] = []
        names: list[str] = []
        maps: list[str] = []
        twice: list[str] = []
        for head, record in rest:
            if record.own:
                ids += record.ids
                names += record.names
                maps += record.maps
                if record.ids and counts[head] > 1:
                    twice += record.ids
        if len(ids) != len(set(ids)):
            twice += [name for name, count in Counter(ids).items() if count > 1]
        return Page(ids, names, maps, sorted(set(twice) - {""}), rest, uses)

    @staticmethod
    def _in_order(heads: list[bytes], ordered: dict[bytes, bytes]) -> list[bytes] | None:
        """Walk the tags whose order counts; return what only looked like tags, None in doubt."""
        inside: list[bytes] = []
        form = False
        drawing = 0
        once: set[bytes] = set()
        skip = 0
        for i in compress(range(len(heads)), map(ordered.__contains__, heads)):
            if i < skip:
                continue
            tag = ordered[heads[i]]
            if tag in RAW:
                end = i + 1
                if tag == b"style" and drawing:
                    return None
                if heads[end : end + 1] and ordered.get(heads[end]) == b"/" + tag:
                    skip = end + 1
                    continue
                if tag not in (b"script", b"style") or drawing:
                    return None  # in a drawing these are read like any other tag
                closing = b"</" + tag
                while end < len(heads):
                    head = heads[end]
                    if ordered.get(head) == b"/" + tag:
                        break
                    if head.startswith(b"!--") or b"<!--" in head:
                        return None  # scripts have states of their own after "<!--"
                    inside.append(head)
                    lower = head.lower()
                    if closing in lower:
                        if not lower.endswith(closing) or lower.count(closing) > 1:
                            return None
                        break
                    if lower.startswith(closing[1:]):
                        return None
                    end += 1
                else:
                    return None
                skip = end + 1
            elif tag == b"select":
                end = i + 1  # most tags are dropped inside: only choices may stand there
                while CHOICE.match(heads[end]):
                    end += 1
                if ordered.get(heads[end]) != b"/select" or drawing:
                    return None
                skip = end + 1
            elif tag == b"svg":
                drawing += 1
            elif tag == b"/svg":
                drawing = max(0, drawing - 1)
            elif tag == b"form":
                if form:
                    return None  # a form in a form is dropped
                form = True
            elif tag == b"/form":
                form = False
            elif tag in (b"body", b"html"):
                if tag in once:
                    return None  # a second one only adds to the first
                once.add(tag)
            elif tag[1:] in RAW:
                return None  # an end without a beginning
        return inside


def _inline(data: bytes, head: bytes, tag: bytes, kind: str, uses: list[Use]) -> None:
    """Add what the page's own <style> or script uses."""
    opening = b"<" + head + b">"
    start = data.find(opening)
    while start >= 0:
        start += len(opening)
        end = data.lower().find(b"</" + tag, start)
        text = data[start:end].decode("utf-8", "replace")
        uses += inline_uses(kind, text)
        start = data.find(opening, end) if end >= 0 else -1


def scan_html(data: bytes, scanner: Scanner | None = None) -> Document:
    """Read one HTML file the fast way if that is safe, else the full way."""
    page = (scanner or Scanner()).scan(data, set())
    if page is None:
        return read_html(data)
    uses = [use for _, record in page.rest for use in record.uses]
    return Document(page.ids, page.names, page.maps, uses + page.uses, None, page.twice)
