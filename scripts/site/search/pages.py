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
    row: bool = False  # whether the unit is a row of a table


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
    if is_left_out or "noindex" in _meta(page, "robots"):  # redirect pages have noindex
        return None
    units = []
    for section in page.sections(HEADS, EXCLUDED):
        lines = section.lines
        # a heading whose text is all left out, such as "Källor", is left out too
        if section.head and (lines or not section.skipped):
            unit_id = "" if section.level == 1 else section.id
            units.append(Unit(unit_id, section.heading, lines, section.head.tag == "th"))
    if not units:
        return None
    title = units[0].heading
    return IndexedPage(page.address, title, _meta(page, "keywords"), units, _links(page))


def read_site(site: HtmlSite) -> list[IndexedPage]:
    """Return the pages that the search indexes, sorted by address. The 404 page isn't one."""
    pages = []
    for html_page in site.iter_pages():
        page = read_page(html_page)
        if page and page.address != NOT_FOUND:
            pages.append(page)
    return sorted(pages, key=lambda page: page.address)


def _links(page: HtmlPage) -> list[tuple[str, str]]:
    """Return (address, text) of the page's links to other pages, but not of those in excluded
    elements."""
    excluded_ids = set()
    for element in page.content.css(EXCLUDED):
        excluded_ids.add(element.mem_id)
        excluded_ids.update(link.mem_id for link in element.css("a"))
    links = []
    for link in page.content.css("a[href]"):
        address = _other_page(page, link)
        if address is not None and link.mem_id not in excluded_ids:
            links.append((address, link.text()))
    return links


def _other_page(page: HtmlPage, link: LexborNode) -> str | None:
    """Return the address that a link leads to, "a/" or "a/#id"; None if it is on the same page or
    on another host."""
    target = page.resolve(link.attributes["href"] or "")
    address = unquote(target).removesuffix("index.html")
    if urlsplit(target).scheme or address.partition("#")[0] == page.address:
        return None
    return address


def _meta(page: HtmlPage, name: str) -> str:
    """Return the content of a <meta> element, or ""."""
    node = page.find(f'meta[name="{name}"]')
    return (node.attributes.get("content") or "") if node else ""


def addresses(pages: Iterable[IndexedPage]) -> Iterator[str]:
    """Yield the address of each unit: "odla/tomat/#blankett"."""
    for page in pages:
        for unit in page.units:
            yield f"{page.address}#{unit.id}" if unit.id else page.address
