"""The steps of a page: headings ``### Imperativ {#id}`` under ``## Gör så här {#gor-sa-har}``.

What must be done before the questions of the page are asked stands under ``{#gor-forst}``, before
the box of questions; its steps are the first of the same row of numbers.

A step has no register: its page's source is its home. A checklist names it as a reader links to
it, ``odla/tomat#vattna``, and says its heading and its first sentence.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.markdown import citations, first_sentence, sections
from scripts.content.page import Page

STEPS = ("gor-forst", "gor-sa-har")  # the ids of the headings that steps stand under
# A link from the page it stands on: to a file beside it, or a heading of its own.
OWN_LINK = re.compile(r"\]\((?!/|[a-z]+:)([^)#\s]*)")


@dataclass(frozen=True, kw_only=True)
class PageStep:
    """A step of a page, as other pages show it and link to it."""

    key: str  # "odla/tomat#vattna"
    number: int  # on its page, from 1
    do: str  # its heading
    how: str  # of its body: the first sentence; "" where it begins with a list
    body: str  # Markdown: all that stands below its heading
    boxes: tuple[str, ...]  # Markdown: the municipality's supplements to it
    sources: tuple[str, ...]  # the keys that it cites, each once
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
            how=_rooted(first_sentence(body.partition("\n\n")[0]), page),
            body=_rooted(body, page),
            boxes=tuple(_rooted(one.box, page) for one in supplements),
            sources=tuple(dict.fromkeys(cited)),
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
