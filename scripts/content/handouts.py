"""Schemas of handouts.yml and slides.yml: the sections of pages that each is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, TypeAlias

from scripts.content.field_types import HANDOUT_FORMATS, Computed, Label, Slug, Text
from scripts.content.fields import Field, Record


class Section(Record):
    """A section of a page that a handout or slide shows, and how it is shown."""

    section: Annotated[
        str, "Avsnittet: sida/#rubrik. Sida/ är det före första rubriken, sida/#* hela sidan."
    ]
    without: Annotated[tuple[str, ...], "Id för rubriker i avsnittet som inte ska med."] = ()
    only: Annotated[
        tuple[str, ...], "De slag av stycken som ska med under rubrikerna: p, ul, ol, table."
    ] = ()
    sentences: Annotated[
        int, "Så många meningar visas ur varje steg. Resten läser man på sidan. 0: hela steget."
    ] = 0
    lines: Annotated[int, "Så många rader att skriva på."] = 0
    ticks: Annotated[bool, "true: varje punkt har en ruta att kryssa i."] = False
    column: Annotated[
        str,
        Field(choices=("narrow", "beside")),
        "Hur avsnittet står: smalt, eller bredvid det före.",
    ] = ""

    @property
    def address(self) -> str:
        """The address of the section's page: "odla/tomat/"."""
        return self.section.partition("#")[0]

    @property
    def anchor(self) -> str:
        """The id of the section's heading; "" for the text before the page's first heading, "*" for
        the whole page."""
        return self.section.partition("#")[2]


# A section's address alone, a section with options, or several beside each other.
Sections: TypeAlias = str | Section | tuple[str | Section, ...]


def flat_sections(sections: Iterable[Sections]) -> Iterator[Section]:
    """Yield the sections of a handout or slide one by one, also those beside each other. An address
    alone becomes a ``Section`` without options."""
    for entry in sections:
        if isinstance(entry, tuple):
            yield from flat_sections(entry)
        elif isinstance(entry, Section):
            yield entry
        else:
            yield Section(section=entry)


class Handout(Record):
    """A row of handouts.yml: a PDF, and the page that it belongs to."""

    key: Computed = ""
    title: Annotated[Label, "Utskriftens rubrik."]
    purpose: Annotated[Text, "Vad den är bra för, i en eller två meningar."]
    file: Annotated[Slug, "Filens namn, utan .pdf."]
    page: Annotated[
        str, Field(empty_ok=True), 'Adressen till sidan som den hör till. Startsidan: "".'
    ]
    form: Annotated[str, Field(choices=HANDOUT_FORMATS), "Hur den ser ut på papper."]
    size: Annotated[float, "Textens storlek i punkter: minst 10, i en checklista 11, på kortet 12."]
    pages: Annotated[int, "Så många sidor den högst får ta."]
    columns: Annotated[int, Field(choices=(1, 2)), "Antal spalter. Två bara på en enda sida."] = 1
    sections: Annotated[
        tuple[Sections, ...], "Avsnitten, i ordning: sidans adress och rubrikens id."
    ] = ()


class SlideRow(Record):
    """A slide: what it shows, and the speaker's notes."""

    notes: Annotated[str, "Id för rubriken i mötesplanen som blir talarens anteckningar."] = ""
    show: Annotated[
        str | Section, "Det bilden visar: ett avsnitt som i handouts.yml, eller en figur."
    ] = ""
    only: Annotated[tuple[str, ...], "Bara det av slaget p, ul, ol eller table."] = ()
    brief: Annotated[bool, "true: bara det feta i varje steg, och figuren utan förklaring."] = False
    short: Annotated[bool, "true: bilden är också med bland de korta."] = False


class Slides(Record):
    """slides.yml: the slides, and the plan of the meeting that they follow."""

    title: Annotated[Label, "Bildernas namn."]
    purpose: Annotated[Text, "Vad de är bra för."]
    plan: Annotated[
        str, Field(empty_ok=True), 'Adressen till sidan med mötesplanen. Startsidan: "".'
    ]
    overview: Annotated[str, "Id för rubriken med planens översikt."]
    short_title: Annotated[Label, "De korta bildernas namn."]
    short_overview: Annotated[str, "Id för rubriken med den korta planens översikt."]
    slides: Annotated[tuple[SlideRow, ...], "Bilderna, i ordning."]
