"""Kontrollerar registret över lagändringar, och att sidor som bygger på dem granskas i tid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.content.content import Content
from scripts.content.macros import used_sources
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.content.sources import LawChange, affected_keys, effective_date_key
from scripts.core.findings import Finding
from scripts.core.swedish import date_words

MAX_NOTICE = 140  # characters of a notice, which is shown under the titles of many pages


def _notice_violations(change: LawChange) -> Iterator[str]:
    """Yield a Swedish message for each violation in the notice of a change of law."""
    notice = change.notice
    if notice and not change.in_force:
        yield 'en "notice" behöver ett datum. Skriv "in_force", eller ta bort raden.'
    if len(notice) > MAX_NOTICE:
        yield f'"notice" har {len(notice)} tecken. Skriv högst {MAX_NOTICE}.'
    if "[" in notice or "\n" in notice:
        yield '"notice" ska vara en rad ren text, utan länkar och källor.'


def check_page(page: Page, path: PurePosixPath, registers: Registers) -> Iterator[Finding]:
    """Yield a finding if a law that the page cites changes before the page's next review. Only the
    earliest change is reported: an earlier review covers the others."""
    reviewed = str(page.meta.last_reviewed_on)
    review_by = str(page.meta.review_by)
    cited = list(dict.fromkeys(used_sources(page, registers)))
    for change in sorted(registers.law_changes.values(), key=effective_date_key):
        day = change.in_force or ""
        changed_sources = affected_keys(change, cited, registers.sources)
        if changed_sources and reviewed < day <= review_by:
            message = (
                f"sidan bygger på {registers.sources[changed_sources[0]].title}, som kan ändras "
                f"{date_words(day)} ({change.title}). Sätt review_by till en dag före det."
            )
            yield Finding(path, page.line("review_by"), "review-after-change", message)
            return


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield the findings of the notices in law_changes.yml. If there are none, yield a finding for
    each page whose next review is after a change of a law that it cites."""
    registers = content.registers
    valid = True
    for key, change in registers.law_changes.items():
        for message in _notice_violations(change):
            valid = False
            path, line = content.location("law_changes", key, "notice")
            yield Finding(path, line, "bad-notice", f'"{key}": {message}')
    if valid:
        for page in content.pages.values():
            yield from check_page(page, page.display_path, registers)
