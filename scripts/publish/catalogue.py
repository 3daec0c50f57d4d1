"""Makes the files that other programs read, out of the built site and the registers.

katalog.json     every page: where it is, what it is about, its anchors, when it was reviewed
sitemap.xml      every page and deck of slides, and when it last changed for its readers
kontakter.json   whom to call and the regions' counties, as far as pages show them
granskning.json  the pages by next review
…/KEY.txt        each checklist as text

Addresses are relative and are read against the file's own (RFC 3986, section 5), so that a copy
behind a firewall is right without a change. Nothing depends on the day it is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from scripts.content.config import Config
from scripts.content.contacts import Contact, County, Region
from scripts.content.content import Content
from scripts.content.macros import used_sources
from scripts.content.markdown import RESERVED, plain
from scripts.content.records import Registers
from scripts.content.sources import law_read
from scripts.core.findings import Finding
from scripts.publish.addresses import short_addresses
from scripts.publish.built import BuiltPage, BuiltSite, text_of
from scripts.render.checklists import plain_text, text_address

VERSION = 1  # of all three: a field is never taken away or given another meaning within a version
# Ids that are addresses: headings, words, checklist rows, counties. MkDocs makes the title's id
# out of its words, and it changes with them; the page's own address stands for it.
PLACES = "h2[id], h3[id], h4[id], dt[id], li[id], td[id], th[id]"
# granskning.json's fields, by the catalogue's.
REVIEWS = {
    **{"url": "url", "title": "title", "last_reviewed_on": "reviewed", "review_by": "review_by"},
    **{"law_read_on": "law_read", "owner": "owner"},
}
CONTACTS = ("kontakter", "lan", "regioner")  # macros that show contacts
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def anchors(page: BuiltPage) -> Iterator[dict[str, str]]:
    """Yield {"id", "heading"} for each place on a page that a link may lead to, in its order."""
    for section in page.sections(PLACES):
        if section.head and not RESERVED.match(section.id):
            name = section.head
            if not section.level:  # a row is named by its label, a listed file by its link
                name = name.css_first("label, a") or name
            yield {"id": section.id, "heading": text_of(name)}


def sections(site: BuiltSite) -> dict[str, str]:
    """Return the first part of a page's address → the name the menu has for that part."""
    found = {}
    for item in site.pages[""].tree.css("#meny > ul > li"):
        name = text_of(item.css_first("summary") or item)
        for link in item.css("a[href]:not(.no-page)"):
            address = site.pages[""].leads(link.attributes["href"] or "")
            found[address.partition("/")[0]] = name
    return found


def updated(content: Content) -> dict[str, str]:
    """Return page address → the day (ISO 8601) when its readers last noticed something: it was
    reviewed, or a change in changes.yml was about it."""
    days = {page.link: page.meta.last_reviewed_on for page in content.pages.values()}
    for change in content.registers.changes.values():
        for link in change.pages or tuple(days):  # without pages it is the whole site
            path = link.partition("#")[0]
            if path in days:  # else gone since then
                days[path] = max(days[path], change.date)
    return {page.address: str(days[page.link]) for page in content.pages.values()}


def decks(content: Content, site: BuiltSite) -> dict[str, set[str]]:
    """Return the address of each deck of slides → those of the pages it is made of."""
    return {
        address: {page.leads(link.attributes["href"] or "").partition("#")[0] for link in links}
        for address, page in site.pages.items()
        if address.startswith(content.folder_of("bilder") + "presentation")
        if (links := page.tree.css(".slide .foot a"))
    }


def files_of(content: Content, site: BuiltSite) -> dict[str, list[dict[str, str]]]:
    """Return page address → its PDF files, those that were made, its checklist as text, the
    slides that it lists."""
    found: dict[str, list[dict[str, str]]] = {}
    folder = content.folder_of("utskrifter")
    for handout in content.registers.handouts.values():
        url = f"{folder}{handout.file}.pdf"
        if site.file(url).is_file():
            entry = {"title": handout.title, "url": url, "type": "application/pdf"}
            found.setdefault(handout.page, []).append(entry)
    for key, checklist in content.registers.checklists.items():
        if page := content.page_with("checklista", key):
            url = text_address(content, key)
            entry = {"title": checklist.title, "url": url, "type": "text/plain"}
            found.setdefault(page.address, []).append(entry)
    for url in decks(content, site):
        entry = {"title": text_of(site.pages[url].one("h1")), "url": url, "type": "text/html"}
        found.setdefault(content.folder_of("bilder"), []).append(entry)
    return found


def catalogue(
    content: Content, site: BuiltSite, places: Mapping[str, list[dict[str, str]]]
) -> dict[str, Any]:
    """Return katalog.json as data: every page of ``content``, by address. ``places``: the
    ``anchors`` of each."""
    named, files, short = sections(site), files_of(content, site), short_addresses(content)
    days = updated(content)
    registers = content.registers
    frames = {page: frame.address for page, frame in content.frames.items()}
    pages = []
    for page in sorted(content.pages.values(), key=lambda page: page.address):
        pages.append(
            {
                "url": page.address or "./",  # "" would be the file it is written in
                "title": page.title,
                "description": page.meta.description,
                "section": named[page.address.partition("/")[0]],
                "language": page.meta.lang,
                "reviewed": str(page.meta.last_reviewed_on),
                "updated": days[page.address],
                "review_by": str(page.meta.review_by),
                "law_read": law_read(used_sources(page, registers), registers.sources) or None,
                "owner": page.meta.owner,
                "keywords": list(page.meta.keywords),
                "anchors": places[page.address],
                "files": files.get(page.address, []),
                "short": [s.address[1:] for s in short if s.to == f"/{page.address}"],
                "frame": frames.get(page.address),
            }
        )
    return {"version": VERSION, "site": site.url, "pages": pages}


def reviews(pages: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return granskning.json as data: the catalogue's ``pages``, by next review."""
    rows = [
        {name: page[field] for name, field in REVIEWS.items()}
        for page in sorted(pages, key=lambda page: page["review_by"])
    ]
    return {"version": VERSION, "pages": rows}


def contacts(
    registers: Registers, pages: Iterable[Mapping[str, Any]], address: str
) -> dict[str, Any]:
    """Return kontakter.json as data. ``pages``: those of the catalogue's that show contacts.
    ``address``: the site's.

    A contact that no contact page shows is left out, and so is a number that the register has not.
    """
    home = {
        anchor["id"]: f"{page['url']}#{anchor['id']}"
        for page in pages
        for anchor in page["anchors"]
    }
    regions = {k: r for k, r in registers.regions.regions.items() if f"region-{k}" in home}
    counties = {k: c for k, c in registers.regions.counties.items() if k in home}
    # a contact without a place of its own is at its first region
    for key, region in regions.items():
        home.setdefault(region.contact, home[f"region-{key}"])
    rows = []
    for key, contact in registers.contacts.items():
        if not (shown := home.get(key)):
            continue
        of = [k for k, county in counties.items() if regions[county.region].contact == key]
        page = registers.sources.get(contact.page)
        rows.append(
            {
                "id": key,
                "name": contact.name,
                "for_whom": plain(contact.for_whom),
                "groups": contact.group,
                "phone": contact.phone or None,
                "tel": f"tel:{contact.tel}" if contact.phone else None,
                "hours": plain(contact.hours) or None,
                "what_happens": plain(contact.what_happens),
                "not_for": plain(contact.not_for) or None,
                "note": plain(contact.doubt) or None,
                "good_to_know": plain(contact.note) or None,
                "counties": of,
                "shown_on": shown,
                "url": page.url if page else None,
                "confirmed_by_call": contact.confirmed_by_call,
                **origin(contact, registers),
            }
        )
    return {
        "version": VERSION,
        "site": address,
        "contacts": rows,
        "regions": [
            {
                "id": key,
                "name": region.name,
                "contact": region.contact,
                # the contact that is rung, with its hours and what it is not for
                "answered_by": (answering := registers.answering(region)) and answering.key,
                "phone": answering and answering.phone,
                "host": region.host or None,
                "note": plain(region.note),
                "shown_on": home[f"region-{key}"],
                **origin(region, registers),
            }
            for key, region in regions.items()
        ],
        "counties": [
            {
                "id": key,
                "name": county.name,
                "region": county.region,
                "note": plain(county.note) or None,
                "shown_on": home[key],
                **origin(county, registers),
            }
            for key, county in counties.items()
        ],
    }


def origin(record: Contact | Region | County, registers: Registers) -> dict[str, Any]:
    """Return where a record's facts are from, how old they are and whether they are certain."""
    source = registers.sources[record.source]
    return {
        "source": {"title": source.title, "publisher": source.publisher, "url": source.url},
        "as_of": getattr(record, "as_of", None),  # a contact's
        "as_of_note": getattr(record, "as_of_note", None) or None,
        "certain": record.certainty == "saker",
    }


def dump(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def add_catalogue(
    content: Content, site: BuiltSite, places: Mapping[str, list[dict[str, str]]]
) -> None:
    """Write the three files, when everything else is there. ``places``: as for ``catalogue``."""
    data = catalogue(content, site, places)
    showing = {
        page.address
        for page in content.pages.values()
        if any(name in CONTACTS for _, name, _ in page.macros())
    }
    shown = [page for page in data["pages"] if page["url"] in showing]
    site.write("katalog.json", dump(data))
    site.write("kontakter.json", dump(contacts(content.registers, shown, site.url)))
    site.write("granskning.json", dump(reviews(data["pages"])))


def add_sitemap(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Write sitemap.xml (sitemaps.org/protocol)."""
    days = updated(content)
    days |= {
        deck: max(days[page] for page in pages) for deck, pages in decks(content, site).items()
    }
    root = etree.Element("urlset", nsmap={None: SITEMAP})
    for address in sorted(days):
        row = etree.SubElement(root, "url")
        etree.SubElement(row, "loc").text = site.url + address
        etree.SubElement(row, "lastmod").text = days[address]
    etree.indent(root)
    site.write("sitemap.xml", etree.tostring(root, encoding="utf-8", xml_declaration=True))
    return []


def add_checklists(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Write each checklist as text beside its page, for pasting into a case system's template."""
    for name, checklist in content.registers.checklists.items():
        site.write(text_address(content, name), plain_text(checklist))
    return []
