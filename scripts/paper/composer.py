"""Extract the sections of one handout from the built site, and prepare their HTML for paper.

Citation marks and explanations of words are removed: the handout's QR code leads to the page, which
has them. Links keep their address for readers of the PDF on a screen.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import html

from scripts.content.handouts import Section
from scripts.content.markdown import split_sentences
from scripts.content.settings import Extra
from scripts.core.swedish import date_words
from scripts.paper.sections import (
    Element,
    PaperError,
    SitePage,
    has_class,
    heading_level,
    load_page,
    text_of,
)
from scripts.site.html_site import HtmlSite


class ReviewDates(NamedTuple):
    """The dates of a document that is made of several pages, as ISO 8601."""

    reviewed: str  # the latest review of any of them
    review_by: str  # the earliest date when one of them is to be reviewed again
    law_read: str  # the oldest date when the law was read; "" if no page is about the law


class Composer:
    """Prepares the sections of one handout, and records the pages they come from.

    Attributes:
        extra: settings: the site's sender, and the municipality's own numbers.
        keeps_links: whether links to pages outside the handout stay links; else only their text
            stays. Links to other hosts and telephone numbers always stay.
        pages: address → page that the sections come from.
        ids: (page's address, anchor) → id in the handout.
    """

    def __init__(self, site: HtmlSite, extra: Extra, keeps_links: bool = True) -> None:
        self.site = site
        self.extra = extra
        self.keeps_links = keeps_links
        self.pages: dict[str, SitePage] = {}
        self.ids: dict[tuple[str, str], str] = {}

    def prepare(self, sections: Iterable[Section]) -> list[list[Element]]:
        """Return the blocks of each section, ready for paper.

        Raises PaperError for a page or an anchor that doesn't exist, and for a figure.
        """
        sections = list(sections)
        # all are extracted before any is cleaned, since a link may lead to a later section
        extracted = [self._extract(section) for section in sections]
        return [
            self._clean(section, blocks)
            for section, blocks in zip(sections, extracted, strict=True)
        ]

    def _extract(self, section: Section) -> list[Element]:
        """Return a copy of the blocks of ``section``, with ids that are unique in the handout, and
        with <h2> as the highest heading. Record the section's page and ids.

        Raises PaperError for a page or an anchor that doesn't exist, and for a figure.
        """
        address = section.address
        if address not in self.pages:
            self.pages[address] = load_page(self.site, address)
        blocks = self.pages[address].section(section.anchor, section.without)
        if section.only:
            blocks = [b for b in blocks if heading_level(b) or b.tag in section.only]
        if any(block.tag == "figure" for block in blocks):
            raise PaperError(
                f"avsnittet {section.section} har en figur, och figurer ritas inte på papper. "
                "Välj texten med only, till exempel [p, ul]"
            )
        elements = [e for block in blocks for e in block.iter() if isinstance(e.tag, str)]
        _shift_headings(elements)
        prefix = address.replace("/", "-") or "start-"  # the start page's address is ""
        for element in elements:
            page_id = element.get("id")
            if page_id:
                element.set("id", prefix + page_id)
                self.ids[(address, page_id)] = prefix + page_id
        return blocks

    def _clean(self, section: Section, blocks: list[Element]) -> list[Element]:
        """Replace everything for the screen in extracted ``blocks``, in place, and cut the steps
        to ``section.sentences``, if that is given. Return the blocks that are left.

        A paragraph before a list or table gets the class ``intro``: handouts.typ keeps the two
        together.
        """
        page = self.pages[section.address]
        for block in blocks:
            for element in list(block.iter("*")):
                if element.tag != "a":
                    _clean_element(element)
                elif not has_class(element.getparent(), "cite"):  # removed whole
                    self._clean_link(page, element)
        if section.sentences:
            blocks = shorten_steps(blocks, section.sentences)
        for block, following in itertools.pairwise(blocks):
            if block.tag == "p" and following.tag in ("ul", "ol", "table"):
                block.set("class", f"{block.get('class') or ''} intro".strip())
        return blocks

    def _clean_link(self, page: SitePage, link: Element) -> None:
        """Replace a link of ``page`` in place.

        Links to telephone numbers, to other hosts and to another section of the handout stay. A
        link to a page outside the handout becomes a link to the published site, or its text alone
        without ``keeps_links``; if it is in a sentence that only says where to read more
        (``read-more``), the sentence is removed. Each link gets a title, its description in PDF.
        """
        href = str(link.get("href", ""))
        text = text_of(link)
        parent = link.getparent()
        link.attrib.clear()
        # a question before the steps, whose answer decides whether the steps apply
        if parent.tag == "li" and has_class(parent.getparent(), "first"):
            link.set("class", "question")
        if href.startswith("tel:"):
            link.attrib.update({"href": href, "title": f"Ring {text}", "class": "tel"})
            return
        if urlsplit(href).scheme:
            link.attrib.update({"href": href, "title": f"{text} ({without_scheme(href)})"})
            return
        target = page.resolve(href)
        address, _, anchor = target.partition("#")
        id_in_handout = self.ids.get((address, anchor))
        if id_in_handout:
            link.attrib.update({"href": f"#{id_in_handout}", "title": text})
        elif has_class(parent, "read-more"):
            # a sentence with two links has been removed with the first
            if parent.getparent() is not None:
                parent.drop_tree()
        elif self.keeps_links:
            url = self.site.url + target
            link.attrib.update({"href": url, "title": f"{text} ({without_scheme(url)})"})
        else:
            link.drop_tag()

    def sender(self) -> str:
        """Return the site's sender as a paragraph of HTML, "" if it has none."""
        sender = self.extra.sender
        return f'<p class="sender">{escape(f"{sender.name}. {sender.text}")}</p>' if sender else ""

    def dates(self) -> ReviewDates:
        """Return the dates of the pages that the sections come from."""
        return review_dates(self.pages.values())


def _shift_headings(elements: Iterable[Element]) -> None:
    """Raise or lower all headings among ``elements`` by the same number of levels, in place, so
    that the highest is <h2>."""
    headings = [element for element in elements if heading_level(element)]
    shift = 2 - min(map(heading_level, headings), default=2)
    for heading in headings:
        heading.tag = f"h{heading_level(heading) + shift}"


def _clean_element(element: Element) -> None:
    """Replace an element for the screen, other than a link, by one for paper, in place.

    An explained word becomes text; a checkbox an empty box, and its label bold; a collapsible text
    an admonition. A citation mark is removed. Elements that paper can have stay as they are.
    """
    if element.tag == "button" and has_class(element, "term"):
        element.drop_tag()
    elif has_class(element, "cite"):
        _drop_citation(element)
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
    elif element.tag == "th" and element.get("scope", "").startswith("row"):
        # PDF readers reject a table with as many header cells as other cells, such as one of two
        # columns with row headers: they become bold cells.
        element.tag = "td"
        element.attrib.clear()
        element.set("class", "row-head")


def shorten_steps(blocks: list[Element], sentences: int) -> list[Element]:
    """Return ``blocks`` with each step cut to its first ``sentences`` (a number); other blocks stay
    whole.

    A step is a heading of the class ``step`` and the blocks until the next heading.
    """
    parts: list[list[Element]] = [[]]  # the first is what comes before any heading
    for block in blocks:
        if heading_level(block):
            parts.append([])
        parts[-1].append(block)
    kept: list[Element] = []
    for part in parts:
        is_step = part and has_class(part[0], "step")
        kept += _shorten_step(part, sentences) if is_step else part
    return kept


def _shorten_step(blocks: list[Element], sentences: int) -> list[Element]:
    """Return a step's heading and its first paragraph, list or table; a paragraph is cut to its
    first ``sentences`` (a number).

    The first list or table after the paragraph is kept, too, if nothing of the paragraph was cut,
    or if the sentences that are left introduce the list with a colon.
    """
    heading, *rest = blocks
    texts = [block for block in rest if block.tag in ("p", "ul", "ol", "table")]
    kept = [heading, *texts[:1]]
    if texts and texts[0].tag == "p":
        is_cut = cut_sentences(texts[0], sentences)
        lists = [block for block in texts if block.tag != "p"]
        if not is_cut or text_of(texts[0]).endswith(":"):
            kept += lists[:1]
    return kept


def cut_sentences(paragraph: Element, count: int) -> bool:
    """Remove the text after the first ``count`` sentences of ``paragraph``; if the last of these
    is inside a quotation, after the sentence that ends it. Return whether text was removed."""
    text = paragraph.text_content()
    ends = [offset + len(sentence) for offset, sentence in split_sentences(text)]
    for end in ends[count - 1 : -1]:  # after the last sentence there is nothing to remove
        is_in_quotation = text.count("”", 0, end) % 2  # Swedish opens and closes with the same sign
        if not is_in_quotation:
            _truncate(paragraph, end)
            return True
    return False


def _truncate(element: Element, length: int) -> int:
    """Keep the first ``length`` characters of an element's text, and remove the rest with its tags.

    Return the rest of ``length``: the number of characters to keep of the text after the element.
    """
    text = element.text or ""
    element.text = text[:length]
    length -= len(element.text)
    for child in list(element):
        if not length:
            element.remove(child)
            continue
        length = _truncate(child, length)
        child.tail = (child.tail or "")[:length]
        length -= len(child.tail)
    return length


def _drop_citation(element: Element) -> None:
    """Remove a citation mark. If it ends a text, remove the space before it, too."""
    before = element.getprevious()
    parent = element.getparent()
    if not (element.tail or "").strip():
        # lxml has the text before an element as the tail of the previous one, or the parent's text
        if before is None:
            parent.text = (parent.text or "").rstrip()
        else:
            before.tail = (before.tail or "").rstrip()
    element.drop_tree()


def without_scheme(url: str) -> str:
    """Return ``url`` without "https://" or "http://", as it is printed."""
    return re.sub(r"^https?://", "", url)


def review_dates(pages: Iterable[SitePage]) -> ReviewDates:
    """Return the dates of a document that is made of ``pages``, which aren't empty."""
    pages = list(pages)
    return ReviewDates(
        reviewed=max(page.reviewed for page in pages),
        review_by=min(page.review_by for page in pages),
        law_read=min((page.law_read for page in pages if page.law_read), default=""),
    )


def freshness_text(dates: ReviewDates) -> str:
    """Return Swedish sentences with the dates: "Version 1 mars 2026. Lagen läst … Granskas …"."""
    law = f" Lagen läst {date_words(dates.law_read)}." if dates.law_read else ""
    return (
        f"Version {date_words(dates.reviewed)}.{law} Granskas senast {date_words(dates.review_by)}."
    )


def as_html(blocks: Iterable[Element]) -> str:
    """Return ``blocks`` as one piece of HTML."""
    return "".join(html.tostring(b, encoding="unicode", with_tail=False) for b in blocks)
