"""The addresses of docs/ that others may link to, from the site's root: ``/a/``, ``/a/#b``."""

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


def nearest_existing_parent(page: str, there: Container[str]) -> str:
    """Return the nearest address in ``there``: the page, a folder above it, or the start page."""
    while page.strip("/") and page not in there:
        page = re.sub(r"[^/]+/$", "", page)
    return page


class Short(NamedTuple):
    """A short address and its target."""

    key: str
    to: str
    title: str  # of the handout; "" when it is the page's own

    @property
    def address(self) -> str:
        return f"/p/{self.key}/"


def short_addresses(content: Content) -> list[Short]:
    """Return every short address, of handouts and of pages, by key."""
    handouts, others = content.registers.handouts, content.shortcuts
    found = [Short(key, f"/{row.page}", row.title) for key, row in handouts.items()]
    found += [Short(key, to, "") for key, to in others.items() if key not in handouts]
    return sorted(found)


def published(content: Content) -> dict[str, str]:
    """Return address → title, heading or row, of all that becomes a permalink: pages, headings with
    an id that an editor wrote, groups and rows of checklists, short addresses ("").

    The ids that the build makes (source lists, doubts, numbered notes) change with the text, and
    are no permalinks.
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
        checklist = content.registers.checklists.get(argument)
        if name == "checklista" and checklist:
            for group in checklist.groups:
                yield group.id, group.title
                yield from ((row.id, row.text) for row in group.rows)
