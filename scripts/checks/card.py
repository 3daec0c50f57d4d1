"""Kontrollerar kortet till personen, docs/_data/card.yml: varje språk som visas har varje rad.

Ett språk ska säga vem som skrev det, eller vem som översatte, vem annan som granskade och när.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.card import Card, Language
from scripts.content.content import Content
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import Finding


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each review date in the future, each text in an unknown language, and
    each row that a published language lacks."""
    card = content.registers.card
    file = content.files.get("card")
    if file is None:  # the site has no card
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
    rows. The lines aren't findings: they don't stop a build."""
    card = content.registers.card
    for code, language in card.languages.items():
        if language in card.published_languages or not language.independently_reviewed:
            continue
        yield f"Kortet är utan {language.name} ({code}):"
        if len(card.unreviewed_rows(language)) == len(list(card.rows())):
            yield _hashes_to_paste(card, code, content.files["card"])
        else:
            # No new hashes here: the name and the date are still those of the last review.
            yield from _changed_rows(card, language, content.files["card"])


def _hashes_to_paste(card: Card, code: str, file: RegisterFile) -> str:
    """Return a Swedish line with the hashes of all rows in the language ``code``, to paste into
    card.yml if its reviewer has read them all."""
    language = card.languages[code]
    hashes = " ".join(language.review_hash(texts) for _, _, texts in card.rows())
    return (
        f"  {file.display_path}:{file.line('languages', code)}: har {language.checked_by} "
        f"läst alla rader mot de svenska den {language.checked_on}? "
        f'Skriv då checked: "{hashes}"'
    )


def _changed_rows(card: Card, language: Language, file: RegisterFile) -> Iterator[str]:
    """Yield a Swedish line for each row that has changed since a language was reviewed, and a line
    that says what to do."""
    for where, number in card.unreviewed_rows(language):
        row = f"rad {number}" if number else "rubriken"
        yield (
            f"  {file.display_path}:{file.line(*where)}: {row} är en annan än den som "
            f"{language.checked_by} läste den {language.checked_on}."
        )
    yield "  Har någon läst dem mot de svenska? Ändra checked_by och checked_on, och bygg igen."
