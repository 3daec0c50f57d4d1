"""Findings as text, JSON, JUnit or Markdown.

The JSON is a contract: findings.schema.json beside this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from xml.etree import ElementTree

from scripts.core.findings import Finding, as_text, is_fault, one_line
from scripts.links.rules import RULES

JSON_VERSION = 1
TOOL = "validate_links"


def as_json(findings: Sequence[Finding]) -> str:
    rows = [
        {
            "rule": f.rule,
            "severity": f.severity,
            "page": f.page,
            "source": str(f.path),
            "line": f.line,
            "target": f.target,
            "message": f.message,
        }
        for f in findings
    ]
    return json.dumps({"version": JSON_VERSION, "findings": rows}, ensure_ascii=False, indent=2)


def as_junit(findings: Sequence[Finding]) -> str:
    """Return JUnit XML: a suite for each file to mend, a failed case for each finding.

    The form is the one of junit-10.xsd (jenkinsci/xunit-plugin), which has no place for a line: it
    stands in the text.
    """
    faults = [f for f in findings if is_fault(f)]
    root = ElementTree.Element(
        "testsuites", name=TOOL, tests=str(max(1, len(findings))), failures=str(len(faults)),
        errors="0",
    )  # fmt: skip
    if not findings:
        suite = ElementTree.SubElement(
            root, "testsuite", name=TOOL, tests="1", failures="0", errors="0"
        )
        ElementTree.SubElement(suite, "testcase", classname=TOOL, name="alla adresser")
    for path, group in groupby(findings, key=lambda f: _plain(str(f.path))):
        rows = list(group)
        failed = sum(map(is_fault, rows))
        suite = ElementTree.SubElement(
            root, "testsuite", name=path, tests=str(len(rows)), failures=str(failed),
            errors="0", file=path,
        )  # fmt: skip
        for f in rows:
            case = ElementTree.SubElement(
                suite, "testcase", classname=path, name=_plain(f"{f.rule} {f.target}")
            )
            tag = "failure" if is_fault(f) else "system-out"
            child = ElementTree.SubElement(case, tag)
            if tag == "failure":
                child.attrib.update(message=_plain(f.message), type=f.rule)
            child.text = _plain(str(f))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode")


def _plain(text: str) -> str:
    """Return ``text`` without what XML can't hold."""
    return re.sub(r"[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", one_line(text))


def as_markdown(findings: Sequence[Finding]) -> str:
    """Return a report to read or to post: a table for each rule."""
    if not findings:
        return "Inga fel."
    lines = [f"{len(findings)} fynd", ""]
    for rule, group in groupby(sorted(findings, key=lambda f: f.rule), key=lambda f: f.rule):
        lines += [f"### {RULES.get(rule, rule)} (`{rule}`)", "", "| plats | fynd |", "|---|---|"]
        for f in sorted(group):
            message = re.sub(r"[|<>`*_\[\]\\]", r"\\\g<0>", one_line(f.message))
            lines.append(f"| {one_line(str(f.path))}:{f.line} | {message} |")
        lines.append("")
    return "\n".join(lines).rstrip()


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "markdown": as_markdown,
}
