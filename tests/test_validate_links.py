from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from scripts.links.report import FORMATS
from scripts.validate_links import main
from tests.links.test_validate import small

HERE = Path(__file__).parents[1]


def test_json_says_what_a_program_needs(tmp_path: Path, capsys):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a>'})
    assert main([str(root), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["version"] == 1
    (row,) = data["findings"]
    assert row["rule"] == "missing-page" and row["target"] == "borta/" and row["line"] == 1
    assert set(row) == {"rule", "severity", "page", "line", "source", "target", "message"}


def test_exit_codes(tmp_path: Path, capsys):
    good = small(tmp_path, {"index.html": "<p>"})
    assert main([str(good)]) == 0
    assert capsys.readouterr().out == "Inga fel.\n"
    assert main([str(tmp_path / "saknas")]) == 2
    assert main([str(good), "--site-url", "exempel"]) == 2
    (good / "index.html").write_text('<a href="borta/">x</a>', encoding="utf-8")
    assert main([str(good)]) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["saknas"], "finns inte"),
        (["tom"], "inga HTML-sidor"),
        (["ut/index.html"], "är ingen mapp"),
        (["ut", "--docs", "saknas"], '"saknas" finns inte'),
        (["ut", "--exceptions", "saknas.yml"], '"saknas.yml" finns inte'),
        (["ut", "--site-url", "exempel.se"], "ingen adress"),
        (["ut", "--site-url", "https://[::1"], "ingen adress"),
        (["ut", "--site-url", "https://anna:hemligt@exempel.se/"], "https://***@exempel.se/"),
        (["ut", "--external", "--contact", "a@b.se", "--fix"], "Ange --docs"),
        (["ut", "--record", "svar.json"], "hör till --external"),
        (["ut", "--external", "--contact", "a@b.se", "--allow", "inne"], "inget nät"),
        (["ut", "--external", "--replay", "skräp.json"], "inga inspelade svar"),
        (["ut", "--external", "--replay", "lista.json"], "inga inspelade svar"),
        (["ut", "--changed-since", "HEAD"], "git kan inte jämföra"),
        (["ut", "--changed-since=--output=spår"], "git kan inte jämföra"),
    ],
)
def test_what_cannot_be_run_says_why(tmp_path: Path, capsys, monkeypatch, arguments, says):
    small(tmp_path, {"index.html": "<p>"})
    (tmp_path / "tom").mkdir()
    (tmp_path / "skräp.json").write_text("{")
    (tmp_path / "lista.json").write_text("[]")
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "spår").exists(), "no word of the command line is an option for git"


@pytest.mark.parametrize("form", FORMATS)
def test_every_name_can_be_shown_everywhere(tmp_path: Path, form: str):
    root = small(tmp_path, {"index.html": '<a href="å/\x1b[31m\n">x</a>'})
    (root / "x.webmanifest").write_text('{"start_url": "\\ud800"}')
    with suppress(OSError):  # a file system may take names in UTF-8 only
        (root / os.fsdecode(b"\xe5.html")).write_text('<a href="borta">x</a>')
    command = [sys.executable, "-m", "scripts.validate_links", str(root), "--format", form]
    done = subprocess.run(
        command, cwd=HERE, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"start_url" not in done.stdout and b"malformed-url" in done.stdout
    if form == "text":
        assert b"\x1b" not in done.stdout
        assert all(b": " in line for line in done.stdout.splitlines()[:-1])


def test_a_reader_may_have_had_enough(tmp_path: Path):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a>'})
    out, into = os.pipe()
    os.close(out)
    done = subprocess.run(
        [sys.executable, "-m", "scripts.validate_links", str(root)],
        cwd=HERE, stdout=into, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(into)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_day_that_is_none_is_told(tmp_path: Path, capsys):
    with pytest.raises(SystemExit, match="2"):
        main([str(tmp_path), "--today", "i går"])
    assert "Skriv ÅÅÅÅ-MM-DD" in capsys.readouterr().err


def test_only_what_was_asked_for_is_shown(tmp_path: Path, capsys):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a><p id="">', "a/index.html": ""})
    assert main([str(root), "--only", "bad-id", "--format", "json"]) == 1
    assert [f["rule"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["bad-id"]
    assert main([str(root), "--skip", "bad-id", "--skip", "missing-page"]) == 0
    assert main([str(root), "--skip", "nonsens"]) == 2
    assert "orphan-page" in capsys.readouterr().err, "it tells which rules there are"
    assert main([str(root), "--orphans", "--only", "orphan-page"]) == 1


def test_an_exception_may_lie_anywhere(tmp_path: Path, capsys):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a>'})
    file = tmp_path / "undantag.yml"
    file.write_text(
        "x: {pattern: borta/, rule: missing-page, reason: r, owner: o, expires: 2027-01-01}\n"
    )
    today = ["--exceptions", str(file), "--today"]
    assert main([str(root), *today, "2026-12-31"]) == 0
    assert main([str(root), *today, "2027-01-02"]) == 1
    assert "gick ut" in capsys.readouterr().out
