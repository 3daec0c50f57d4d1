"""The addresses that other sites may link to, from the site's root: "/a/", "/a/#b"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from scripts.content.content import Content
from scripts.content.markdown import plain
from scripts.content.page import Page


def split_address(address: str) -> tuple[str, str]:
    """Return (page, id) of an address: ("/a/", "id") of "/a/#id", ("/a/", "") of "/a/"."""
    page, _, anchor = address.partition("#")
    return page, anchor


def page_of(address: str) -> str:
    """Return the page of an address: "/a/" of "/a/#id"."""
    return address.partition("#")[0]


def anchor_of(address: str) -> str:
    """Return the id in an address: "id" of "/a/#id", "" of "/a/"."""
    return address.partition("#")[2]


def nearest_existing_page(page: str, existing: Container[str]) -> str:
    """Return ``page`` itself if it is among ``existing``, else the nearest page above it that is:
    for "/a/b/" that is "/a/" or at last the start page, "/". An address without the first slash
    will do, too; the start page is then ""."""
    while page.strip("/") and page not in existing:
        page = re.sub(r"[^/]+/$", "", page)  # "/a/b/" → "/a/"
    return page


class ShortAddress(NamedTuple):
    """A short address and its target."""

    key: str
    target: str  # address from the root: "/a/#b"
    title: str  # of the handout; "" if the short address is a page's

    @property
    def address(self) -> str:
        """The short address from the site's root: "/p/key/"."""
        return f"/p/{self.key}/"


def short_addresses(content: Content) -> list[ShortAddress]:
    """Return the short addresses of handouts and pages, by key."""
    handouts = content.registers.handouts
    of_handouts = [ShortAddress(key, f"/{row.page}", row.title) for key, row in handouts.items()]
    of_pages = [ShortAddress(key, target, "") for key, target in content.shortcuts.items()]
    return sorted(of_handouts + of_pages)


def linkable_addresses(content: Content) -> dict[str, str]:
    """Return the addresses that become permalinks, each with its title or text.

    They are pages, headings with an id of their own, groups and rows of checklists, and short
    addresses, whose text is "". The ids that the build generates (source lists, open questions,
    footnotes) aren't permalinks: they change with the text.
    """
    texts: dict[str, str] = {}
    for page in content.pages.values():
        address = f"/{page.address}"
        texts[address] = page.title
        for anchor, text in page.headings.items():
            texts[f"{address}#{anchor}"] = plain(text)
        for anchor, text in _checklist_anchors(content, page):
            texts[f"{address}#{anchor}"] = plain(text)
    for short in short_addresses(content):
        texts[short.address] = ""
    return texts


def _checklist_anchors(content: Content, page: Page) -> Iterator[tuple[str, str]]:
    """Yield (id, text) of each group and row of the checklists that a page shows."""
    for _, macro, argument in page.macros():
        checklist = content.registers.checklists.get(argument)
        if macro != "checklista" or checklist is None:
            continue
        for group in checklist.groups:
            yield group.id, group.title
            for row in group.rows:
                yield row.id, row.text
