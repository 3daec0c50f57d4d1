"""The card to the person: the same numbered rows in each language, and which may be seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.content.made import CardLanguage
from scripts.content.registers import Where

SOURCE = "sv"  # what is translated


def languages(card: Mapping[str, Any]) -> dict[str, CardLanguage]:
    """Return the register's languages, in its order. Raises TypeError for unknown fields."""
    return {code: CardLanguage(**fields) for code, fields in card.get("languages", {}).items()}


def rows(card: Mapping[str, Any]) -> Iterator[tuple[Where, int, Mapping[str, str]]]:
    """Yield the way to each row in the register, its number on the card, and its text by language.

    The numbers run through all parts; a part's title has 0.
    """
    number = 0
    for n, part in enumerate(card.get("parts", ())):
        yield ("parts", n, "title"), 0, part["title"]
        for m, texts in enumerate(part["lines"]):
            number += 1
            yield ("parts", n, "lines", m), number, texts


def stamp(texts: Mapping[str, str], code: str, language: CardLanguage) -> str:
    """Return what a row bears once it has been read against the Swedish: eight digits.

    They are others as soon as the Swedish row, the translation, the reader or the day is, so that
    nobody renews them without saying who has read it, and when.
    """
    said = (str(texts.get(SOURCE)), str(texts.get(code)), language.checked_by, language.checked_on)
    words = "\n".join(" ".join(str(text).split()) for text in said)
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def read_by_another(language: CardLanguage) -> bool:
    """Whether somebody else than the translator says that they have read a language, and when."""
    names = (language.translated_by, language.checked_by)
    return bool(all(names) and names[0] != names[1] and language.checked_on)


def unread(card: Mapping[str, Any], code: str) -> list[tuple[Where, int]]:
    """Return the rows (way, number) of a language that nobody else has read as they stand now."""
    language = languages(card)[code]
    known = (language.checked or "").split() if read_by_another(language) else ()
    return [(at, n) for at, n, texts in rows(card) if stamp(texts, code, language) not in known]


def shown(card: Mapping[str, Any]) -> dict[str, CardLanguage]:
    """Return the languages that readers may see: written by the editors, or all of it read."""
    return {c: one for c, one in languages(card).items() if one.written_by or not unread(card, c)}
