"""Kontrollerar kortet till personen, docs/_data/card.yml: varje språk som visas har varje rad.

Ett språk ska säga vem som skrev det, eller vem som översatte, vem annan som granskade och när.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from scripts.content.card import languages, read_by_another, rows, shown, stamp, unread
from scripts.content.content import Content
from scripts.core.findings import Finding


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield every finding of the register."""
    card = content.registers.card
    if not card:
        return
    file = content.files["card"]

    def finding(rule: str, message: str, *where: str | int) -> Finding:
        return Finding(file.shown, file.line(*where), rule, message)

    known = languages(card)
    for code, language in known.items():
        where = ("languages", code)
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            yield finding("card-language", f"{code} är ingen språkkod.", *where)
        if language.checked_on and language.checked_on > today:
            message = f"{code}: checked_on ska vara en dag som har varit."
            yield finding("card-language", message, *where)
    for at, _, texts in rows(card):
        for code in texts:
            if code not in known:
                yield finding("card-language", f"språket {code} finns inte i languages.", *at)
        for code, language in shown(card).items():
            if not str(texts.get(code) or "").strip():
                message = f"raden saknas på {language.name} ({code}), som visas."
                yield finding("card-line", message, *at)


def taken_off(content: Content) -> Iterator[str]:
    """Yield, for each language that is off the card though somebody has read it, which rows are
    others now, and the cure. It stops no build: the reader is safe without the language."""
    card = content.registers.card
    for code, language in languages(card).items():
        if code in shown(card) or not read_by_another(language):
            continue
        file, changed, every = content.files["card"], unread(card, code), [*rows(card)]
        yield f"Kortet är utan {language.name} ({code}):"
        if len(changed) == len(every):
            stamps = " ".join(stamp(texts, code, language) for _, _, texts in every)
            yield (
                f"  {file.shown}:{file.line('languages', code)}: har {language.checked_by} läst "
                f'alla rader mot de svenska den {language.checked_on}? Skriv då checked: "{stamps}"'
            )
            continue
        # No new stamps here: the name and the day are still those of the last reading.
        for at, number in changed:
            row = f"rad {number}" if number else "rubriken"
            yield (
                f"  {file.shown}:{file.line(*at)}: {row} är en annan än den som "
                f"{language.checked_by} läste den {language.checked_on}."
            )
        yield "  Har någon läst dem mot de svenska? Ändra checked_by och checked_on, och bygg igen."
