"""The addresses and ids that a page uses and defines, in HTML and in the CSS in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser


class Use(NamedTuple):
    """One use of an address, as the file has it.

    ``kind``: "page" leads somewhere, "asset" loads what is no page, "frame" loads anything, "ref"
    names an id on the same page, "refresh" moves the reader on, "own" is checked only if it leads
    into the site itself.
    """

    kind: str
    value: str


@dataclass
class Document:
    """What a file defines and uses."""

    ids: list[str] = field(default_factory=list)  # in order, with repeats
    goals: set[str] = field(default_factory=set)  # anchors: ids, and the old <a name>
    uses: list[Use] = field(default_factory=list)
    base: str = ""  # <base href>
    noindex: bool = False  # whether it asks search engines to leave it out
    unreadable: str = ""  # why the file can't be read, in Swedish; "" if it can


# Attribute → elements → the kind of use; "ids" are many of them, "srcset" and "css" languages of
# their own (HTML Living Standard, "list of attributes"; SVG 2).
_DRAWN = dict.fromkeys(
    ("use", "image", "feimage", "lineargradient", "radialgradient", "pattern", "textpath"), "asset"
)
USES: dict[str, dict[str, str]] = {
    "href": {"a": "page", "area": "page", **_DRAWN},
    "xlink:href": {"a": "page", **_DRAWN},
    "src": dict.fromkeys(("img", "script", "source", "audio", "video", "track", "input"), "asset")
    | {"iframe": "frame", "embed": "frame"},
    "srcset": {"img": "srcset", "source": "srcset"},
    "imagesrcset": {"link": "srcset"},
    "poster": {"video": "asset"},
    "data": {"object": "frame"},
    "action": {"form": "page"},
    "formaction": {"button": "page", "input": "page"},
    "cite": dict.fromkeys(("blockquote", "q", "ins", "del"), "page"),
    "for": {"label": "ids", "output": "ids"},
    "form": dict.fromkeys(("button", "fieldset", "input", "output", "select", "textarea"), "ids"),
    "headers": {"td": "ids", "th": "ids"},
    "list": {"input": "ids"},
    "usemap": {"img": "ids"},
}
# … and on any element. Left out: aria-controls and its like may name what a script makes later.
ANYWHERE = {
    **dict.fromkeys(("aria-labelledby", "aria-describedby", "aria-details"), "ids"),
    **dict.fromkeys(("style", "fill", "stroke", "filter", "mask", "clip-path"), "css"),
    "popovertarget": "ids",
}
# <link rel>: what is loaded, and what leads nowhere; the others lead to a page.
LOADED = {"apple-touch-icon", "icon", "manifest", "modulepreload", "preload", "stylesheet"}
NO_GOALS = {"dns-prefetch", "pingback", "preconnect", "profile"}
METAS = {"og:url": "page", "og:image": "asset", "twitter:image": "asset", "og:video": "frame"}
REFRESH = re.compile(r"\s*\d[\d.]*+\s*+[;,]?+\s*+(?:url\s*=\s*)?+[\"']?+([^\"']+)", re.I)
# Descriptors go on to the next comma outside parentheses (HTML, "parsing a srcset attribute").
SRCSET = re.compile(r"[\s,]*+(?:([^\s]*[^\s,]),+(?=\s|$)|([^\s]++)(?:[^,(]++|\([^)]*+\)?)*+)")
# Comments and strings are told apart first: an address inside them is none (CSS Syntax, 4).
_STRING = r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'"""
CSS_URL = re.compile(
    rf"""/\*.*?(?:\*/|$)|(?<![\w-])url\(\s*+(?:{_STRING}|([^"'()\\\s]*))\s*\)"""
    rf"""|@import\s*+(?:{_STRING})|{_STRING.replace("((?:", "(?:(?:")}""",
    re.I | re.S,
)

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
    """Return the ids, the links and the other addresses in a page: in its elements, its styles and
    its JSON-LD."""
    document = Document()
    for node in tree.root.traverse() if tree.root else ():
        tag, has = (node.tag or "").lower(), node.attributes
        if has and has.keys() != {"class"}:  # with a class alone: no id, no link
            add_element(document, tag, {name: value or "" for name, value in has.items()})
        if tag == "style":
            document.uses += sheet_uses(node.text())
        if tag == "script" and has.get("type") == "application/ld+json":
            with suppress(ValueError, RecursionError):
                document.uses += json_uses(node.text())
    return document


def add_element(document: Document, tag: str, has: Mapping[str, str]) -> None:
    """Enter what one element defines and uses into ``document``; names are in lower case."""
    if "id" in has:
        document.ids.append(has["id"])
        document.goals.add(has["id"])
    if tag in ("a", "map") and "name" in has:
        document.goals.add(has["name"])
    if tag == "base" and not document.base:  # the first one counts
        document.base = has.get("href", "")
    for name, value in has.items():
        kind = ANYWHERE.get(name) or USES.get(name, {}).get(tag, "")
        if kind == "page" and "nofollow" in has.get("rel", "").lower().split():
            kind = "own"  # no program is to go there: a form to edit the page
        document.uses += _uses(kind, value)
    if tag == "link" and "href" in has:
        rels = set(has.get("rel", "").lower().split())
        if rels & LOADED:
            kind = "asset"
        elif rels & NO_GOALS:
            kind = ""
        else:
            kind = "page"
        document.uses += _uses(kind, has["href"])
    if tag == "meta":
        content = has.get("content", "")
        document.uses += _meta_uses(has, content)
        if has.get("name", "").lower() == "robots" and "noindex" in content.lower():
            document.noindex = True


def _uses(kind: str, value: str) -> Iterable[Use]:
    if kind == "ids":
        return [Use("ref", word.removeprefix("#")) for word in value.split()]
    if kind == "srcset":
        urls = [one or other for one, other in SRCSET.findall(value)]
        return [Use("asset", url) for url in filter(None, urls)] or [Use("asset", "")]
    if kind == "css":
        return css_uses(value)
    if kind == "asset" and value.strip().startswith("#"):  # within the drawing
        return [Use("ref", value.strip()[1:])]
    return [Use(kind, value)] if kind else []


def _meta_uses(has: Mapping[str, str], content: str) -> Iterator[Use]:
    name = (has.get("property") or has.get("name") or has.get("http-equiv") or "").lower()
    if name in METAS:
        yield Use(METAS[name], content)
    elif name == "refresh" and (goal := REFRESH.match(content)):
        yield Use("refresh", goal[1])


def css_uses(text: str) -> list[Use]:
    """Return the addresses and ids in a stylesheet or a style attribute."""
    if not re.search(r"url\(|@import", text, re.I):
        return []
    urls = (next(filter(None, groups), "").strip() for groups in CSS_URL.findall(text))
    # What is written with escapes is passed over.
    found = [url.replace(" ", "%20") for url in urls if url and "\\" not in url]
    return [Use("ref", url[1:]) if url.startswith("#") else Use("asset", url) for url in found]


def sheet_uses(text: str) -> list[Use]:
    """Return the addresses in a stylesheet, without its ids: they may be on any page."""
    return [use for use in css_uses(text) if use.kind != "ref"]


def own_uses(texts: Iterable[str]) -> list[Use]:
    """Return the texts that are whole URLs, each up to a placeholder in braces."""
    found = (re.fullmatch(r"(https?://[^\s{]+)(?:\{.*)?", text.strip()) for text in texts)
    return [Use("own", one[1]) for one in found if one]


def json_uses(text: str | bytes) -> list[Use]:
    """Return the addresses in JSON of any kind. Raises ValueError, RecursionError."""
    texts, stack = [], [json.loads(text)]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, dict | list):
            stack += one.values() if isinstance(one, dict) else one
    return own_uses(texts)
