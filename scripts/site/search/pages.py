"""Built pages to search units: each a heading with the text below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from scripts.site.html_site import HtmlPage, HtmlSite

# Elements left out of the index: controls, citation markers, links from a step to its rule, code,
# popovers, and what an editor or a template left out. A glossary term is a button in a sentence.
EXCLUDED = (
    "nav, script, style, template, form, button:not(.term), pre, code, sup, .rule, [popover], "
    "[hidden], [aria-hidden=true], [data-search-exclude]"
)
# Elements that begin a unit. A table row with an id, such as a county, is one.
HEADS = "h1, h2[id], h3[id], dt[id], th[id]"
NOT_FOUND = "404.html"


@dataclass
class Unit:
    """The target of a hit: a heading and the text below it, up to the next heading."""

    id: str  # of the heading; "" for the top of the page
    heading: str
    text: list[str] = field(default_factory=list)  # lines
    is_row: bool = False  # whether the unit is a row of a table


@dataclass(frozen=True)
class IndexedPage:
    """A page of the built site, as the index has it."""

    address: str  # "odla/tomat/"
    title: str
    keywords: str
    units: list[Unit]
    links: list[tuple[str, str]] = field(default_factory=list)  # to other pages: (address, text)


def read_page(page: HtmlPage) -> IndexedPage | None:
    """Return a page as the index has it; None if it is left out of the search or has no heading."""
    is_left_out = "data-search-exclude" in page.content.attributes
    if is_left_out or "noindex" in _meta_content(page, "robots"):  # redirect pages have noindex
        return None
    units = []
    for section in page.sections(HEADS, EXCLUDED):
        lines = section.lines
        # a heading whose text is all excluded, such as "Källor", is left out too
        if section.head and (lines or not section.has_excluded):
            unit_id = "" if section.level == 1 else section.id
            is_row = section.head.tag == "th"
            units.append(Unit(unit_id, section.heading, lines, is_row=is_row))
    if not units:
        return None
    title = units[0].heading
    keywords = _meta_content(page, "keywords")
    return IndexedPage(page.address, title, keywords, units, _links(page))


def read_site(site: HtmlSite) -> list[IndexedPage]:
    """Return the pages that the search indexes, sorted by address. The 404 page isn't one."""
    pages = []
    for html_page in site.iter_pages():
        page = read_page(html_page)
        if page and page.address != NOT_FOUND:
            pages.append(page)
    return sorted(pages, key=lambda page: page.address)


def _links(page: HtmlPage) -> list[tuple[str, str]]:
    """Return (address, text) of the page's links to other pages, without the links in excluded
    elements."""
    excluded_ids = set()
    for element in page.content.css(EXCLUDED):
        excluded_ids.add(element.mem_id)
        excluded_ids.update(link.mem_id for link in element.css("a"))
    links = []
    for link in page.content.css("a[href]"):
        address = _address_on_other_page(page, link)
        if address is not None and link.mem_id not in excluded_ids:
            links.append((address, link.text()))
    return links


def _address_on_other_page(page: HtmlPage, link: LexborNode) -> str | None:
    """Return the address that a link on ``page`` leads to, "a/" or "a/#id"; None if the address is
    on ``page`` itself or the URL on another host."""
    target = page.resolve(link.attributes["href"] or "")
    address = unquote(target).removesuffix("index.html")
    if urlsplit(target).scheme or address.partition("#")[0] == page.address:
        return None
    return address


def _meta_content(page: HtmlPage, name: str) -> str:
    """Return the content of the page's <meta> element called ``name``; "" if there is none."""
    node = page.find(f'meta[name="{name}"]')
    return (node.attributes.get("content") or "") if node else ""


def unit_addresses(pages: Iterable[IndexedPage]) -> Iterator[str]:
    """Yield the address of each unit: "odla/tomat/" of a page's first, "odla/tomat/#blankett"."""
    for page in pages:
        for unit in page.units:
            yield f"{page.address}#{unit.id}" if unit.id else page.address
