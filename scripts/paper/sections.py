"""Takes sections out of the built site, for everything that is made for paper or a projector.

A section is named as a reader would link to it: ``odla/#vattna`` is that heading and what
stands under it, ``odla/`` what stands before the first heading, ``odla/#*`` the page.
Knows HTML, not MkDocs. What it gives is a copy, free to change.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree, html

from scripts.publish.built import BuiltSite

Element: TypeAlias = Any  # lxml.html.HtmlElement; lxml has no types

# What belongs to the screen, or is gathered elsewhere: sources and words have lists of their own.
# Checklists' links and boxes too: on paper the list itself lies on the table.
SCREEN_ONLY = ["page-foot", "contents", "crumbs", "source-box", "terms", "back"]
SCREEN_ONLY += ["check-tools", "check-more", "check-box", "dates", "moved", "law-notice"]
SCREEN_ONLY += ["process", "process-all", "switch", "on-screen"]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class PaperError(Exception):
    """A section that isn't there, or a handout that can't be made; the text is Swedish."""


def has_class(element: Element, *names: str) -> bool:
    return any(name in (element.get("class") or "").split() for name in names)


def by_class(root: Element, name: str) -> list[Element]:
    """Return the elements under ``root`` with the class ``name``, in document order."""
    found: list[Element] = _of_class(name)(root)
    return found


@functools.cache
def _of_class(*names: str) -> Any:
    """Return a search for elements with any of the classes, compiled: there are many to look at."""
    tests = (f'contains(concat(" ", normalize-space(@class), " "), " {name} ")' for name in names)
    return etree.XPath(f"descendant-or-self::*[{' or '.join(tests)}]")


def level(element: Element) -> int:
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


class SitePage:
    """A page of the built site."""

    def __init__(self, source: bytes, address: str) -> None:
        self.address = address
        # Bytes: lxml reads the charset from the page's own <meta>.
        root = html.fromstring(source)
        for box in root.find_class("table"):  # a screen's (render/structure.py)
            box.drop_tag()
        heading = root.find(".//h1")
        if heading is None or not (
            times := root.xpath('//*[contains(@class,"fresh")]//time[not(@class)]')
        ):
            raise PaperError(f"sidan {address or 'start'} har ingen rubrik eller inga datum")
        self.content: Element = heading.getparent()
        self.title = text_of(heading)
        self.reviewed, self.review_by = (str(time.get("datetime")) for time in times[:2])
        law = root.xpath('//*[contains(@class,"fresh")]//time[@class="law-day"]/@datetime')
        self.law_read = str(law[0]) if law else ""
        self.lang: str = self.content.get("lang") or "sv"

    @cached_property
    def blocks(self) -> list[Element]:
        """The page's content as a flat row of blocks, headings among them, without the h1."""
        row: list[Element] = []
        for child in self.content:
            if not isinstance(child.tag, str) or child.tag in ("h1", "script"):
                continue
            if has_class(child, "checklist", "check-foot"):
                row += [
                    e for e in child if isinstance(e.tag, str) and not has_class(e, *SCREEN_ONLY)
                ]
            elif not has_class(child, *SCREEN_ONLY):
                row.append(child)
        return row

    @cached_property
    def sources(self) -> dict[str, Source]:
        return self._sources("sources")

    @cached_property
    def listed(self) -> dict[str, Source]:
        """The whole site's sources, on the page that has their list; else none."""
        return self._sources("source-list")

    def _sources(self, kind: str) -> dict[str, Source]:
        found = {}
        for item in (item for box in by_class(self.content, kind) for item in box.findall("li")):
            if not item.get("id"):
                continue
            item = copy.deepcopy(item)
            for extra in by_class(item, "paper-address") + by_class(item, "back"):
                extra.drop_tree()
            link = item.find(".//a")
            title, key = text_of(link), str(item.get("id")).removeprefix("kalla-")
            text = text_of(item).removeprefix(title).lstrip(". ").partition(" Används på: ")[0]
            found[key] = Source(key, title, str(link.get("href")), text)
        return found

    @cached_property
    def words(self) -> dict[str, tuple[str, str]]:
        """Explained words: key → (the word, its explanation)."""
        found = {}
        for box in by_class(self.content, "term-text"):
            box = copy.deepcopy(box)
            for link in box.findall(".//a"):
                link.drop_tree()
            word = text_of(box.find(".//strong"))
            text = text_of(box).removeprefix(word).rstrip()
            found[str(box.get("id")).removeprefix("ord-")] = (word, text)
        return found

    def section(self, anchor: str, without: Collection[str] = ()) -> list[Element]:
        """Return copies of the blocks that ``anchor`` names; see the module's text.

        ``without`` are ids of headings whose part is left out. Raises PaperError.
        """
        if anchor == "*":
            chosen = self.blocks
        elif not anchor:
            chosen = list(_until_heading(self.blocks, 6))
        else:
            start = next((i for i, e in enumerate(self.blocks) if e.get("id") == anchor), None)
            if start is not None and self.blocks[start].tag == "figure":
                return [_for_paper(self.blocks[start])]
            if start is None or not level(self.blocks[start]):
                raise PaperError(
                    f"rubriken #{anchor} finns inte på sidan {self.address or 'start'}"
                )
            head = self.blocks[start]
            chosen = [head, *_until_heading(self.blocks[start + 1 :], level(head))]
        unknown = set(without) - {str(e.get("id")) for e in chosen}
        if unknown:
            raise PaperError(f"rubriken #{min(unknown)} finns inte under {self.address}#{anchor}")
        kept: list[Element] = []
        skipping = 0
        for block in chosen:
            if skipping and 0 < level(block) <= skipping:
                skipping = 0
            if level(block) and block.get("id") in without:
                skipping = level(block)
            if not skipping:
                kept.append(_for_paper(block))
        return kept


def _for_paper(block: Element) -> Element:
    block = copy.deepcopy(block)
    for element in _of_class(*SCREEN_ONLY)(block):
        if element is not block and element.getparent() is not None:
            element.drop_tree()
    return block


def _until_heading(blocks: list[Element], deepest: int) -> Iterator[Element]:
    for block in blocks:
        # how sure the page is, at its foot, is no part of its last section
        if 0 < level(block) <= deepest or has_class(block, "certainty"):
            return
        yield block


class Site:
    """The built site in a folder, read a page at a time.

    ``url`` is its address on the net, with a closing slash: what paper must lead back to.
    ``read`` gives a page's bytes by its address, None for one that isn't there; else the folder.
    """

    def __init__(
        self, root: Path, url: str, read: Callable[[str], bytes | None] | None = None
    ) -> None:
        self.root = root
        self.url = url.rstrip("/") + "/"
        self._read = read or self._from_folder
        self._pages: dict[str, SitePage] = {}

    def _from_folder(self, address: str) -> bytes | None:
        file = self.root / address / "index.html"
        return file.read_bytes() if file.is_file() else None

    def page(self, address: str) -> SitePage:
        """Return the page at ``address`` ("odla/", "" for the start). Raises PaperError."""
        if address not in self._pages:
            source = self._read(address)
            if source is None:
                raise PaperError(f'sidan "{address}" finns inte')
            self._pages[address] = SitePage(source, address)
        return self._pages[address]

    @cached_property
    def _start(self) -> Element:
        return html.fromstring(self._read("") or b"<html></html>")

    def icon(self) -> str:
        """Return the address of the site's icon, from its root: the theme names the file."""
        return next(iter(self._start.xpath('//link[@rel="icon"]/@href')), "favicon.ico")

    def sender(self) -> str:
        """Return who stands behind the site, as its footer says, without the way to reach them."""
        footer = self._start.xpath('//footer[contains(@class, "site-footer")]//p')
        return text_of(footer[0]).partition(" Kontakt:")[0] if footer else ""


@functools.lru_cache(maxsize=1)
def site_of(built: BuiltSite) -> Site:
    """Return a built site as paper reads it; each page parsed once, as it was when first asked."""
    return Site(built.root, built.url, built.read)
