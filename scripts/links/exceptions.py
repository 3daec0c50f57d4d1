"""Findings that are known and accepted for a time: docs/_data/link-exceptions.yml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.content.yaml_file import parse_yaml, read_text
from scripts.core.findings import ContentError, Finding
from scripts.links.rules import RULES

EXCEPTIONS = "_data/link-exceptions.yml"  # in docs/
FIELDS = ("pattern", "rule", "reason", "owner", "expires")


@dataclass(frozen=True)
class Accepted:
    """One entry: findings of ``rule`` whose target is like ``pattern`` are accepted."""

    key: str
    pattern: str  # "*" and "?" as in file names
    rule: str
    expires: dt.date
    line: int

    def covers(self, finding: Finding) -> bool:
        pattern = self.pattern.replace("[", "[[]")  # an address may have brackets: no wildcard
        return finding.rule == self.rule and fnmatchcase(finding.target, pattern)


def read(file: Path, shown: PurePosixPath) -> tuple[list[Accepted], list[Finding]]:
    """Return the entries of ``file`` and what is wrong with it. A missing file has none."""
    if not file.is_file():
        return [], []
    try:
        text = read_text(file, shown)
        rows = parse_yaml(text, shown) if re.search(r"^\s*[^\s#]", text, re.M) else {}
    except ContentError as error:
        f = error.finding
        return [], [Finding(f.path, f.line, "exception-invalid", f.message)]
    entries, faults = [], []
    for key, row in rows.items():
        match = re.search(rf"^{re.escape(str(key))}\s*:", text, re.M)
        line = text.count("\n", 0, match.start()) + 1 if match else 1
        if problem := _problem(row):
            faults.append(Finding(shown, line, "exception-invalid", f'"{key}": {problem}'))
        else:
            entries.append(Accepted(str(key), row["pattern"], row["rule"], row["expires"], line))
    return entries, faults


def _problem(row: Any) -> str:
    if not isinstance(row, dict):
        return f"ska ha raderna {', '.join(FIELDS)}."
    for name in FIELDS:
        if not row.get(name):
            return f'raden "{name}" saknas. Ett undantag har {", ".join(FIELDS)}.'
    if unknown := [str(name) for name in row if name not in FIELDS]:
        return f'raden "{unknown[0]}" används inte. Ett undantag har {", ".join(FIELDS)}.'
    if str(row["rule"]) not in RULES:
        return f'regeln "{row["rule"]}" finns inte.'
    if type(row["expires"]) is not dt.date:
        return '"expires" ska vara ett datum: ÅÅÅÅ-MM-DD.'
    if not isinstance(row["pattern"], str) or row["pattern"].strip("*? ") == "":
        return '"pattern" ska vara en adress. "*" ensam är för mycket.'
    return ""


def apply(
    findings: Iterable[Finding],
    entries: list[Accepted],
    shown: PurePosixPath,
    today: dt.date | None,
    judged: Iterable[str],
) -> list[Finding]:
    """Return the findings that no entry accepts, and what is wrong with the entries.

    ``today``: None where time must not decide, as in a build. ``judged``: the rules that this run
    looks for; an entry for another rule can't be called unused.
    """
    kept: list[Finding] = []
    used: set[str] = set()
    for finding in findings:
        covering = [entry for entry in entries if entry.covers(finding)]
        used |= {entry.key for entry in covering}
        if not any(today is None or entry.expires >= today for entry in covering):
            kept.append(finding)
    rules = set(judged)
    for entry in entries:
        if today is not None and entry.expires < today:
            text = f'undantaget "{entry.key}" gick ut {entry.expires}. Rätta felet eller förnya.'
            kept.append(
                Finding(shown, entry.line, "exception-expired", text, "", entry.pattern, "warning")
            )
        elif entry.key not in used and entry.rule in rules:
            text = f'undantaget "{entry.key}" behövs inte längre. Ta bort det.'
            kept.append(
                Finding(shown, entry.line, "exception-unused", text, "", entry.pattern, "warning")
            )
    return kept


def accept(
    findings: list[Finding],
    docs: Path | None,
    file: Path | None,
    today: dt.date | None,
    judged: set[str],
) -> list[Finding]:
    """Return the findings that no exception accepts, and the exceptions that are at fault."""
    if file is None and docs is not None:
        file = docs / EXCEPTIONS
        shown = PurePosixPath(docs.name, EXCEPTIONS)
    elif file is not None:
        shown = PurePosixPath(file.as_posix())
    else:
        return findings
    entries, faults = read(file, shown)
    return faults + apply(findings, entries, shown, today, judged)
