"""Extract sections from the built site, for handouts and slides.

A section has an address with an anchor: ``odla/#vattna`` is that heading and the blocks under it,
``odla/`` the blocks before the first heading, ``odla/#*`` the whole page. The result is a copy, as
elements of lxml, which can be changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree, html
from selectolax.lexbor import LexborNode

from scripts.site import html_site
from scripts.site.html_site import HtmlPage, HtmlSite, Section, lines_of

Element: TypeAlias = Any  # lxml.html.HtmlElement; lxml has no types

# Classes of elements for the screen only: navigation, tools, and lists that the QR code leads to.
SCREEN_ONLY = ["page-foot", "contents", "crumbs", "source-box", "terms", "back"]
SCREEN_ONLY += ["check-tools", "check-more", "dates", "moved", "law-notice"]
SCREEN_ONLY += ["process", "process-all", "switch", "on-screen", "rule", "landed"]
# Attributes for the screen only: names of regions, some of them elsewhere on the page, and data for
# scripts.
SCREEN_ATTRIBUTES = ["role", "aria-label", "aria-labelledby"]
SCREEN_ATTRIBUTES += ["data-checklist", "data-date", "data-label", "data-search-exclude"]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class PaperError(Exception):
    """A section that doesn't exist, or a handout that can't be composed; the message is Swedish."""


def has_class(element: Element, *names: str) -> bool:
    """Whether an element has any of the classes ``names``."""
    return any(name in (element.get("class") or "").split() for name in names)


def heading_level(element: Element) -> int:
    """Return 1–6 for a heading, 0 for anything else."""
    return HEADINGS.index(element.tag) + 1 if element.tag in HEADINGS else 0


def text_of(element: Element) -> str:
    """Return the text of ``element`` on one line, with single spaces."""
    return " ".join(str(element.text_content()).split())


@dataclass(frozen=True)
class Source:
    """An entry of a page's list of sources."""

    key: str
    title: str
    url: str
    text: str  # publisher, dates and doubts, after the title


class SitePage(HtmlPage):
    """A page of the built site with its title and dates.

    Attributes:
        reviewed, review_by: ISO 8601 dates of its last and next review.
        law_read: ISO 8601 date when its law was read; "" for a page without law.
    """

    def __init__(self, page: HtmlPage) -> None:
        """Read the title and dates of ``page``. Raises PaperError if it lacks them."""
        super().__init__(page.address, page.tree)
        heading = self.find("h1")
        times = self.tree.css(".fresh time:not([class])")  # reviewed, then review_by
        if heading is None or len(times) < 2:
            raise PaperError(f"sidan {self.address or 'start'} har ingen rubrik eller inga datum")
        law = self.find(".fresh time.law-day")
        self.title = html_site.text_of(heading)
        self.reviewed = times[0].attributes["datetime"] or ""
        self.review_by = times[1].attributes["datetime"] or ""
        self.law_read = (law.attributes["datetime"] or "") if law else ""

    def source(self, key: str) -> Source:
        """Return the source ``key`` of the page's list of sources. Raises LookupError if the list
        doesn't have it.

        An item of the list is "Titel. Utgivare. Läst 2026. Används på: …", with the title as a
        link. If its href leads to our copy, its data-url is the source's own URL.
        """
        item = self.find(f'.sources [id="kalla-{key}"]')
        link = item and item.css_first("a")
        if not item or not link:
            raise LookupError(f"{self.address}: {key}")
        title = html_site.text_of(link)
        text = _text_without(item, ".paper-address, .back")
        text = text.removeprefix(title).lstrip(". ").partition(" Används på: ")[0]
        attributes = link.attributes
        return Source(key, title, attributes.get("data-url") or attributes["href"] or "", text)

    def section(self, anchor: str, without: Collection[str] = ()) -> list[Element]:
        """Return the blocks of a section with its headings, except <h1>; of a figure, the figure.

        Args:
            anchor: id of a heading or figure, "" or "*"; see the module's docstring.
            without: ids of headings in the section; they are left out with all under them.

        Raises PaperError for an id that doesn't exist.
        """
        figure = self.content.css_first(f'figure[id="{anchor}"]')
        if figure:
            return _parse_blocks([figure.html or ""])
        sections = list(self._select_sections(anchor))
        unknown = set(without) - {section.id for section in sections}
        if unknown:
            raise PaperError(f"rubriken #{min(unknown)} finns inte under {self.address}#{anchor}")
        blocks: list[str] = []
        for section in _leave_out(sections, without):
            nodes = list(section.nodes)
            if section.head and section.level > 1:  # <h1> is the page's title, not a block
                nodes.insert(0, section.head)
            blocks += [node.html or "" for node in nodes if node.is_element_node]
        return _parse_blocks(blocks)

    def _select_sections(self, anchor: str) -> Iterator[Section]:
        """Yield the sections of the page, in order, that belong to ``anchor`` (see ``section``): a
        heading's own, and those of the lower headings under it."""
        excluded = list(SCREEN_ONLY)
        if anchor != "*":
            excluded.append("certainty")  # at the page's foot: not part of its last section
        classes = ", ".join(f".{name}" for name in excluded)
        sections = iter(self.sections(", ".join(HEADINGS), classes))
        if anchor == "*":
            yield from sections
            return
        if anchor == "":  # what is under <h1>, or before any heading
            yield from (section for section in sections if section.level < 2)
            return
        first = next((section for section in sections if section.id == anchor), None)
        if first is None:
            raise PaperError(f"rubriken #{anchor} finns inte på sidan {self.address or 'start'}")
        yield first
        for section in sections:
            if section.level <= first.level:
                return
            yield section


def _leave_out(sections: Iterable[Section], ids: Collection[str]) -> Iterator[Section]:
    """Yield ``sections`` except those whose heading has one of ``ids``, and except the subsections
    under such a heading."""
    skipped_level = 0  # level of the heading that is being left out; 0: none
    for section in sections:
        if section.level <= skipped_level:
            skipped_level = 0
        if not skipped_level and section.id in ids:
            skipped_level = section.level
        if not skipped_level:
            yield section


def _text_without(node: LexborNode, selector: str) -> str:
    """Return the text of ``node`` on one line, without the elements that ``selector`` matches."""
    return " ".join(lines_of([node], {inner.mem_id for inner in node.css(selector)}))


def _parse_blocks(blocks: list[str]) -> list[Element]:
    """Parse the HTML of blocks; return them as elements, without elements, attributes, scripts and
    wrappers that are for the screen only."""
    root = html.fragment_fromstring(html_site.unindented("".join(blocks)), "div")
    for name in SCREEN_ONLY:
        for element in root.find_class(name):
            element.drop_tree()
    etree.strip_attributes(root, *SCREEN_ATTRIBUTES)
    # wrappers of tables (render/structure.py) and of checklists
    for name in ("table", "checklist", "check-foot"):
        for box in root.find_class(name):
            box.drop_tag()
    return [block for block in root if isinstance(block.tag, str) and block.tag != "script"]


def load_page(site: HtmlSite, address: str) -> SitePage:
    """Return the page at ``address`` ("odla/", "" for the start). Raises PaperError if there is
    none."""
    if address not in site.pages:
        raise PaperError(f'sidan "{address}" finns inte')
    return SitePage(site.pages[address])
