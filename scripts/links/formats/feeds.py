"""XML with addresses in it: sitemap.xml, RSS, Atom, SVG, OpenSearch, browserconfig."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

from scripts.links.formats.data import is_address
from scripts.links.formats.document import Document, Use
from scripts.links.formats.html import add_element, read_html
from scripts.links.formats.scripts import inline_uses


def read_xml(data: bytes) -> Document:
    """Read sitemap.xml, RSS, Atom, SVG, browserconfig: every address they hold, every id."""
    document = Document()
    try:
        root = ElementTree.fromstring(data)  # expat resolves no external entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:  # an unknown encoding
        document.unreadable = f"är inte giltig XML ({error})"
        return document
    for href in re.findall(rb"<\?xml-stylesheet\b[^>]*?\bhref\s*=\s*[\"']([^\"'<>]*)", data):
        if not href.startswith(b"#"):
            document.uses.append(Use("asset", unescape(href.decode("utf-8", "replace"))))
    document.base = root.get("{http://www.w3.org/XML/1998/namespace}base")
    drawing = root.tag.rpartition("}")[2] == "svg"  # old ones have no namespace
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        space, _, tag = element.tag.rpartition("}")
        attributes = {
            k.replace("{http://www.w3.org/1999/xlink}", "xlink:").rpartition("}")[2].lower(): v
            for k, v in element.attrib.items()
        }
        text = (element.text or "").strip()
        if drawing or "svg" in space:
            add_element(document, tag.lower(), attributes)
            if tag == "style":
                document.uses += inline_uses("", text)
        elif space.endswith("/1999/xhtml"):  # hreflang in sitemaps, the text of an entry in Atom
            add_element(document, tag.lower(), attributes)
        elif tag in ("content_loc", "thumbnail_loc", "player_loc"):  # videos in sitemaps
            document.uses.append(Use("frame", text))
        elif tag in ("icon", "logo", "Image") and text:  # Atom, OpenSearch
            document.uses.append(Use("asset", text))
        elif tag == "Url" and "template" in attributes:  # OpenSearch
            document.uses.append(Use("own", attributes["template"].partition("{")[0]))
        elif tag in ("content", "summary", "description", "encoded") and "<" in text:
            # HTML as text, in a feed. Readers don't agree on what a relative address starts from.
            uses = read_html(text.encode("utf-8", "replace")).uses
            document.uses += [Use("own", use.value) for use in uses if is_address(use.value)]
        elif tag == "loc" or (tag in ("link", "comments") and text.startswith(("http", "/"))):
            document.uses.append(Use("asset" if "image" in space else "page", text))
        elif tag == "guid" and attributes.get("ispermalink", "true") == "true":
            if text.startswith("http"):
                document.uses.append(Use("page", text))
        elif tag == "url" and text.startswith("http"):  # RSS <image>
            document.uses.append(Use("asset", text))
        elif "url" in attributes:  # RSS <enclosure>, Media RSS
            document.uses.append(Use("frame", attributes["url"]))
        elif tag == "image" and "href" in attributes:  # podcasts
            document.uses.append(Use("asset", attributes["href"]))
        elif tag == "link" and "href" in attributes:  # Atom
            kind = "frame" if attributes.get("rel") == "enclosure" else "page"
            document.uses.append(Use(kind, attributes["href"]))
        elif "src" in attributes:  # browserconfig.xml, Atom's <content src>
            document.uses.append(Use("frame", attributes["src"]))
    return document
