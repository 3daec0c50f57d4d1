"""Extract the sections of one handout from the built site, and prepare their HTML for paper.

Citation marks and explanations of words are removed: the handout's QR code leads to the page, which
has them. Links keep their address for readers of the PDF on a screen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html import escape
from itertools import zip_longest
from urllib.parse import urlsplit

from lxml import html

from scripts.content.handouts import Section
from scripts.content.markdown import split_sentences
from scripts.content.settings import Extra
from scripts.core.swedish import date_words
from scripts.paper.sections import (
    Element,
    SitePage,
    has_class,
    heading_level,
    load_page,
    text_of,
)
from scripts.site.html_site import HtmlSite


class Composer:
    """Prepares the sections of one handout, and records the pages they come from.

    Attributes:
        extra: settings: the site's sender, and the municipality's own numbers.
        links: whether links to pages outside the handout stay; else only their text does.
        pages: address → page that the sections come from.
        ids: (page's address, anchor) → id in the handout.
    """

    def __init__(self, site: HtmlSite, extra: Extra, links: bool = True) -> None:
        self.site = site
        self.extra = extra
        self.links = links
        self.pages: dict[str, SitePage] = {}
        self.ids: dict[tuple[str, str], str] = {}

    def take(self, section: Section, top: int) -> list[Element]:
        """Return the blocks of ``section`` with unique ids and ``top`` (1–6) as highest heading.

        Raises PaperError for a page or an anchor that doesn't exist.
        """
        address, _, anchor = section.section.partition("#")
        if address not in self.pages:
            self.pages[address] = load_page(self.site, address)
        blocks = self.pages[address].section(anchor, section.without)
        if section.only:
            blocks = [b for b in blocks if heading_level(b) or b.tag in section.only]
        headings = [e for block in blocks for e in block.iter() if heading_level(e)]
        shift = top - min(map(heading_level, headings), default=top)
        for heading in headings:
            heading.tag = f"h{heading_level(heading) + shift}"
        prefix = address.replace("/", "-") or "start-"
        for block in blocks:
            for element in block.iter():
                own_id = element.get("id") if isinstance(element.tag, str) else None
                if own_id:
                    element.set("id", prefix + own_id)
                    self.ids[(address, own_id)] = prefix + own_id
        return blocks

    def section(self, section: Section) -> list[Element]:
        """Return a section ready for paper. Its links lead to earlier sections or out."""
        return self.clean(section, self.take(section, 2))

    def clean(self, section: Section, blocks: list[Element]) -> list[Element]:
        """Prepare the ``blocks`` that ``take`` returned for ``section``; return them.

        A link to another section of the handout leads there if that section has been taken: take
        every section first.
        """
        page = self.pages[section.section.partition("#")[0]]
        for block in blocks:
            for element in list(block.iter()):
                if isinstance(element.tag, str):
                    self._clean_element(page, element)
        if section.sentences:
            whole = {self.ids[(page.address, anchor)] for anchor in section.whole}
            blocks = shorten_steps(blocks, section.sentences, whole)
        for block, following in zip_longest(blocks, blocks[1:]):
            introduces = following is not None and following.tag in ("ul", "ol", "table")
            if block.tag == "p" and introduces:
                block.set("class", f"{block.get('class') or ''} intro".strip())
        return blocks

    def _clean_element(self, page: SitePage, element: Element) -> None:
        """Replace an element for the screen by one for paper, in place."""
        if element.tag == "button" and has_class(element, "term"):
            element.drop_tag()
        elif has_class(element, "cite"):
            _drop_citation(element)
        elif element.tag == "a" and not has_class(element.getparent(), "cite"):
            self._clean_link(page, element)
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
            # The checker outloud rejects a table with as many header cells as other cells, such as
            # one of two columns with row headers: they become bold cells.
            element.tag = "td"
            element.set("class", "row-head")
            element.attrib.pop("scope")
        elif element.tag == "svg" and element.get("aria-hidden"):
            _replace_shape(element)
            return
        elif has_class(element, "figure-sign"):  # the word beside it says the same
            kind = element.getparent()
            element.drop_tree()
            if has_class(kind.getparent(), "figure-when"):  # else "Genast Frist" is one
                kind.text = "· "
            return
        element.attrib.pop("hidden", None)

    def _clean_link(self, page: SitePage, element: Element) -> None:
        """Resolve a link of ``page``, in place: to the handout, the site or another host; describe
        its target; or remove it where the handout has no such links."""
        href = str(element.get("href", ""))
        text = text_of(element)
        element.attrib.clear()
        if urlsplit(href).scheme:  # tel:, or an address outside the site
            element.set("href", href)
            is_phone = href.startswith("tel:")
            element.set("title", f"Ring {text}" if is_phone else f"{text} ({without_scheme(href)})")
            if is_phone:
                element.set("class", "tel")
            return
        target = page.resolve(href)
        address, _, anchor = target.partition("#")
        inside = self.ids.get((address, anchor))
        sentence = element.getparent()
        if not inside and has_class(sentence, "read-more"):  # on paper it leads nowhere
            if sentence.getparent() is not None:  # else its first link has taken it away
                sentence.drop_tree()
            return
        if inside:
            element.set("href", f"#{inside}")
            element.set("title", text)
        elif self.links:
            element.set("href", self.site.url + target)
            element.set("title", f"{text} ({without_scheme(self.site.url + target)})")
        else:
            element.drop_tag()
            return
        if has_class(sentence.getparent(), "first"):  # a question that is asked before the steps
            element.set("class", "question")

    def sender(self) -> str:
        """Return the site's sender as a paragraph of HTML, "" where it has none."""
        sender = self.extra.sender
        return f'<p class="sender">{escape(f"{sender.name}. {sender.text}")}</p>' if sender else ""

    def dates(self) -> tuple[str, str, str]:
        """Return ``review_dates`` the pages that the sections come from."""
        return review_dates(self.pages.values())


def shorten_steps(
    blocks: list[Element], sentences: int, whole: Collection[str] = ()
) -> list[Element]:
    """Return ``blocks`` with each step cut to its first ``sentences``; other blocks stay whole.

    A step is a heading of the class ``step`` and what follows until the next heading. It keeps its
    first paragraph, list or table: of a paragraph the first sentences, of a list or table all. It
    keeps the list or table after that paragraph, too, if nothing was cut, or if the sentences
    introduce it. Every other block of the step is left out.
    ``whole``: the ids, in the handout, of steps that aren't cut.
    """
    kept: list[Element] = []
    in_step = False
    first = False  # whether the next block is the step's first
    introduces = False  # whether a list or table after the paragraph is kept
    for block in blocks:
        if heading_level(block):
            in_step = has_class(block, "step") and block.get("id") not in whole
            first = True
            introduces = False
            kept.append(block)
        elif not in_step:
            kept.append(block)
        elif block.tag == "p" and first:
            is_cut = cut_sentences(block, sentences)
            first = False
            introduces = not is_cut or text_of(block).endswith(":")
            kept.append(block)
        elif block.tag in ("ul", "ol", "table") and (first or introduces):
            first = False
            introduces = False
            kept.append(block)
    return kept


def cut_sentences(paragraph: Element, most: int) -> bool:
    """Remove the text after the first ``most`` sentences of ``paragraph``, or after the quotation
    that the last of them is in. Return whether any text was removed."""
    text = paragraph.text_content()
    ends = [offset + len(sentence) for offset, sentence in split_sentences(text)]
    for end in ends[most - 1 : -1]:
        if text.count("”", 0, end) % 2 == 0:  # Swedish opens and closes with the same sign
            _truncate(paragraph, end)
            return True
    return False


def _truncate(element: Element, length: int) -> int:
    """Remove the text of ``element`` after ``length`` characters; return how many characters of
    ``length`` its text didn't use."""
    text = element.text or ""
    element.text = text[:length]
    length -= min(len(text), length)
    for child in list(element):
        if not length:
            element.remove(child)
            continue
        length = _truncate(child, length)
        tail = child.tail or ""
        child.tail = tail[:length]
        length -= min(len(tail), length)
    return length


def _drop_citation(element: Element) -> None:
    """Remove a citation mark, and the space before it at the end of a text."""
    before = element.getprevious()
    parent = element.getparent()
    if not (element.tail or "").strip():
        if before is None:
            parent.text = (parent.text or "").rstrip()
        else:
            before.tail = (before.tail or "").rstrip()
    element.drop_tree()


def _replace_shape(element: Element) -> None:
    """Replace the SVG of a figure's bar by a box of the same width, and remove decorative SVG: in a
    PDF each would be a picture without alternative text."""
    bar = element.find("rect") if has_class(element, "figure-bar") else None
    if bar is None:
        element.drop_tree()
        return
    share = float(bar.get("width")) / float(element.get("width"))
    element.tag = "span"
    element.clear(keep_tail=True)
    element.set("class", "figure-bar")
    element.set("share", f"{share:.3f}")


def without_scheme(url: str) -> str:
    """Return ``url`` without "https://", as it is printed."""
    return re.sub(r"^https?://", "", url)


def review_dates(pages: Iterable[SitePage]) -> tuple[str, str, str]:
    """Return (latest review, first next review, oldest reading of the law, or "") as ISO 8601."""
    pages = list(pages)
    law = min((page.law_read for page in pages if page.law_read), default="")
    return max(page.reviewed for page in pages), min(page.review_by for page in pages), law


def freshness_text(reviewed: str, review_by: str, law: str) -> str:
    """Return Swedish sentences with the dates of ``review_dates``."""
    read = f" Lagen läst {date_words(law)}." if law else ""
    return f"Version {date_words(reviewed)}.{read} Granskas senast {date_words(review_by)}."


def as_html(blocks: Iterable[Element]) -> str:
    """Return ``blocks`` as one piece of HTML."""
    return "".join(html.tostring(b, encoding="unicode", with_tail=False) for b in blocks)
