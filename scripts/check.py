#!/usr/bin/env python3
"""Kör en av kontrollerna före bygget: python3 scripts/check.py NAMN [väljare]

Utgång: 0 inga fel, 1 fel, 2 kunde inte köras. Väljarna: python3 scripts/check.py NAMN --help
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from scripts.core.environment import reexec_in_venv

    reexec_in_venv()

from scripts.content.content import Content
from scripts.content.files import DATA
from scripts.content.project import Project
from scripts.core.arguments import as_date, as_folder, parser
from scripts.core.environment import ROOT, log, print_result, run_main
from scripts.core.findings import ContentError, Finding, is_fault, report

# The checks in the order of a build. REST run only if FIRST yield no errors.
FIRST = ("pages", "registers")
REST = (
    "front_matter",
    "html",
    "markup",
    "blocks",
    "sources",
    "doubt",
    "rules",
    "situations",
    "procedure",
    "ties",
    "guide",
    "figures",
    "dates",
    "card",
    "numbers",
    "phones",
    "language",
    "changes",
    "readings",
    "supplements",
)
# Rules of references to something that an editor has removed, moved or merged. If there are no
# other errors the site is built all the same, so that one run reports all of them.
RULES_OF_REMOVALS = {
    "unknown-page",
    "no-such-page",
    "link-without-words",
    "duplicate-id",
    "lost-address",
    "bad-redirect",
    "bad-shortcut",
    "not-in-menu",
    "menu-without-page",
}
# Rules of findings about files that can't be read at all.
UNREADABLE = {
    "bad-yaml",
    "merge-conflict",
    "not-utf-8",
    "unreadable",
    "unknown-file",
    "bad-law",
    "no-front-matter",
    "long-line",
    "bad-character",
}
ALONE = ("reviews", "schemas", "statutes")  # never in a build
CHECKS = (*FIRST, *REST, *ALONE)


def load_check(name: str) -> Any:
    """Import a check by its name: a module with ``check(content, today) -> Iterator[Finding]``.

    A check that prints its result itself also has ``run(content, args)``, which returns the exit
    code. A check with options of its own also has ``add_options(parser)``.
    """
    return importlib.import_module(f"scripts.checks.{name}")


def check_content(content: Content, today: dt.date) -> list[Finding]:
    """Return the findings of every check of a build, sorted.

    If a register or a statute can't be read, only that is reported: every reference to it would
    give a false finding. The checks in REST don't run if those in FIRST give errors, except errors
    of RULES_OF_REMOVALS.
    """
    unreadable = [finding for finding in content.faults if finding.rule in UNREADABLE]
    if any(DATA in finding.path.parts for finding in unreadable):
        return sorted(unreadable)
    findings = set(content.faults)
    for names in (FIRST, REST):
        for name in names:
            findings.update(load_check(name).check(content, today))
        if any(is_fault(found) and found.rule not in RULES_OF_REMOVALS for found in findings):
            break
    return sorted(findings)


def check_parser(name: str, check: Any) -> argparse.ArgumentParser:
    """Return the parser of the command-line options of ``check``, the module called ``name``."""
    exits = "Utgång: 0 inga fel, 1 fel, 2 kunde inte köras."
    command = parser(f"scripts/check.py {name}", f"{check.__doc__.strip()}\n\n{exits}")
    if hasattr(check, "add_options"):
        check.add_options(command)
    command.add_argument(
        "--sajt",
        type=as_folder,
        default=ROOT,
        metavar="MAPP",
        help="kontrollera sajten i en annan mapp",
    )
    command.add_argument("--today", type=as_date, default=dt.date.today(), metavar="ÅÅÅÅ-MM-DD")
    return command


def main(argv: Sequence[str]) -> int:
    """Run the check that the first argument names, with the options after it; return its exit code.

    A check with ``run`` prints its result itself; the findings of any other are printed here.
    Without the name of a check, print their names.
    """
    first_argument = argv[0] if argv else ""
    name = first_argument.replace("-", "_")  # "front-matter" is the module front_matter
    if name not in CHECKS:
        print_result(f"{__doc__.strip()}\nKontrollerna: {', '.join(CHECKS)}.")
        return 0 if first_argument in ("--help", "-h") else 2
    check = load_check(name)
    args = check_parser(name, check).parse_args(argv[1:])
    if not args.sajt.is_dir():
        log(f'Mappen "{args.sajt}" finns inte.')
        return 2
    try:
        project = Project.load(args.sajt)
    except ContentError as error:
        return report(error.findings)
    if project.findings:
        return report(project.findings)
    if hasattr(check, "run"):  # prints its result itself
        return int(check.run(project.content, args))
    findings = check.check(project.content, args.today)
    return report(project.relevant(findings))  # without notes that a municipality can't act on


if __name__ == "__main__":
    raise SystemExit(run_main(main, sys.argv[1:]))
