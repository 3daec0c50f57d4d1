"""Gathers sections of the built site for one handout, and makes them fit for paper.

Sources get one numbering for the whole handout, links to pages that aren't in it get a letter,
explained words gather at the end, and every address can be read. Where there is no place for such
lists, on a poster or a card, nothing refers to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from itertools import zip_longest
from urllib.parse import urlsplit

from lxml import html
from lxml.html import builder

from scripts.content.settings import Extra
from scripts.core.swedish import date_words
from scripts.paper.sections import (
    Element,
    PaperError,
    SitePage,
    Source,
    has_class,
    level,
    page_of,
    text_of,
)
from scripts.site.html_site import HtmlSite

GAP = "\u202f"  # narrow, and no line is broken at it


def letter(number: int) -> str:
    """Return a, b … z, aa, ab … for 1, 2 …: how links to pages outside the handout are told."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


class Composer:
    """Gathers sections and what they refer to. One for each handout.

    ``extra``: who stands behind the site, and the municipality's own numbers.
    ``marks``: whether the text says its sources and where its links lead.
    """

    def __init__(self, site: HtmlSite, extra: Extra, marks: bool = True) -> None:
        self.site = site
        self.extra = extra
        self.marks = marks
        self.pages: dict[str, SitePage] = {}  # the pages that parts come from
        self.ids: dict[tuple[str, str], str] = {}  # (page, anchor) → id in the handout
        self.sources: dict[str, Source] = {}
        self.links: dict[str, str] = {}  # address on the site → its letter
        self.glossary = False  # whether it has the page that explains every word
        self.words: dict[str, tuple[str, str]] = {}

    def take(self, address: str, anchor: str, without: Iterable[str], top: int) -> list[Element]:
        """Return a section's blocks with ``top`` as its highest heading, and unique ids."""
        if address not in self.pages:
            self.pages[address] = page_of(self.site, address)
        blocks = self.pages[address].section(anchor, tuple(without))
        headings = [e for b in blocks for e in b.iter() if level(e)]
        shift = top - min(map(level, headings), default=top)
        for heading in headings:
            heading.tag = f"h{level(heading) + shift}"
        prefix = address.replace("/", "-") or "start-"
        for block in blocks:
            self.glossary |= has_class(block, "glossary")
            for element in block.iter():
                if isinstance(element.tag, str) and (own := element.get("id")):
                    element.set("id", prefix + own)
                    self.ids[(address, own)] = prefix + own
        return blocks

    def section(self, address: str, anchor: str, without: Iterable[str]) -> list[Element]:
        """Return a section ready for paper, when no link need lead to what comes later."""
        blocks = self.take(address, anchor, without, 2)
        self.clean(address, blocks)
        return blocks

    def clean(self, address: str, blocks: list[Element]) -> None:
        """Make ``blocks`` fit for paper, when every section has been taken."""
        page = self.pages[address]
        for block, following in zip_longest(blocks, blocks[1:]):
            for element in list(block.iter()):
                if isinstance(element.tag, str):
                    self._clean_element(page, element)
            introduces = following is not None and following.tag in ("ul", "ol", "table")
            if block.tag == "p" and introduces:
                block.set("class", f"{block.get('class') or ''} intro".strip())

    def _clean_element(self, page: SitePage, element: Element) -> None:
        if element.tag == "button" and has_class(element, "term"):
            self._word(page, element)
        elif has_class(element, "cite"):
            self._cite(page, element)
        elif element.tag == "a" and not has_class(element.getparent(), "cite"):
            self._link(page, element)
        elif element.tag == "input":
            element.tag = "span"
            element.attrib.clear()
            element.set("class", "box")
        elif element.tag == "label":
            element.tag = "strong"
            element.attrib.clear()
        elif element.tag == "details":
            element.tag = "div"
            element.set("class", "uncertain" if has_class(element, "uncertain") else "admonition")
        elif element.tag == "summary":
            element.tag = "p"
            element.set("class", "admonition-title")
        elif element.tag == "thead":
            for cell in element.iter("th"):
                cell.set("scope", "col")
        elif element.tag == "th" and element.get("scope", "").startswith("row"):
            # outloud calls a table with as many heads as cells faulty: two columns are enough
            element.tag = "td"
            element.set("class", "row-head")
            element.attrib.pop("scope")
        elif element.tag == "svg" and element.get("aria-hidden"):
            _shape(element)
            return
        elif has_class(element, "figure-sign"):  # the word beside it says the same
            said = element.getparent()
            element.drop_tree()
            if has_class(said.getparent(), "figure-when"):  # else "Genast Frist" is one
                said.text = "· "
            return
        element.attrib.pop("hidden", None)

    def _word(self, page: SitePage, element: Element) -> None:
        key = str(element.get("popovertarget")).removeprefix("ord-")
        self.words.setdefault(key, page.word(key))
        element.drop_tag()

    def _cite(self, page: SitePage, element: Element) -> None:
        if not self.marks:
            element.drop_tree()
            return
        # In a table cell there is a space before, and the mark would stand alone on the next line.
        # After a digit there must be one: 116 111 and the mark 4 aren't 116 1114.
        before, parent = element.getprevious(), element.getparent()
        text = (parent.text if before is None else before.tail) or ""
        ends = text.rstrip() or (text_of(before) if before is not None else "")
        text = text.rstrip() + (GAP if ends[-1:].isdigit() else "")
        if before is None:
            parent.text = text
        else:
            before.tail = text
        for index, link in enumerate(element.findall("a")):
            key = str(link.get("href")).removeprefix("#kalla-")
            link.attrib.clear()
            link.text = self._number(link, page.source(key))
            link.tail = ",\u00a0" if index + 1 < len(element.findall("a")) else ""

        after = element.getnext()
        if after is not None and has_class(after, "cite") and not (element.tail or "").strip():
            element.tail = GAP  # else 1 and 2 become 12

    def _link(self, page: SitePage, element: Element) -> None:
        href = str(element.get("href", ""))
        text = text_of(element)
        element.attrib.clear()
        if urlsplit(href).scheme:  # tel:, or a source whose number stands beside it
            element.set("href", href)
            verb = f"Ring {text}" if href.startswith("tel:") else f"{text} ({href})"
            element.set("title", verb)
            if href.startswith("tel:"):
                element.set("class", "tel")
            return
        target = page.resolve(href)
        address, _, anchor = target.partition("#")
        inside = self.ids.get((address, anchor))
        if not self.marks and not inside:
            sentence = element.getparent()
            if has_class(sentence, "read-more"):  # it says no more than where to read
                sentence.drop_tree()
            else:
                element.drop_tag()
            return
        if inside:
            element.set("href", f"#{inside}")
            element.set("title", text)
            return
        mark = builder.SUP(builder.CLASS("see"))
        if source := self._listed(address, anchor):
            mark.text = self._number(element, source)
            if text[-1:].isdigit():
                mark.text = GAP + mark.text
        else:
            element.set("href", self.site.url + target)
            element.set("title", f"{text} ({bare(self.site.url + target)})")
            mark.text = self.links.setdefault(target, letter(len(self.links) + 1))
        element.append(mark)

    def _listed(self, address: str, anchor: str) -> Source | None:
        """Return the source that a link to the site's list of sources is to."""
        try:
            return page_of(self.site, address).listed(anchor) if anchor else None
        except PaperError:
            return None

    def _number(self, link: Element, source: Source) -> str:
        """Lead ``link`` to the source's place in the handout's own list; return its number."""
        self.sources.setdefault(source.key, source)
        number = list(self.sources).index(source.key) + 1
        link.set("href", f"#kalla-{source.key}")
        link.set("title", f"Källa {number}: {source.title}")
        return str(number)

    def sender(self) -> str:
        """Return who stands behind the site, as a paragraph."""
        sender = self.extra.sender
        return (sender and f'<p class="sender">{escape(f"{sender.name}. {sender.text}")}</p>') or ""

    def dates(self) -> tuple[str, str, str]:
        """Return ``dates_of`` the pages that parts come from."""
        return dates_of(self.pages.values())


def _shape(element: Element) -> None:
    """Make a figure's bar a box as wide, and drop other shapes that only adorn: in a PDF each
    would be a picture that nothing describes."""
    bar = element.find("rect") if has_class(element, "figure-bar") else None
    if bar is None:
        element.drop_tree()
        return
    share = float(bar.get("width")) / float(element.get("width"))
    element.tag = "span"
    element.clear(keep_tail=True)
    element.set("class", "figure-bar")
    element.set("share", f"{share:.3f}")


def bare(url: str) -> str:
    return re.sub(r"^https?://", "", url)


def dates_of(pages: Iterable[SitePage]) -> tuple[str, str, str]:
    """Return (latest review, first next review, oldest reading of the law, or "")."""
    pages = list(pages)
    law = min((p.law_read for p in pages if p.law_read), default="")
    return max(p.reviewed for p in pages), min(p.review_by for p in pages), law


def freshness(
    reviewed: str, review_by: str, law: str, words: Callable[[str], str] = date_words
) -> str:
    """Return how fresh a text is; ``words`` writes a date, shorter in a footer."""
    read = f" Lagen läst {words(law)}." if law else ""
    return f"Version {words(reviewed)}.{read} Granskas senast {words(review_by)}."


def as_html(blocks: Iterable[Element]) -> str:
    return "".join(html.tostring(b, encoding="unicode", with_tail=False) for b in blocks)
