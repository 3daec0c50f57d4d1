"""The Finding type, and how findings are formatted and counted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from scripts.core.environment import show

# Invisible characters: control, line and paragraph separators, bidirectional controls, tags,
# surrogates, noncharacters, private use. Not joiners, which belong to words.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
SHOWN = 3  # places of one and the same fault of a built page
NAMED = 5  # of the others, by their place alone
MOST = 300  # faults that one check looks for, and lines that are shown


@dataclass(frozen=True)
class Fix:
    """A change that mends a finding, on its line."""

    kind: Literal["delete", "replace", "add"]
    text: str  # the key or item to delete, the line as it should be, or the row to add


@dataclass(frozen=True, order=True)
class Finding:
    """A violation of a rule, and where: ``path:line: message (rule)``."""

    path: PurePosixPath  # relative to the project, or to the checked folder
    line: int  # counted from 1
    rule: str  # kebab-case English
    message: str  # Swedish: what is wrong, and how to mend it
    severity: str = "error"  # "error" or "warning", which fail a command; or "note"
    fix: Fix | None = field(default=None, compare=False)
    # Of a link, for the link validator's exceptions:
    page: str = ""  # the built page's file
    target: str = ""  # the address as written there

    def __str__(self) -> str:
        return one_line(f"{self.path}:{self.line}: {self.message} ({self.rule})")


def unused(path: PurePosixPath, line: int, rule: str, message: str, key: str) -> Finding:
    """Return a note that nothing uses ``key``, a YAML key or an item, which is to be deleted."""
    return Finding(path, line, rule, message, severity="note", fix=Fix("delete", key))


def unused_rows(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the lines at the end of a build about rows to delete: how many, and each once."""
    rows = sorted({one for one in findings if one.fix and one.fix.kind == "delete"})
    if rows:
        count = "1 rad" if len(rows) == 1 else f"{len(rows)} rader"
        yield f"{count} används inte längre. Städa när du kan:"
        yield from (f"  {finding}" for finding in rows)


def one_line(text: str) -> str:
    """Replace line breaks and control characters by U+FFFD, so that text of others, such as an
    address or a server's answer, can't forge log lines, or commands in a log ("::" on GitHub)."""
    return UNSEEN.sub("\ufffd", re.sub(r"[\t\n]", "\ufffd", text))


def few(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings until MOST of them are errors or warnings: suggestions for a large pasted text
    would take minutes."""
    count = 0
    for finding in findings:
        yield finding
        if is_fault(finding):
            count += 1
        if count == MOST:
            return


class ContentError(Exception):
    """A file can't be read or used; ``findings`` name the lines and how to mend them."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def as_text(findings: Iterable[Finding], worst: Sequence[str] = (), command: str = "") -> str:
    """Return findings for a person, each once, and a closing line: errors before notes, then by
    rule and place.

    At most MOST lines are shown. Findings that differ only in leading "../", as a template's error
    on every page does, are grouped: the first SHOWN, and a count of the rest.

    Args:
        worst: rules in the order of a report; where none are given, it is by place alone.
        command: what to write to see what is left out, or "" where nothing shows it.
    """
    ordered = in_order(findings, worst)
    groups: dict[tuple[object, ...], list[str]] = {}
    for finding in ordered:
        same = re.sub(r"(?:\.\./)+", "", finding.message)
        key = (finding.rule, same) if finding.page else (str(finding),)
        groups.setdefault(key, []).append(str(finding))
    lines: list[str] = []
    for group in groups.values():
        if len(group) <= SHOWN + 1:
            lines += group
        else:
            places = ", ".join(line.partition(": ")[0] for line in group[SHOWN : SHOWN + NAMED])
            more = " …" if len(group) > SHOWN + NAMED else ""
            count = len(group) - SHOWN
            lines += [
                *group[:SHOWN],
                f"    … och samma fel på {count} ställen till: {places}{more}",
            ]
    whole = len(lines) == len(ordered)
    if rest := lines[MOST:]:
        lines[MOST:] = [f"    … och {len(rest)} rader till."]
    lines.append(closing(ordered))
    if command and (rest or not whole):
        lines.append(f"Alla rader: {command}")
    return "\n".join(lines)


def as_whole_text(findings: Iterable[Finding], worst: Sequence[str] = ()) -> str:
    """Return every finding on a line of its own, in the order of ``as_text``."""
    ordered = in_order(findings, worst)
    return "\n".join([*map(str, ordered), closing(ordered)])


def in_order(findings: Iterable[Finding], worst: Sequence[str]) -> list[Finding]:
    """Return findings as a person should read them, each line once."""
    place = {rule: at for at, rule in enumerate(worst)}

    def key(one: Finding) -> tuple[object, ...]:
        worse = place.get(one.rule, len(worst))
        return not is_fault(one), worse, one.path, one.line, one.rule, one.message

    return sorted({str(finding): finding for finding in findings}.values(), key=key)


def closing(findings: Collection[Finding]) -> str:
    """Return the last line of a report: how many faults there are, and notes."""
    faults = sum(map(is_fault, findings))
    if faults == 0:
        end = "Inga fel."
    elif faults == 1:
        end = "Ett fel."
    else:
        end = f"{faults} fel."
    notes = len(findings) - faults
    return f"{end} {notes} att känna till." if notes else end


def is_fault(finding: Finding) -> bool:
    """Whether a finding makes a command fail."""
    return finding.severity != "note"


def report(findings: Iterable[Finding]) -> int:
    """Print findings as text, and beside their lines where the run is a proposal's on GitHub or
    GitLab; return the exit code, 0 or 1."""
    findings = list(findings)
    show(as_text(findings))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        show("\n".join(map(workflow_command, in_order(findings, ()))))
    if file := os.environ.get("CODE_QUALITY"):  # set in .gitlab-ci.yml
        Path(file).write_text(code_quality(findings), encoding="utf-8", newline="\n")
    return int(any(map(is_fault, findings)))


def workflow_command(finding: Finding) -> str:
    """Return the line of a log that GitHub shows beside ``finding.line`` of a proposal ("Workflow
    commands for GitHub Actions"). Of each severity it shows the first ten of a step."""
    severity = finding.severity if finding.severity in ("error", "warning") else "notice"
    message = one_line(finding.message).replace("%", "%25")
    file = one_line(str(finding.path)).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{severity} file={file},line={finding.line},title={finding.rule}::{message}"


def code_quality(findings: Iterable[Finding]) -> str:
    """Return findings as the JSON that GitLab shows beside the lines of a merge request ("Code
    Quality report format")."""
    severities = {"error": "major", "warning": "minor"}
    rows = [
        {
            "description": one_line(finding.message),
            "check_name": finding.rule,
            "fingerprint": hashlib.sha256(str(finding).encode()).hexdigest(),
            "severity": severities.get(finding.severity, "info"),
            "location": {"path": str(finding.path), "lines": {"begin": finding.line}},
        }
        for finding in in_order(findings, ())
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
