"""Schema of docs/_data/situations.yml: questions whose yes leads to another page.

A page or a checklist asks the questions of its situations once, before its steps.
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

QUESTIONS_MACRO = "forst"  # name of the macro that asks the questions
QUESTIONS_ID = "forst"  # id of the heading above the macro, and of the group in a checklist
HEADING = "Först: gäller något av det här?"  # of the group in a checklist


class Situation(Record):
    key: Computed = ""
    question: Annotated[Item, "Hela frågan, med verb. Högst 18 ord."]
    then: Annotated[Item, "Vad ett ja betyder. Högst 18 ord."]
    page: Annotated[PageLink, "Dit läsaren går."]
    page_title: Annotated[Label, "Länkens ord, där rubrikens eller sidans inte passar."] = ""
    # Address of a page that asks ("odla/tomat") → where the question leads there, instead of to
    # ``page``; "#id" is a heading on the page that asks.
    pages: Annotated[
        dict[PageAddress, PageOrHeading],
        "Sidor där frågan leder någon annanstans: sidans adress först.",
    ] = field(default_factory=dict)
    sources: Annotated[
        tuple[SourceKey, ...], "Paragraferna som följden bygger på: nycklar i sources.yml."
    ] = ()
    changed: Annotated[Iso | None, "Dagen då frågan fick en annan mening."] = None

    def link_asked_on(self, asking_page: str) -> str:
        """Return the link to which the question leads, "/odla/grav.md#spade", when it is asked on
        the page with the link ``asking_page``."""
        target = self.pages.get(page_key(asking_page), self.page)
        is_on_asking_page = target.startswith("#")
        return f"{asking_page}{target}" if is_on_asking_page else target

    def link_text_asked_on(self, asking_page: str) -> str:
        """Return the text of the link that ``link_asked_on`` returns; "" if the text is the
        target's title."""
        # ``page_title`` is about ``page``, not about the targets in ``pages``
        return "" if page_key(asking_page) in self.pages else self.page_title


def page_key(link: str) -> str:
    """Return the key in ``Situation.pages`` of the page with a link: "odla/tomat" for
    "/odla/tomat.md"."""
    return link.partition("#")[0].removesuffix(".md").removesuffix("index").strip("/")
