from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.validate_links import main

GOOD = {
    "status": 200,
    "headers": {"Content-Type": "text/html"},
    "body": "<title>Stöd</title><p>Text",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A little site with two pages, a register, and recorded answers instead of the net."""
    (tmp_path / "docs/_data").mkdir(parents=True)
    (tmp_path / "docs/a.md").write_text("x\n")
    (tmp_path / "docs/_data/sources.yml").write_text(
        "bra:\n  url: https://bra.example.org/\n  read_on: '2026-02'\n"
        "flyttad:\n  url: https://flyttad.example.org/gammal\n"
        "borta:\n  url: https://borta.example.org/sida\n"
    )
    links = "".join(
        f'<a href="{url}">x</a>'
        for url in (
            "https://bra.example.org/",
            "https://flyttad.example.org/gammal",
            "https://borta.example.org/sida",
        )
    )
    (tmp_path / "ut/a").mkdir(parents=True)
    (tmp_path / "ut/index.html").write_text(links + '<a href="https://bra.example.org/#x">y</a>')
    (tmp_path / "ut/a/index.html").write_text('<a href="https://borta.example.org/sida">x</a>')
    record(tmp_path)
    return tmp_path


def record(root: Path, **more: object) -> None:
    answers = {
        "https://bra.example.org/": GOOD,
        "https://flyttad.example.org/gammal": {"status": 301, "headers": {"Location": "/ny"}},
        "https://flyttad.example.org/ny": GOOD,
        "https://borta.example.org/sida": {"status": 404},
        **more,
    }
    (root / "svar.json").write_text(json.dumps(answers))


def run(root: Path, capsys, *more: str, day: str = "2026-11-24"):
    command = [str(root / "ut"), "--docs", str(root / "docs"), "--external", "--today", day]
    code = main([*command, "--replay", str(root / "svar.json"), "--format", "json", *more])
    out, err = capsys.readouterr()
    return code, json.loads(out)["findings"], err


def test_from_recorded_answers_to_findings_where_the_address_has_its_home(project, capsys):
    code, findings, err = run(project, capsys)
    assert code == 1
    rows = {f["rule"]: f for f in findings}
    dead = rows["external-dead"]
    assert (dead["source"], dead["line"]) == ("docs/_data/sources.yml", 7)
    assert "Används på: docs/a.md, index.html." in dead["message"], "the page with few comes first"
    assert rows["external-moved"]["line"] == 5
    assert rows["external-unsure"]["target"] == "https://bra.example.org/#x"
    assert "3 av 3 adresser" in err
    state = json.loads((project / "docs/_data/link-state.json").read_text())
    assert state["targets"]["https://bra.example.org/"]["state"] == "ok"


def test_fix_rewrites_the_register(project, capsys):
    run(project, capsys, "--fix")
    text = (project / "docs/_data/sources.yml").read_text()
    assert "url: https://flyttad.example.org/ny\n" in text and "gammal" not in text


def test_a_changed_source_names_the_pages_that_rest_on_it(project, capsys):
    run(project, capsys)
    changed = {**GOOD, "body": "<title>Stöd</title><p>Ny text"}
    record(project, **{"https://bra.example.org/": changed})
    assert "external-changed" not in {f["rule"] for f in run(project, capsys)[1]}, "still fresh"
    _, findings, _ = run(project, capsys, day="2026-12-01")
    (row,) = [f for f in findings if f["rule"] == "external-changed"]
    assert "index.html" in row["message"]


def test_an_exception_covers_an_address(project, capsys):
    (project / "docs/_data/link-exceptions.yml").write_text(
        "x: {pattern: 'https://borta.example.org/*', rule: external-dead, reason: r, owner: o,"
        " expires: 2027-01-01}\n"
    )
    assert "external-dead" not in {f["rule"] for f in run(project, capsys)[1]}


def test_without_a_way_to_be_reached_nobody_is_asked(project, capsys, monkeypatch):
    monkeypatch.delenv("LINK_CONTACT", raising=False)
    assert main([str(project / "ut"), "--external"]) == 2
    assert "--contact" in capsys.readouterr().err


def test_a_broken_state_file_is_told(project, capsys):
    (project / "docs/_data/link-state.json").write_text('{"version": 99}')
    command = [str(project / "ut"), "--docs", str(project / "docs"), "--external"]
    assert main([*command, "--replay", str(project / "svar.json")]) == 2
    assert "link-state.json" in capsys.readouterr().err
