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
from scripts.links.inside import canonical_address
from scripts.links.resolve import is_origin, mask
from scripts.links.rules import EXTERNAL, RULES, accept
from scripts.links.validate import Sources, validate
from scripts.pipeline import dialable_numbers

MAX_PLACES = 5  # places of one and the same fault in a row
FORMATS = ("text", "markdown")


def format_report(findings: Sequence[Finding], form: str, command: str = "") -> str:
    """Return findings as a person reads them, the worst first. ``command``: what to write to see
    all of them; "" shows all."""
    if form == "markdown":
        return as_markdown(findings, command)
    if command:
        return as_text(findings, tuple(RULES), command)
    return as_full_text(findings, tuple(RULES))


def as_markdown(findings: Sequence[Finding], command: str = "") -> str:
    """Return a report to read or to post: a table for each rule, a row for each fault."""
    if not findings:
        return summary_line(findings)
    tables: dict[str, dict[str, list[str]]] = {}
    for finding in sort_findings(findings, tuple(RULES)):
        # A fault of a template is on every page, with as many "../" as each is deep.
        rows = tables.setdefault(finding.rule, {})
        same = re.sub(r"(?:\.\./)+", "", finding.message) if finding.page else str(finding)
        row = rows.setdefault(same, [_table_cell(finding.message)])
        row.append(one_line(f"{finding.path}:{finding.line}"))
    lines = [f"{len(findings)} fynd", ""]
    cut = False
    for rule, rows in tables.items():
        lines += [f"### {RULES.get(rule, rule)} (`{rule}`)", "", "| plats | fynd |", "|---|---|"]
        for message, *places in rows.values():
            shown = places[:MAX_PLACES] if command else places
            left = len(places) - len(shown)
            cut |= left > 0
            more = f" och {left} till" if left else ""
            lines.append(f"| {', '.join(shown)}{more} | {message} |")
        lines.append("")
    if cut:
        lines.append(f"Alla ställen: `{command}`")
    return "\n".join(lines).rstrip()


def _table_cell(text: str) -> str:
    return re.sub(r"[|<>`*_\[\]\\]", r"\\\g<0>", one_line(text))


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line."""
    command = parser("scripts/validate_links.py", __doc__)
    add = command.add_argument
    folder = "mappen med den byggda webbplatsen"
    add("dir", type=as_folder, nargs="?", metavar="MAPP", help=folder)
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
    if bool(args.dir) == bool(args.sajt):
        command.error("skriv antingen mappen med den byggda webbplatsen, eller --sajt MAPP")
    args.dir = args.dir or args.sajt / "site"
    given = sys.argv[1:] if argv is None else argv
    args.command = "" if args.all else shlex.join([*command.prog.split(), *given, "--all"])
    return args


@dataclass(frozen=True)
class Origin:
    """What a built site is made of, as far as it is known."""

    sources: Sources
    numbers: frozenset[str] = frozenset()  # that a link may call; none given: any
    site_url: str = ""  # where a project's site will be, as its start page has it


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
    local: Iterable[str] = ()
    site_url = ""
    content = Content.read(docs)
    if docs.name == DOCS:
        with suppress(ContentError):  # the build reports settings that can't be read
            project = Project.load(docs.parent)
            content, local = project.content, project.config.extra.local.values()
            site_url = canonical_address(site)
    sources = Sources(docs, *content.more_sources)
    return Origin(sources, frozenset(dialable_numbers(content, local)), site_url)


def usage_error(args: argparse.Namespace) -> str:
    """Return why the command can't be run as it is written, or ""."""
    if not any(args.dir.rglob("*.[hH][tT][mM]*")):
        return f'Mappen "{args.dir}" har inga HTML-sidor. Bygg webbplatsen först.'
    if args.docs and not args.docs.is_dir():
        return f'Mappen "{args.docs}" finns inte.'
    if args.site_url and not is_origin(args.site_url):
        return f'"{mask(args.site_url)}" är ingen adress. Skriv https://…'
    if args.external and not args.contact:
        return "Den som frågas ska kunna nå dig. Ange --contact (en adress)."
    return ""


def main(argv: Sequence[str] | None = None) -> int:
    args = parse_arguments(argv)
    if why := usage_error(args):
        log(why)
        return 2
    origin = find_origin(args.dir, args.docs)
    try:
        findings = check_external_links(args, origin) if args.external else check_site(args, origin)
    except ValueError as error:
        log(f"Kan inte köras: {error}.")
        return 2
    print_result(format_report(findings, args.format, args.command))
    return 1 if any(map(is_fault, findings)) else 0  # what is only worth knowing is no fault


def check_site(args: argparse.Namespace, origin: Origin) -> list[Finding]:
    """Return the findings inside the site. Raises OSError."""
    return validate(
        args.dir,
        origin.sources,
        args.site_url or origin.site_url,
        args.dir.as_posix(),
        today=args.today,
        numbers=origin.numbers,
    )


def check_external_links(args: argparse.Namespace, origin: Origin) -> list[Finding]:
    """Return the findings of the external addresses. Raises OSError, ValueError, and
    KeyboardInterrupt when the results so far are saved."""
    from scripts.links import net, outside

    session = net.make_session(f"link-check/1 (+{args.contact})")
    sources = origin.sources
    findings = outside.external(args.dir, args.site_url, sources, session, args.today, sys.stderr)
    return sorted(accept(findings, sources.folders, args.today, EXTERNAL))


if __name__ == "__main__":
    raise SystemExit(run_main(main, sys.argv[1:]))
