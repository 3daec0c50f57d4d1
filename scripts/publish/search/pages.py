"""A built page as the search sees it: units, each a heading with the text below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Not what a reader looks for: controls, notes' numbers, code, boxes that open, what its author
# left out.
EXCLUDE = (
    "nav, script, style, template, form, pre, code, sup, [popover], [hidden], "
    "[aria-hidden=true], [data-search-exclude]"
)
# A table's row is a unit where it has an address of its own: a county, say.
HEADINGS = {"h1", "h2", "h3", "dt", "th"}
BLOCKS = HEADINGS | {
    *("p", "li", "td", "tr", "dd", "div", "section", "ul", "ol", "table", "details"),
    *("summary", "pre", "blockquote", "br", "label", "h4", "h5", "h6", "caption", "figcaption"),
}
NO_PAGE = "404.html"  # for addresses that don't exist
SPACES = re.compile(r"[\s\u00a0]+")


@dataclass
class Unit:
    """What one hit leads to: a heading and the text below it, until the next heading."""

    id: str  # "" for the top of the page
    heading: str
    text: list[str] = field(default_factory=list)
    left_out: bool = False  # something below the heading was excluded
    row: bool = False  # of a table


@dataclass(frozen=True)
class Page:
    """A page of the built site, as far as the search goes."""

    address: str  # relative to the site: "odla/tomat/"
    title: str
    keywords: str
    units: list[Unit]
    links: list[tuple[str, str]] = field(default_factory=list)  # to other units: address, its words


def read_page(html: str, address: str) -> Page | None:
    """Return the page's units, or None if the page is left out or has no heading.

    ``html`` is a whole document.
    """
    return read_tree(LexborHTMLParser(html), address)


def read_tree(tree: LexborHTMLParser, address: str) -> Page | None:
    """Return the same of a parsed document, which stays as it is.

    Its text is what stands in <article>, or else <main>, or <body>.
    """
    root = tree.css_first("article") or tree.css_first("main") or tree.body
    if root is None or "data-search-exclude" in root.attributes:
        return None
    if "noindex" in _meta(tree, "robots"):  # a page that only leads to another, say
        return None
    left_out = {node.mem_id for node in root.css(EXCLUDE)}
    cutter = _Cutter(left_out)
    cutter.cut(root)
    # "Källor" with nothing below is left out
    units = [unit for unit in cutter.units if unit.text or not unit.left_out]
    if not units:
        return None
    links = [
        (to, text) for href, text in cutter.links if (to := _target(href, address)) is not None
    ]
    return Page(address, units[0].heading, _meta(tree, "keywords"), units, links)


def _target(href: str, address: str) -> str | None:
    """Return where a link leads, relative to the site; None for its own page and other hosts."""
    target = urljoin(f"http://site.invalid/{address}", href)
    place = unquote(target.removeprefix("http://site.invalid/")).removesuffix("index.html")
    return None if place == target or place.partition("#")[0] == address else place


def _meta(tree: LexborHTMLParser, name: str) -> str:
    node = tree.css_first(f'meta[name="{name}"]')
    return (node.attributes.get("content") or "") if node else ""


class _Cutter:
    """Cuts a page's text at its headings."""

    def __init__(self, left_out: set[int]) -> None:
        self.left_out = left_out
        self.units: list[Unit] = []
        self.unit: Unit | None = None  # the one that text goes to
        self.line: list[str] = []
        self.in_heading = False
        self.links: list[tuple[str, str]] = []

    def cut(self, root: LexborNode) -> None:
        """Find the units below ``root``, the page's own first, and the links."""
        self._walk(root)
        self._flush()

    def _flush(self) -> None:
        text = SPACES.sub(" ", "".join(self.line)).strip()
        self.line.clear()
        if self.unit is None or not text:
            return
        if self.in_heading:
            self.unit.heading = text
        else:
            self.unit.text.append(text)

    def _walk(self, parent: LexborNode) -> None:
        for node in parent.iter(include_text=True):
            if node.mem_id in self.left_out:
                self.line.append(" ")
                if self.unit is not None:
                    self.unit.left_out = True
            elif node.tag == "-text":
                self.line.append(node.text_content or "")
            elif node.tag not in BLOCKS:
                if href := node.attributes.get("href"):
                    self.links.append((href, node.text()))
                self._walk(node)
            else:
                self._flush()
                before = self.unit
                self._block(node)
                self._flush()
                if node.tag == "table":  # what follows belongs to the section, not to the last row
                    self.unit = before

    def _block(self, node: LexborNode) -> None:
        name = node.attributes.get("id") or ""
        first = not self.units
        if (
            node.tag not in HEADINGS
            or not (name or node.tag == "h1")
            or (node.tag == "h1" and not first)
        ):
            self._walk(node)
            return
        self.unit = Unit("" if node.tag == "h1" else name, "", row=node.tag == "th")
        self.units.append(self.unit)
        self.in_heading = True
        self._walk(node)
        self._flush()
        self.in_heading = False


def read_site(site: Path) -> list[Page]:
    """Read every page of ``site`` but NO_PAGE, sorted by address."""
    pages = []
    for file in sorted(site.rglob("*.html")):
        address = file.relative_to(site).as_posix()
        if address == NO_PAGE:
            continue
        page = read_page(file.read_text(encoding="utf-8"), address.removesuffix("index.html"))
        if page is not None:
            pages.append(page)
    return sorted(pages, key=lambda page: page.address)


def addresses(pages: list[Page]) -> Iterator[str]:
    """Yield the address of each unit: "odla/tomat/#blankett"."""
    for page in pages:
        for unit in page.units:
            yield page.address + (unit.id and f"#{unit.id}")
