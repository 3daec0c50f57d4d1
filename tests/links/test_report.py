from __future__ import annotations

import json
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest

from scripts.links.report import FORMATS, LinkFinding

ODD = 'a|b <c> "d" & % \x0b, : å'


def finding(line: int = 1, severity: str = "error", message: str = ODD) -> LinkFinding:
    path = PurePosixPath("docs/å b.md")
    return LinkFinding(path, line, "missing-page", message, "a/index.html", "../b/", severity)


FINDINGS = [finding(), finding(2, "warning"), finding(3, "note")]


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_takes_no_findings_and_odd_ones(form):
    assert isinstance(FORMATS[form]([]), str)
    assert "missing-page" in FORMATS[form](FINDINGS)


def test_text_is_read_by_people():
    many = [finding(n, message="samma") for n in range(1, 12)]
    lines = FORMATS["text"](many).split("\n")
    assert lines[0] == "docs/å b.md:1: samma (missing-page)"
    assert lines[3:] == ["    … och samma fel på 8 ställen till", "11 fel."]
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


def test_github_commands_escape_what_would_end_them():
    first, second, third = FORMATS["github"](FINDINGS).split("\n")
    assert first.startswith("::error file=docs/å b.md,line=1,title=missing-page::a|b")
    assert "%25" in first
    assert second.startswith("::warning ") and third.startswith("::notice ")


def test_markdown_is_a_table_whatever_the_text():
    row = next(line for line in FORMATS["markdown"](FINDINGS).split("\n") if "å b.md:1" in line)
    assert row.replace("\\|", "").count("|") == 3 and "\\<c\\>" in row


# The parts of the SARIF 2.1.0 schema that the report uses, with its own names and limits
# (OASIS, sarif-schema-2.1.0.json); the whole schema is 3,400 lines.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "name": {"type": "string"},
                                                "shortDescription": {"$ref": "#/$defs/message"},
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": -1},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"$ref": "#/$defs/message"},
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "additionalProperties": False,
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "uri": {
                                                                "type": "string",
                                                                "format": "uri-reference",
                                                                "pattern": "^[!-~]+$",
                                                            }
                                                        },
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "startLine": {
                                                                "type": "integer",
                                                                "minimum": 1,
                                                            }
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
    "$defs": {
        "message": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {"text": {"type": "string"}},
        }
    },
}


@pytest.mark.parametrize("findings", [[], FINDINGS])
def test_sarif_keeps_to_its_schema(findings):
    import jsonschema

    data = json.loads(FORMATS["sarif"](findings))
    jsonschema.validate(data, SARIF)
    run = data["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[row["ruleIndex"]]["id"] for row in run["results"]] == ["missing-page"] * len(
        findings
    )
