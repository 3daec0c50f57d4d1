"""Schema of docs/_data/situations.yml: questions whose yes leads to another page.

A situation is asked once, at the top of a page or a checklist, and not repeated in the steps. It is
asked where a yes changes which page the reader should use, or what to do before step 1.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, TypeAlias

from scripts.content.field_types import PAGE, Computed, Item, Label, PageLink, SourceKey
from scripts.content.fields import Field, Iso, Record

SituationKey: TypeAlias = Annotated[str, Field(refers_to="situations")]
PageAddress: TypeAlias = Annotated[str, Field(refers_to="addresses")]
PageOrHeading: TypeAlias = Annotated[
    str,
    Field(
        refers_to="pages",
        pattern=rf"{PAGE}|#[\w-]+",
        pattern_help='en sida som "/odla/tomat.md#blankett", eller en rubrik på samma sida: '
        '"#blankett"',
    ),
]

FIRST = "forst"  # the macro that asks, the id of its heading, and of the group in a checklist
HEADING = "Först: gäller något av det här?"


class Situation(Record):
    key: Computed = ""
    question: Annotated[Item, "Hela frågan, med verb. Högst 18 ord."]
    then: Annotated[Item, "Vad ett ja betyder. Högst 18 ord."]
    page: Annotated[PageLink, "Dit läsaren går."]
    page_title: Annotated[Label, "Länkens ord, där rubrikens eller sidans inte passar."] = ""
    # Where it leads on some pages instead, by their addresses without slashes at the ends. "#id"
    # is a heading on the page itself.
    pages: Annotated[
        dict[PageAddress, PageOrHeading],
        "Sidor där frågan leder någon annanstans: sidans adress först.",
    ] = field(default_factory=dict)
    sources: Annotated[
        tuple[SourceKey, ...], "Paragraferna som följden bygger på: nycklar i sources.yml."
    ] = ()
    changed: Annotated[Iso | None, "Dagen då frågan fick en annan mening."] = None

    def link_from(self, page: str) -> str:
        """Return the link target of the question when it is asked on a page.

        Args:
            page: that page as a link target from anywhere: "/odla/tomat.md".

        Returns:
            Another such target, maybe with a heading: "/odla/grav.md#spade".
        """
        own = self.pages.get(page_key(page), self.page)
        return f"{page}{own}" if own.startswith("#") else own

    def link_text_from(self, page: str) -> str:
        """Return the link text; "" to use the title of the target."""
        return "" if page_key(page) in self.pages else self.page_title


def page_key(link: str) -> str:
    """Return a page's key in ``pages``: "odla/tomat" for "/odla/tomat.md"."""
    return link.partition("#")[0].removesuffix(".md").removesuffix("index").strip("/")
