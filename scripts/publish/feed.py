"""Makes the feed of changes, ``andringar.xml`` (Atom, RFC 4287), out of docs/_data/changes.yml.

The register is the one home of a change; the page /om/andringar/ shows it (`[[andringar]]`) and
the feed takes its HTML from there, with whole addresses. No clock: a change is updated at noon on
its day, and the feed when its newest change was.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree, html

from scripts.content.content import read_pages, read_registers
from scripts.content.markdown import ANCHOR
from scripts.core.findings import ContentError, Finding
from scripts.paper.sections import Site, SitePage, text_of

REGISTER = PurePosixPath("docs/_data/changes.yml")
PAGE = "om/andringar/"
FEED = "andringar.xml"
ATOM = "http://www.w3.org/2005/Atom"
# Ids never change, not even when the site moves to another host: a name of the key alone
# (RFC 9562, 5.5), in a namespace of the site's own.
NAMESPACE = uuid.UUID("5d92db99-9334-43fc-a4cb-9e73d4cb52f5")
FIELDS = {"date", "title", "what", "why", "know", "pages"}
NEEDED = ("date", "title", "what", "why")


def check_docs(docs: Path, today: dt.date) -> Iterator[Finding]:
    """Yield what is wrong in changes.yml. ``today`` judges its dates."""
    file = docs / "_data/changes.yml"
    try:
        changes = read_registers(docs).changes
    except ContentError as error:
        if error.finding.path.name == file.name:
            yield error.finding
        return
    lines = file.read_text(encoding="utf-8").split("\n") if changes else []
    before = dt.date.max
    for key, change in changes.items():
        line = next((n for n, text in enumerate(lines, 1) if text.startswith(f"{key}:")), 1)
        for rule, message in _faults(key, change, before, today):
            yield Finding(REGISTER, line, rule, f'"{key}": {message}')
        if isinstance(change, dict) and type(change.get("date")) is dt.date:
            before = change["date"]


def _faults(key: str, change: Any, before: dt.date, today: dt.date) -> Iterator[tuple[str, str]]:
    if not isinstance(change, dict):
        yield "bad-field", f"skriv raderna {', '.join(NEEDED)} under nyckeln."
        return
    if not ANCHOR.match(str(key)):
        yield "bad-slug", "nyckeln är en adress: skriv små bokstäver a–z och bindestreck."
    for field in NEEDED:
        if change.get(field) in (None, ""):
            yield "missing-field", f'fältet "{field}" saknas.'
    for field in change.keys() - FIELDS:
        yield "unknown-field", f'fältet "{field}" är okänt. Välj bland {", ".join(sorted(FIELDS))}.'
    date, pages = change.get("date"), change.get("pages", [])
    if date not in (None, "") and type(date) is not dt.date:
        yield "bad-date", "date ska vara dagen då ändringen publicerades: ÅÅÅÅ-MM-DD."
    elif type(date) is dt.date and date > today:
        yield "bad-date", f"ändringen kan inte ha publicerats i framtiden ({date})."
    elif type(date) is dt.date and date > before:
        yield "bad-order", f"den nyaste ska stå först, men ändringen ovanför är från {before}."
    if not isinstance(pages, list) or not all(str(p).startswith("/") for p in pages):
        yield "bad-field", "pages ska vara en lista av sidor: [/betanketid/ansok.md]."


def when(date: dt.date) -> str:
    """Return a date as a date construct (RFC 4287, 3.3): noon, so that it is that day in Sweden."""
    return f"{date.isoformat()}T12:00:00Z"


def name_of(key: str) -> str:
    """Return the id of a change, or of the feed for ""; the same for ever."""
    return uuid.uuid5(NAMESPACE, f"{PAGE}#{key}").urn


def content(page: SitePage, key: str, address: str) -> str:
    """Return what stands under a change's heading, as HTML with whole addresses."""
    parts = page.section(key)[1:]
    for part in parts:
        for element in part.iter():
            for name in ("id", "class"):  # an id would stand twice where several changes are shown
                element.attrib.pop(name, None)
        part.make_links_absolute(address)
        part.tail = None
    return "".join(html.tostring(part, encoding="unicode").strip() for part in parts)


def feed(docs: Path, site: Site) -> bytes:
    """Return the feed's bytes. Raises PaperError if the page doesn't show a change."""
    changes = read_registers(docs).changes
    page, titles = site.page(PAGE), {p.link: (p.title, p.address) for p in read_pages(docs)}
    head = html.fromstring((site.root / PAGE / "index.html").read_bytes())
    root = etree.Element("feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", page.lang)

    def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
        element = etree.SubElement(parent, name, attributes)
        element.text = text or None
        return element

    newest = max(change["date"] for change in changes.values())
    add(root, "title", text_of(head.find(".//title")))
    add(root, "subtitle", str(head.xpath('string(//meta[@name="description"]/@content)')))
    add(root, "id", name_of(""))
    add(root, "updated", when(newest))
    author = head.xpath('//footer[contains(@class, "site-footer")]//strong')
    add(add(root, "author"), "name", text_of(author[0]).rstrip("."))
    add(root, "link", rel="self", type="application/atom+xml", href=site.url + FEED)
    add(root, "link", rel="alternate", type="text/html", href=site.url + PAGE)
    for key, change in changes.items():
        entry = add(root, "entry")
        title = str(change["title"])
        add(entry, "title", title[0].upper() + title[1:])
        add(entry, "id", name_of(key))
        add(entry, "updated", when(change["date"]))
        add(entry, "link", rel="alternate", type="text/html", href=f"{site.url}{PAGE}#{key}")
        for link in change.get("pages", ()):
            path, _, anchor = link.partition("#")
            name, address = titles[path]
            where = site.url + address + (f"#{anchor}" if anchor else "")
            add(entry, "link", rel="related", type="text/html", href=where, title=name)
        add(entry, "content", content(page, key, site.url + PAGE), type="html")
    etree.indent(root)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def add_feed(docs: Path, target: Path, url: str) -> None:
    """Write the feed into ``target``. ``url`` is the site's address. Raises PaperError."""
    if read_registers(docs).changes:
        (target / FEED).write_bytes(feed(docs, Site(target, url)))
