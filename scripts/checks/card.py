"""Kontrollerar kortet till personen, docs/_data/card.yml: varje språk som visas har varje rad.

Ett språk ska säga vem som skrev det, eller vem som översatte, vem annan som granskade och när.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.core.findings import Finding


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield every finding of the register."""
    card = content.registers.card

    def finding(rule: str, message: str, *where: str | int) -> Finding:
        file = content.files["card"]
        return Finding(*file.location(*where), rule, message)

    for code, language in card.languages.items():
        if language.checked_on and language.checked_on > today:
            message = f"{code}: checked_on ska vara en dag som har varit."
            yield finding("card-language", message, "languages", code)
    for at, _, texts in card.rows():
        for code in texts:
            if code not in card.languages:
                yield finding("card-language", f"språket {code} finns inte i languages.", *at)
        for language in card.shown:
            if not texts.get(language.key):
                message = f"raden saknas på {language.name} ({language.key}), som visas."
                yield finding("card-line", message, *at)


def taken_off(content: Content) -> Iterator[str]:
    """Yield, for each language that is off the card though somebody has read it, which rows are
    others now, and the cure. It stops no build: the reader is safe without the language."""
    card = content.registers.card
    for code, language in card.languages.items():
        if language in card.shown or not language.read_by_another:
            continue
        file, changed, every = content.files["card"], card.unread(language), [*card.rows()]
        yield f"Kortet är utan {language.name} ({code}):"
        if len(changed) == len(every):
            stamps = " ".join(language.stamp(texts) for _, _, texts in every)
            yield (
                f"  {file.display_path}:{file.line('languages', code)}: har {language.checked_by} "
                f"läst alla rader mot de svenska den {language.checked_on}? "
                f'Skriv då checked: "{stamps}"'
            )
            continue
        # No new stamps here: the name and the day are still those of the last reading.
        for at, number in changed:
            row = f"rad {number}" if number else "rubriken"
            yield (
                f"  {file.display_path}:{file.line(*at)}: {row} är en annan än den som "
                f"{language.checked_by} läste den {language.checked_on}."
            )
        yield "  Har någon läst dem mot de svenska? Ändra checked_by och checked_on, och bygg igen."
