"""The registers' records, as types: each field says whether it must be there and who sees it.

A new register is a type and a row in ``TYPES``: then its fields are checked, its texts are read
by the checks of language and facts, and what it refers to must be there. See fields.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any

from scripts.content.choices import CONFORMITY, PAGE_KINDS, QUESTION_KINDS, VERDICTS
from scripts.content.fields import Field, Iso
from scripts.content.figure_kinds import Figure
from scripts.content.kinds import (
    Cell,
    Certainty,
    ContactKey,
    Item,
    Label,
    PageLink,
    PastLink,
    QuestionKey,
    RegionKey,
    Reported,
    SiteAddress,
    Slug,
    SourceKey,
    Text,
)
from scripts.content.made import Card, Frame, Handout, Slides
from scripts.content.rules import FactPatterns, Facts, Words
from scripts.content.sources import LawChange, Source


@dataclass(frozen=True, kw_only=True)
class Contact:
    name: Label
    group: list[str]
    for_whom: Cell
    what_happens: Text
    source: SourceKey
    certainty: Certainty
    phone: Cell | None = None
    spellings: list[str] | None = None
    hours: Cell | None = None
    not_for: Text | None = None
    note: Text | None = None
    doubt: Text | None = None
    as_of: Iso | None = None
    as_of_note: Cell | None = None
    confirmed_by_call: Iso | None = None
    test_call: bool = True
    page: SourceKey | None = None


@dataclass(frozen=True, kw_only=True)
class Region:
    name: Label
    host_certainty: Certainty
    contact: ContactKey
    source: SourceKey
    note: Text
    host: Cell | None = None


@dataclass(frozen=True, kw_only=True)
class County:
    name: Label
    region: RegionKey
    certainty: Certainty
    source: SourceKey
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Regions:
    regions: dict[str, Region]
    counties: dict[str, County]
    general: ContactKey | None = None  # for a region without a number of its own
    current: Text | None = None  # where the contacts of today are
    ask: Cell | None = None  # who knows to which region a county belongs


@dataclass(frozen=True, kw_only=True)
class Question:
    title: Label
    kind: Annotated[str, Field(choices=tuple(QUESTION_KINDS))]
    text: Text
    do: Text
    checked: Text
    checked_on: Iso
    level: Any = None  # checks/doubt.py says what each means
    settles: Text | None = None
    ask: Cell | None = None
    sources: list[SourceKey] | None = None


@dataclass(frozen=True, kw_only=True)
class Term:
    term: Label
    text: Text
    abbr: Label | None = None
    also: list[str] | None = None
    explain: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    title: Label
    to: str


@dataclass(frozen=True, kw_only=True)
class GuideQuestion:
    title: Label
    text: Text
    choices: list[Choice]
    help: Text | None = None


@dataclass(frozen=True, kw_only=True)
class More:
    page: PageLink
    page_title: Label | None = None  # where the page's or the heading's own words won't do


@dataclass(frozen=True, kw_only=True)
class Outcome:
    title: Label
    verdict: Annotated[str, Field(choices=tuple(VERDICTS))]
    why: list[Item]
    do: list[Item]
    more: list[More]
    call: list[ContactKey] | None = None
    doubt: list[QuestionKey] | None = None
    then: str | None = None


@dataclass(frozen=True, kw_only=True)
class Guide:
    version: Iso
    start: str
    questions: dict[str, GuideQuestion]
    outcomes: dict[str, Outcome]
    conditions: Text | None = None
    child: Text | None = None
    child_short: Text | None = None
    verdicts: dict[str, Label] | None = None


@dataclass(frozen=True, kw_only=True)
class ChecklistRow:
    id: str
    text: Text
    why: Text | None = None
    who: Cell | None = None
    page: PageLink | None = None
    page_title: Label | None = None  # as in More
    changed: Iso | None = None
    applies: list[Annotated[str, Field(choices=("vuxen", "barn"))]] | None = None  # None: all


@dataclass(frozen=True, kw_only=True)
class ChecklistGroup:
    id: str
    title: Label
    rows: list[ChecklistRow]
    count: bool = True


@dataclass(frozen=True, kw_only=True)
class Checklist:
    title: Label
    version: Iso
    groups: list[ChecklistGroup]
    sheets: int = 1


@dataclass(frozen=True, kw_only=True)
class Stage:
    title: Label
    page: PageLink


@dataclass(frozen=True, kw_only=True)
class Shortcoming:
    what: Text
    why: Text
    instead: Text


@dataclass(frozen=True, kw_only=True)
class Accessibility:
    assessed_on: dt.date
    conformity: Annotated[str, Field(choices=CONFORMITY)]
    method: Text
    shortcomings: list[Shortcoming]
    exempt: Text
    outside: Text


@dataclass(frozen=True, kw_only=True)
class Change:
    date: dt.date
    title: Label
    what: Reported  # as it was then: a number may be another now
    why: Reported
    know: Text | None = None
    pages: list[PastLink] | None = None


@dataclass(frozen=True, kw_only=True)
class Retired:
    instead: SiteAddress
    reason: Reported | None = None  # as it was then


@dataclass(frozen=True, kw_only=True)
class Redirects:
    moved: dict[str, SiteAddress] | None = None
    retired: dict[str, Retired] | None = None


@dataclass(frozen=True, kw_only=True)
class Front:
    """The front matter of a page."""

    title: Label
    description: Label


# File in docs/_data/, without .yml → what it holds. A register that isn't there is empty.
TYPES: dict[str, Any] = {
    "accessibility": Accessibility,
    "anchors": dict[str, Label],
    "card": Card,
    "changes": dict[str, Change],
    "checklists/*": Checklist,
    "contacts": dict[str, Contact],
    "embeds": dict[Slug, Frame],
    "fact_patterns": FactPatterns,
    "facts": Facts,
    "figures": dict[str, Figure],
    "glossary": dict[str, Term],
    "guide": Guide,
    "handouts": dict[Slug, Handout],
    "kinds": dict[str, Annotated[str, Field(choices=PAGE_KINDS)]],
    "law_changes": dict[str, LawChange],
    "process": dict[str, Stage],
    "questions": dict[str, Question],
    "redirects": Redirects,
    "regions": Regions,
    "searches": dict[str, dict[str, str]],
    "shortcuts": dict[str, SiteAddress],
    "slides": Slides,
    "sources": dict[str, Source],
    "synonyms": dict[str, list[str]],
    "words": Words,
}
# Read and judged by the link validator itself.
OTHERS = ("link-exceptions",)


def type_of(name: str) -> Any:
    """Return what the file ``name`` holds, or None for a file that nobody reads."""
    return TYPES.get("checklists/*" if name.startswith("checklists/") else name)
