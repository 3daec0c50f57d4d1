"""The steps of a page: each a heading ``### Imperativ {#id}`` under ``## Gör så här {#gor-sa-har}``.

A step has no register: its page's source is its home. A checklist names it as a reader links to
it, ``odla/tomat#vattna``, and says its heading and its first sentence.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.markdown import first_sentence, sections
from scripts.content.page import Page

STEPS = "gor-sa-har"  # the heading's id
OLD = "[[handlingar:"  # until no page has it: its headings under the acts are no steps
# A link from the page it stands on: to a file beside it, or a heading of its own.
OWN_LINK = re.compile(r"\]\((?!/|[a-z]+:)([^)#\s]*)")


@dataclass(frozen=True, kw_only=True)
class PageStep:
    key: str  # "odla/tomat#vattna"
    do: str  # its heading
    how: str  # Markdown: its first sentence; "" where it begins with a list
    link: str  # "/odla/tomat.md#vattna"
    page: Page
    line: int  # of the heading, in its page's file


def steps_of(page: Page) -> Iterator[PageStep]:
    """Yield a page's steps, in order."""
    lines = page.text.split("\n")
    parts = sections(lines)
    all_of_it = parts.get(STEPS)
    for anchor, part in parts.items() if all_of_it and OLD not in page.text else ():
        inside = all_of_it and all_of_it.start < part.start < all_of_it.stop
        if inside and lines[part.start].startswith("### "):
            first = "\n".join(lines[part][1:]).strip().partition("\n\n")[0]
            yield PageStep(
                key=f"{page.address.rstrip('/')}#{anchor}",
                do=page.headings[anchor],
                how=_rooted(first_sentence(first), page),
                link=f"{page.link}#{anchor}",
                page=page,
                line=page.body_line + part.start,
            )


def _rooted(text: str, page: Page) -> str:
    """Return Markdown whose links lead from the root of docs/: it is said on other pages, too."""

    def rooted(match: re.Match[str]) -> str:
        path = posixpath.join("/", page.path.parent.as_posix(), match[1]) if match[1] else page.link
        return f"]({posixpath.normpath(path)}"

    return OWN_LINK.sub(rooted, text)
