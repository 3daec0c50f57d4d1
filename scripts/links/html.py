"""What a page uses and defines: addresses, ids; in HTML, and in the languages that stand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser


class Use(NamedTuple):
    """One use of an address, as it stands in the file.

    ``kind``: "page" leads somewhere, "asset" loads what is no page, "frame" loads anything, "ref"
    names an id on the same page, "refresh" moves the reader on, "own" is judged only if it leads
    into the site itself.
    """

    kind: str
    value: str


@dataclass
class Document:
    """What a file defines and uses."""

    ids: list[str] = field(default_factory=list)  # in order, with repeats
    names: set[str] = field(default_factory=set)  # <a name>, <map name>: goals that are no ids
    uses: list[Use] = field(default_factory=list)
    base: str = ""  # <base href>
    unreadable: str = ""  # why the file can't be read, in Swedish; "" if it can


def is_html(path: str) -> bool:
    """Whether a file is a page."""
    return path.lower().endswith((".html", ".htm"))


# Comments and strings are told apart first: an address inside them is none (CSS Syntax, 4).
_STRING = r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'"""
CSS_URL = re.compile(
    rf"""/\*.*?(?:\*/|$)|(?<![\w-])url\(\s*+(?:{_STRING}|([^"'()\\\s]*))\s*\)"""
    rf"""|@import\s*+(?:{_STRING})|{_STRING.replace("((?:", "(?:(?:")}""",
    re.I | re.S,
)


def css_uses(text: str) -> list[Use]:
    """Return what a style sheet or a style attribute loads, and the ids that it names."""
    if not re.search(r"url\(|@import", text, re.I):
        return []
    urls = (next(filter(None, groups), "").strip() for groups in CSS_URL.findall(text))
    # What is written with escapes is passed over.
    found = [url.replace(" ", "%20") for url in urls if url and "\\" not in url]
    return [Use("ref", url[1:]) if url.startswith("#") else Use("asset", url) for url in found]


JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", re.S)
JS_TEMPLATE = re.compile(r"`[^`\\]*(?:\\.[^`\\]*)*`", re.S)
# No clause goes on over the next import: without that, a long file takes the square of its length.
JS_IMPORT = re.compile(
    r"""(?:^|[;}\n])[^\S\n]*(?:import|export)\b"""
    r"""(?:(?:(?!\b(?:import|export)\b)[\w\s{},*$])*?\bfrom\b)?\s*"""
    r"""["']((?:\.{0,2}/|https?://)[^"'\n]+)["']"""
    r"""|\bimport\(\s*["']((?:\.{0,2}/|https?://)[^"'\n$]+)["']\s*\)"""
)


def js_uses(text: str) -> list[Use]:
    """Return the addresses that a module imports; bare names are not ours to judge."""
    if "import" not in text and "export" not in text:
        return []
    end = text.rfind("*/") + 2  # to look for the end of each "/*" after it would take for ever
    text = JS_COMMENT.sub(" ", text[:end]) + JS_COMMENT.sub(" ", text[end:].replace("/*", " "))
    text = JS_TEMPLATE.sub("``", text)  # code that is shown, not run
    return [Use("asset", one or other) for one, other in JS_IMPORT.findall(text)]


def json_uses(text: str | bytes) -> list[Use]:
    """Return the strings of JSON that are whole addresses. Raises ValueError, RecursionError."""
    uses, stack = [], [json.loads(text)]
    while stack:
        one = stack.pop()
        if isinstance(one, str) and re.fullmatch(r"https?://\S+", one):
            uses.append(Use("own", one))
        elif isinstance(one, dict | list):
            stack += one.values() if isinstance(one, dict) else one
    return uses


# Attribute → elements → the kind of use (HTML Living Standard, "list of attributes"; SVG 2).
_DRAWN = dict.fromkeys(
    ("use", "image", "feimage", "lineargradient", "radialgradient", "pattern", "textpath"), "asset"
)
USES: dict[str, dict[str, str]] = {
    "href": {"a": "page", "area": "page", **_DRAWN},
    "xlink:href": {"a": "page", **_DRAWN},
    "src": dict.fromkeys(("img", "script", "source", "audio", "video", "track", "input"), "asset")
    | {"iframe": "frame", "embed": "frame"},
    "srcset": {"img": "asset", "source": "asset"},
    "imagesrcset": {"link": "asset"},
    "poster": {"video": "asset"},
    "data": {"object": "frame"},
    "action": {"form": "page"},
    "formaction": {"button": "page", "input": "page"},
    "cite": dict.fromkeys(("blockquote", "q", "ins", "del"), "page"),
}
# Attributes that name ids on the same page, and on which elements ("": on any). Left out:
# aria-controls and its like may name what a script makes later.
REFS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("aria-labelledby", "aria-describedby", "aria-details"), ("",)),
    **dict.fromkeys(("popovertarget", "commandfor"), ("",)),
    "for": ("label", "output"),
    "headers": ("td", "th"),
    "list": ("input",),
    "form": ("button", "fieldset", "input", "object", "output", "select", "textarea"),
}
PAINTS = ("style", "clip-path", "fill", "filter", "marker-end", "marker-start", "mask", "stroke")
PAGE_RELS = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search"}
LOAD_RELS = {"apple-touch-icon", "icon", "manifest", "mask-icon", "modulepreload", "stylesheet"}
NO_RELS = {"dns-prefetch", "pingback", "preconnect", "profile"}
METAS = {"og:url": "page", "og:image": "asset", "twitter:image": "asset", "og:video": "frame"}

# Descriptors go on to the next comma outside parentheses (HTML, "parsing a srcset attribute").
SRCSET = re.compile(r"[\s,]*+(?:([^\s]*[^\s,]),+(?=\s|$)|([^\s]++)(?:[^,(]++|\([^)]*+\)?)*+)")
REFRESH = re.compile(
    r"\s*(\d+)[\d.]*\s*[;,]\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.I | re.S
)
WAITS = 30  # seconds or more: a page that brings itself up to date, not one that has moved

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


def read_html(data: bytes) -> Document:
    """Read a page with a full parser. Never raises on bad HTML: browsers don't."""
    whole = as_utf8(data)
    html = shallow(whole)
    document = read_tree(LexborHTMLParser(html))
    if len(html) < len(whole):
        document.unreadable = "har för många element eller attribut, och är läst till dem"
    return document


def read_tree(tree: LexborHTMLParser) -> Document:
    """Read a page that is parsed already."""
    document = Document()
    for node in tree.root.traverse() if tree.root else ():
        tag, attributes = (node.tag or "").lower(), node.attributes
        if attributes and attributes.keys() != {"class"}:  # most of a page, and mute
            has = {name.lower(): value or "" for name, value in attributes.items()}
            add_element(document, tag, has)
            if tag == "script" and "src" not in has and "type" in has:
                document.uses += _script_uses(has["type"].strip().lower(), node.text())
        if tag == "style":
            document.uses += sheet_uses(node.text())
    return document


def sheet_uses(text: str) -> list[Use]:
    """Return what a style sheet loads: the ids it names are those of another page, or none."""
    return [use for use in css_uses(text) if use.kind != "ref"]


def _script_uses(kind: str, text: str) -> list[Use]:
    with suppress(ValueError, RecursionError):
        return {"module": js_uses, "application/ld+json": json_uses}.get(kind, lambda _: [])(text)
    return []


def add_element(document: Document, tag: str, has: Mapping[str, str]) -> None:
    """Enter what one element defines and uses into ``document``; names are in lower case."""
    if "id" in has:
        document.ids.append(has["id"])
    if "name" in has and tag in ("a", "map"):
        document.names.add(has["name"])
    if tag == "base" and not document.base:
        document.base = has.get("href", "")
    document.uses += _uses(tag, has)


def _uses(tag: str, has: Mapping[str, str]) -> Iterator[Use]:
    for name in USES.keys() & has.keys():
        kind, value = USES[name].get(tag, ""), has[name]
        if tag == "link" and name == "href":
            kind = _link_kind(has.get("rel", ""))
        if name.endswith("srcset") and kind:
            yield from (Use(kind, url) for url in srcset(value))
        elif kind == "asset" and value.strip().startswith("#"):  # within the drawing
            yield Use("ref", value.strip()[1:])
        elif kind:
            yield Use(kind, value)
    for name in REFS.keys() & has.keys():
        if tag in REFS[name] or "" in REFS[name]:
            yield from (Use("ref", word) for word in has[name].split())
    if has.get("usemap"):
        yield Use("ref", has["usemap"].lstrip("#"))
    for name in PAINTS:
        if "(" in has.get(name, ""):
            yield from css_uses(has[name])
    if tag == "meta" and "content" in has:
        yield from _meta(has)


def _link_kind(rel: str) -> str:
    rels = set(rel.lower().split())
    if rels & LOAD_RELS:
        return "asset"
    return "page" if rels & PAGE_RELS else "" if rels & NO_RELS else "frame"


def _meta(has: Mapping[str, str]) -> Iterator[Use]:
    name = (has.get("property") or has.get("name") or "").strip().lower()
    if has.get("http-equiv", "").strip().lower() == "refresh":
        match = REFRESH.match(has["content"])
        if match and (goal := (match[2] or match[3] or match[4] or "").strip()):
            yield Use("page" if int(match[1]) >= WAITS else "refresh", goal)
    elif name in METAS:
        yield Use(METAS[name], has["content"])


def srcset(value: str) -> list[str]:
    """Return the addresses of a srcset; an empty one has the empty address."""
    return [one or other for one, other in SRCSET.findall(value) if one or other] or [""]
