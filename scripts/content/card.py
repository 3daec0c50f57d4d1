"""The card to the person: the same numbered lines in each language, and who may see which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Language:
    """A language of docs/_data/card.yml; its comments say what the fields mean."""

    code: str  # BCP 47
    name: str  # in the language itself
    dir: str = "ltr"
    written_by: str = ""
    translated_by: str = ""
    checked_by: str = ""
    checked_on: dt.date | None = None

    @property
    def shown(self) -> bool:
        """Whether it may be shown: written by the editors, or translated and read by another."""
        if self.written_by:
            return True
        checked = bool(self.translated_by and self.checked_by and self.checked_on)
        return checked and self.checked_by != self.translated_by


def languages(card: Mapping[str, Any]) -> dict[str, Language]:
    """Return the register's languages, in its order. Raises TypeError for unknown fields."""
    return {
        code: Language(code, **fields) for code, fields in (card.get("languages") or {}).items()
    }


def shown(card: Mapping[str, Any]) -> list[Language]:
    """Return the languages that readers may see."""
    return [language for language in languages(card).values() if language.shown]


def parts(
    card: Mapping[str, Any],
) -> Iterator[tuple[Mapping[str, str], list[tuple[int, Mapping[str, str]]]]]:
    """Yield (title, numbered lines) of each part, by language; the numbers run through them all."""
    number = 0
    for part in card.get("parts") or ():
        lines = []
        for line in part["lines"]:
            number += 1
            lines.append((number, line))
        yield part["title"], lines
