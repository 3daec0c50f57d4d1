"""Kontrollerar kortet till personen, docs/_data/card.yml: varje språk som visas har varje rad.

Ett språk ska säga vem som skrev det, eller vem som översatte, vem annan som granskade och när.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.core.findings import Finding


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each review date in the future, each text in an unknown language, and
    each row that a published language lacks."""
    card = content.registers.card
    file = content.files.get("card")
    if file is None:
        return
    for code, language in card.languages.items():
        if language.checked_on and language.checked_on > today:
            message = f"{code}: checked_on ska vara en dag som har varit."
            yield Finding(*file.location("languages", code), "card-language", message)
    for where, _, texts in card.rows():
        for code in texts:
            if code not in card.languages:
                message = f"språket {code} finns inte i languages."
                yield Finding(*file.location(*where), "card-language", message)
        for language in card.published_languages:
            if not texts.get(language.key):
                message = f"raden saknas på {language.name} ({language.key}), som visas."
                yield Finding(*file.location(*where), "card-line", message)


def describe_unpublished_languages(content: Content) -> Iterator[str]:
    """Yield lines of Swedish text about each reviewed language that the card leaves out, because
    rows have changed after the review: the hashes to paste if no row is reviewed, else the changed
    rows. They aren't findings: they don't stop a build."""
    card = content.registers.card
    for code, language in card.languages.items():
        if language in card.published_languages or not language.independently_reviewed:
            continue
        file = content.files["card"]
        unreviewed = card.unreviewed_rows(language)
        rows = list(card.rows())
        yield f"Kortet är utan {language.name} ({code}):"
        if len(unreviewed) == len(rows):
            hashes = " ".join(language.review_hash(texts) for _, _, texts in rows)
            yield (
                f"  {file.display_path}:{file.line('languages', code)}: har {language.checked_by} "
                f"läst alla rader mot de svenska den {language.checked_on}? "
                f'Skriv då checked: "{hashes}"'
            )
            continue
        # No new hashes here: the name and the date are still those of the last review.
        for where, number in unreviewed:
            row = f"rad {number}" if number else "rubriken"
            yield (
                f"  {file.display_path}:{file.line(*where)}: {row} är en annan än den som "
                f"{language.checked_by} läste den {language.checked_on}."
            )
        yield "  Har någon läst dem mot de svenska? Ändra checked_by och checked_on, och bygg igen."
