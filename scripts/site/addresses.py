"""The addresses that others link to, as docs/ makes them.

An address stands from the site's root: ``/a/``, ``/a/#b``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from scripts.content.content import Content
from scripts.content.markdown import plain


def split(address: str) -> tuple[str, str]:
    """Return (page, id) of an address; the id may be empty."""
    page, _, place = address.partition("#")
    return page, place


def above(page: str, there: Container[str]) -> str:
    """Return the nearest page that is ``there``: itself, a folder above it, the start page."""
    while page.strip("/") and page not in there:
        page = re.sub(r"[^/]+/$", "", page)
    return page


class Short(NamedTuple):
    """A short address and what it opens."""

    key: str
    to: str
    title: str  # of the handout; "" when it is the page's own

    @property
    def address(self) -> str:
        return f"/p/{self.key}/"


def short_addresses(content: Content) -> list[Short]:
    """Return every short address, by key: the handouts' and those of pages."""
    handouts, others = content.registers.handouts, content.shortcuts
    found = [Short(key, f"/{row.page}", row.title) for key, row in handouts.items()]
    found += [Short(key, to, "") for key, to in others.items() if key not in handouts]
    return sorted(found)


def published(content: Content) -> dict[str, str]:
    """Return what others may link to → its words, "" where a person sees none: pages, headings
    with an id that a person wrote, checklists' groups and rows, short addresses.

    What the build names by itself (source lists, doubts, numbered notes) is made of the text and
    changes with it: nobody is promised that.
    """
    found = dict[str, str]()
    for page in content.pages.values():
        here = f"/{page.address}"
        found[here] = page.title
        for place, words in (*page.headings.items(), *_listed(content, page.macros())):
            found[f"{here}#{place}"] = plain(words)
    return found | {short.address: "" for short in short_addresses(content)}


def _listed(content: Content, macros: Iterator[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (id, words) of each group and row of the checklists that a page shows."""
    for _, name, argument in macros:
        if name == "checklista" and (found := content.registers.checklists.get(argument)):
            for group in found.groups:
                yield group.id, group.title
                yield from ((row.id, row.text) for row in group.rows)
