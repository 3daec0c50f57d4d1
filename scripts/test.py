#!/usr/bin/env python3
"""Svarar på två frågor: fungerar koden (stil, typer, tester), och är dagens text bra nog?

Behöver bara Python: paketen installeras i projektets egen miljö (.venv) första gången. Saknas
webbläsarna Chromium och Firefox installeras de om du får det.
Webbservrarna nginx och Apache packas upp i .build/, och installeras inte.

Utgång: 0 allt godkänt, 1 något fel, 2 kunde inte köras.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # run as a file, Python puts scripts/ there

from scripts.audit.browser import find_browser  # noqa: E402
from scripts.core import environment  # noqa: E402
from scripts.core.environment import say  # noqa: E402
from tests import machine  # noqa: E402

REQUIREMENTS = ROOT / "requirements-dev.txt"


def step(name: str, command: list[str], **environ: str) -> bool:
    """Run one step with its output shown; return whether it passed."""
    say(f"— {name}")
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}).returncode
    say(f"  {'godkänt' if code == 0 else 'FEL'} ({time.monotonic() - started:.0f} s)")
    return code == 0


def main(argv: list[str]) -> int:
    parser = environment.parser("python3 scripts/test.py", __doc__)
    parser.usage = "%(prog)s [-h] [--quick] [ARGUMENT TILL PYTEST ...]"
    add = parser.add_argument
    add("--quick", action="store_true", help="bara de snabba testerna, ingen granskning")
    add("--coverage", action="store_true", help="visa vilka rader i scripts/ som inget test kör")
    # No positional for them: argparse would pull apart "-n 2" and "--ignore tests/browser".
    args, for_pytest = parser.parse_known_args(argv)
    code = environment.enter(Path(__file__).resolve(), REQUIREMENTS, argv)
    if code is not None:
        return code
    if not machine.ready():
        return 2
    python = sys.executable
    with_browser = {"CHROMIUM": str(find_browser())}
    passed = [
        step("Stil", [python, "-m", "ruff", "check"]),
        step("Format", [python, "-m", "ruff", "format", "--check"]),
        step("Typer", [python, "-m", "mypy"]),
        step("Bygge", [python, "scripts/build.py"])
        # two workers: the machines this runs on have two cores; each takes half of the tests as
        # they stand, so that what a module makes is made once, and then of the other's
        and step(
            "Tester",
            [python, "-m", "pytest", "-n", "2", "--dist", "worksteal"]
            + ["-m", "not slow"] * args.quick
            + ["--cov", "--cov-report=term"] * args.coverage
            + for_pytest,
            **with_browser,
        ),
    ]
    if not args.quick and not for_pytest:
        passed.append(step("Granskning", [python, "-m", "scripts.audit"], **with_browser))
    say("Allt godkänt." if all(passed) else "Något är fel, se ovan.")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    raise SystemExit(environment.run(main, sys.argv[1:]))
