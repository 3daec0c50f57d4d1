"""Every rule of the validator, and what breaks one and is accepted for a time:
docs/_data/link-exceptions.yml."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from scripts.content.fields import Field
from scripts.content.validation import validate
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core.findings import ContentError, Finding

# Rule → what it means; the worst first, as a report has them. The key is its name in
# link-exceptions.yml.
RULES = {
    "credentials": "En adress innehåller inloggningsuppgifter",
    "missing-page": "Sidan som länken leder till finns inte",
    "missing-asset": "En fil som sidan behöver finns inte",
    "missing-anchor": "Sidan finns men inte stället på den",
    "bad-tel": "En tel-länk går inte att ringa",
    "bad-tel-register": "Ett nummer i en tel-länk finns inte bland kontakterna",
    "bad-mailto": "En mailto-länk har ingen giltig e-postadress",
    "malformed-url": "En adress är felskriven",
    "local-link": "En adress fungerar bara på den egna datorn eller i det egna nätet",
    "outside-site": "Länken leder ut ur webbplatsens mapp",
    "unreadable-file": "En fil kan inte läsas",
    "wrong-case": "Adressen skiljer sig från filens namn i skiftläge eller kodning",
    "external-dead": "En sida på en annan webbplats är borta",
    "statute-changed": "En paragraf har en annan lydelse än den i registret",
    "external-changed": "En källa har ändrats",
    "external-place": "En sida på en annan webbplats finns, men inte stället på den",
    "exception-invalid": "Ett undantag är ofullständigt",
    "exception-expired": "Ett undantag har gått ut",
    "missing-slash": "Adressen saknar snedstreck på slutet",
    "missing-ref": "Ett attribut pekar på ett id som inte finns på sidan",
    "empty-link": "En adress är tom",
    "duplicate-id": "Ett id står på flera ställen på samma sida",
    "bad-id": "Ett id är tomt eller har mellanslag",
    "orphan-page": "Ingen väg leder till sidan från startsidan",
    "external-moved": "En sida på en annan webbplats har flyttat",
    "insecure-link": "En adress är okrypterad fast webbplatsen svarar krypterat",
    "external-unsure": "En sida på en annan webbplats kunde inte bedömas",
    "exception-unused": "Ett undantag behövs inte längre",
}
# Those that need requests to other sites.
EXTERNAL = {rule for rule in RULES if rule.startswith("external-")}
EXTERNAL |= {"insecure-link", "statute-changed"}

EXCEPTIONS = "_data/link-exceptions.yml"  # in docs/


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as it is written: findings of ``rule`` whose target is like ``pattern``, with "*"
    and "?" as in file names, are accepted."""

    pattern: Annotated[
        str, Field(pattern=r"(?![*? ]*$).+", pattern_help='en adress: "*" ensam är för mycket')
    ]
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
    folders: Sequence[Path],
    today: dt.date | None,
    checked_rules: Collection[str],
) -> list[Finding]:
    """Return the findings that no entry accepts, and the findings of the entries themselves.

    Args:
        folders: each docs/ that may have entries, the project's own first.
        today: None where no entry may expire, as in a build.
        checked_rules: the rules of this run; an entry for another rule can't be unused.
    """
    accepted = list(findings)
    for docs in folders:
        file = docs / EXCEPTIONS
        if file.is_file():
            path = os.path.relpath(file, folders[0].parent)
            accepted = _accept(
                accepted, file, PurePosixPath(Path(path).as_posix()), today, checked_rules
            )
    return accepted


def _accept(
    findings: list[Finding],
    file: Path,
    shown: PurePosixPath,
    today: dt.date | None,
    checked_rules: Collection[str],
) -> list[Finding]:
    """``accept`` for the entries of one file; ``shown``: the file as findings name it."""
    register, findings_of_file = _read_exceptions(file, shown)
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
        elif key in used or row["rule"] not in checked_rules:
            continue
        line = register.line(key)
        finding = Finding(shown, line, rule, text, severity="warning", target=row["pattern"])
        findings_of_file.append(finding)
    return findings_of_file + kept


def _read_exceptions(file: Path, shown: PurePosixPath) -> tuple[RegisterFile, list[Finding]]:
    """Return the file with its valid entries only, and a finding for each fault in the others."""
    try:
        text = read_text(file, shown)
        register = RegisterFile(shown, text, parse_yaml(text, shown))
    except ContentError as error:
        return RegisterFile(shown, "", {}), list(error.findings)
    _, violations = validate(dict[str, Row], register.value)
    invalid_keys = {violation.where[0] for violation in violations}
    valid = {key: row for key, row in register.value.items() if key not in invalid_keys}
    return RegisterFile(shown, text, valid), [
        Finding(shown, register.line(*where), "exception-invalid", message)
        for where, _, message in violations
    ]
