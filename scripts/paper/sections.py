"""Take sections out of the built site, for handouts and slides.

A section is named as a reader would link to it: ``odla/#vattna`` is that heading and the blocks
under it, ``odla/`` the blocks before the first heading, ``odla/#*`` the page. The result is a copy,
as elements of lxml, which can be changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree, html
from selectolax.lexbor import LexborNode

from scripts.content.handouts import Sections, flat_sections
from scripts.site import html_site
from scripts.site.html_site import HtmlPage, HtmlSite, Section, lines_of

Element: TypeAlias = Any  # lxml.html.HtmlElement; lxml has no types

# Classes of elements for the screen only: navigation, tools, and lists that the QR code leads to.
SCREEN_ONLY = ["page-foot", "contents", "crumbs", "source-box", "terms", "back"]
SCREEN_ONLY += ["check-tools", "check-more", "dates", "moved", "law-notice"]
SCREEN_ONLY += ["process", "process-all", "switch", "on-screen", "rule", "landed"]
ATTRIBUTES = ["role", "aria-label", "aria-labelledby"]
ATTRIBUTES += ["data-checklist", "data-date", "data-label", "data-search-exclude"]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class PaperError(Exception):
    """A section that doesn't exist, or a handout that can't be composed; the message is Swedish."""


def has_class(element: Element, *names: str) -> bool:
    return any(name in (element.get("class") or "").split() for name in names)


def heading_level(element: Element) -> int:
    """Return 1–6 for a heading, 0 for anything else."""
    return HEADINGS.index(element.tag) + 1 if element.tag in HEADINGS else 0


def text_of(element: Element) -> str:
    """Return the text of ``element`` on one line."""
    return " ".join(str(element.text_content()).split())


@dataclass(frozen=True)
class Source:
    """A source as the page's list gives it."""

    key: str
    title: str
    url: str
    text: str  # publisher, dates and doubts, after the title


class SitePage(HtmlPage):
    """A page of the built site, as paper needs it. Raises PaperError for one without dates."""

    def __init__(self, page: HtmlPage) -> None:
        super().__init__(page.address, page.tree)
        heading, times = self.find("h1"), self.tree.css(".fresh time:not([class])")
        if heading is None or len(times) < 2:
            raise PaperError(f"sidan {self.address or 'start'} har ingen rubrik eller inga datum")
        law = self.find(".fresh time.law-day")
        self.title = html_site.text_of(heading)
        self.reviewed, self.review_by = (time.attributes["datetime"] or "" for time in times[:2])
        self.law_read = (law.attributes["datetime"] or "") if law else ""

    def source(self, key: str) -> Source:
        """Return a source of the page's own list. Raises LookupError."""
        item = self.find(f'.sources [id="kalla-{key}"]')
        link = item and item.css_first("a")
        if not item or not link:
            raise LookupError(f"{self.address}: {key}")
        title, text = html_site.text_of(link), _text_without(item, ".paper-address, .back")
        text = text.removeprefix(title).lstrip(". ").partition(" Används på: ")[0]
        attributes = link.attributes
        return Source(key, title, attributes.get("data-url") or attributes["href"] or "", text)

    def section(self, anchor: str, without: Collection[str] = ()) -> list[Element]:
        """Return the blocks of the section ``anchor``, headings among them; see the module's text.

        ``without``: ids of headings whose part is left out. Raises PaperError for an anchor that
        doesn't exist.
        """
        figure = self.content.css_first(f'figure[id="{anchor}"]')
        if figure:
            return _parse_blocks([figure.html or ""])
        chosen = list(self._chosen(anchor))
        if unknown := set(without) - {one.id for one in chosen}:
            raise PaperError(f"rubriken #{min(unknown)} finns inte under {self.address}#{anchor}")
        kept, skipping = list[str](), 0
        for one in chosen:
            skipping = 0 if one.level <= skipping else skipping
            if not skipping and one.id in without:
                skipping = one.level
            if not skipping:
                nodes = [one.head] if one.head and one.level > 1 else []
                kept += [n.html or "" for n in [*nodes, *one.nodes] if n.is_element_node]
        return _parse_blocks(kept)

    def _chosen(self, anchor: str) -> Iterator[Section]:
        # how sure the page is, at its foot, is no part of its last section
        aside = SCREEN_ONLY if anchor == "*" else [*SCREEN_ONLY, "certainty"]
        rest = iter(self.sections(", ".join(HEADINGS), ", ".join(f".{c}" for c in aside)))
        if anchor in ("", "*"):
            yield from (one for one in rest if anchor or one.level < 2)
            return
        head = next((one for one in rest if one.id == anchor), None)
        if head is None:
            raise PaperError(f"rubriken #{anchor} finns inte på sidan {self.address or 'start'}")
        yield head
        for one in rest:
            if one.level <= head.level:
                return
            yield one


def _text_without(node: LexborNode, selector: str) -> str:
    """Return the text of ``node`` on one line, without the elements that ``selector`` matches."""
    return " ".join(lines_of([node], {inner.mem_id for inner in node.css(selector)}))


def _parse_blocks(blocks: list[str]) -> list[Element]:
    """Parse pieces of HTML; return them as blocks, without the elements for the screen."""
    root = html.fragment_fromstring(html_site.unindented("".join(blocks)), "div")
    for name in SCREEN_ONLY:
        for element in root.find_class(name):
            element.drop_tree()
    etree.strip_attributes(root, *ATTRIBUTES)
    # a screen's box around a table (render/structure.py), and a list's own around its parts
    for name in ("table", "checklist", "check-foot"):
        for box in root.find_class(name):
            box.drop_tag()
    return [block for block in root if isinstance(block.tag, str) and block.tag != "script"]


def missing_sections(site: HtmlSite, sections: Iterable[Sections]) -> Iterator[str]:
    """Yield a message, in Swedish, for each page and anchor of ``sections`` that doesn't exist."""
    for section in flat_sections(sections):
        address, _, anchor = section.section.partition("#")
        page = site.pages.get(address)
        if page is None:
            yield f'sidan "{address}" finns inte'
            continue
        for place in (anchor, *section.without, *section.whole):
            if place not in ("", "*") and not page.find(f'[id="{place}"]'):
                yield f"rubriken #{place} finns inte på sidan {address or 'start'}"


def load_page(site: HtmlSite, address: str) -> SitePage:
    """Return the page at ``address`` ("odla/", "" for the start). Raises PaperError."""
    if address not in site.pages:
        raise PaperError(f'sidan "{address}" finns inte')
    return SitePage(site.pages[address])
