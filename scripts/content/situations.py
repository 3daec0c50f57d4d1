"""The situations in docs/_data/situations.yml: each a question that leads another way.

A situation is asked once, at the top of a page or a checklist, and nowhere below. It is there
where a yes changes which page the reader should be on, or what must be done before step 1.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, TypeAlias

from scripts.content.fields import Field, Iso, Record
from scripts.content.kinds import Item, Label, Made, PageLink, SourceKey

SituationKey: TypeAlias = Annotated[str, Field(refers="situations")]

FIRST = "forst"  # the macro that asks, and the id of the group at a checklist's top
HEADING = "Först: gäller något av det här?"


class Situation(Record):
    key: Made = ""
    question: Item
    then: Item  # what happens if the answer is yes, in one or two sentences
    page: PageLink  # where to go
    page_title: Label = ""  # where the page's or the heading's own words won't do
    pages: dict[str, PageLink] = field(default_factory=dict)  # page address → where it leads there
    sources: tuple[SourceKey, ...] = ()
    changed: Iso | None = None  # the day its row on checklists got another meaning

    def page_from(self, address: str) -> str:
        """Return the link that the question has on the page or checklist at ``address``."""
        return self.pages.get(address.strip("/"), self.page)

    def words_from(self, address: str) -> str:
        """Return the words of that link; "" where the page's own title will do."""
        return "" if address.strip("/") in self.pages else self.page_title
