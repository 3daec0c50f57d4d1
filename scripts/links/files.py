"""Every other kind of file that holds addresses, and which function reads a file by its name."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

from scripts.links.html import (
    Document,
    Use,
    add_element,
    js_uses,
    json_uses,
    read_html,
    sheet_uses,
)


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def read_css(data: bytes) -> Document:
    """Read a style sheet."""
    return Document(uses=sheet_uses(_text(data)))


def read_js(data: bytes) -> Document:
    """Read a script: what it imports, if it is a module."""
    return Document(uses=js_uses(_text(data)))


def read_json(data: bytes) -> Document:
    """Read JSON of any kind: only strings that are whole addresses count."""
    try:
        return Document(uses=json_uses(data))
    except (ValueError, RecursionError) as error:
        return Document(unreadable=f"är inte giltig JSON ({error})")


def read_xml(data: bytes) -> Document:
    """Read sitemaps, RSS, Atom, OpenSearch and drawings."""
    document = Document()
    try:
        root = ElementTree.fromstring(data)  # expat resolves no external entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:  # an unknown encoding
        return Document(unreadable=f"är inte giltig XML ({error})")
    document.base = root.get("{http://www.w3.org/XML/1998/namespace}base", "")
    drawing = root.tag.rpartition("}")[2] == "svg"  # old ones have no namespace
    for element in root.iter():
        space, _, tag = str(element.tag).rpartition("}")
        has = {
            name.replace("{http://www.w3.org/1999/xlink}", "xlink:")
            .rpartition("}")[2]
            .lower(): value
            for name, value in element.attrib.items()
        }
        text = (element.text or "").strip()
        if drawing or space.endswith("/1999/xhtml"):  # hreflang in sitemaps, an entry's text
            add_element(document, tag.lower(), has)
            document.uses += sheet_uses(text) if tag == "style" else []
        else:
            document.uses += _xml_uses(space, tag, has, text)
    return document


def _xml_uses(space: str, tag: str, has: dict[str, str], text: str) -> Iterator[Use]:
    if tag in ("icon", "logo", "Image") and text:  # Atom, OpenSearch
        yield Use("asset", text)
    elif tag == "Url" and "template" in has:  # OpenSearch
        yield Use("own", has["template"].partition("{")[0])
    elif tag == "link" and "href" in has:  # Atom
        yield Use("frame" if has.get("rel") == "enclosure" else "page", has["href"])
    elif tag == "enclosure" and "url" in has:
        yield Use("frame", has["url"])
    elif tag == "loc" or (tag in ("link", "guid", "url") and text.startswith("http")):
        if has.get("ispermalink") != "false":
            yield Use("asset" if tag == "url" or "image" in space else "page", text)
    elif tag in ("content", "summary", "description", "encoded") and "<" in text:
        # HTML as text. Readers don't agree on what a relative address starts from.
        uses = read_html(text.encode("utf-8", "replace")).uses
        yield from (Use("own", use.value) for use in uses if use.value.startswith("http"))


def read_headers(data: bytes) -> Document:
    """Read robots.txt and security.txt (RFC 9116): a name, a colon, an address."""
    names = {"sitemap": "asset", "contact": "page", "policy": "page", "canonical": "page"}
    rows = re.findall(r"^[ \t]*([A-Za-z]+)[ \t]*:[ \t]*(\S+)\s*$", _text(data), re.M)
    found = ((names.get(name.lower()), url) for name, url in rows)
    return Document(uses=[Use(kind, url) for kind, url in found if kind])


def read_redirects(data: bytes) -> Document:
    """Read _redirects (Netlify, Cloudflare Pages): where each line leads, if it names a page."""
    document = Document()
    for line in _text(data).splitlines():
        words = re.sub(r"(?:^|\s)#.*", "", line).split()
        goal = next((word for word in words[1:] if re.match(r"/|https?://", word)), "")
        if goal and not re.search(r"\*|/:\w|^/\.", goal):  # placeholders, the host's own things
            document.uses.append(Use("page", goal))
    return document


def read_pdf(data: bytes) -> Document:
    """Read a PDF (ISO 32000-2): its links, its named places and pages, as ids."""
    import pikepdf  # here: few sites have PDFs, and it takes its time

    document = Document()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            old: Any = pdf.Root.get("/Dests")
            names = [key.removeprefix("/") for key in (old.keys() if old else ())]
            if (tree := pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")) is not None:
                names += map(str, pikepdf.NameTree(tree))
            pages = [f"page={number}" for number in range(1, len(pdf.pages) + 1)]
            document.ids = sorted({*names, *pages})
            for page in pdf.pages:
                for entry in page.obj.get("/Annots", ()):
                    if entry.get("/Subtype") == "/Link":
                        document.uses += _pdf_uses(entry)
    except pikepdf.PasswordError:
        document.unreadable = "är låst med ett lösenord"
    except Exception as error:  # qpdf's own have no class in common that is public
        # It names the object read from, with an address that is never the same.
        text = re.sub(r"(?:stream )?<[^>]*>:? ?", "", str(error))
        document.unreadable = f"kan inte läsas som PDF ({text or type(error).__name__})"
    return document


def _pdf_uses(entry: Any) -> Iterator[Use]:
    """Yield what a link annotation leads to (ISO 32000-2, 12.5.6.5 and 12.6.4)."""
    import pikepdf

    action = entry.get("/A", {})
    goal = action.get("/D", entry.get("/Dest"))
    if "/URI" in action:
        yield Use("page", str(action["/URI"]))
    elif action.get("/S") != "/GoToR" and isinstance(goal, (pikepdf.String, pikepdf.Name)):
        yield Use("ref", str(goal).removeprefix("/"))  # an array names its page itself


Reader = Callable[[bytes], Document]
NAMED: dict[str, Reader] = {
    "robots.txt": read_headers,
    "security.txt": read_headers,
    "_redirects": read_redirects,
}
ENDINGS: dict[str, Reader] = {
    **dict.fromkeys(("html", "htm"), read_html),
    "css": read_css,
    **dict.fromkeys(("js", "mjs"), read_js),
    **dict.fromkeys(("xml", "rss", "atom", "svg"), read_xml),
    **dict.fromkeys(("json", "webmanifest"), read_json),
    "pdf": read_pdf,
}


def reader_for(path: str) -> Reader | None:
    """Return the function that reads files named like ``path``; None if they hold no addresses."""
    name = path.rpartition("/")[2].lower()
    return NAMED.get(name) or ENDINGS.get(name.rpartition(".")[2] if "." in name else "")
