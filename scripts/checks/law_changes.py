"""Kontrollerar registret över lagändringar, och att sidor som bygger på dem granskas i tid.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.checks.sources import is_iso_date
from scripts.content.content import (
    ContentError,
    Registers,
    page_files,
    parse_page,
    read_registers,
    read_text,
    shown_path,
    used_sources,
)
from scripts.content.law_changes import STATUSES, affected, by_date, keys_of
from scripts.content.statutes import register_lines
from scripts.core.findings import Finding, report
from scripts.render.registers import date_words

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


def check_page(
    text: str, path: PurePosixPath, shown: PurePosixPath, registers: Registers
) -> Iterator[Finding]:
    """Yield a finding where a page, the file's ``text``, is to be reviewed first after a law that
    it rests on has changed. The earliest change is enough: one date mends them all.

    Raises ContentError.
    """
    page = parse_page(text, path, shown)
    reviewed, due = (str(page.meta.get(name)) for name in ("last_reviewed_on", "review_by"))
    cited = list(dict.fromkeys(used_sources(page, registers)))
    for change in sorted(registers.law_changes.values(), key=by_date):
        day = str(change.get("in_force") or "")
        hit = affected(change, cited, registers.sources)
        if hit and reviewed < day <= due:
            rows = text.split("\n")
            line = next((n for n, row in enumerate(rows, 1) if row.startswith("review_by:")), 1)
            message = (
                f"sidan bygger på {registers.sources[hit[0]]['title']}, som kan ändras "
                f"{date_words(day)} ({change['title']}). Sätt review_by till en dag före det."
            )
            yield Finding(shown, line, "review-after-change", message)
            return


def check_docs(docs: Path) -> Iterator[Finding]:
    """Yield every finding in ``docs``. What can't be read is check_pages' business."""
    file = docs / "_data/law_changes.yml"
    if not file.is_file():
        return
    shown = shown_path(file, docs)
    try:
        registers = read_registers(docs)
        lines = register_lines(read_text(file, shown))
    except ContentError:
        return
    faults = [
        Finding(shown, lines.get(key, 1), rule, f'"{key}": {message}')
        for key, rule, message in check_register(registers.law_changes, registers.sources)
    ]
    yield from faults
    if faults:
        return  # A register that is wrong itself says nothing about the pages.
    for page in page_files(docs):
        path = PurePosixPath(*page.relative_to(docs).parts)
        try:
            text = read_text(page, shown_path(page, docs))
            yield from check_page(text, path, shown_path(page, docs), registers)
        except ContentError:
            continue


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.check law_changes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("docs", type=Path, nargs="?", default=Path("docs"))
    args = parser.parse_args(argv)
    if not args.docs.is_dir():
        print(f'Mappen "{args.docs}" finns inte.', file=sys.stderr)
        return 2
    return report(check_docs(args.docs))


if __name__ == "__main__":
    raise SystemExit(main())
