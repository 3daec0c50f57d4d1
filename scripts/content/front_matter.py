"""The front matter of a page: its fields, as types."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Annotated

from scripts.content.field_types import Label, LanguageTag, PageKind, ShortKey, Text
from scripts.content.fields import LABEL, Field, Record

TOP = "topp"  # the page itself, among the ids of its sections


class Frame(Record):
    """A page that other sites embed in an iframe: its row in the list of embeds."""

    purpose: Annotated[Text, "Vad ramen är bra för, i en mening."]
    height: Annotated[int, "Ramens höjd i bildpunkter."]
    below: Annotated[bool, "true: läsaren får gå vidare till sidorna under den."] = False


class Stage(Record, order=True):
    """A page that is a step of the work: its place among them, and its name there."""

    place: Annotated[int, "Stegets nummer i ordningen."]
    title: Annotated[Label, "Stegets namn."]


class Front(Record):
    """The front matter of a page. What follows from all pages' front matter is in ``Content``."""

    title: Annotated[str, Field(LABEL, max_length=60), "Sidans rubrik, samma ord som i #-rubriken."]
    description: Annotated[
        Label, "En mening på 90–160 tecken om vad läsaren får. Den visas i listor och sökmotorer."
    ]
    owner: Annotated[str, "Den som svarar för sidan."]
    last_reviewed_on: Annotated[dt.date, "Dagen då någon senast läste hela sidan mot källorna."]
    review_by: Annotated[dt.date, "Dagen då sidan senast ska läsas igen."]
    keywords: Annotated[
        tuple[str, ...],
        Field(empty_ok=True),
        "Ord som läsare söker på, men som inte står i texten. Inga: [].",
    ]
    lang: Annotated[LanguageTag, "Språket som sidan är skriven på."] = "sv"
    easy: Annotated[bool, "true: sidan är på lätt svenska, utan noter i texten."] = False
    kind: Annotated[PageKind, "Vad sidan är till för. I index.md gäller det hela mappen."] = ""
    section_kinds: Annotated[
        dict[str, PageKind], "Detsamma för ett avsnitt: rubrikens id, och slaget."
    ] = field(default_factory=dict)
    short: Annotated[
        ShortKey, "Kortadressen: akut ger /p/akut/, och akut#fara en rubrik. Ändra den aldrig."
    ] = ""
    step: Annotated[Stage | None, "Sidans plats bland stegen i arbetet."] = None
    questions: Annotated[int, "Så många frågor får rutan högst ha. Utan raden åtta."] = 0
    embed: Annotated[Frame | None, "Sidan får visas i en ram på andras webbplatser."] = None
    anchors: Annotated[
        dict[str, Label], "Rubriker som andra ofta länkar till: id, och länkens ord."
    ] = field(default_factory=dict)
    searches: Annotated[
        dict[str, str],
        "Vad läsare skriver när avsnittet är svaret: id eller topp, och högst tolv fraser.",
    ] = field(default_factory=dict)
