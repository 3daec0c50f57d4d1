"""Writes sitemap.xml: every page, and the day of its last change."""

from __future__ import annotations

from lxml import etree

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlSite

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def last_modified(content: Content) -> dict[str, str]:
    """Return each page's address → the day (ISO 8601) of its last review, or of a later change in
    changes.yml that is about the page."""
    days = {page.link: page.meta.last_reviewed_on for page in content.pages.values()}
    for change in content.registers.changes.values():
        for link in change.pages or tuple(days):  # without pages it is about the whole site
            path = link.partition("#")[0]
            if path in days:  # else the page has been removed since
                days[path] = max(days[path], change.date)
    return {page.address: str(days[page.link]) for page in content.pages.values()}


def add_sitemap(content: Content, site: HtmlSite, _: Config) -> list[Finding]:
    """Step of the build: write sitemap.xml (sitemaps.org/protocol); delete MkDocs' own."""
    root = etree.Element("urlset", nsmap={None: NAMESPACE})
    for address, day in sorted(last_modified(content).items()):
        row = etree.SubElement(root, "url")
        etree.SubElement(row, "loc").text = site.url + address
        etree.SubElement(row, "lastmod").text = day
    etree.indent(root)
    site.write("sitemap.xml", etree.tostring(root, encoding="utf-8", xml_declaration=True))
    site.file("sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs' own: of an empty sitemap
    return []
