from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import jsonschema
import pytest

from scripts.core.findings import Finding
from scripts.links import report
from scripts.links.report import FORMATS, JSON_VERSION

SCHEMA = json.loads(Path(report.__file__).with_name("findings.schema.json").read_text("utf-8"))

ODD = 'a|b <c> "d" & % \x0b, : å'


def finding(line: int = 1, severity: str = "error", message: str = ODD) -> Finding:
    path = PurePosixPath("docs/å b.md")
    return Finding(path, line, "missing-page", message, "a/index.html", "../b/", severity)


FINDINGS = [finding(), finding(2, "warning"), finding(3, "note")]


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_takes_no_findings_and_odd_ones(form):
    assert isinstance(FORMATS[form]([]), str)
    assert "missing-page" in FORMATS[form](FINDINGS)


def test_text_is_read_by_people():
    many = [finding(n, message="samma") for n in range(1, 12)]
    lines = FORMATS["text"](many).split("\n")
    assert lines[0] == "docs/å b.md:1: samma (missing-page)"
    others = ", ".join(f"docs/å b.md:{n}" for n in range(4, 9))
    assert lines[3:] == [f"    … och samma fel på 8 ställen till: {others} …", "11 fel."]
    assert FORMATS["text"]([]) == "Inga fel."
    assert FORMATS["text"]([finding()]).endswith("Ett fel.")
    assert FORMATS["text"](FINDINGS).endswith("2 fel. 1 att känna till.")


def test_json_is_the_contract():
    data = json.loads(FORMATS["json"](FINDINGS))
    assert data["version"] == 1
    assert data["findings"][1] == {
        "rule": "missing-page",
        "severity": "warning",
        "page": "a/index.html",
        "source": "docs/å b.md",
        "line": 2,
        "target": "../b/",
        "message": ODD,
    }


def test_junit_counts():
    root = ElementTree.fromstring(FORMATS["junit"](FINDINGS))
    assert (root.get("tests"), root.get("failures")) == ("3", "2")
    assert len(root.findall(".//failure")) == 2
    assert ElementTree.fromstring(FORMATS["junit"]([])).get("failures") == "0"


# junit-10.xsd (jenkinsci/xunit-plugin): element → attributes it must have, may have, its children.
JUNIT = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        },
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}


@pytest.mark.parametrize("findings", [[], FINDINGS])
def test_junit_keeps_to_its_schema(findings):
    root = ElementTree.fromstring(FORMATS["junit"](findings))
    assert root.tag == "testsuites"
    for element in root.iter():
        must, may, children = JUNIT[element.tag]
        assert must <= set(element.keys()) <= must | may
        assert {child.tag for child in element} <= children
        assert not children or not (element.text or "").strip(), "only the innermost hold text"
    for suite in root.iter("testsuite"):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))


@pytest.mark.parametrize("form", FORMATS)
def test_no_stranger_can_write_a_workflow_command(form):
    """What a log shows is read line by line: one that begins with "::" is obeyed."""
    for end in ("\n", "\r", "\r\n", "\u2028", "%0A"):
        odd = finding(message=f'"https://x.example/{end}::add-mask::x": svarade{end}::error::y')
        text = FORMATS[form]([odd, replace(odd, target=odd.message, page=odd.message)])
        assert not [x for x in re.split(r"[\r\n]+", text) if x.strip().startswith("::")]


def test_markdown_is_a_table_whatever_the_text():
    row = next(line for line in FORMATS["markdown"](FINDINGS).split("\n") if "å b.md:1" in line)
    assert row.replace("\\|", "").count("|") == 3 and "\\<c\\>" in row


@pytest.mark.parametrize("findings", [[], FINDINGS])
def test_json_keeps_to_its_schema(findings):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(FORMATS["json"](findings)), SCHEMA)
    assert SCHEMA["properties"]["version"]["const"] == JSON_VERSION


def test_a_field_that_is_lost_breaks_the_schema():
    data = json.loads(FORMATS["json"](FINDINGS))
    for field in list(data["findings"][0]):
        bad = json.loads(json.dumps(data))
        del bad["findings"][0][field]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, SCHEMA)
