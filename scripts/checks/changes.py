"""Kontrollerar ändringar: att ingen i changes.yml är publicerad i framtiden, och att de sidor som
en lagändring i law_changes.yml rör granskas före den.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.records import Registers
from scripts.content.sources import affected_keys, effective_date_key
from scripts.content.used_sources import used_sources
from scripts.core.findings import Finding
from scripts.core.swedish import date_words


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each change that is dated after ``today``, each change of law with a
    notice but no date, and each page whose next review is after a change of a law that it cites."""
    registers = content.registers
    for key, change in registers.changes.items():
        if today < change.date:
            message = f'"{key}": ändringen kan inte ha publicerats i framtiden ({change.date}).'
            yield Finding(*content.location("changes", key), "bad-date", message)
    for key, law_change in registers.law_changes.items():
        if law_change.notice and not law_change.in_force:
            message = (
                f'"{key}": en "notice" behöver ett datum. Skriv "in_force", eller ta bort den.'
            )
            path, line = content.location("law_changes", key, "notice")
            yield Finding(path, line, "bad-notice", message)
    for page in content.pages.values():
        yield from _check_review(page, registers)


def _check_review(page: Page, registers: Registers) -> Iterator[Finding]:
    """Yield a finding if a law that the page cites changes before the page's next review. Only the
    earliest change is reported: an earlier review covers the others."""
    reviewed = str(page.meta.last_reviewed_on)
    review_by = str(page.meta.review_by)
    cited = list(dict.fromkeys(used_sources(page, registers)))
    for change in sorted(registers.law_changes.values(), key=effective_date_key):
        day = change.in_force or ""  # "", before any review: a change without a date is skipped
        changed_sources = affected_keys(change, cited, registers.sources)
        if changed_sources and reviewed < day <= review_by:
            message = (
                f"sidan bygger på {registers.sources[changed_sources[0]].title}, som kan ändras "
                f"{date_words(day)} ({change.title}). Sätt review_by till en dag före det."
            )
            yield Finding(page.display_path, page.line("review_by"), "review-after-change", message)
            return
