"""The rules: each stands once, as a section of a page of the kind ``regel``.

The section's first paragraph is the short sentence, which act pages draw. The rest is the rule in
full, with every exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scripts.content.markdown import HEADING, citations
from scripts.content.page import Page

KIND = "regel"


@dataclass(frozen=True, kw_only=True)
class Rule:
    key: str  # the heading's id
    title: str
    short: str  # Markdown: what other pages say of it
    link: str  # "/regler/barn.md#utreseforbud"
    line: int  # of the heading, in its page's file
    sources: tuple[str, ...]  # what it cites


def rules_of(page: Page) -> Iterator[Rule]:
    """Yield the rules of a page; none if it is of another kind."""
    if page.meta.kind != KIND:
        return
    lines = list(page.lines())
    starts = [at for at, (_, text) in enumerate(lines) if re.match(r"## .*\{", text)]
    for at, end in pairwise([*starts, len(lines)]):
        number, heading = lines[at]
        body = "\n".join(text for _, text in lines[at + 1 : end]).strip()
        if found := HEADING.match(heading):
            yield Rule(
                key=found[3],
                title=found[2],
                short=" ".join(body.partition("\n\n")[0].split()),
                link=f"{page.link}#{found[3]}",
                line=number,
                sources=tuple(dict.fromkeys(citations(body))),
            )
