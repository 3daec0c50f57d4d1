"""A source, an act with its paragraphs, a change of the law, as types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from scripts.content.choices import STATUSES
from scripts.content.fields import LABEL, Field, Iso
from scripts.content.kinds import (
    Cell,
    Certainty,
    NamedSource,
    Note,
    Reported,
    SfsNumber,
    SourceKey,
    SourceKind,
    WebAddress,
)
from scripts.content.statutes import UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    amended_by: SfsNumber
    in_force: Annotated[Iso, Field(also=(UNKNOWN,))]
    read_on: Iso | None = None
    as_of: Iso | None = None
    as_of_note: Cell | None = None
    certainty: Certainty | None = None
    note: Note | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    title: str  # the source's own words: not ours to mend
    publisher: str
    url: WebAddress
    kind: SourceKind
    certainty: Certainty
    as_of: Iso | None = None
    as_of_note: str | None = None
    read_on: Iso | None = None
    note: Note | None = None
    name: str | None = None  # of a statute, as a text names it
    sfs: SfsNumber | None = None
    paragraphs: dict[str, Paragraph] | None = None


@dataclass(frozen=True, kw_only=True)
class LawChange:
    title: Annotated[str, Field(LABEL, facts=False)]
    status: Annotated[str, Field(choices=tuple(STATUSES))]
    affects: Annotated[list[NamedSource], Field(empty=True)]
    changes: Reported
    seen: Reported
    checked_on: Iso
    sources: Annotated[list[SourceKey], Field(empty=True)]
    in_force: Iso | None = None
    notice: Reported | None = None
