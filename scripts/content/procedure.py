"""The steps of a page: headings ``### Imperativ {#id}`` under ``## Gör så här {#gor-sa-har}``.

Steps that come before the page's box of questions are under ``{#gor-forst}``; the numbering
continues in the second section.

Steps have no register: a step is defined by its page. A checklist refers to it by address and
anchor, ``odla/tomat#vattna``, and shows its heading and its first sentence.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.markdown import citations, first_sentence, sections
from scripts.content.page import Page

STEPS = ("gor-forst", "gor-sa-har")  # ids of the sections that contain steps
# A relative link: to a file, or to a heading of the same page.
OWN_LINK = re.compile(r"\]\((?!/|[a-z]+:)([^)#\s]*)")


@dataclass(frozen=True, kw_only=True)
class PageStep:
    """A step of a page, with the data that checklists and other pages show."""

    key: str  # "odla/tomat#vattna"
    number: int  # on its page, from 1
    do: str  # its heading
    how: str  # first sentence of its body; "" if the body begins with a list
    body: str  # Markdown below its heading
    sources: tuple[str, ...]  # keys of the sources it cites, without duplicates
    link: str  # "/odla/tomat.md#vattna"
    page: Page
    line: int  # of the heading, in its page's file


def steps_of(page: Page) -> Iterator[PageStep]:
    """Yield a page's steps, in order."""
    lines = page.text.split("\n")
    parts = sections(lines)
    homes = [parts[heading] for heading in STEPS if heading in parts]
    number = 0
    for anchor, part in parts.items():
        inside = any(home.start < part.start < home.stop for home in homes)
        if not inside or not lines[part.start].startswith("### "):
            continue
        number += 1
        body = "\n".join(lines[part][1:]).strip()
        supplements = [one for one in page.supplements if one.section == anchor]
        cited = [*citations(body), *(key for one in supplements for key in citations(one.text))]
        yield PageStep(
            key=f"{page.address.rstrip('/')}#{anchor}",
            number=number,
            do=page.headings[anchor],
            how=root_links(first_sentence(body.partition("\n\n")[0]), page),
            body=body,
            sources=tuple(dict.fromkeys(cited)),
            link=f"{page.link}#{anchor}",
            page=page,
            line=page.body_line + part.start,
        )


def root_links(text: str, page: Page) -> str:
    """Return Markdown with its links made relative to the root of docs/, for use on other pages."""

    def rooted(match: re.Match[str]) -> str:
        path = posixpath.join("/", page.path.parent.as_posix(), match[1]) if match[1] else page.link
        return f"]({posixpath.normpath(path)}"

    return OWN_LINK.sub(rooted, text)
