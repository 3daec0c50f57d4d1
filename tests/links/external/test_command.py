from __future__ import annotations

import asyncio
import datetime as dt
import json
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.core.findings import Finding
from scripts.links.external import command
from scripts.links.external.answers import Limits
from scripts.links.external.command import Settings, external
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
    arguments = [str(root / "ut"), "--docs", str(root / "docs"), "--external", "--today", day]
    code = main([*arguments, "--replay", str(root / "svar.json"), "--format", "json", *more])
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
    assert rows["external-place"]["target"] == "https://bra.example.org/#x"
    assert "3 av 3 adresser" in err
    state = json.loads((project / "docs/_data/link-state.json").read_text())
    assert state["targets"]["https://bra.example.org/"]["state"] == "ok"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_rewrites_the_address_in_the_register_and_nothing_else(project, capsys, end):
    register = project / "docs/_data/sources.yml"
    before = register.read_text().replace("flyttad.example.org/gammal", "'{}' # kvar")
    before = before.replace("https://'{}'", "'https://flyttad.example.org/{}'").replace("\n", end)
    register.write_bytes(before.replace("{}", "gammal").encode())
    moved = {"status": 301, "headers": {"Location": "/n'y"}}
    record(
        project,
        **{
            "https://flyttad.example.org/gammal": moved,
            "https://flyttad.example.org/n'y": GOOD,
        },
    )
    _, findings, err = run(project, capsys, "--fix")
    assert register.read_bytes() == before.replace("{}", "n%27y").encode()
    assert "En adress ändrades" in err
    (row,) = [f for f in findings if f["rule"] == "external-moved"]
    assert (row["source"], row["line"]) == ("docs/_data/sources.yml", 5)


def test_a_run_that_is_stopped_keeps_its_answers(project, capsys, monkeypatch):
    fetch = command.Fetcher.fetch

    async def one_answers(self, url, **how):
        if "borta" not in url:
            await asyncio.Event().wait()
        return await fetch(self, url, **how)

    monkeypatch.setattr(command.Fetcher, "fetch", one_answers)
    monkeypatch.setattr(command, "bar", lambda *_: lambda *_: signal.raise_signal(signal.SIGINT))
    arguments = [str(project / "ut"), "--docs", str(project / "docs"), "--external"]
    arguments += ["--replay", str(project / "svar.json")]
    # what a shell starts in the background is deaf to it
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main([*arguments, "--today", "2026-11-24"]) == 2
    finally:
        signal.signal(signal.SIGINT, before)
    state = project / "docs/_data/link-state.json"
    known = json.loads(state.read_text())["targets"]
    assert list(known) == ["https://borta.example.org/sida"]
    err = capsys.readouterr().err
    assert "Avbrutet när en adress hade fått svar" in err
    assert str(state) in err
    monkeypatch.undo()
    run(project, capsys)
    assert len(json.loads(state.read_text())["targets"]) == 4


def test_a_changed_source_names_the_pages_that_rest_on_it(project, capsys):
    run(project, capsys)
    changed = {**GOOD, "body": "<title>Stöd</title><p>Ny text"}
    record(project, **{"https://bra.example.org/": changed})
    assert "external-changed" not in {f["rule"] for f in run(project, capsys)[1]}, "still fresh"
    _, findings, _ = run(project, capsys, day="2026-12-01")
    (row,) = [f for f in findings if f["rule"] == "external-changed"]
    assert "index.html" in row["message"]


STATUTE = """\
lag:
  title: Provlagen
  name: provlagen
  url: https://lag.example.org/2001:1
  sfs: "2001:1"
  paragraphs:
    1-1: {amended_by: "2001:1"}
    1-2: {amended_by: "2014:655"}
"""


def test_a_paragraph_amended_since_it_was_read_names_its_line_and_its_pages(project, capsys):
    register = project / "docs/_data/sources.yml"
    register.write_text(register.read_text() + STATUTE)
    law = "https://lag.example.org/2001:1"
    links = "".join(f'<a href="{law}#K1P{number}">x</a>' for number in (1, 2))
    page = project / "ut/a/index.html"
    page.write_text(page.read_text() + links)
    text = "".join(
        f"<p id=K1P{n}>En paragraf som är lång nog att stå för sig. {end}"
        for n, end in ((1, ""), (2, "Lag (2026:999)."))
    )
    record(project, **{law: {**GOOD, "body": f"<title>Lag</title>{text}"}})
    code, findings, _ = run(project, capsys)
    (row,) = [f for f in findings if "lag.example.org" in f["target"]]
    assert (code, row["rule"], row["severity"]) == (1, "statute-changed", "warning")
    assert (row["source"], row["line"]) == ("docs/_data/sources.yml", 15)
    assert row["message"] == (
        "1 kap. 2 § provlagen: lydelsen är nu enligt 2026:999 (i registret 2014:655). "
        "Sidor som bygger på paragrafen: docs/a.md."
    )
    (project / "docs/_data/link-exceptions.yml").write_text(
        "x: {pattern: 'https://lag.example.org/*', rule: statute-changed, reason: r, owner: o,"
        " expires: 2027-01-01}\n"
    )
    assert "statute-changed" not in {f["rule"] for f in run(project, capsys)[1]}
    register.write_text(register.read_text().replace("2014:655", "2026:999"))
    assert "exception-unused" in {f["rule"] for f in run(project, capsys)[1]}


def test_a_paragraph_that_is_gone_is_told_on_its_own_line(project, capsys):
    register = project / "docs/_data/sources.yml"
    register.write_text(register.read_text() + STATUTE)
    page = project / "ut/a/index.html"
    page.write_text(page.read_text() + '<a href="https://lag.example.org/2001:1#K1P2">x</a>')
    record(project, **{"https://lag.example.org/2001:1": {"status": 410}})
    _, findings, _ = run(project, capsys)
    (row,) = [f for f in findings if "lag.example.org" in f["target"]]
    assert (row["rule"], row["source"], row["line"]) == (
        "external-dead", "docs/_data/sources.yml", 15,
    )  # fmt: skip


def test_an_exception_covers_an_address(project, capsys):
    (project / "docs/_data/link-exceptions.yml").write_text(
        "x: {pattern: 'https://borta.example.org/*', rule: external-dead, reason: r, owner: o,"
        " expires: 2027-01-01}\n"
    )
    assert "external-dead" not in {f["rule"] for f in run(project, capsys)[1]}


def test_the_site_does_not_ask_itself(project, capsys):
    canonical = '<link rel="canonical" href="https://vi.example.org/kunskap/">'
    own = '<a href="https://vi.example.org/kunskap/sida/">x</a>'
    page = project / "ut/index.html"
    good = page.read_text()
    page.write_text(own + good)
    assert "https://vi.example.org/kunskap/sida/" in {f["target"] for f in run(project, capsys)[1]}
    page.write_text(canonical + own + good)
    _, findings, _ = run(project, capsys, day="2026-11-25")
    assert not [f for f in findings if "vi.example.org" in f["target"]]
    page.write_text('<link rel="canonical" href="/kunskap/">' + good)
    assert run(project, capsys, day="2026-11-26")[0] == 1, "an address without a host is none"


def test_without_a_way_to_be_reached_nobody_is_asked(project, capsys, monkeypatch):
    monkeypatch.delenv("LINK_CONTACT", raising=False)
    assert main([str(project / "ut"), "--external"]) == 2
    assert "--contact" in capsys.readouterr().err


@pytest.mark.parametrize(
    "answer",
    [5, [], {}, {"status": "x"}, {"status": 200, "body": 5}, {"status": 301, "headers": 5}],
)
def test_answers_of_another_form_are_told(project, capsys, answer):
    record(project, **{"https://bra.example.org/": answer})
    arguments = [str(project / "ut"), "--external", "--replay", str(project / "svar.json")]
    assert main(arguments) == 2
    assert "(fel form: https://bra.example.org/)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "row", ["[]", '{"checked_on": 5}', '{"checked_on": "i går"}', '{"failed_on": "x"}', '{"a": 1}']
)
def test_a_state_file_that_somebody_has_edited_is_told(project, capsys, row):
    state = f'{{"version": 1, "targets": {{"https://bra.example.org/": {row}}}}}'
    test_a_broken_state_file_is_told(project, capsys, state)


@pytest.mark.parametrize("state", ['{"version": 99}', "[]", "null", "", "<<<<<<< HEAD\n{}"])
def test_a_broken_state_file_is_told(project, capsys, state):
    (project / "docs/_data/link-state.json").write_text(state)
    arguments = [str(project / "ut"), "--docs", str(project / "docs"), "--external"]
    assert main([*arguments, "--replay", str(project / "svar.json")]) == 2
    assert "link-state.json" in capsys.readouterr().err


class Site(BaseHTTPRequestHandler):
    """A page that is there, one that has moved, and none else."""

    def do_GET(self) -> None:
        page = (200, "<title>Stöd</title><p>Hej å")
        found = {"/": page, "/ny": page, "/gammal": (301, "")}
        status, text = found.get(self.path, (404, "Sidan finns inte"))
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "hemligt=1")
        if status == 301:
            self.send_header("Location", "/ny")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def test_what_is_recorded_can_be_replayed_without_the_net(tmp_path, monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr(command, "system_resolve", resolve)
    address = f"http://plats.example.org:{server.server_port}"
    (tmp_path / "ut").mkdir()
    links = "".join(f'<a href="{address}{path}">x</a>' for path in ("/", "/gammal", "/borta"))
    (tmp_path / "ut/index.html").write_text(links)
    tape = tmp_path / "svar.json"

    def findings(**tapes: Path) -> list[Finding]:
        settings = Settings(tmp_path / "ut", contact="a@b.se", allow=("127.0.0.0/8",), **tapes)
        return external(settings, dt.date(2026, 11, 24), limits=Limits(pause=0))

    live = findings(record=tape)
    server.shutdown()
    server.server_close()
    assert {f.rule for f in live} >= {"external-dead", "external-moved"}
    assert findings(replay=tape) == live
    text = tape.read_text(encoding="utf-8")
    assert "Hej å" in text and "hemligt" not in text
    answers = json.loads(text)
    assert answers[f"{address}/borta"]["status"] == 404
    assert len(answers) == 5, (
        "the three, the new address, and the question for a page that can't exist"
    )
