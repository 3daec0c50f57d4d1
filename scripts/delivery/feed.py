"""Writes the feed of changes, andringar.xml (Atom, RFC 4287), from docs/_data/changes.yml.

The page with [[andringar]] shows the same changes, and the feed's entries link to it. No clock: a
change is updated at noon on its day, and the feed when its newest change was.
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
from scripts.content.markdown import plain
from scripts.content.page import Page
from scripts.content.records import Change
from scripts.content.sources import oldest_reading_date
from scripts.content.used_sources import used_sources
from scripts.core.findings import Finding
from scripts.core.swedish import date_words
from scripts.site.html_site import HtmlSite

REGISTER = PurePosixPath("docs/_data/changes.yml")
FEED = "andringar.xml"
ATOM = "http://www.w3.org/2005/Atom"
ID_PREFIX = "om/andringar/#"  # in every id: the page's address when the first feed was made


def timestamp(date: dt.date) -> str:
    """Return an Atom timestamp (RFC 4287, 3.3): noon, so that it is ``date`` in Sweden, too."""
    return f"{date.isoformat()}T12:00:00Z"


def entry_id(config: Config, key: str) -> str:
    """Return the permanent id, as a URN, of the entry of the change ``key``, or for "" of the feed
    itself.

    It is a UUID of the key (RFC 9562, 5.5) in a namespace of the site: extra.site.feed in
    mkdocs.yml, else a UUID of the site's key. It stays the same when the site or the page moves.
    """
    site = config.extra.site
    if site.feed:
        namespace = uuid.UUID(site.feed)
    else:
        namespace = uuid.uuid5(uuid.NAMESPACE_URL, config.site_key)
    if site.site_slug:  # a municipality's site inherits the national ``feed``
        namespace = uuid.uuid5(namespace, site.site_slug)
    return uuid.uuid5(namespace, ID_PREFIX + key).urn


def entry_html(change: Change, law_day: str) -> str:
    """Return the content of a change's entry as HTML: what has changed, why, what to know about it,
    and since when the statutes behind its pages have been read.

    ``law_day``: the oldest day (ISO 8601) when one of these statutes was read; "" if there is none.
    """
    paragraphs = [change.what, f"Varför: {change.why}", change.know]
    if law_day:
        paragraphs.append(f"Lagen bakom sidorna lästes {date_words(law_day)} eller senare.")
    return "".join(f"<p>{html.escape(plain(text))}</p>" for text in paragraphs if text)


def feed(content: Content, changes_page: Page, config: Config) -> bytes:
    """Return the Atom feed (RFC 4287) of changes.yml, in UTF-8.

    ``changes_page``: the page that lists the changes; entries link to it.
    """
    changes = content.registers.changes
    changes_url = config.base_url + changes_page.address
    sender = config.extra.sender
    root = etree.Element("feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", changes_page.meta.lang)
    _add(root, "title", f"{changes_page.title} - {config.name}")
    _add(root, "subtitle", changes_page.meta.description)
    _add(root, "id", entry_id(config, ""))
    _add(root, "updated", timestamp(max(change.date for change in changes.values())))
    _add(_add(root, "author"), "name", sender.name if sender else config.name)
    _add(root, "link", rel="self", type="application/atom+xml", href=config.base_url + FEED)
    _add(root, "link", rel="alternate", type="text/html", href=changes_url)
    for key, change in changes.items():
        _add_entry(root, key, change, content, config, f"{changes_url}#{key}")
    etree.indent(root)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _add_entry(
    root: Any, key: str, change: Change, content: Content, config: Config, url: str
) -> None:
    """Append the entry of a change to the feed ``root``, with links to the pages that the change is
    about and still exist.

    Args:
        key: of the change in changes.yml.
        url: of the change on the site.
    """
    entry = _add(root, "entry")
    # changes.yml has titles without a capital: pages show them after a date
    _add(entry, "title", change.title[0].upper() + change.title[1:])
    _add(entry, "id", entry_id(config, key))
    _add(entry, "updated", timestamp(change.date))
    _add(entry, "link", rel="alternate", type="text/html", href=url)
    pages = {page.link: page for page in content.pages.values()}
    changed_pages = []
    for link in change.pages:
        path, hash_sign, anchor = link.partition("#")
        page = pages.get(path)
        if page is None:  # removed after the change
            continue
        changed_pages.append(page)
        page_url = config.base_url + page.address + hash_sign + anchor
        _add(entry, "link", rel="related", type="text/html", href=page_url, title=page.title)
    sources: set[str] = set()
    # a change without pages is about the whole site
    for page in changed_pages or pages.values():
        sources.update(used_sources(page, content.registers))
    law_day = oldest_reading_date(sources, content.registers.sources)
    _add(entry, "content", entry_html(change, law_day), type="html")


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """Append an element ``name`` to ``parent``, with ``text`` and ``attributes``; return it."""
    element = etree.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def add_feed(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Step of the build: write the feed if changes.yml has changes; return a finding if no page
    lists the changes."""
    if not content.registers.changes:
        return []
    changes_page = content.page_with("andringar")
    if changes_page is None:
        message = "ingen sida visar ändringarna. Skriv [[andringar]] på en."
        return [Finding(REGISTER, 1, "feed", message)]
    site.write(FEED, feed(content, changes_page, config))
    return []
