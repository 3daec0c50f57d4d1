"""Makes the feed of changes, ``andringar.xml`` (Atom, RFC 4287), out of docs/_data/changes.yml.

The page with [[andringar]] shows the same, and is what the feed is about. No clock: a change is
updated at noon on its day, and the feed when its newest change was.
"""

from __future__ import annotations

import datetime as dt
import html
import uuid
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.macros import used_sources
from scripts.content.markdown import plain
from scripts.content.page import Page
from scripts.content.records import Change
from scripts.content.sources import law_read
from scripts.core.findings import Finding
from scripts.core.swedish import date_words
from scripts.site.html_site import HtmlSite

REGISTER = PurePosixPath("docs/_data/changes.yml")
FEED = "andringar.xml"
ATOM = "http://www.w3.org/2005/Atom"
# Ids never change, not even when the site or the page moves: a name of the key alone (RFC 9562,
# 5.5), in a namespace of the site's own: mkdocs.yml's extra.site.feed, or one of its key.
NAME = "om/andringar/#"  # in every id: the page's address when the first were made


def when(date: dt.date) -> str:
    """Return a date as a date construct (RFC 4287, 3.3): noon, so that it is that day in Sweden."""
    return f"{date.isoformat()}T12:00:00Z"


def name_of(config: Config, key: str) -> str:
    """Return the id of a change, or of the feed for ""; the same for ever."""
    site = config.extra.site
    namespace = uuid.UUID(site.feed) if site.feed else uuid.uuid5(uuid.NAMESPACE_URL, config.key)
    if site.apart:
        namespace = uuid.uuid5(namespace, site.apart)
    return uuid.uuid5(namespace, NAME + key).urn


def entry_html(change: Change, law: str) -> str:
    """Return the content of a change's entry as HTML. ``law``: the oldest day (ISO 8601) when the
    law behind its pages was read, or ""."""
    read = law and f"Lagen bakom sidorna lästes {date_words(law)} eller senare."
    parts = (change.what, f"Varför: {change.why}", change.know, read)
    return "".join(f"<p>{html.escape(plain(part))}</p>" for part in parts if part)


def feed(content: Content, home: Page, config: Config) -> bytes:
    """Return the feed's bytes. ``home``: the page that shows the changes."""
    registers = content.registers
    changes = registers.changes
    where = config.base_url + home.address
    pages = {page.link: page for page in content.pages.values()}
    root = etree.Element("feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", home.meta.lang)

    def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
        element = etree.SubElement(parent, name, attributes)
        element.text = text or None
        return element

    sender = config.extra.sender
    add(root, "title", f"{home.title} - {config.name}")
    add(root, "subtitle", home.meta.description)
    add(root, "id", name_of(config, ""))
    add(root, "updated", when(max(change.date for change in changes.values())))
    add(add(root, "author"), "name", sender.name if sender else config.name)
    add(root, "link", rel="self", type="application/atom+xml", href=config.base_url + FEED)
    add(root, "link", rel="alternate", type="text/html", href=where)
    for key, change in changes.items():
        entry = add(root, "entry")
        title = change.title
        add(entry, "title", title[0].upper() + title[1:])
        add(entry, "id", name_of(config, key))
        add(entry, "updated", when(change.date))
        add(entry, "link", rel="alternate", type="text/html", href=f"{where}#{key}")
        about = []
        for link in change.pages:
            path, _, anchor = link.partition("#")
            page = pages.get(path)
            if page is None:  # removed since then
                continue
            about.append(page)
            place = config.base_url + page.address + (f"#{anchor}" if anchor else "")
            add(entry, "link", rel="related", type="text/html", href=place, title=page.title)
        used = {key for p in about or pages.values() for key in used_sources(p, registers)}
        law = law_read(used, registers.sources)
        add(entry, "content", entry_html(change, law), type="html")
    etree.indent(root)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def add_feed(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Write the feed, where there are changes and a page that shows them."""
    if content.registers.changes:
        home = content.page_with("andringar")
        if home is None:
            message = "ingen sida visar ändringarna. Skriv [[andringar]] på en."
            return [Finding(REGISTER, 1, "feed", message)]
        site.write(FEED, feed(content, home, config))
    return []
