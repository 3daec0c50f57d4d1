"""Findings that are known and accepted for a time: docs/_data/link-exceptions.yml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from scripts.content.fields import Field, Given, walk
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core.findings import ContentError, Finding
from scripts.links.report import RULES

EXCEPTIONS = "_data/link-exceptions.yml"  # in docs/


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as it is written: findings of ``rule`` whose target is like ``pattern``, with "*"
    and "?" as in file names, are accepted."""

    pattern: Annotated[str, Field(like=r"(?![*? ]*$).+", form='en adress: "*" ensam är för mycket')]
    rule: Annotated[str, Field(choices=tuple(RULES))]
    reason: str
    owner: str
    expires: dt.date


def covers(row: dict[str, Any], finding: Finding) -> bool:
    """Whether an entry is about a finding."""
    pattern = row["pattern"].replace("[", "[[]")  # an address may have brackets: no wildcard
    return bool(finding.rule == row["rule"]) and fnmatchcase(finding.target, pattern)


def accept(
    findings: Iterable[Finding],
    docs: Path | None,
    file: Path | None,
    today: dt.date | None,
    judged: Collection[str],
) -> list[Finding]:
    """Return the findings that no entry accepts, and what is wrong with the entries.

    ``file``: where they stand, if not in ``docs``; a missing one has none. ``today``: None where
    time must not decide, as in a build. ``judged``: the rules that this run looks for; an entry for
    another rule can't be called unused.
    """
    shown = PurePosixPath(file.as_posix() if file else f"{docs.name if docs else ''}/{EXCEPTIONS}")
    file = file or (docs / EXCEPTIONS if docs else None)
    if file is None or not file.is_file():
        return list(findings)
    register, told = _read(file, shown)
    kept: list[Finding] = []
    used: set[str] = set()
    for finding in findings:
        covering = [key for key, row in register.value.items() if covers(row, finding)]
        used.update(covering)
        if not any(today is None or register.value[key]["expires"] >= today for key in covering):
            kept.append(finding)
    for key, row in register.value.items():
        rule, text = "exception-unused", f'undantaget "{key}" behövs inte längre. Ta bort det.'
        if today is not None and row["expires"] < today:
            rule = "exception-expired"
            text = f'undantaget "{key}" gick ut {row["expires"]}. Rätta felet eller förnya.'
        elif key in used or row["rule"] not in judged:
            continue
        line = register.line(key)
        told.append(Finding(shown, line, rule, text, "", row["pattern"], "warning"))
    return told + kept


def _read(file: Path, shown: PurePosixPath) -> tuple[RegisterFile, list[Finding]]:
    """Return the entries that are right, and what is wrong with the others."""
    try:
        text = read_text(file, shown)
        rows = parse_yaml(text, shown) if re.search(r"^\s*[^\s#]", text, re.M) else {}
    except ContentError as error:
        told = (Finding(f.path, f.line, "exception-invalid", f.message) for f in error.findings)
        return RegisterFile(shown, "", {}), list(told)
    register = RegisterFile(shown, text, rows)
    faults = [w for w in walk(dict[str, Row], rows) if not isinstance(w, Given)]
    messages = {where: message for where, _, message in faults}
    bad = {where[0] for where in messages}
    right = {key: row for key, row in rows.items() if key not in bad}
    return RegisterFile(shown, text, right), [
        Finding(shown, register.line(*where), "exception-invalid", message)
        for where, message in messages.items()
    ]
