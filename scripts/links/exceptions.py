"""Findings that are known and accepted for a time: docs/_data/link-exceptions.yml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated

from scripts.content.fields import Field, Given, walk
from scripts.content.registers import RegisterFile
from scripts.content.yaml_file import parse_yaml, read_text
from scripts.core.findings import ContentError, Finding
from scripts.links.rules import RULES

EXCEPTIONS = "_data/link-exceptions.yml"  # in docs/


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as it is written."""

    pattern: Annotated[str, Field(like=r"(?![*? ]*$).+", form='en adress: "*" ensam är för mycket')]
    rule: Annotated[str, Field(choices=tuple(RULES))]
    reason: str
    owner: str
    expires: dt.date


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
    register = RegisterFile(shown, text, rows)
    wrong = {
        where: message
        for where, _, message in (w for w in walk(dict[str, Row], rows) if not isinstance(w, Given))
    }
    faults = [
        Finding(shown, register.line(*where), "exception-invalid", message)
        for where, message in wrong.items()
    ]
    entries = [
        Accepted(str(key), row["pattern"], row["rule"], row["expires"], register.line(key))
        for key, row in rows.items()
        if key not in {where[0] for where in wrong}
    ]
    return entries, faults


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
