#!/usr/bin/env python3
"""Svarar på två frågor: fungerar koden (stil, typer, tester), och är dagens text bra nog?

Behöver bara Python: paketen installeras i projektets egen miljö (.venv) första gången. Saknas
webbläsarna Chromium och Firefox installeras de om du får det.
Webbservern nginx packas upp i .build/, och installeras inte.
Med argument till pytest, som "tests/checks -k menu", körs bara de testerna.

Utgång: 0 allt godkänt, 1 något fel, 2 kunde inte köras.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":  # started as a file, Python looks in scripts/ for modules
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from scripts.audit.browser import find_browser
from scripts.core import environment
from scripts.core.arguments import parser
from scripts.core.environment import ROOT, log
from tests import machine


def run_step(name: str, command: list[str], **environ: str) -> bool:
    """Run one step with its output shown; return whether it passed."""
    log(f"— {name}")
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}).returncode
    log(f"  {'godkänt' if code == 0 else 'FEL'} ({time.monotonic() - started:.0f} s)")
    return code == 0


def main(argv: list[str]) -> int:
    command = parser("scripts/test.py", __doc__)
    command.usage = "%(prog)s [-h] [--quick] [--fix] [ARGUMENT TILL PYTEST ...]"
    add = command.add_argument
    add("--quick", action="store_true", help="bara de snabba testerna, ingen granskning")
    add("--fix", action="store_true", help="rätta stilen i koden, och kör inget annat")
    # No positional for them: argparse would pull apart "-n 2" and "--ignore tests/browser".
    args, for_pytest = command.parse_known_args(argv)
    environment.reexec_in_venv("requirements-dev.txt")
    python = sys.executable
    if args.fix:
        fixed = run_step("Stil", [python, "-m", "ruff", "check", "--fix"])
        return 0 if run_step("Format", [python, "-m", "ruff", "format"]) and fixed else 1
    if not machine.ready():
        return 2
    with_browser = {"CHROMIUM": str(find_browser())}
    pytest = [python, "-m", "pytest"]
    pytest += ["-m", "not slow"] * args.quick
    if for_pytest:
        return 0 if run_step("Tester", [*pytest, *for_pytest], **with_browser) else 1
    passed = [
        run_step("Stil", [python, "-m", "ruff", "check"]),
        run_step("Format", [python, "-m", "ruff", "format", "--check"]),
        run_step("Typer", [python, "-m", "mypy"]),
        # two workers: the machines this runs on have two cores; each takes half of the tests as
        # they are written, so that what a module makes is made once, and then of the other's
        run_step("Bygge", [python, "scripts/build.py"])
        and run_step("Tester", [*pytest, "-n", "2", "--dist", "worksteal"], **with_browser),
    ]
    if not args.quick:
        passed.append(run_step("Granskning", [python, "scripts/audit_text.py"], **with_browser))
    return report_outcome(passed)


def report_outcome(passed: list[bool]) -> int:
    """Say whether every step passed; return the exit code."""
    log("Allt godkänt." if all(passed) else "Något är fel, se ovan.")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    raise SystemExit(environment.run_main(main, sys.argv[1:]))
