"""The date help's register: what its reader fills in, and the days that are worked out of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import field
from typing import Annotated, TypeAlias

from scripts.content.field_types import Cell, Label, Made, Slug
from scripts.content.fields import Field, Record

FieldKey: TypeAlias = Annotated[str, Field(refers="date fields")]
TIME = re.compile(r"\d+ (?:dagar|veckor|månader|år)")  # what days.js can count with
PLACE = re.compile(r"\{.*?\}")  # what dates.js fills in


class DateField(Record):
    key: Made = ""
    label: Label
    hint: Cell
    required: Cell = ""  # said of an empty field that mustn't be
    not_before: FieldKey = ""
    not_after: FieldKey = ""
    wrong: Cell = ""  # said where either doesn't hold
    shown: Cell = "{dag}"  # in a figure


class DateRule(Record):
    key: Made = ""
    title: Label
    count_from: tuple[FieldKey, ...]  # the first that is filled in; none, no day
    since: FieldKey = ""
    least: int = 0  # days from ``since``
    halfway: bool = False  # between ``since`` and what it counts from
    before: int = 0  # days
    time: Annotated[str, Field(refers="facts")] = ""
    quarters_to: tuple[FieldKey, ...] = ()
    counted: Cell = ""
    text: tuple[Cell, ...] = ()
    rule: Slug  # a heading's id, on the page with the form
    event: Label

    @property
    def places(self) -> tuple[str, ...]:
        """What its texts may have in braces."""
        if self.time:
            return ("dag", "frist", *(("kvartal", "kvartalsslut") if self.quarters_to else ()))
        return ("dag", "kvar", *(("dagar",) if self.since else ()))


class Dates(Record):
    first: dt.date  # no day is earlier
    wrong_year: Cell
    holiday: Cell
    fields: dict[str, DateField] = field(default_factory=dict)
    days: dict[str, DateRule] = field(default_factory=dict)
