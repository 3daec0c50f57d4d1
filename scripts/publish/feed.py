"""Makes the feed of changes, ``andringar.xml`` (Atom, RFC 4287), out of docs/_data/changes.yml.

The register is the one home of a change; the page with [[andringar]] shows it and
the feed takes its HTML from there, with whole addresses. No clock: a change is updated at noon on
its day, and the feed when its newest change was.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from selectolax.lexbor import LexborNode

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.markdown import ANCHOR
from scripts.core.findings import Finding
from scripts.publish.built import BuiltPage, BuiltSite, text_of

REGISTER = PurePosixPath("docs/_data/changes.yml")
FEED = "andringar.xml"
ATOM = "http://www.w3.org/2005/Atom"
# Ids never change, not even when the site or the page moves: a name of the key alone (RFC 9562,
# 5.5), in a namespace of the site's own: mkdocs.yml's extra.site.feed, or one of its key.
NAME = "om/andringar/#"  # in every id: the page's address when the first were made


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield what is wrong in changes.yml, beside what its type says. ``today`` judges its dates."""
    before = dt.date.max
    for key, change in content.registers.changes.items():
        line, date = content.line("changes", key), change.date
        if not ANCHOR.match(key):
            message = "nyckeln är en adress: skriv små bokstäver a–z och bindestreck."
            yield Finding(REGISTER, line, "bad-slug", f'"{key}": {message}')
        if today < date:
            message = f"ändringen kan inte ha publicerats i framtiden ({date})."
            yield Finding(REGISTER, line, "bad-date", f'"{key}": {message}')
        elif date > before:
            message = f"den nyaste ska stå först, men ändringen ovanför är från {before}."
            yield Finding(REGISTER, line, "bad-order", f'"{key}": {message}')
        before = date


def when(date: dt.date) -> str:
    """Return a date as a date construct (RFC 4287, 3.3): noon, so that it is that day in Sweden."""
    return f"{date.isoformat()}T12:00:00Z"


def namespace_of(config: Config) -> uuid.UUID:
    """Return what sets the site's ids apart from other sites'."""
    own = config.extra.site.feed
    return uuid.UUID(own) if own else uuid.uuid5(uuid.NAMESPACE_URL, config.key)


def name_of(namespace: uuid.UUID, key: str) -> str:
    """Return the id of a change, or of the feed for ""; the same for ever."""
    return uuid.uuid5(namespace, NAME + key).urn


def told(page: BuiltPage, key: str, address: str) -> str:
    """Return what stands under a change's heading, as HTML with whole addresses.

    Raises LookupError if the page doesn't show it.
    """
    for section in page.sections("h1, h2, h3", "[data-search-exclude]"):
        if section.id == key:
            whole = (
                _whole(node.clone(), address) for node in section.nodes if node.is_element_node
            )
            return "".join(whole)
    raise LookupError(f"{page.address}#{key}")


def _whole(part: LexborNode, address: str) -> str:
    for element in part.css("*"):
        for name in ("id", "class"):  # an id would stand twice where several changes are shown
            if name in element.attributes:
                del element.attrs[name]
        for name in ("href", "src"):
            if name in element.attributes:
                element.attrs[name] = urljoin(address, element.attributes[name] or "")
    return (part.html or "").strip()


def feed(content: Content, site: BuiltSite, config: Config) -> bytes:
    """Return the feed's bytes. Raises LookupError if the page doesn't show a change."""
    changes = content.registers.changes
    home, own = content.page_with("andringar"), namespace_of(config)
    if home is None:
        raise LookupError("[[andringar]]")
    page, where = site.pages[home.address], site.url + home.address
    titles = {p.link: (p.title, p.address) for p in content.pages.values()}
    root = etree.Element("feed", nsmap={None: ATOM})
    root.set(
        "{http://www.w3.org/XML/1998/namespace}lang", page.content.attributes.get("lang") or "sv"
    )

    def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
        element = etree.SubElement(parent, name, attributes)
        element.text = text or None
        return element

    newest = max(change.date for change in changes.values())
    add(root, "title", text_of(page.one("title")))
    add(root, "subtitle", page.one("meta[name=description]").attributes["content"] or "")
    add(root, "id", name_of(own, ""))
    add(root, "updated", when(newest))
    add(add(root, "author"), "name", text_of(page.one(".site-footer strong")).rstrip("."))
    add(root, "link", rel="self", type="application/atom+xml", href=site.url + FEED)
    add(root, "link", rel="alternate", type="text/html", href=where)
    for key, change in changes.items():
        entry = add(root, "entry")
        title = change.title
        add(entry, "title", title[0].upper() + title[1:])
        add(entry, "id", name_of(own, key))
        add(entry, "updated", when(change.date))
        add(entry, "link", rel="alternate", type="text/html", href=f"{where}#{key}")
        for link in change.pages:
            path, _, anchor = link.partition("#")
            if path not in titles:  # gone since then
                continue
            name, address = titles[path]
            place = site.url + address + (f"#{anchor}" if anchor else "")
            add(entry, "link", rel="related", type="text/html", href=place, title=name)
        add(entry, "content", told(page, key, where), type="html")
    etree.indent(root)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def add_feed(content: Content, site: BuiltSite, config: Config) -> list[Finding]:
    """Write the feed, where there are changes; return what the page doesn't show."""
    if content.registers.changes:
        try:
            site.write(FEED, feed(content, site, config))
        except LookupError as error:
            message = f"ingen sida visar ändringen ({error}). Skriv [[andringar]] på en."
            return [Finding(REGISTER, 1, "feed", message)]
    return []
