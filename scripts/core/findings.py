"""The Finding type, and how findings are formatted and counted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts.core.environment import print_result

# Invisible characters: control, line and paragraph separators, bidirectional controls, tags,
# surrogates, noncharacters, private use. Not joiners, which belong to words.
CONTROL_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
MAX_PER_GROUP = 3  # findings of a group that are printed whole
MAX_PLACES = 5  # further findings of a group, of which only path and line are printed


@dataclass(frozen=True, order=True)
class Finding:
    """A violation of a rule at a line of a file. Printed as ``path:line: message (rule)``.

    Attributes:
        path: file, relative to the project or to the checked folder.
        line: counted from 1.
        rule: identifier of the rule, kebab-case English.
        message: cause and cure, in Swedish.
        severity: "error" or "warning", which fail a command, or "note".
        page: for a link, the built page's file; "" for other findings.
        target: for a link, the address as written on the page.
    """

    path: PurePosixPath
    line: int
    rule: str
    message: str
    severity: str = "error"
    page: str = ""
    target: str = ""

    def __str__(self) -> str:
        return one_line(f"{self.path}:{self.line}: {self.message} ({self.rule})")


def unused(path: PurePosixPath, line: int, rule: str, message: str) -> Finding:
    """Return a note about a YAML key or list item that nothing uses: it may be deleted."""
    return Finding(path, line, rule, message, severity="note")


def one_line(text: str) -> str:
    """Return ``text`` with line breaks, tabs and control characters replaced by U+FFFD: untrusted
    text, such as a server's response, can't forge lines of a log, or commands to GitHub Actions
    (lines that begin with "::")."""
    return CONTROL_CHARACTERS.sub("\ufffd", re.sub(r"[\t\n]", "\ufffd", text))


class ContentError(Exception):
    """A file can't be read, or its content is invalid: ``findings`` are the reasons."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def as_text(findings: Iterable[Finding], rule_order: Sequence[str] = ()) -> str:
    """Return a report to print: the groups of findings (see ``group_findings`` and
    ``_group_lines``), and a summary line."""
    groups = group_findings(findings, rule_order)
    lines = [line for group in groups for line in _group_lines(group)]
    unique = [finding for group in groups for finding in group]
    return "\n".join([*lines, summary_line(unique)])


def group_findings(
    findings: Iterable[Finding], rule_order: Sequence[str] = ()
) -> list[list[Finding]]:
    """Return the findings in groups, in the order of ``sort_findings``.

    Findings of links in built pages are one group if their rule and message are equal except for
    "../": an error of a template is on every page, with as many "../" as the page is deep. Every
    other finding is a group of its own.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in sort_findings(findings, rule_order):
        key = str(finding)
        if finding.page:
            message = re.sub(r"(?:\.\./)+", "", finding.message)
            key = f"{finding.rule} {message}"
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _group_lines(group: Sequence[Finding]) -> list[str]:
    """Return the lines of a report for a group: the first findings whole, and one line with the
    number of the others and the places of some of them."""
    lines = [str(finding) for finding in group]
    if len(group) <= MAX_PER_GROUP + 1:  # a line about one other would be no shorter than its own
        return lines
    others = group[MAX_PER_GROUP:]
    shown = others[:MAX_PLACES]
    places = ", ".join(one_line(f"{finding.path}:{finding.line}") for finding in shown)
    more = " …" if len(others) > MAX_PLACES else ""
    rest = f"    … och samma fel på {len(others)} ställen till: {places}{more}"
    return [*lines[:MAX_PER_GROUP], rest]


def sort_findings(findings: Iterable[Finding], rule_order: Sequence[str]) -> list[Finding]:
    """Return the findings sorted, without repeats: of findings that print the same line, the last.

    Errors and warnings are before notes; then ``rule_order`` decides (rules that it lacks are
    last), then path and line.
    """
    positions = {rule: position for position, rule in enumerate(rule_order)}

    def sort_key(finding: Finding) -> tuple[object, ...]:
        return (
            not is_fault(finding),
            positions.get(finding.rule, len(rule_order)),
            finding.path,
            finding.line,
            finding.rule,
            finding.message,
        )

    unique = {str(finding): finding for finding in findings}
    return sorted(unique.values(), key=sort_key)


def summary_line(findings: Collection[Finding]) -> str:
    """Return the last line of a report: the number of errors and warnings, and of notes."""
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
    """Whether a finding makes a command fail: an error or a warning does, a note doesn't."""
    return finding.severity != "note"


def report(findings: Iterable[Finding]) -> int:
    """Print findings; return the command's exit code: 1 if any is an error or a warning, else 0.

    In GitHub Actions they are also printed as workflow commands. Where the environment variable
    CODE_QUALITY is set (in .gitlab-ci.yml), they are also written to the file that it names.
    """
    findings = list(findings)
    print_result(as_text(findings))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        print_result("\n".join(map(workflow_command, sort_findings(findings, ()))))
    file = os.environ.get("CODE_QUALITY")
    if file:
        Path(file).write_text(code_quality(findings), encoding="utf-8", newline="\n")
    return int(any(map(is_fault, findings)))


def workflow_command(finding: Finding) -> str:
    """Return the workflow command that makes GitHub show a finding beside its line of a pull
    request ("Workflow commands for GitHub Actions"). It shows the first ten of each severity."""
    severity = finding.severity if finding.severity in ("error", "warning") else "notice"
    message = one_line(finding.message).replace("%", "%25")
    file = one_line(str(finding.path)).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{severity} file={file},line={finding.line},title={finding.rule}::{message}"


def code_quality(findings: Iterable[Finding]) -> str:
    """Return findings as a GitLab code quality report (JSON), which GitLab shows beside the lines
    of a merge request ("Code Quality report format")."""
    severities = {"error": "major", "warning": "minor"}
    rows = [
        {
            "description": one_line(finding.message),
            "check_name": finding.rule,
            "fingerprint": hashlib.sha256(str(finding).encode()).hexdigest(),
            "severity": severities.get(finding.severity, "info"),
            "location": {"path": str(finding.path), "lines": {"begin": finding.line}},
        }
        for finding in sort_findings(findings, ())
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
