"""Kontrollerar att docs/_data/schemas/ stämmer med fältens typer. --write skriver filerna."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scripts.content.content import Content
from scripts.content.files import DATA, SCHEMAS
from scripts.content.schema import field_table, schemas
from scripts.core.environment import ROOT, print_result
from scripts.core.findings import Finding, report

FOLDER = PurePosixPath("docs", DATA, SCHEMAS)
TABLE = "README.md"


def generated_files() -> dict[str, str]:
    """Return name → text of each file of docs/_data/schemas/, generated from the field types."""
    files = {
        f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in schemas().items()
    }
    return {**files, TABLE: field_table()}


def check(_: Content, __: dt.date) -> Iterator[Finding]:
    """Yield a finding for each file of this project's docs/_data/schemas/ that differs from the
    generated one. Other sites have no schemas of their own."""
    folder = ROOT / FOLDER
    expected = generated_files()
    for name in sorted({*expected, *(file.name for file in folder.glob("*"))}):
        file = folder / name
        text = file.read_text(encoding="utf-8") if file.is_file() else None
        if text != expected.get(name):
            message = (
                "stämmer inte med fältens typer. Kör python3 scripts/check.py schemas --write."
            )
            yield Finding(FOLDER / name, 1, "stale-schema", message)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--write``, which writes the files."""
    parser.add_argument("--write", action="store_true", help="skriv filerna")


def run(content: Content, args: argparse.Namespace) -> int:
    """With ``--write``, write the files; else report the stale ones. Return the exit code."""
    if args.write:
        write(ROOT / FOLDER)
        print_result(f"Skrev {FOLDER}.")
        return 0
    return report(check(content, args.today))


def write(folder: Path) -> None:
    """Replace the files of ``folder`` by the generated ones."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, text in generated_files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
