"""The rules of law: each is a section of a page of the kind ``regel``.

The section's first paragraph is a summary; the rest is the rule in full, with every exception.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.content.markdown import cited_or_linked_keys, sections
from scripts.content.page import Page
from scripts.content.procedure import root_links

RULE_KIND = "regel"
SUMMARY = "i-korthet"  # id of the section with the page's summary, which is no rule


@dataclass(frozen=True, kw_only=True)
class Rule:
    key: str  # the heading's id
    title: str
    summary: str  # its first paragraph: Markdown on one line, with links from the root of docs/
    link: str  # "/regler/barn.md#utreseforbud"
    line: int  # of the heading, in its page's file
    sources: tuple[str, ...]  # keys of the sources it cites


def rules_of(page: Page) -> Iterator[Rule]:
    """Yield the rules of a page, its ``##`` sections but for SUMMARY; none if the page isn't of the
    kind ``regel``."""
    if page.meta.kind != RULE_KIND:
        return
    lines = page.text.split("\n")
    for key, section in sections(lines).items():
        if lines[section.start].startswith("## ") and key != SUMMARY:
            body = "\n".join(lines[section][1:]).strip()
            yield Rule(
                key=key,
                title=page.headings[key],
                summary=root_links(" ".join(body.partition("\n\n")[0].split()), page),
                link=f"{page.link}#{key}",
                line=page.body_line + section.start,
                sources=tuple(dict.fromkeys(cited_or_linked_keys(body))),
            )
