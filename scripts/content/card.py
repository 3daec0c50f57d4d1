"""The card to the person: the same numbered rows in each language, and which may be seen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from typing import Annotated

from scripts.content.field_types import Computed, LanguageTag, Spoken
from scripts.content.fields import Field, Record
from scripts.content.yaml_file import ValuePath

SOURCE = "sv"  # the language of the source text


class Language(Record):
    key: Computed = ""  # BCP 47
    name: Annotated[str, "Vad språket heter på språket självt."]
    dir: Annotated[str, Field(choices=("ltr", "rtl")), "rtl: språket skrivs från höger."] = "ltr"
    written_by: Annotated[str, "Den som skrev texten, när den är skriven på språket."] = ""
    translated_by: Annotated[str, "Den som översatte."] = ""
    checked_by: Annotated[str, "Den som granskade översättningen, och är någon annan."] = ""
    checked_on: Annotated[dt.date | None, "Dagen då översättningen granskades."] = None
    checked: Annotated[
        str, Field(phones=False), "Radernas stämplar. Bygget visar dem, och du klistrar in dem."
    ] = ""

    @property
    def independently_reviewed(self) -> bool:
        """Whether somebody else than the translator says that they have read it, and when."""
        names = (self.translated_by, self.checked_by)
        return bool(all(names) and names[0] != names[1] and self.checked_on)

    def review_hash(self, texts: Mapping[str, str]) -> str:
        """Return what a row bears once it has been read against the Swedish: eight digits.

        They are others as soon as the Swedish row, the translation, the reader or the day is, so
        that nobody renews them without saying who has read it, and when.
        """
        said = (texts.get(SOURCE), texts.get(self.key), self.checked_by, self.checked_on)
        words = "\n".join(" ".join(str(text).split()) for text in said)
        return hashlib.sha256(words.encode()).hexdigest()[:8]


class Part(Record):
    title: Annotated[dict[LanguageTag, Spoken], "Delens rubrik på varje språk."]
    lines: Annotated[tuple[dict[LanguageTag, Spoken], ...], "Raderna, var och en på varje språk."]


class Card(Record):
    languages: Annotated[dict[LanguageTag, Language], "Språken: koden först, som uk."]
    parts: Annotated[tuple[Part, ...], "Kortets delar, i ordning."]

    def rows(self) -> Iterator[tuple[ValuePath, int, dict[str, str]]]:
        """Yield the way to each row in the register, its number on the card, its text by language.

        The numbers run through all parts; a part's title has 0.
        """
        number = 0
        for n, part in enumerate(self.parts):
            yield ("parts", n, "title"), 0, part.title
            for m, texts in enumerate(part.lines):
                number += 1
                yield ("parts", n, "lines", m), number, texts

    def unreviewed_rows(self, language: Language) -> list[tuple[ValuePath, int]]:
        """Return the rows (way, number) of a language that nobody else has read as they stand."""
        known = language.checked.split() if language.independently_reviewed else []
        return [(at, n) for at, n, texts in self.rows() if language.review_hash(texts) not in known]

    @property
    def published_languages(self) -> list[Language]:
        """The languages that readers may see: written by the editors, or all of it read."""
        every = self.languages.values()
        return [one for one in every if one.written_by or not self.unreviewed_rows(one)]
