"""The addresses and ids that a page uses and defines, in HTML and in the CSS in it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser


class Use(NamedTuple):
    """One use of an address, as the file has it.

    ``kind``: "link" leads to a page or file, "asset" loads a file that isn't a page, "frame" loads
    either, "ref" names an id on the same page, "refresh" redirects the reader, "inner" is checked
    only if it leads into the site itself.
    """

    kind: str
    value: str


@dataclass
class Document:
    """The ids that a file defines, and the addresses and ids that it uses."""

    ids: list[str] = field(default_factory=list)  # in order, with repeats
    anchors: set[str] = field(default_factory=set)  # ids, and names of <a name>
    uses: list[Use] = field(default_factory=list)
    noindex: bool = False  # whether it asks search engines to leave it out
    unreadable: str = ""  # why the file can't be read, in Swedish; "" if it can


# (element, attribute) → the kind of its uses; or "ids" (a list of ids), "srcset" or "css", which
# ``_attribute_uses`` parses.
USES = {
    ("a", "href"): "link",
    ("form", "action"): "link",
    ("img", "src"): "asset",
    ("script", "src"): "asset",
    ("source", "src"): "asset",
    ("video", "src"): "asset",
    ("audio", "src"): "asset",
    ("iframe", "src"): "frame",
    ("img", "srcset"): "srcset",
    ("source", "srcset"): "srcset",
    ("label", "for"): "ids",
}
# The same for an attribute on any element. aria-controls is left out: a script may make the
# element that it names later.
USES_ANYWHERE = {
    "aria-labelledby": "ids",
    "aria-describedby": "ids",
    "popovertarget": "ids",
    "style": "css",
}
# <link rel> of files that the page loads, and of addresses that no reader visits. All others, such
# as "canonical" and "next", lead to a page.
ASSET_RELS = {"apple-touch-icon", "icon", "manifest", "modulepreload", "preload", "stylesheet"}
IGNORED_RELS = {"dns-prefetch", "pingback", "preconnect", "profile"}
# The address in <meta http-equiv="refresh" content="0; url=../a/">.
REFRESH = re.compile(r"\s*\d[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.I)
# Each address in "a.png 1x, b.png 2x": the first word of a part. Parts end with a comma and a
# space, since an address may have a comma.
SRCSET = re.compile(r"(?:^|,\s)\s*([^\s,]\S*?)(?=,?\s|,?$)")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
# The address in url(a.png), url("a.png") and @import "a.css".
CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)(?:"([^"]+)"|'([^']+)'|([^"'()\s;]+)\s*\))""", re.I)
# A whole URL in a text: to the next space, quote, or placeholder in braces.
WHOLE_URL = re.compile(r"https?://[^\s<>\"'{]+")


def is_html(path: str) -> bool:
    """Whether a file is a page."""
    return path.lower().endswith((".html", ".htm"))


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, or else Windows-1252, as old pages may be."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_html(tree: LexborHTMLParser) -> Document:
    """Return the ids, the links and the other addresses in a page: in its elements and styles."""
    document = Document()
    for node in tree.root.traverse() if tree.root else ():
        tag = node.tag or ""
        attributes = {name: value or "" for name, value in node.attributes.items()}
        _add_element(document, tag, attributes)
        if tag == "style":
            document.uses += css_uses(node.text())
    return document


def _add_element(document: Document, tag: str, attributes: Mapping[str, str]) -> None:
    """Add what one element defines and uses to ``document``."""
    if "id" in attributes:
        document.ids.append(attributes["id"])
        document.anchors.add(attributes["id"])
    if tag == "a" and "name" in attributes:
        document.anchors.add(attributes["name"])
    if tag == "link" and "href" in attributes:
        document.uses += _link_uses(attributes)
    if tag == "meta":
        content = attributes.get("content", "")
        refresh = REFRESH.match(content)
        if attributes.get("http-equiv", "").lower() == "refresh" and refresh:
            document.uses.append(Use("refresh", refresh[1]))
        if attributes.get("name", "").lower() == "robots" and "noindex" in content.lower():
            document.noindex = True
    for name, value in attributes.items():
        kind = USES_ANYWHERE.get(name) or USES.get((tag, name), "")
        if kind == "link" and "nofollow" in attributes.get("rel", "").split():
            kind = "inner"  # on another host it isn't for programs: the form to edit the page
        if kind:
            document.uses += _attribute_uses(kind, value)


def _link_uses(attributes: Mapping[str, str]) -> list[Use]:
    """Return the use of a <link>'s href: a file that is loaded, or a page; [] if its rel is one of
    IGNORED_RELS."""
    rels = set(attributes.get("rel", "").lower().split())
    if rels & IGNORED_RELS:
        return []
    return [Use("asset" if rels & ASSET_RELS else "link", attributes["href"])]


def _attribute_uses(kind: str, value: str) -> list[Use]:
    """Return the uses in an attribute's ``value``. ``kind``: a value of USES."""
    if kind == "ids":
        return [Use("ref", name) for name in value.split()]
    if kind == "srcset":
        return [Use("asset", address) for address in SRCSET.findall(value)]
    if kind == "css":
        return css_uses(value)
    return [Use(kind, value)]


def css_uses(text: str) -> list[Use]:
    """Return the addresses of files in CSS. An id, as in url(#pattern), is left out."""
    addresses = [
        double_quoted or single_quoted or plain
        for double_quoted, single_quoted, plain in CSS_URL.findall(CSS_COMMENT.sub("", text))
    ]
    return [Use("asset", address.strip()) for address in addresses if not address.startswith("#")]


def whole_urls(text: str) -> list[Use]:
    """Return the whole URLs in a text, JSON or XML, without the punctuation that follows them."""
    urls = WHOLE_URL.findall(html.unescape(text))  # XML may hold HTML, escaped: "&lt;a href=…"
    return [Use("inner", url.rstrip(".,:;!?)]")) for url in urls]


def wanted_id(fragment: str) -> str:
    """Return the id that a page must have for ``fragment`` (URL-encoded, without "#") to lead
    anywhere, still URL-encoded. "" if no id is needed: browsers take "" and "top" for the top of
    the page. A text directive, as in "#id:~:text=ord", isn't part of the id."""
    name = fragment.partition(":~:")[0]
    return "" if name.lower() == "top" else name
