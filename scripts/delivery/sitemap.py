"""Writes sitemap.xml: every page and slide deck, and the day of its last change."""

from __future__ import annotations

from lxml import etree

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlSite

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def last_modified(content: Content) -> dict[str, str]:
    """Return page address → the day (ISO 8601) of its last review, or of the last change in
    changes.yml that is about it."""
    days = {page.link: page.meta.last_reviewed_on for page in content.pages.values()}
    for change in content.registers.changes.values():
        for link in change.pages or tuple(days):  # without pages it is the whole site
            path = link.partition("#")[0]
            if path in days:  # else gone since then
                days[path] = max(days[path], change.date)
    return {page.address: str(days[page.link]) for page in content.pages.values()}


def slide_decks(content: Content, site: HtmlSite) -> dict[str, set[str]]:
    """Return the address of each slide deck → the addresses of its source pages."""
    folder = content.folder_of("bilder") + "presentation"
    decks = {}
    for address, page in site.pages.items():
        links = page.tree.css(".slide .foot a") if address.startswith(folder) else []
        if links:
            targets = (page.resolve(link.attributes["href"] or "") for link in links)
            decks[address] = {target.partition("#")[0] for target in targets}
    return decks


def add_sitemap(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Write sitemap.xml (sitemaps.org/protocol)."""
    days = last_modified(content)
    days |= {
        deck: max(days[page] for page in pages)
        for deck, pages in slide_decks(content, site).items()
    }
    root = etree.Element("urlset", nsmap={None: SITEMAP})
    for address in sorted(days):
        row = etree.SubElement(root, "url")
        etree.SubElement(row, "loc").text = site.url + address
        etree.SubElement(row, "lastmod").text = days[address]
    etree.indent(root)
    site.write("sitemap.xml", etree.tostring(root, encoding="utf-8", xml_declaration=True))
    site.file("sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs' own: of an empty sitemap
    return []
