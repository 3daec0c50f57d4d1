"""Kontrollerar registret över lagändringar, och att sidor som bygger på dem granskas i tid."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from scripts.checks.sources import is_iso_date
from scripts.content.choices import STATUSES
from scripts.content.content import Content
from scripts.content.law_changes import affected, by_date, keys_of
from scripts.content.page import Page
from scripts.content.registers import Registers
from scripts.core.findings import Finding
from scripts.core.swedish import date_words
from scripts.render.macros import used_sources

REQUIRED = ("title", "status", "affects", "changes", "seen", "checked_on", "sources")
OPTIONAL = ("in_force", "notice")
LONGEST = 140  # characters of a notice: it stands under the title of many pages


def check_register(
    changes: Mapping[str, Any], sources: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield (record, rule, message) for what is wrong inside law_changes.yml.

    Its ``sources`` are check_sources' business, as every register's are.
    """
    for key, change in changes.items():
        if not isinstance(change, dict):
            yield key, "bad-field", "skriv ändringen som rader under nyckeln."
            continue
        for name in REQUIRED:
            if change.get(name) in (None, ""):  # an empty list says: nothing
                yield key, "missing-field", f'fältet "{name}" saknas.'
        for name in change.keys() - {*REQUIRED, *OPTIONAL}:
            message = f'fältet "{name}" finns inte.{_near(name, (*REQUIRED, *OPTIONAL))}'
            yield key, "unknown-field", message
        if change.get("status") and change["status"] not in STATUSES:
            near = _near(str(change["status"]), STATUSES)
            yield key, "bad-field", f"status ska vara {', '.join(STATUSES)}.{near}"
        for name in ("in_force", "checked_on"):
            if change.get(name) and not is_iso_date(change[name]):
                message = f'fältet "{name}" ska vara "ÅÅÅÅ", "ÅÅÅÅ-MM" eller "ÅÅÅÅ-MM-DD".'
                yield key, "bad-date", message
        for name in ("affects", "sources"):
            if change.get(name) and not isinstance(change[name], list):
                yield key, "bad-field", f'fältet "{name}" ska vara en lista: [utl-5-15, sol].'
        for source in keys_of(change, "affects"):
            if source not in sources:
                message = f'"affects": "{source}" finns inte i sources.yml.{_near(source, sources)}'
                yield key, "unknown-source", message
        yield from ((key, "bad-notice", text) for text in _bad_notice(change))


def _bad_notice(change: Mapping[str, Any]) -> Iterator[str]:
    notice = str(change.get("notice") or "").strip()
    if notice and not change.get("in_force"):
        yield 'en "notice" behöver ett datum. Skriv "in_force", eller ta bort raden.'
    if len(notice) > LONGEST:
        yield f'"notice" har {len(notice)} tecken. Skriv högst {LONGEST}.'
    if "[" in notice or "\n" in notice:
        yield '"notice" ska vara en rad ren text, utan länkar och källor.'


def _near(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f' Menade du "{near[0]}"?' if near else ""


def check_page(page: Page, shown: PurePosixPath, registers: Registers) -> Iterator[Finding]:
    """Yield a finding where a page is to be reviewed first after a law that it rests on has
    changed. The earliest change is enough: one date mends them all."""
    reviewed, due = (str(page.meta.get(name)) for name in ("last_reviewed_on", "review_by"))
    cited = list(dict.fromkeys(used_sources(page, registers)))
    for change in sorted(registers.law_changes.values(), key=by_date):
        day = str(change.get("in_force") or "")
        hit = affected(change, cited, registers.sources)
        if hit and reviewed < day <= due:
            message = (
                f"sidan bygger på {registers.sources[hit[0]]['title']}, som kan ändras "
                f"{date_words(day)} ({change['title']}). Sätt review_by till en dag före det."
            )
            yield Finding(shown, page.line("review_by"), "review-after-change", message)
            return


def check(content: Content, _: dt.date) -> Iterator[Finding]:
    """Yield every finding in the register and in the pages that rest on it."""
    registers = content.registers
    faults = [
        Finding(
            content.files["law_changes"].shown,
            content.line("law_changes", key),
            rule,
            f'"{key}": {message}',
        )
        for key, rule, message in check_register(registers.law_changes, registers.sources)
    ]
    yield from faults
    if faults:
        return  # A register that is wrong itself says nothing about the pages.
    for page in content.pages.values():
        yield from check_page(page, content.shown(page), registers)
