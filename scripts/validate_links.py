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
import shlex
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
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
    as_full_text,
    as_text,
    is_fault,
    one_line,
    sort_findings,
    summary_line,
)
from scripts.links import net, outside
from scripts.links.inside import canonical_address
from scripts.links.resolve import is_site_url, mask
from scripts.links.rules import EXTERNAL, RULES, accept
from scripts.links.sources import Sources
from scripts.links.validate import validate
from scripts.pipeline import dialable_numbers

MAX_PLACES = 5  # of one and the same fault, in a row of a table
FORMATS = ("text", "markdown")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0 without faults, 1 with, 2 if it can't run."""
    args = parse_arguments(argv)
    problem = usage_error(args)
    if problem:
        log(problem)
        return 2
    origin = find_origin(args.site, args.docs)
    try:
        findings = (
            check_external_links(args, origin) if args.external else check_inner_links(args, origin)
        )
    except ValueError as error:
        log(f"Kan inte köras: {error}.")
        return 2
    print_result(format_report(findings, args.format, args.command_for_all))
    return 1 if any(map(is_fault, findings)) else 0


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line ``argv``, or ``sys.argv`` if it is None.

    Two fields are added: ``site``, the folder of the built site, and ``command_for_all``, the same
    command with --all, "" if it has it already.
    """
    command = parser("scripts/validate_links.py", __doc__)
    add = command.add_argument
    folder = "mappen med den byggda webbplatsen"
    add("site", type=as_folder, nargs="?", metavar="MAPP", help=folder)
    add("--sajt", type=as_folder, metavar="MAPP", help="kontrollera site/ i den mappen")
    add("--site-url", default="", help="adressen där den ska ligga, med sökväg")
    docs = "mappen med källorna och registren; annars projektets, om MAPP är dess site/"
    add("--docs", type=as_folder, metavar="MAPP", help=docs)
    add("--format", choices=FORMATS, default="text", help="hur fynden skrivs ut")
    add("--all", action="store_true", help="visa varje rad, också den som upprepar en annan")
    add("--today", type=as_date, default=dt.date.today(), metavar="ÅÅÅÅ-MM-DD")
    add = command.add_argument_group("andra webbplatser").add_argument
    add("--external", action="store_true", help="fråga andra webbplatser, inget annat")
    contact = "adress som de frågade kan nå dig på; annars miljövariabeln LINK_CONTACT"
    add("--contact", default=os.environ.get("LINK_CONTACT", ""), help=contact)
    args = command.parse_args(argv)
    if bool(args.site) == bool(args.sajt):
        command.error("skriv antingen mappen med den byggda webbplatsen, eller --sajt MAPP")
    args.site = args.site or args.sajt / "site"
    given = sys.argv[1:] if argv is None else argv
    words = [*command.prog.split(), *given, "--all"]
    args.command_for_all = "" if args.all else shlex.join(words)
    return args


def usage_error(args: argparse.Namespace) -> str:
    """Return why the command can't be run as it is written, or ""."""
    if not any(args.site.rglob("*.htm*")):
        return f'Mappen "{args.site}" har inga HTML-sidor. Bygg webbplatsen först.'
    if args.docs and not args.docs.is_dir():
        return f'Mappen "{args.docs}" finns inte.'
    if args.site_url and not is_site_url(args.site_url):
        return f'"{mask(args.site_url)}" är ingen adress. Skriv https://…'
    if args.external and not args.contact:
        return "Den som frågas ska kunna nå dig. Ange --contact (en adress)."
    return ""


@dataclass(frozen=True)
class Origin:
    """What is known of where a built site comes from."""

    sources: Sources
    numbers: frozenset[str] = frozenset()  # that a link may call; none given: any
    site_url: str = ""  # its address, as its start page has it


def find_origin(site: Path, docs: Path | None) -> Origin:
    """Return the source files, known telephone numbers and address of a built site.

    The sources are in ``docs``; if it is None, in docs/ of the project whose site/ ``site`` is. An
    empty Origin if there is neither. The numbers in mkdocs.yml and the address are known only of
    docs/ of a project.
    """
    root = site.resolve().parent
    if docs is None and site.name == "site" and (root / CONFIG).is_file():
        docs = root / DOCS
    if docs is None:
        return Origin(Sources())
    content = Content.read(docs)
    own_numbers: Iterable[str] = ()
    site_url = ""
    if docs.name == DOCS:
        with suppress(ContentError):  # the build reports settings that can't be read
            project = Project.load(docs.parent)
            content, own_numbers = project.content, project.config.extra.local.values()
            site_url = canonical_address(site)
    sources = Sources(docs, *content.more_sources)
    return Origin(sources, frozenset(dialable_numbers(content, own_numbers)), site_url)


def check_inner_links(args: argparse.Namespace, origin: Origin) -> list[Finding]:
    """Return the findings of the links within the site. Raises OSError."""
    return validate(
        args.site,
        origin.sources,
        args.site_url or origin.site_url,
        args.site.as_posix(),
        today=args.today,
        numbers=origin.numbers,
    )


def check_external_links(args: argparse.Namespace, origin: Origin) -> list[Finding]:
    """Return the findings of the links to other hosts. Raises OSError, ValueError, and
    KeyboardInterrupt when the results so far are saved."""
    session = net.make_session(f"link-check/1 (+{args.contact})")
    sources = origin.sources
    findings = outside.check_external(
        args.site, args.site_url, sources, session, args.today, sys.stderr
    )
    return sorted(accept(findings, sources.folders, args.today, EXTERNAL))


def format_report(findings: Sequence[Finding], form: str, command: str = "") -> str:
    """Return a report of the findings, the worst first.

    Args:
        form: "text" or "markdown".
        command: the command that prints all of them, since repeated ones are left out here; "":
            all are printed.
    """
    if form == "markdown":
        return as_markdown(findings, command)
    if command:
        return as_text(findings, tuple(RULES), command)
    return as_full_text(findings, tuple(RULES))


def as_markdown(findings: Sequence[Finding], command: str = "") -> str:
    """Return a report to read or to post: a table for each rule, a row for each fault with its
    places. ``command``: see ``format_report``."""
    if not findings:
        return summary_line(findings)
    tables: dict[str, dict[str, list[Finding]]] = {}  # rule → fault → its findings
    for finding in sort_findings(findings, tuple(RULES)):
        # A fault of a template is on every page, with as many "../" as each is deep.
        fault = re.sub(r"(?:\.\./)+", "", finding.message) if finding.page else str(finding)
        tables.setdefault(finding.rule, {}).setdefault(fault, []).append(finding)
    lines = [f"{len(findings)} fynd", ""]
    for rule, rows in tables.items():
        lines += [f"### {RULES.get(rule, rule)} (`{rule}`)", "", "| plats | fynd |", "|---|---|"]
        lines += [_table_row(same_fault, bool(command)) for same_fault in rows.values()]
        lines.append("")
    if command:
        lines.append(f"Alla ställen: `{command}`")
    return "\n".join(lines).rstrip()


def _table_row(same_fault: Sequence[Finding], is_shortened: bool) -> str:
    """Return the row of findings of the same fault: their places and the message of the first.
    ``is_shortened``: with at most MAX_PLACES places."""
    places = [one_line(f"{finding.path}:{finding.line}") for finding in same_fault]
    shown = places[:MAX_PLACES] if is_shortened else places
    others = len(places) - len(shown)
    more = f" och {others} till" if others else ""
    return f"| {', '.join(shown)}{more} | {_table_cell(same_fault[0].message)} |"


def _table_cell(text: str) -> str:
    """Return a text escaped as Markdown in a table's cell."""
    return re.sub(r"[|<>`*_\[\]\\]", r"\\\g<0>", one_line(text))


if __name__ == "__main__":
    raise SystemExit(run_main(main, sys.argv[1:]))
