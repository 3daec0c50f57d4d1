"""The rules of the validator, and the exceptions from them in docs/_data/link-exceptions.yml."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from scripts.content.fields import Field
from scripts.content.validation import validate_file
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
    "exception-expired": "Ett undantag har gått ut",
    "missing-slash": "Adressen saknar snedstreck på slutet",
    "missing-ref": "Ett attribut pekar på ett id som inte finns på sidan",
    "empty-link": "En adress är tom",
    "duplicate-id": "Ett id står på flera ställen på samma sida",
    "bad-id": "Ett id är tomt eller har mellanslag",
    "orphan-page": "Ingen väg leder till sidan från startsidan",
    "external-moved": "En sida på en annan webbplats har flyttat",
    "external-unsure": "En sida på en annan webbplats kunde inte bedömas",
    "exception-unused": "Ett undantag behövs inte längre",
}
# The rules whose findings need requests to other sites.
EXTERNAL = {rule for rule in RULES if rule.startswith("external-")} | {"statute-changed"}

EXCEPTIONS = "_data/link-exceptions.yml"  # in docs/


@dataclass(frozen=True, kw_only=True)
class LinkException:
    """An entry of link-exceptions.yml as it is written: until ``expires``, findings of ``rule``
    whose target matches ``pattern`` (with "*" and "?" as in file names) are accepted."""

    pattern: Annotated[
        str, Field(pattern=r"(?![*? ]*$).+", pattern_help='en adress: "*" ensam är för mycket')
    ]
    rule: Annotated[str, Field(choices=tuple(RULES))]
    reason: str
    owner: str
    expires: dt.date


def apply_exceptions(
    findings: Iterable[Finding],
    folders: Sequence[Path],
    today: dt.date | None,
    checked_rules: Collection[str],
) -> list[Finding]:
    """Return the findings that no entry of link-exceptions.yml accepts; also a warning for each
    entry that has expired or is unused, and the faults of a file that is invalid.

    Args:
        folders: each docs/ that may have entries, the project's own first.
        today: None if no entry may expire, as in a build.
        checked_rules: the rules of this run; an entry for another rule can't be unused.
    """
    remaining = list(findings)
    for docs in folders:
        file = docs / EXCEPTIONS
        if file.is_file():
            # as findings name it, from the project's own folder; another docs/ may be outside it
            path = PurePosixPath(Path(os.path.relpath(file, folders[0].parent)).as_posix())
            try:
                text = read_text(file, path)
                register = RegisterFile(path, text, parse_yaml(text, path))
                validate_file(dict[str, LinkException], register)
            except ContentError as error:  # until it is mended, no entry accepts anything
                remaining += error.findings
            else:
                remaining = _apply_file(register, remaining, today, checked_rules)
    return remaining


def _apply_file(
    register: RegisterFile,
    findings: Iterable[Finding],
    today: dt.date | None,
    checked_rules: Collection[str],
) -> list[Finding]:
    """Do what ``apply_exceptions`` does for one file, ``register``, which is valid."""
    entries = register.value
    expired = {key for key in entries if today is not None and entries[key]["expires"] < today}
    remaining: list[Finding] = []
    used: set[str] = set()
    for finding in findings:
        matching = {key for key, entry in entries.items() if _matches(entry, finding)}
        used |= matching
        accepting = matching - expired
        if not accepting:
            remaining.append(finding)
    for key, entry in entries.items():
        if key in expired:
            text = f'undantaget "{key}" gick ut {entry["expires"]}. Rätta felet eller förnya.'
            remaining.append(_entry_warning(register, key, "exception-expired", text))
        elif key not in used and entry["rule"] in checked_rules:
            text = f'undantaget "{key}" behövs inte längre. Ta bort det.'
            remaining.append(_entry_warning(register, key, "exception-unused", text))
    return remaining


def _entry_warning(register: RegisterFile, key: str, rule: str, message: str) -> Finding:
    """Return a warning at the line of the entry ``key``, with its pattern as the target."""
    path, line = register.location(key)
    target = register.value[key]["pattern"]
    return Finding(path, line, rule, message, severity="warning", target=target)


def _matches(entry: dict[str, Any], finding: Finding) -> bool:
    """Whether an entry has the rule of a finding, and a pattern that its target matches."""
    # "[" is no wildcard here, since an address may have brackets; fnmatch reads "[[]" as "["
    pattern = entry["pattern"].replace("[", "[[]")
    return bool(finding.rule == entry["rule"]) and fnmatchcase(finding.target, pattern)
