"""A built page as the search sees it: units, each a heading with the text below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from scripts.site.html_site import HtmlPage, HtmlSite

# Not what a reader looks for: controls, notes' numbers, an act's way to its rule, code, boxes that
# open, what its author left out. A word that the glossary explains is a button, and a sentence's.
EXCLUDE = (
    "nav, script, style, template, form, button:not(.term), pre, code, sup, .rule, [popover], "
    "[hidden], [aria-hidden=true], [data-search-exclude]"
)
# A table's row is a unit where it has an address of its own: a county, say.
HEADS = "h1, h2[id], h3[id], dt[id], th[id]"
NO_PAGE = "404.html"  # for addresses that don't exist


@dataclass
class Unit:
    """What one hit leads to: a heading and the text below it, until the next heading."""

    id: str  # "" for the top of the page
    heading: str
    text: list[str] = field(default_factory=list)
    row: bool = False  # of a table


@dataclass(frozen=True)
class Page:
    """A page of the built site, as far as the search goes."""

    address: str  # relative to the site: "odla/tomat/"
    title: str
    keywords: str
    units: list[Unit]
    links: list[tuple[str, str]] = field(default_factory=list)  # to other units: address, its words


def read_page(page: HtmlPage) -> Page | None:
    """Return the page's units, or None if the page is left out or has no heading."""
    left_out = "data-search-exclude" in page.content.attributes
    if left_out or "noindex" in _meta(page, "robots"):  # a page that only leads to another, say
        return None
    units = [
        Unit("" if one.level == 1 else one.id, one.heading, lines, one.head.tag == "th")
        for one in page.sections(HEADS, EXCLUDE)
        # "Källor" with nothing below is left out
        if one.head and ((lines := one.lines) or not one.skipped)
    ]
    if not units:
        return None
    out = page.content.css(EXCLUDE)
    left = {link.mem_id for box in out for link in (box, *box.css("a"))}
    links = (link for link in page.content.css("a[href]") if link.mem_id not in left)
    led = [(to, link.text()) for link in links if (to := _target(page, link)) is not None]
    return Page(page.address, units[0].heading, _meta(page, "keywords"), units, led)


def read_site(site: HtmlSite) -> list[Page]:
    """Return every page but NO_PAGE, by address."""
    pages = filter(None, (read_page(one) for one in site.iter_pages() if one.address != NO_PAGE))
    return sorted(pages, key=lambda page: page.address)


def _target(page: HtmlPage, link: LexborNode) -> str | None:
    """Return where a link leads, relative to the site; None for its own page and other hosts."""
    to = page.resolve(link.attributes["href"] or "")
    place = unquote(to).removesuffix("index.html")
    return None if urlsplit(to).scheme or place.partition("#")[0] == page.address else place


def _meta(page: HtmlPage, name: str) -> str:
    node = page.find(f'meta[name="{name}"]')
    return (node.attributes.get("content") or "") if node else ""


def addresses(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the address of each unit: "odla/tomat/#blankett"."""
    for page in pages:
        for unit in page.units:
            yield page.address + (unit.id and f"#{unit.id}")
