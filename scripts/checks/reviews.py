"""Visar vilka sidor som ska granskas, och vilka som har passerat sitt datum.

Ett passerat datum stoppar aldrig ett bygge: läsaren ser det på sidan. Med --fail-overdue blir det
ett fel; så kör en schemalagd påminnelse.

Utgång: 0 inget har passerat (eller bara visat), 1 något har passerat, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator

from scripts.content.content import Content
from scripts.content.page import MadePage
from scripts.core.findings import Finding, report


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for each page whose ``review_by`` lies before ``today``."""
    first = content.page_with("vagledning", content.registers.guide.start)
    for page in content.pages.values():
        due = page.meta.review_by
        if isinstance(page, MadePage) and first and due == first.meta.review_by:
            continue  # reviewed with the first
        if due < today:
            message = (
                f"sidan skulle ha granskats senast {due}. Gå igenom den mot källorna "
                "och sätt nya datum överst."
            )
            yield Finding(content.shown(page), page.line("review_by"), "overdue-review", message)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add this check's own option."""
    parser.add_argument("--fail-overdue", action="store_true", help="passerade datum är fel")


def run(content: Content, args: argparse.Namespace) -> int:
    """Check with that option; return the exit code."""
    code = report(check(content, args.today))
    return code if args.fail_overdue else 0
