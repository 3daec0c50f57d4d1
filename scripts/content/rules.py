"""What the checks of facts and language are told, as types: facts, their patterns, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from scripts.content.choices import FACT_KINDS
from scripts.content.fields import Field
from scripts.content.kinds import Certainty, IsoOrUndated, PageFile, SourceKey

Pattern: TypeAlias = Annotated[str, Field(pattern=True)]


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    of: str  # a fact's key
    plus: int


@dataclass(frozen=True, kw_only=True)
class Fact:
    kind: Annotated[str, Field(choices=tuple(FACT_KINDS))]
    value: str
    spellings: list[str] | None = None
    pages: list[PageFile] | None = None
    source: list[SourceKey] | SourceKey | None = None
    own: str | None = None
    worked_out: WorkedOut | None = None
    general: bool | None = None  # may be said in a paragraph whose sources don't say it
    as_of: IsoOrUndated | None = None
    certainty: Certainty | None = None


@dataclass(frozen=True, kw_only=True)
class Avoided:
    pattern: Pattern
    message: str
    unless: Pattern | None = None
    pages: list[PageFile] | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    facts: dict[str, Fact] | None = None


@dataclass(frozen=True, kw_only=True)
class FactPatterns:
    subjects: dict[str, Pattern] | None = None  # a fact's key → the sentences that are about it
    avoid: dict[str, Avoided] | None = None


@dataclass(frozen=True, kw_only=True)
class Word:
    use: str
    why: str
    pattern: Pattern | None = None
    mentioned_on: list[PageFile] | None = None


@dataclass(frozen=True, kw_only=True)
class WordUnless(Word):
    unless: str


@dataclass(frozen=True, kw_only=True)
class Words:
    always: dict[str, Word] | None = None
    unless: dict[str, WordUnless] | None = None
    abbreviations: dict[str, str] | None = None
