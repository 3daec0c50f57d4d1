"""Kör en av kontrollerna före bygget: python -m scripts.check NAMN [väljare]

Utgång: 0 inga fel, 1 fel, 2 kunde inte köras. Väljarna: python -m scripts.check NAMN --help
"""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.content.content import Content
from scripts.core.environment import parser, run
from scripts.core.findings import Finding, few, is_fault, report

# In the order of a build. The first must be right for the others to have something to judge.
FIRST = ("pages", "registers")
REST = (
    *("html", "markup", "sources", "doubt", "acts", "situations", "guide", "figures", "dates"),
    *("card", "numbers", "phones", "language", "law_changes"),
)
# Rules of what is left to mend where a page or a section is taken away, moved or merged. With no
# other fault the site can be built all the same, and everything that leads there is told at once.
LEFT = {"unknown-page", "no-such-page", "link-without-words", "duplicate-id"}
LEFT |= {"lost-address", "bad-redirect", "bad-shortcut"}
ALONE = ("reviews", "statutes")  # never in a build
CHECKS = (*FIRST, *REST, *ALONE)


def module(name: str) -> Any:
    """Return a check: a module with ``check(content, today)``, and ``run(content, args)`` with
    ``add_options(parser)`` where it has options of its own."""
    return importlib.import_module(f"scripts.checks.{name}")


def check_content(content: Content, today: dt.date) -> list[Finding]:
    """Return the findings of every check of a build, sorted."""
    found = set(content.faults)
    for names in (FIRST, REST):
        found |= {finding for name in names for finding in few(module(name).check(content, today))}
        if any(is_fault(one) and one.rule not in LEFT for one in found):
            break
    return sorted(found)


def main(argv: Sequence[str]) -> int:
    """Run the check that the first argument names with the rest; return its exit code."""
    name = argv[0].replace("-", "_") if argv else ""
    if name not in CHECKS:
        print(__doc__.strip())
        print(f"Kontrollerna: {', '.join(CHECKS)}.")
        return 0 if name in ("__help", "_h") else 2
    check = module(name)
    exits = "Utgång: 0 inga fel, 1 fel, 2 kunde inte köras."
    command = parser(f"python -m scripts.check {name}", f"{check.__doc__.strip()}\n\n{exits}")
    if hasattr(check, "add_options"):
        check.add_options(command)
    command.add_argument("docs", type=Path, nargs="?", default=Path("docs"))
    command.add_argument("--today", type=dt.date.fromisoformat, default=dt.date.today())
    args = command.parse_args(argv[1:])
    if not args.docs.is_dir():
        print(f'Mappen "{args.docs}" finns inte.', file=sys.stderr)
        return 2
    content = Content.read(args.docs)
    if content.faults:
        return report(content.faults)
    if hasattr(check, "run"):
        return int(check.run(content, args))
    return report(check.check(content, args.today))


if __name__ == "__main__":
    raise SystemExit(run(main, sys.argv[1:]))
