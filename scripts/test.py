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


def run_step(name: str, command: list[str]) -> bool:
    """Run the command of one step, whose output is shown; print how it went, and return whether it
    passed."""
    log(f"— {name}")
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT).returncode
    log(f"  {'godkänt' if code == 0 else 'FEL'} ({time.monotonic() - started:.0f} s)")
    return code == 0


def main(argv: list[str]) -> int:
    """Fix the style, run some of the tests or run every step, as the arguments say; return the exit
    code."""
    command = parser("scripts/test.py", __doc__)
    command.usage = "%(prog)s [-h] [--quick] [--fix] [ARGUMENT TILL PYTEST ...]"
    add = command.add_argument
    add("--quick", action="store_true", help="bara de snabba testerna, ingen granskning")
    add("--fix", action="store_true", help="rätta stilen i koden, och kör inget annat")
    # pytest's arguments are no positional here: argparse would pull apart "-n 2" and the like.
    args, for_pytest = command.parse_known_args(argv)
    environment.reexec_in_venv("requirements-dev.txt")
    python = sys.executable
    if args.fix:
        style_fixed = run_step("Stil", [python, "-m", "ruff", "check", "--fix"])
        formatted = run_step("Format", [python, "-m", "ruff", "format"])
        return 0 if style_fixed and formatted else 1
    if not machine.ready():
        return 2
    os.environ["CHROMIUM"] = str(find_browser())
    pytest = [python, "-m", "pytest"]
    if args.quick:
        pytest += ["-m", "not slow"]
    if for_pytest:
        return 0 if run_step("Tester", [*pytest, *for_pytest]) else 1
    return report_outcome(run_all(pytest, with_audit=not args.quick))


def run_all(pytest: list[str], *, with_audit: bool) -> list[bool]:
    """Run every step; return whether each passed. The tests are left out if the build fails: they
    need the built site.

    Args:
        pytest: the command that runs the tests.
        with_audit: whether to audit the text last.
    """
    python = sys.executable
    passed = [
        run_step("Stil", [python, "-m", "ruff", "check"]),
        run_step("Format", [python, "-m", "ruff", "format", "--check"]),
        run_step("Typer", [python, "-m", "mypy"]),
    ]
    is_built = run_step("Bygge", [python, "scripts/build.py"])
    passed.append(is_built)
    if is_built:
        # Two workers: the machines that this runs on have two cores. With "worksteal" each takes
        # half of the tests in file order, so that a module's fixtures are made once, and then some
        # of the other's.
        passed.append(run_step("Tester", [*pytest, "-n", "2", "--dist", "worksteal"]))
    if with_audit:
        passed.append(run_step("Granskning", [python, "scripts/audit_text.py"]))
    return passed


def report_outcome(passed: list[bool]) -> int:
    """Print whether every step passed; return the exit code."""
    log("Allt godkänt." if all(passed) else "Något är fel, se ovan.")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    raise SystemExit(environment.run_main(main, sys.argv[1:]))
