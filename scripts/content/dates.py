"""Schema of dates.yml, the date help: form fields, and the days computed from them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import field
from typing import Annotated, TypeAlias

from scripts.content.field_types import Cell, Computed, Label, Slug
from scripts.content.fields import Field, Record

FieldKey: TypeAlias = Annotated[str, Field(refers_to="date fields")]
DURATION = re.compile(r"\d+ (?:dagar|veckor|månader|år)")  # "30 dagar": days.js can add these
PLACEHOLDER = re.compile(r"\{.*?\}")  # "{dag}": dates.js fills it in


class DateField(Record):
    """A field of the form, where the reader enters a date."""

    key: Computed = ""
    label: Annotated[Label, "Fältets namn i formuläret."]
    hint: Annotated[Cell, "Var läsaren hittar datumet."]
    required: Annotated[Cell, "Vad sidan säger när ett fält som behövs är tomt."] = ""
    not_before: Annotated[FieldKey, "Fältet som den här dagen inte får komma före."] = ""
    not_after: Annotated[FieldKey, "Fältet som den här dagen inte får komma efter."] = ""
    wrong: Annotated[Cell, "Vad sidan säger när dagen kommer före eller efter."] = ""
    shown: Annotated[Cell, "Vad en figur visar. Sidan fyller i {dag}."] = "{dag}"


class DateRule(Record):
    """A day that is computed from the form's fields, and the texts that show it."""

    key: Computed = ""
    title: Annotated[Label, "Vad dagen är."]
    count_from: Annotated[
        tuple[FieldKey, ...], "Fälten som dagen räknas från. Det första som är ifyllt gäller."
    ]
    since: Annotated[FieldKey, "Fältet som least, halfway och {dagar} räknas från."] = ""
    least: Annotated[int, "Dagen visas när det är minst så många dagar från since."] = 0
    halfway: Annotated[bool, "true: dagen ligger halvvägs från since."] = False
    before: Annotated[int, "Så många dagar tidigare."] = 0
    time: Annotated[
        str, Field(refers_to="facts"), "Tiden som läggs till: en nyckel i facts.yml."
    ] = ""
    quarters_to: Annotated[
        tuple[FieldKey, ...], "En dag för varje kvartal, till och med det här fältet."
    ] = ()
    counted: Annotated[
        Cell, "Hur dagen är räknad. Sidan fyller i {dag}, {dagar}, {kvar} och {frist}."
    ] = ""
    text: Annotated[tuple[Cell, ...], "Vad läsaren gör, en rad i taget."] = ()
    rule: Annotated[Slug, "Id för rubriken där regeln står, på sidan med formuläret."]
    event: Annotated[
        Label, "Raden i kalendern. Skriv inget om vad den gäller: kalendern kan vara delad."
    ]

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholders, without braces, that dates.js fills in in the texts of this rule.

        A rule with a time has ``frist``, and the quarter if it gives a day for each quarter.
        Any other rule has ``kvar``, the days left, and ``dagar`` if it counts ``since`` a field.
        """
        if self.time and self.quarters_to:
            return ("dag", "frist", "kvartal", "kvartalsslut")
        if self.time:
            return ("dag", "frist")
        if self.since:
            return ("dag", "kvar", "dagar")
        return ("dag", "kvar")


class Dates(Record):
    """dates.yml: the form, its messages, and the days computed from it."""

    first: Annotated[dt.date, "Den tidigaste dag som formuläret tar emot."]
    wrong_year: Annotated[Cell, "Vad sidan säger om ett år som inte kan stämma."]
    holiday: Annotated[
        Cell, "Vad sidan säger när en tid slutar en helg. Den fyller i {helg} och {vardag}."
    ]
    fields: Annotated[dict[str, DateField], "Fälten som läsaren fyller i."] = field(
        default_factory=dict
    )
    days: Annotated[dict[str, DateRule], "Dagarna som räknas ut, i svarets ordning."] = field(
        default_factory=dict
    )
