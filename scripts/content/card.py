"""Schema of card.yml, the card to the person: rows in several languages, and who reviewed them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from typing import Annotated

from scripts.content.field_types import Computed, LanguageTag, Spoken
from scripts.content.fields import Field, Record
from scripts.content.yaml_file import ValuePath

SOURCE_LANGUAGE = "sv"  # the editors write each row in it first; the others are translations


class Language(Record):
    """A language of the card: who wrote or translated its texts, and who reviewed them."""

    key: Computed = ""  # BCP 47
    name: Annotated[str, "Vad språket heter på språket självt."]
    dir: Annotated[str, Field(choices=("ltr", "rtl")), "rtl: språket skrivs från höger."] = "ltr"
    written_by: Annotated[str, "Den som skrev texten, när den är skriven på språket."] = ""
    translated_by: Annotated[str, "Den som översatte."] = ""
    checked_by: Annotated[str, "Den som granskade översättningen, och är någon annan."] = ""
    checked_on: Annotated[dt.date | None, "Dagen då översättningen granskades."] = None
    checked: Annotated[
        str,
        Field(known_phones_only=False),
        "Radernas stämplar. Bygget visar dem, och du klistrar in dem.",
    ] = ""

    @property
    def independently_reviewed(self) -> bool:
        """Whether the translation has a reviewer who isn't its translator, and a day of review."""
        has_both = bool(self.translated_by and self.checked_by)
        return has_both and self.translated_by != self.checked_by and bool(self.checked_on)

    def review_hash(self, texts: Mapping[str, str]) -> str:
        """Return the hash that stands for the review of a row in this language: eight hexadecimal
        digits, which the editor adds to ``checked``.

        The hash changes with the Swedish text, the translation, the reviewer and the day of review:
        a changed row needs a new review, with a name and a day. ``texts``: the row's, by language.
        """
        hashed = (texts.get(SOURCE_LANGUAGE), texts.get(self.key), self.checked_by, self.checked_on)
        # line breaks and the number of spaces don't change the hash
        lines = [" ".join(str(value).split()) for value in hashed]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


class Part(Record):
    """Rows of the card under a title."""

    title: Annotated[dict[LanguageTag, Spoken], "Delens rubrik på varje språk."]
    lines: Annotated[tuple[dict[LanguageTag, Spoken], ...], "Raderna, var och en på varje språk."]


class Card(Record):
    """card.yml: the languages, and the rows in all of them."""

    languages: Annotated[dict[LanguageTag, Language], "Språken: koden först, som uk."]
    parts: Annotated[tuple[Part, ...], "Kortets delar, i ordning."]

    def rows(self) -> Iterator[tuple[ValuePath, int, dict[str, str]]]:
        """Yield (path in card.yml, number on the card, text by language) of each row.

        The numbers run through all parts; a part's title is a row with the number 0.
        """
        number = 0
        for part_index, part in enumerate(self.parts):
            yield ("parts", part_index, "title"), 0, part.title
            for line_index, texts in enumerate(part.lines):
                number += 1
                yield ("parts", part_index, "lines", line_index), number, texts

    def unreviewed_rows(self, language: Language) -> list[tuple[ValuePath, int]]:
        """Return (path in card.yml, number on the card) of the rows whose present text in
        ``language`` isn't independently reviewed; every row if ``language`` has no reviewer."""
        reviewed = language.checked.split() if language.independently_reviewed else []
        return [
            (path, number)
            for path, number, texts in self.rows()
            if language.review_hash(texts) not in reviewed
        ]

    @property
    def published_languages(self) -> list[Language]:
        """The languages that readers see: those that the text was written in, which need no review,
        and the translations with every row independently reviewed."""
        return [
            language
            for language in self.languages.values()
            if language.written_by or not self.unreviewed_rows(language)
        ]
