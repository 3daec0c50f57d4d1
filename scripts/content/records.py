"""The registers in docs/_data/: what each file holds, as types.

Each field of a type says whether it must be there and who sees it. A new register is a type and a
field of ``Registers``: then its fields are checked, its texts are read by the checks of language
and facts, and what it refers to must be there. See fields.py.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Annotated, Any, TypeAlias

from scripts.content import fields
from scripts.content.card import Card
from scripts.content.contacts import Contact, Region, Regions
from scripts.content.dates import Dates
from scripts.content.facts import Fact
from scripts.content.field_types import (
    CONFORMITY,
    FORMS,
    QUESTION_KINDS,
    SETTLED,
    Cell,
    Label,
    LanguageTag,
    Made,
    MadeKeys,
    PageFile,
    PageKind,
    PageLink,
    PastLink,
    Pattern,
    Reported,
    ShortKey,
    SiteAddress,
    Slug,
    SourceKey,
    StepKey,
    Text,
)
from scripts.content.fields import Field, Iso, Record
from scripts.content.figures import Figure
from scripts.content.guide import Guide
from scripts.content.markdown import plain
from scripts.content.situations import Situation, SituationKey
from scripts.content.sources import LawChange, Reading, Source
from scripts.core.swedish import swedish_order

TOP = "topp"  # the page itself, among the ids of its sections
CHECKLISTS = "checklists"  # a folder in docs/_data/: each file is a list
# Read and judged by the link validator itself.
OTHERS = ("link-exceptions",)
NO_CARD, NO_REGIONS = Card(languages={}, parts=()), Regions(regions={}, counties={})
NO_GUIDE = Guide(version=Iso(), start="", questions={}, outcomes={})


class Question(Record):
    key: Made = ""
    title: Label
    kind: Annotated[str, Field(choices=tuple(QUESTION_KINDS))]
    text: Text
    do: Text
    checked: Text
    checked_on: Iso
    level: int = 0  # of LEVELS; 0 where it has none
    settles: Text = ""
    ask: Cell = ""
    sources: tuple[SourceKey, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the law or a source has answered it."""
        return self.kind == SETTLED


class Term(Record):
    key: Made = ""
    term: Label
    text: Text
    abbr: Label = ""
    also: tuple[str, ...] = ()
    explain: bool = False

    @property
    def order(self) -> str:
        """Where it stands among others: by what it is called."""
        return swedish_order(self.abbr or self.term)


class ChecklistRow(Record):
    """A row says what a page's step says, or what it says itself."""

    id: Slug
    step: StepKey = ""
    text: Text = ""
    why: Text = ""
    sources: MadeKeys = ()  # its step's

    @property
    def mark(self) -> str:
        """What a tick of the row was for: a tick that a browser has kept for another mark is not
        brought back."""
        said = "\n".join((self.changed or "", plain(self.text), plain(self.why)))
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    who: Cell = ""
    page: PageLink = ""
    page_title: Label = ""  # where the page's or the heading's own words won't do
    changed: Iso | None = None


class ChecklistGroup(Record):
    id: Slug
    title: Label
    rows: tuple[ChecklistRow, ...]
    count: bool = True


class Checklist(Record):
    key: Made = ""  # the file's name
    title: Label
    version: Iso
    groups: tuple[ChecklistGroup, ...]
    sheets: int = 1
    first: tuple[SituationKey, ...] = ()  # asked at its top; Content makes rows of them
    answered: dict[SituationKey, str] = field(default_factory=dict)  # it needn't ask → why

    @property
    def rows(self) -> list[ChecklistRow]:
        """Every row, in order."""
        return [row for group in self.groups for row in group.rows]


class Shortcoming(Record):
    what: Text
    why: Text
    instead: Text


class Accessibility(Record):
    assessed_on: dt.date
    conformity: Annotated[str, Field(choices=CONFORMITY)]
    method: Text
    shortcomings: tuple[Shortcoming, ...]
    exempt: Text
    outside: Text


class Change(Record):
    key: Made = ""
    date: dt.date
    title: Label
    what: Reported  # as it was then: a number may be another now
    why: Reported
    know: Text = ""
    pages: tuple[PastLink, ...] = ()


class Retired(Record):
    instead: SiteAddress
    reason: Reported = ""  # as it was then


class Redirects(Record):
    moved: dict[str, SiteAddress] = field(default_factory=dict)
    retired: dict[str, Retired] = field(default_factory=dict)


class Section(Record):
    section: str
    without: tuple[str, ...] = ()
    lines: int = 0
    ticks: bool = False
    column: Annotated[str, Field(choices=("narrow", "beside"))] = ""


# A section's address, with more of it where there is more to say; or several for one place.
Sections: TypeAlias = str | Section | tuple[str | Section, ...]


def parts_of(sections: Iterable[Sections]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield a register's sections as (page address, anchor, ids left out)."""
    for entry in sections:
        if isinstance(entry, tuple):
            yield from parts_of(entry)
            continue
        given = entry if isinstance(entry, Section) else Section(section=entry)
        address, _, anchor = given.section.partition("#")
        yield address, anchor, given.without


class Handout(Record):
    key: Made = ""
    title: Label
    purpose: Text
    file: Slug
    page: Annotated[str, Field(empty=True)]  # "": the start page
    form: Annotated[str, Field(choices=FORMS)]
    size: float
    pages: int
    columns: Annotated[int, Field(numbers=(1, 2))] = 1
    sections: tuple[Sections, ...] = ()


class SlideRow(Record):
    notes: str = ""
    show: str | Section = ""
    only: tuple[str, ...] = ()
    brief: bool = False
    short: bool = False


class Slides(Record):
    title: Label
    purpose: Text
    plan: Annotated[str, Field(empty=True)]  # a page's address; "": the start page
    overview: str
    short_title: Label
    short_overview: str
    slides: tuple[SlideRow, ...]


class Frame(Record):
    """What the list of frames says of a page that other sites show in one."""

    purpose: Text
    height: int  # pixels, where no script fits the frame
    below: bool = False  # the reader goes on to the pages under it without leaving the frame


class Word(Record):
    use: str
    why: str
    pattern: Pattern = ""
    mentioned_on: tuple[PageFile, ...] = ()


class WordUnless(Word):
    unless: str


class Avoided(Record):
    pattern: Pattern  # of a sentence
    message: str
    unless: Pattern = ""
    pages: tuple[PageFile, ...] = ()


class Words(Record):
    always: dict[str, Word] = field(default_factory=dict)
    unless: dict[str, WordUnless] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    avoid: dict[str, Avoided] = field(default_factory=dict)
    verbs: tuple[str, ...] = ()  # that checks/procedure.py doesn't know for verbs
    fragments: tuple[str, ...] = ()  # sentences without a verb that may stand in a step


class Stage(Record, order=True):
    """A page that is a step of the work: its place among them, and its name there."""

    place: int
    title: Label


class Front(Record):
    """The front matter of a page; ``Content`` has what pages say together."""

    title: Label
    description: Label
    owner: str
    last_reviewed_on: dt.date
    review_by: dt.date
    keywords: Annotated[tuple[str, ...], Field(empty=True)]
    lang: LanguageTag = "sv"
    easy: bool = False
    kind: PageKind = ""  # what it is for; of an index.md, what all in its folder is for
    section_kinds: dict[str, PageKind] = field(default_factory=dict)  # by id
    short: ShortKey = ""  # "akut": /p/akut/ leads here; "akut#fara": to a heading here
    step: Stage | None = None
    questions: int = 0  # that its box may have at most; 0: as many as any page
    embed: Frame | None = None
    anchors: dict[str, Label] = field(default_factory=dict)  # id → what others call a link there
    searches: dict[str, str] = field(default_factory=dict)  # id, or TOP → what readers write


class Registers(Record):
    """docs/_data/: each field is a file there and what it holds, in the file's order. A register
    that isn't there, or isn't as its type says, is empty."""

    accessibility: Accessibility | None = None
    card: Card = NO_CARD
    changes: dict[Slug, Change] = field(default_factory=dict)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    contacts: dict[Slug, Contact] = field(default_factory=dict)
    dates: Dates | None = None
    facts: dict[Slug, Fact] = field(default_factory=dict)
    figures: dict[Slug, Figure] = field(default_factory=dict)
    glossary: dict[Slug, Term] = field(default_factory=dict)
    guide: Guide = NO_GUIDE
    handouts: dict[Slug, Handout] = field(default_factory=dict)
    law_changes: dict[Slug, LawChange] = field(default_factory=dict)
    law_read: dict[str, Reading] = field(default_factory=dict)  # by citation key
    # Of the pages' steps, by key: the keys of the sources that each cites.
    steps: Annotated[dict[str, tuple[str, ...]], Field(made=True)] = field(default_factory=dict)
    # Keys of the numbers that a publisher may have of its own: mkdocs.yml names them.
    numbers: Annotated[tuple[str, ...], Field(made=True)] = ()
    questions: dict[Slug, Question] = field(default_factory=dict)
    redirects: Redirects = field(default_factory=Redirects)
    situations: dict[Slug, Situation] = field(default_factory=dict)
    regions: Regions = NO_REGIONS
    slides: Slides | None = None
    sources: dict[str, Source] = field(default_factory=dict)  # paragraphs, too: see flatten
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: Words = field(default_factory=Words)

    def answering(self, region: Region) -> Contact | None:
        """Return the contact whose number reaches a region: its own, or else the general one."""
        keys = (region.contact, self.regions.general)
        found = (self.contacts[key] for key in keys if key in self.contacts)
        return next((contact for contact in found if contact.phone), None)


def type_of(name: str) -> Any:
    """Return what the file ``name`` holds, or None for a file that nobody reads."""
    kinds = fields.hints(Registers)
    if name.startswith(f"{CHECKLISTS}/"):
        return Checklist
    return None if name == CHECKLISTS else kinds.get(name)


def known_files() -> list[str]:
    """Return the names that a file may have, without those of checklists."""
    return [name for name in (*fields.hints(Registers), *OTHERS) if name != CHECKLISTS]
