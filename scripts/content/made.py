"""What is made of the pages, as types: handouts, slides, the card to give away, frames."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from scripts.content.choices import FORMS
from scripts.content.fields import Field
from scripts.content.kinds import Label, LanguageTag, Slug, Spoken, Text


@dataclass(frozen=True, kw_only=True)
class Section:
    section: str
    without: list[str] | None = None
    lines: int = 0
    ticks: bool = False
    column: Annotated[str, Field(choices=("narrow", "beside"))] | None = None


@dataclass(frozen=True, kw_only=True)
class Handout:
    title: Label
    purpose: Text
    file: Slug
    page: Annotated[str, Field(empty=True)]  # "": the start page
    form: Annotated[str, Field(choices=FORMS)]
    size: float
    pages: int
    columns: int = 1
    sections: list[str | Section | list[str | Section]] | None = None
    without: list[str] | None = None


@dataclass(frozen=True, kw_only=True)
class CardLanguage:
    name: str
    dir: Annotated[str, Field(choices=("ltr", "rtl"))] = "ltr"
    written_by: str | None = None
    translated_by: str | None = None
    checked_by: str | None = None
    checked_on: dt.date | None = None
    checked: str | None = None  # the stamp of each row (card.py), with spaces between


@dataclass(frozen=True, kw_only=True)
class CardPart:
    title: dict[LanguageTag, Spoken]
    lines: list[dict[LanguageTag, Spoken]]


@dataclass(frozen=True, kw_only=True)
class Card:
    languages: dict[LanguageTag, CardLanguage]
    parts: list[CardPart]


@dataclass(frozen=True, kw_only=True)
class SlideRow:
    notes: str | None = None
    show: str | Section | None = None
    only: list[str] | None = None
    brief: bool = False
    short: bool = False


@dataclass(frozen=True, kw_only=True)
class Slides:
    title: Label
    purpose: Text
    plan: str
    overview: str
    short_title: Label
    short_overview: str
    slides: list[SlideRow]


@dataclass(frozen=True, kw_only=True)
class Frame:
    page: str
    purpose: Text
    height: int
    below: bool = False
