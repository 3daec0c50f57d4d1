#!/usr/bin/env python3
"""Hittar trasiga länkar i en färdigbyggd webbplats (en mapp med HTML).

Kontrollerar sidor, ankare, bilder, skript, stilmallar, id, PDF:er, flöden, sitemap och adressernas
form.
Utan --external anropas aldrig nätet.
Är mappen ett projekts site/ pekar felen på raderna i dess docs/, och telefonnumren ska stå i dess
register.

Utgång: 0 inga fel, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from scripts.core.environment import reexec_in_venv

    reexec_in_venv()

from scripts.content.content import Content
from scripts.content.project import DOCS, Project
from scripts.content.settings_files import CONFIG
from scripts.core.arguments import as_date, as_folder, parser
from scripts.core.environment import log, print_result, run_main
from scripts.core.findings import (
    ContentError,
    Finding,
    as_text,
    group_findings,
    is_fault,
    one_line,
    summary_line,
)
from scripts.links import net, outside
from scripts.links.inside import canonical_address
from scripts.links.resolve import is_site_url, mask
from scripts.links.rules import EXTERNAL, RULES, apply_exceptions
from scripts.links.sources import Sources
from scripts.links.validate import validate
from scripts.pipeline import dialable_numbers

MAX_PLACES = 5  # in a row of a table
FORMATS = ("text", "markdown")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0 without faults, 1 with, 2 if it can't run."""
    args = parse_arguments(argv)
    problem = usage_error(args)
    if problem:
        log(problem)
        return 2
    origin = find_origin(args.site)
    try:
        if args.external:
            findings = check_external_links(args, origin)
        else:
            findings = check_inner_links(args, origin)
    except ValueError as error:
        log(f"Kan inte köras: {error}.")
        return 2
    print_result(format_report(findings, args.format))
    return 1 if any(map(is_fault, findings)) else 0


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line ``argv``, or ``sys.argv`` if it is None. The field ``site`` is the
    folder of the built site, also with --sajt."""
    command = parser("scripts/validate_links.py", __doc__)
    add = command.add_argument
    site_help = "mappen med den byggda webbplatsen"
    add("site", type=as_folder, nargs="?", metavar="MAPP", help=site_help)
    add("--sajt", type=as_folder, metavar="MAPP", help="kontrollera site/ i den mappen")
    add("--site-url", default="", help="adressen där den ska ligga, med sökväg")
    add("--format", choices=FORMATS, default="text", help="hur fynden skrivs ut")
    add("--today", type=as_date, default=dt.date.today(), metavar="ÅÅÅÅ-MM-DD")
    external = command.add_argument_group("andra webbplatser")
    external_help = "fråga andra webbplatser, inget annat"
    external.add_argument("--external", action="store_true", help=external_help)
    contact = os.environ.get("LINK_CONTACT", "")
    contact_help = "adress som de frågade kan nå dig på; annars miljövariabeln LINK_CONTACT"
    external.add_argument("--contact", default=contact, help=contact_help)
    args = command.parse_args(argv)
    if bool(args.site) == bool(args.sajt):
        command.error("skriv antingen mappen med den byggda webbplatsen, eller --sajt MAPP")
    args.site = args.site or args.sajt / "site"
    return args


def usage_error(args: argparse.Namespace) -> str:
    """Return a Swedish message on why the command can't run with these arguments; "" if it can."""
    if not any(args.site.rglob("*.htm*")):
        return f'Mappen "{args.site}" har inga HTML-sidor. Bygg webbplatsen först.'
    if args.site_url and not is_site_url(args.site_url):
        return f'"{mask(args.site_url)}" är ingen adress. Skriv https://…'
    if args.external and not args.contact:
        return "Den som frågas ska kunna nå dig. Ange --contact (en adress)."
    return ""


@dataclass(frozen=True)
class Origin:
    """The project that a built site comes from, as far as it is known."""

    sources: Sources
    numbers: frozenset[str] = frozenset()  # those that ``tel:`` links may call; empty: any
    site_url: str = ""  # the canonical address of the site's start page


def find_origin(site: Path) -> Origin:
    """Return the source files, known telephone numbers and address of the built site in ``site``.

    If the folder isn't the site/ of a project, the Origin is empty.
    """
    root = site.resolve().parent
    if site.name != "site" or not (root / CONFIG).is_file():
        return Origin(Sources())
    own_numbers: Iterable[str] = ()
    try:
        project = Project.load(root)
        content = project.content
        own_numbers = project.config.extra.local.values()
    except ContentError:  # settings that can't be read, which the build reports
        content = Content.read(root / DOCS)
    numbers = frozenset(dialable_numbers(content, own_numbers))
    sources = Sources(root / DOCS, *content.folders_beside_docs)
    return Origin(sources, numbers, canonical_address(site))


def check_inner_links(args: argparse.Namespace, origin: Origin) -> list[Finding]:
    """Return the findings of the links within the site. Raises OSError."""
    return validate(
        args.site,
        origin.sources,
        site_url=args.site_url or origin.site_url,
        label=args.site.as_posix(),
        today=args.today,
        numbers=origin.numbers,
    )


def check_external_links(args: argparse.Namespace, origin: Origin) -> list[Finding]:
    """Return the findings of the links to other hosts. Raises OSError, and ValueError if the
    results of earlier runs can't be read."""
    session = net.make_session(f"link-check/1 (+{args.contact})")
    sources = origin.sources
    findings = outside.check_external(
        args.site,
        site_url=args.site_url,
        sources=sources,
        session=session,
        today=args.today,
        progress=sys.stderr,
    )
    return sorted(apply_exceptions(findings, sources.folders, args.today, EXTERNAL))


def format_report(findings: Sequence[Finding], form: str) -> str:
    """Return a report of the findings, the worst rule first. ``form``: one of FORMATS."""
    rule_order = tuple(RULES)
    if form == "markdown":
        return as_markdown(findings, rule_order)
    return as_text(findings, rule_order)


def as_markdown(findings: Sequence[Finding], rule_order: Sequence[str]) -> str:
    """Return a report to post: a table for each rule, a row for each group of findings."""
    if not findings:
        return summary_line(findings)
    rows_by_rule: dict[str, list[str]] = {}
    for group in group_findings(findings, rule_order):
        rows_by_rule.setdefault(group[0].rule, []).append(_table_row(group))
    lines = [f"{len(findings)} fynd"]
    for rule, rows in rows_by_rule.items():
        heading = f"### {RULES.get(rule, rule)} (`{rule}`)"
        lines += ["", heading, "", "| plats | fynd |", "|---|---|", *rows]
    return "\n".join(lines)


def _table_row(group: Sequence[Finding]) -> str:
    """Return the table row of a group of findings: the places of the first MAX_PLACES, and the
    message of the first. The other messages differ from it only in "../"."""
    shown = group[:MAX_PLACES]
    places = ", ".join(one_line(f"{finding.path}:{finding.line}") for finding in shown)
    others = len(group) - MAX_PLACES
    more = f" och {others} till" if others > 0 else ""
    return f"| {places}{more} | {_table_cell(group[0].message)} |"


def _table_cell(text: str) -> str:
    """Return a text escaped as Markdown in a table's cell."""
    return re.sub(r"[|<>`*_\[\]\\]", r"\\\g<0>", one_line(text))


if __name__ == "__main__":
    raise SystemExit(run_main(main, sys.argv[1:]))
