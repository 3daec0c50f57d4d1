"""Visar vilka sidor som ska granskas, och vilka som har passerat sitt datum.

Ett passerat datum stoppar aldrig ett bygge: läsaren ser det på sidan. Med --fail-overdue blir det
ett fel; så kör en schemalagd påminnelse.

Utgång: 0 inget har passerat (eller bara visat), 1 något har passerat, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterable, Iterator

from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.registers import Registers
from scripts.content.statutes import law_read
from scripts.content.uses import used_sources
from scripts.core.findings import Finding, report

JSON_VERSION = 1


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each page whose ``review_by`` lies before ``today``."""
    for page in content.pages.values():
        due = page.meta["review_by"]
        if due < today:
            message = (
                f"sidan skulle ha granskats senast {due}. Gå igenom den mot källorna "
                "och sätt nya datum överst."
            )
            yield Finding(content.shown(page), page.line("review_by"), "overdue-review", message)


def as_json(pages: Iterable[Page], registers: Registers) -> str:
    """Return granskning.json: pages by next review, addresses relative to the file's own.

    The form: scripts/schemas/granskning.schema.json. No field depends on the day it is made.
    """
    rows = [
        {
            "url": page.address or "./",  # "" would be the file itself (RFC 3986, 5.2.2)
            "title": page.title,
            "last_reviewed_on": str(page.meta["last_reviewed_on"]),
            "review_by": str(page.meta["review_by"]),
            "law_read_on": law_read(used_sources(page, registers), registers.sources) or None,
            "owner": page.meta["owner"],
        }
        for page in sorted(pages, key=lambda p: (p.meta["review_by"], p.path))
    ]
    data = {"$schema": "granskning.schema.json", "version": JSON_VERSION, "pages": rows}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add this check's own option."""
    parser.add_argument("--fail-overdue", action="store_true", help="passerade datum är fel")


def run(content: Content, args: argparse.Namespace) -> int:
    """Check with that option; return the exit code."""
    code = report(check(content, args.today))
    return code if args.fail_overdue else 0
