"""The steps of a page: headings ``### Imperativ {#id}`` under ``## Gör så här {#gor-sa-har}``.

Steps before the page's questions are under ``{#gor-forst}``; the numbering continues in the second
section. A checklist refers to a step by its page's address and its heading's id,
``odla/tomat#vattna``, and shows its heading and its first sentence.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.markdown import cited_or_linked_keys, first_sentence, sections
from scripts.content.page import Page

STEPS = ("gor-forst", "gor-sa-har")  # ids of the sections that contain steps
# "](file.md" of a link to another file, "](" of one to "#id"; group 1 is the file. Not "](/…" or
# "](https:…".
RELATIVE_LINK = re.compile(r"\]\((?!/|[a-z]+:)([^)#\s]*)")


@dataclass(frozen=True, kw_only=True)
class PageStep:
    """A step of a page."""

    key: str  # "odla/tomat#vattna"
    number: int  # on its page, from 1
    do: str  # its heading
    how: str  # first sentence of its body, in Markdown; "" if the body begins with a list
    body: str  # Markdown below its heading
    sources: tuple[str, ...]  # keys of the sources that it and its supplements cite
    link: str  # "/odla/tomat.md#vattna"
    page: Page
    line: int  # of the heading, in its page's file


def steps_of(page: Page) -> Iterator[PageStep]:
    """Yield a page's steps, in order: the ``###`` headings in the sections STEPS. Headings further
    in are parts of a step."""
    lines = page.text.split("\n")
    sections_by_id = sections(lines)
    parents = [sections_by_id[anchor] for anchor in STEPS if anchor in sections_by_id]
    number = 0
    for anchor, section in sections_by_id.items():
        is_inside = any(parent.start < section.start < parent.stop for parent in parents)
        if not is_inside or not lines[section.start].startswith("### "):
            continue
        number += 1  # one series for both sections
        body = "\n".join(lines[section][1:]).strip()
        cited = list(cited_or_linked_keys(body))
        for supplement in page.supplements:
            if supplement.section == anchor:
                cited += cited_or_linked_keys(supplement.text)
        yield PageStep(
            key=f"{page.address.rstrip('/')}#{anchor}",
            number=number,
            do=page.headings[anchor],
            how=root_links(first_sentence(body.partition("\n\n")[0]), page),
            body=body,
            sources=tuple(dict.fromkeys(cited)),
            link=f"{page.link}#{anchor}",
            page=page,
            line=page.body_line + section.start,
        )


def root_links(text: str, page: Page) -> str:
    """Return Markdown of a page with each relative link written from the root of docs/, so that the
    text can be shown on other pages:
    ``](spade.md)`` → ``](/odla/spade.md)``, ``](#id)`` → ``](/odla/tomat.md#id)``."""

    def from_root(match: re.Match[str]) -> str:
        """Return the beginning of a link, "](spade.md", with the file's path from the root."""
        file = match[1] or page.path.name
        path = posixpath.join("/", page.path.parent.as_posix(), file)
        return f"]({posixpath.normpath(path)}"

    return RELATIVE_LINK.sub(from_root, text)
