from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from scripts.core.findings import (
    Finding,
    as_text,
    code_quality,
    one_line,
    report,
)

A = Finding(PurePosixPath("docs/a.md"), 2, "missing-id", "rubriken saknar id.")
B = Finding(PurePosixPath("docs/a.md"), 10, "bad-date", "datumet finns inte.")


def test_finding_as_text_is_path_line_message_and_rule():
    assert str(A) == "docs/a.md:2: rubriken saknar id. (missing-id)"


@pytest.mark.parametrize(
    ("findings", "code", "last"),
    [
        ([], 0, "Inga fel."),
        ([A], 1, "Ett fel."),
        ([replace(A, severity="warning")], 1, "Ett fel."),
        ([B, A, A], 1, "2 fel."),
    ],
)
def test_report_is_sorted_and_counted_and_returns_the_exit_code(capsys, findings, code, last):
    assert report(findings) == code
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == last
    assert lines[:-1] == [str(f) for f in sorted(set(findings))]


def link(page: str, target: str, severity: str = "error") -> Finding:
    path, text = PurePosixPath("site", page), f'"{target}": filen finns inte.'
    return Finding(path, 1, "missing-asset", text, severity=severity, page=page, target=target)


def test_report_same_line_of_two_pages_is_printed_once(capsys):
    dead = Finding(A.path, 2, "broken-link", "sidan finns inte.", target="/b/")
    again = replace(dead, page="other/index.html")  # one line of Markdown, two built pages
    assert report([B, dead, A, again, B]) == 1
    assert capsys.readouterr().out.splitlines() == [*map(str, (dead, A, B)), "3 fel."]


def test_as_text_fault_of_a_template_is_one_group():
    deep = [link(f"{'a/' * n}p{m}.html", "../" * n + "x.css") for n in range(3) for m in range(9)]
    lines = as_text([*deep, link("q.html", "../y.css")]).splitlines()
    assert lines[:3] == sorted(map(str, deep))[:3]
    others = ", ".join(str(f).partition(": ")[0] for f in sorted(deep, key=str)[3:8])
    assert lines[3:] == [
        f"    … och samma fel på 24 ställen till: {others} …",
        'site/q.html:1: "../y.css": filen finns inte. (missing-asset)',
        "28 fel.",
    ]
    four = as_text([link(f"{n}.html", "x.css") for n in range(4)]).splitlines()
    assert len(four) == 5, "one more than is shown is shown, too"
    five = as_text([link(f"{n}.html", "x.css") for n in range(5)]).splitlines()
    assert five[3] == "    … och samma fel på 2 ställen till: site/3.html:1, site/4.html:1"


def test_as_text_same_fault_of_many_sources_is_printed_for_each():
    many = [replace(A, path=PurePosixPath(f"docs/{n}.md")) for n in range(9)]
    assert as_text(many).splitlines() == [*map(str, many), "9 fel."]


def test_report_note_alone_returns_0(capsys):
    assert report([link("a.html", "x", "note")]) == 0
    assert capsys.readouterr().out.endswith("Inga fel. 1 att känna till.\n")


def test_report_note_is_after_errors(capsys):
    note = replace(A, severity="note")
    report([note, B])
    assert capsys.readouterr().out.splitlines()[:2] == [str(B), str(note)]


@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\x1b[2K"])
def test_one_line_replaces_line_breaks_and_control_characters(end):
    said = f"svarade{end}::add-mask::x"
    assert one_line(said).splitlines() == [one_line(said)]
    assert str(replace(A, message=said)).splitlines() == [one_line(str(replace(A, message=said)))]
    assert "\x1b" not in one_line(said) and "svarade\ufffd" in one_line(said)


def test_report_on_github_adds_a_command_for_each_line(capsys, monkeypatch):
    """The log of a proposal shows each fault beside its line: what would end a command is escaped."""
    odd = Finding(PurePosixPath("docs/b,c:d.md"), 3, "x", "100 %\n::error::", severity="warning")
    report([A, odd])
    assert "\n::" not in capsys.readouterr().out, "elsewhere the log is plain"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    report([A, odd])
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "::error file=docs/a.md,line=2,title=missing-id::rubriken saknar id.",
        "::warning file=docs/b%2Cc%3Ad.md,line=3,title=x::100 %25\ufffd::error::",
    ]


def test_report_writes_the_code_quality_file_that_gitlab_reads(tmp_path, monkeypatch):
    file = tmp_path / "code-quality.json"
    monkeypatch.setenv("CODE_QUALITY", str(file))
    report([A, B, A])
    rows = json.loads(file.read_text("utf-8"))
    assert [row["location"] for row in rows] == [
        {"path": "docs/a.md", "lines": {"begin": 2}},
        {"path": "docs/a.md", "lines": {"begin": 10}},
    ]
    assert rows[0]["description"] == "rubriken saknar id." and rows[0]["severity"] == "major"
    assert len({row["fingerprint"] for row in rows}) == 2


def test_code_quality_note_has_gitlabs_severity_info():
    (row,) = json.loads(code_quality([replace(A, severity="note")]))
    assert row["severity"] == "info"
