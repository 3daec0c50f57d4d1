"""Kontrollerar registret över lagändringar, och att sidor som bygger på dem granskas i tid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.macros import used_sources
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.content.sources import LawChange, affected, by_date
from scripts.core.findings import Finding
from scripts.core.swedish import date_words

LONGEST = 140  # characters of a notice: it stands under the title of many pages


def _bad_notice(change: LawChange) -> Iterator[str]:
    notice = change.notice
    if notice and not change.in_force:
        yield 'en "notice" behöver ett datum. Skriv "in_force", eller ta bort raden.'
    if len(notice) > LONGEST:
        yield f'"notice" har {len(notice)} tecken. Skriv högst {LONGEST}.'
    if "[" in notice or "\n" in notice:
        yield '"notice" ska vara en rad ren text, utan länkar och källor.'


def check_page(page: Page, shown: PurePosixPath, registers: Registers) -> Iterator[Finding]:
    """Yield a finding where a page is to be reviewed first after a law that it rests on has
    changed. The earliest change is enough: one date mends them all."""
    reviewed, due = str(page.meta.last_reviewed_on), str(page.meta.review_by)
    cited = list(dict.fromkeys(used_sources(page, registers)))
    for change in sorted(registers.law_changes.values(), key=by_date):
        day = change.in_force or ""
        hit = affected(change, cited, registers.sources)
        if hit and reviewed < day <= due:
            message = (
                f"sidan bygger på {registers.sources[hit[0]].title}, som kan ändras "
                f"{date_words(day)} ({change.title}). Sätt review_by till en dag före det."
            )
            yield Finding(shown, page.line("review_by"), "review-after-change", message)
            return


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding in the register, and where it is right, in the pages that rest on it."""
    registers = content.registers
    changes = registers.law_changes.items()
    bad = [(key, message) for key, change in changes for message in _bad_notice(change)]
    for key, message in bad:
        where = content.location("law_changes", key, "notice")
        yield Finding(*where, "bad-notice", f'"{key}": {message}')
    for page in content.pages.values() if not bad else ():
        yield from check_page(page, page.display_path, registers)
