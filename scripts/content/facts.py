"""What the check of facts is told: facts, and the patterns that find what they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from scripts.content.fields import Field
from scripts.content.kinds import (
    FACT_KINDS,
    Certainty,
    IsoOrUndated,
    NamedSource,
    PageFile,
    Pattern,
)


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    of: str  # a fact's key
    plus: int


@dataclass(frozen=True, kw_only=True)
class Fact:
    kind: Annotated[str, Field(choices=FACT_KINDS)]
    value: str
    spellings: tuple[str, ...] = ()
    pages: tuple[PageFile, ...] = ()
    source: tuple[NamedSource, ...] | NamedSource = ()
    own: str = ""
    worked_out: WorkedOut | None = None
    general: bool = False  # may be said in a paragraph whose sources don't say it
    as_of: IsoOrUndated | None = None
    certainty: Certainty = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Its sources; none of what is the editors' own."""
        return (self.source,) if isinstance(self.source, str) else self.source


@dataclass(frozen=True, kw_only=True)
class Facts:
    facts: dict[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Avoided:
    pattern: Pattern
    message: str
    unless: Pattern = ""
    pages: tuple[PageFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FactPatterns:
    subjects: dict[str, Pattern] = field(default_factory=dict)  # a fact → sentences about it
    avoid: dict[str, Avoided] = field(default_factory=dict)
