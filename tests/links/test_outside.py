"""Other hosts, as they may answer: from a table, and over loopback. Nobody else is asked."""

from __future__ import annotations

import datetime as dt
import io
import json
import threading
from pathlib import Path

import pytest
import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from scripts.core.findings import Finding
from scripts.links import net
from scripts.links.net import Answer, RequestFailed, fetch, make_session
from scripts.links.outside import check_external, request_host
from scripts.links.sources import Sources
from scripts.links.state import FRESH_DAYS, Target, due_requests, load, save
from scripts.links.verdict import PageText, Verdict, classify, read_page_text
from scripts.validate_links import main
from tests.conftest import make_docs
from tests.examples import statute

DAY = dt.date(2026, 11, 24)
Row = tuple[int, str, str]  # status, type or goal, body


def page(text: str, title: str = "Sida") -> Row:
    return 200, "text/html", f"<title>{title}</title>{text}"


def to(goal: str, status: int = 301) -> Row:
    return status, goal, ""


GOOD = page("<p>Text", "Stöd")


class Table(BaseAdapter):
    """Answers by address; a list is answered in turn, and its last one for ever."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers, self.asked = answers, list[str]()

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
        answer = self.answers.get(str(request.url), (404, "text/html", ""))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        self.asked.append(str(request.url))
        if isinstance(answer, BaseException):
            raise answer
        status, kind, body = answer
        made = requests.Response()
        made.status_code, made.url, made.request = status, request.url, request
        made.headers["Content-Type" if status < 300 or status > 308 else "Location"] = kind
        made.raw = HTTPResponse(io.BytesIO(body.encode()), preload_content=False)
        return made

    def close(self) -> None:
        pass


def asks(answers: dict[str, object] | Table) -> requests.Session:
    made = make_session("link-check/1 (+a@b.se)")
    for scheme in ("http://", "https://"):
        made.mount(scheme, answers if isinstance(answers, Table) else Table(answers))
    return made


def verdict_of(answers: dict[str, object], url: str, fragment: str = "") -> Verdict:
    try:
        return classify(fetch(asks(answers), url), fragment)
    except RequestFailed as failure:
        return classify(failure)


BRA, FLYTTAD, BORTA = "https://bra.se/", "https://flyttad.se/gammal", "https://borta.se/sida"
ANSWERS = {BRA: GOOD, FLYTTAD: to("/ny"), "https://flyttad.se/ny": GOOD}
REST = (
    "  title: T\n  publisher: P\n  kind: lag\n  certainty: saker\n"  # what each must have besides
)
REGISTER = f"""\
bra:
  url: {BRA}
  read_on: '2026-02'
{REST}flyttad:
  url: {FLYTTAD}
{REST}borta:
  url: {BORTA}
{REST}lag:
{REST}  name: provlagen
  url: https://lag.se/2001:1
  sfs: "2001:1"
"""


def line_of(words: str) -> int:
    return next(n for n, row in enumerate(REGISTER.split("\n"), 1) if words in row)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A little site with two pages, and a register."""
    (tmp_path / "docs/_data/law").mkdir(parents=True)
    (tmp_path / "docs/a.md").write_text("x\n")
    (tmp_path / "docs/_data/sources.yml").write_text(REGISTER)
    law = statute("2001:1", "1-1", p1_2="Ord. Lag (2014:655).")
    (tmp_path / "docs/_data/law/prov.md").write_text(law)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "site/a").mkdir(parents=True)
    links = "".join(f'<a href="{url}">x</a>' for url in (BRA, FLYTTAD, BORTA, BRA + "#x"))
    (tmp_path / "site/index.html").write_text(links)
    (tmp_path / "site/a/index.html").write_text(f'<a href="{BORTA}">x</a>')
    return tmp_path


def run(
    root: Path, answers: dict[str, object], day: int = 0, progress: io.StringIO | None = None
) -> dict[str, Finding]:
    today, progress = DAY + dt.timedelta(days=day), progress or io.StringIO()
    found = check_external(
        root / "site", "", Sources(root / "docs"), asks(answers), today, progress
    )
    return {finding.rule: finding for finding in found}


def test_check_external_finding_is_at_the_line_of_the_source(project):
    out = io.StringIO()
    found = run(project, ANSWERS, progress=out)
    dead = found["external-dead"]
    assert (str(dead.path), dead.line) == ("docs/_data/sources.yml", line_of(BORTA))
    assert "Används på: docs/a.md, index.html." in dead.message
    assert found["external-moved"].line == line_of(FLYTTAD)
    assert found["external-place"].target == BRA + "#x"
    assert found["external-place"].severity == "note", "one bad day is no proof"
    assert "3 av 3 adresser" in out.getvalue()
    state = json.loads((project / "docs/_data/link-state.json").read_text())
    assert state["targets"][BRA]["state"] == "ok"


def test_check_external_changed_source_names_its_pages(project):
    run(project, ANSWERS)
    changed = ANSWERS | {BRA: page("Ny text", "Annat")}
    assert "external-changed" not in run(project, changed), "still fresh"
    found = run(project, changed, 10)["external-changed"]
    assert "index.html" in found.message and 'rubriken är nu "Annat"' in found.message
    assert "external-changed" not in run(project, changed, 20), "told once"


LAW = "https://lag.se/2001:1"


def law(amended: str, text: str = "") -> dict[str, object]:
    paragraphs = (
        f"<p id=K1P{number}>En paragraf som är lång nog att stå för sig. {text}{end}"
        for number, end in ((1, ""), (2, f"Lag ({amended})."))
    )
    return ANSWERS | {LAW: page("".join(paragraphs))}


def test_check_external_amended_section_names_its_line_and_pages(project):
    (project / "site/index.html").write_text("<p>")
    links = "".join(f'<a href="{LAW}#K1P{number}">x</a>' for number in (1, 2))
    (project / "site/a/index.html").write_text(links)
    make_docs(project / "docs", {"b.md": "Text.[@lag-1-2]\n"})  # it leads to our own wording
    assert "statute-changed" not in run(project, law("2014:655"))
    finding = run(project, law("2026:999"), 10)["statute-changed"]
    assert (str(finding.path), finding.line) == ("docs/_data/law/prov.md", 7)
    assert finding.message == (
        "1 kap. 2 § provlagen: lydelsen är nu enligt 2026:999 (hos oss 2014:655). "
        "Sidor som bygger på paragrafen: docs/b.md."
    )
    assert "statute-changed" in run(project, {}, 11), "a fresh answer still says so"
    register = project / "docs/_data/law/prov.md"
    register.write_text(register.read_text().replace("2014:655", "2026:999"))
    assert "statute-changed" not in run(project, {}, 11)
    found = run(project, law("2026:999", "Andra ord."), 21)
    assert "external-changed" in found, "the same act, another text"
    assert run(project, {LAW: (410, "text/html", "")}, 31)["external-dead"].line in (3, 7)


def test_outside_command_requires_contact_and_reads_exceptions(project, capsys, monkeypatch):
    monkeypatch.delenv("LINK_CONTACT", raising=False)
    arguments = ["--sajt", str(project), "--external"]
    assert main(arguments) == 2 and "--contact" in capsys.readouterr().err
    monkeypatch.setattr(
        net, "make_session", lambda agent: asks(ANSWERS) if "+a@b.se" in agent else None
    )
    arguments += ["--today", "2026-11-24"]
    assert main([*arguments, "--contact", "a@b.se"]) == 1
    assert "(external-dead)" in capsys.readouterr().out
    monkeypatch.setenv("LINK_CONTACT", "a@b.se")
    (project / "docs/_data/link-exceptions.yml").write_text(
        "x: {pattern: 'https://borta.se/*', rule: external-dead, reason: r, owner: o,"
        " expires: 2027-01-01}\n"
    )
    assert main(arguments) == 1
    assert "(external-moved)" in (out := capsys.readouterr().out) and "(external-dead)" not in out


def test_check_external_never_requests_the_site_itself(project):
    own = "https://vi.se/kunskap/sida/"
    start = project / "site/index.html"
    start.write_text(f'<link rel="canonical" href="https://vi.se/kunskap/"><a href="{own}">x</a>')
    table = Table(ANSWERS)
    check_external(project / "site", "", Sources(project / "docs"), asks(table), DAY, io.StringIO())
    assert own not in table.asked and BORTA in table.asked


@pytest.mark.parametrize(
    "state",
    ['{"version": 9}', "[]", "<<<<<<<"],
)
def test_load_edited_state_file_is_an_error(project, state):
    (project / "docs/_data/link-state.json").write_text(state)
    with pytest.raises(ValueError, match=r"link-state\.json kan inte läsas"):
        run(project, ANSWERS)


# --- what many runs say -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        ([(0, "")], "ok"),
        ([(0, "timeout"), (0, "timeout"), (0, "timeout")], "unsure"),  # one day is one day
        ([(0, "timeout"), (7, "error")], "unsure"),
        ([(0, "timeout"), (7, "no-such-host"), (14, "error")], "dead"),
        ([(0, "timeout"), (7, ""), (14, "timeout"), (21, "timeout")], "unsure"),  # well between
        ([(0, "timeout"), (7, "wall"), (14, "error"), (21, "error")], "dead"),  # a wall: no news
        ([(0, "wall"), (7, "wall"), (14, "wall"), (21, "wall")], "unsure"),
        ([(0, "gone")], "dead"),
        ([(0, "gone"), (7, "")], "ok"),
    ],
)
def test_target_is_dead_after_three_bad_days_or_when_gone(runs, state, tmp_path):
    known = Target(title="T", digest="d")
    for day, reason in runs:
        known = known.after(Verdict(reason), DAY + dt.timedelta(day))
    assert known.state == state
    assert (known.title, known.digest) == ("T", "d"), "what was read is kept while it is away"
    save(tmp_path / "s.json", {"http://a.se/å": known})
    assert load(tmp_path / "s.json") == {"http://a.se/å": known}


def test_due_good_answer_is_fresh_for_days_and_a_bad_one_never():
    url = "https://a.se/1"
    last_fresh = DAY + dt.timedelta(FRESH_DAYS - 1)
    good = {url: Target("ok", checked_on=DAY.isoformat())}
    assert due_requests([url], good, last_fresh) == {}
    assert due_requests([url], good, last_fresh + dt.timedelta(1)) == {"a.se": {url: [url]}}
    assert due_requests([url], {url: Target("unsure", checked_on=DAY.isoformat())}, DAY)


def test_due_addresses_of_one_page_are_one_request():
    urls = ["https://a.se/1#x", "https://a.se/1", "https://b.se/"]
    assert due_requests(urls, {}, DAY) == {
        "a.se": {"https://a.se/1": ["https://a.se/1", "https://a.se/1#x"]},
        "b.se": {"https://b.se/": ["https://b.se/"]},
    }


# --- following an address ---------------------------------------------------------------------

A = "https://a.se/x"


@pytest.mark.parametrize(
    ("answers", "reason", "moved"),
    [
        ({A: to("/y"), "https://a.se/y": GOOD}, "", "https://a.se/y"),
        ({A: to("/y", 302), "https://a.se/y": GOOD}, "", ""),
        ({A: to("/y"), "https://a.se/y": to("/z", 307), "https://a.se/z": GOOD}, "", ""),
        ({A: to("/y"), "https://a.se/y": (410, "", "")}, "gone", ""),
        ({A: to("/x")}, "redirects", ""),
        ({A: to("/y"), "https://a.se/y": to("/x")}, "redirects", ""),
        ({A: [to("/x", 302), GOOD]}, "", ""),  # with a cookie, the second time
        ({A: to("/"), "https://a.se/": GOOD}, "to-root", ""),
        ({A: to("/logga-in"), "https://a.se/logga-in": GOOD}, "wall", ""),
        ({A: to("http://[::1/")}, "bad-address", ""),
        ({A: to("file:///etc/passwd")}, "bad-address", ""),
        ({A: requests.Timeout()}, "timeout", ""),
    ],
)
def test_classify_after_redirects(answers, reason, moved):
    verdict = verdict_of(answers, A)
    assert (verdict.reason, verdict.moved) == (reason, moved)


def test_request_host_stops_after_too_many_requests():
    table, said = Table({A: (429, "", "")}), {}
    pages = {A: [A], "https://a.se/y": ["https://a.se/y"]}
    assert request_host(pages, asks(table), said, threading.Event()) == 1
    assert table.asked == [A] and said[A].outcome == "walled"


@pytest.mark.parametrize(
    ("answers", "rule", "says"),
    [
        ({A: to("https://a.se/ny"), "https://a.se/ny": GOOD}, "external-moved", "Byt till https://a.se/ny"),
        ({A: to("https://www.a.se/x"), "https://www.a.se/x": GOOD}, "external-moved", "Byt till https://www"),
        ({A: to("https://b.se/y"), "https://b.se/y": GOOD}, "external-moved", "Läs den och byt"),
        ({A: to("http://a.se/x"), "http://a.se/x": GOOD}, "external-moved", "utan kryptering"),
        ({A: GOOD}, "", ""),
    ],
)  # fmt: skip
def test_moved_address_is_reported_with_its_cure(project, answers, rule, says):
    (project / "site/index.html").write_text(f'<a href="{A}">x</a>')
    found = run(project, answers)
    assert found.keys() - {"external-dead"} == ({rule} if rule else set())
    assert not rule or says in found[rule].message


# --- what an answer means ---------------------------------------------------------------------

LONG = "ord om annat " * 400


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        *(((status, "text/html", "<p>x"), "ok") for status in (200, 203, 206)),
        *(((status, "", ""), "gone") for status in (404, 410)),
        *(((status, "", ""), "walled") for status in (401, 403, 405, 429, 451, 999)),
        *(((status, "", ""), "failing") for status in (204, 304, 400, 418, 500, 503)),
        (page("Vänta", "Just a moment..."), "walled"),
        (page("<script src=/cdn-cgi/challenge-platform/x></script>", "Sida"), "walled"),
        (page(LONG, "Captcha i vården"), "ok"),
        (page("Kanske", "Sidan finns inte"), "failing"),
        (page(LONG, "Varför sidan finns inte"), "ok"),
        ((200, "text/html", ""), "failing"),
        ((200, "application/pdf", "%PDF-1.7"), "ok"),
        ((200, "application/pdf", "<html>"), "failing"),
        ((200, "image/png", "x"), "ok"),
    ],
)
def test_classify_answer_has_outcome(answer, says):
    assert verdict_of({A: answer}, A).outcome == says


@pytest.mark.parametrize(
    ("fragment", "whole", "reason"),
    [
        ("a", True, ""), ("%C3%A5", True, ""), ("gammalt", True, ""), ("top", True, ""),
        ("a:~:text=b", True, ""), ("/rutt", True, ""), ("b", True, "no-such-place"),
        ("b", False, "cut-short"),
    ],
)  # fmt: skip
def test_classify_fragment_needs_its_id(fragment, whole, reason):
    body = "<p id=a>x</p><p id=å>y</p><a name=gammalt>z</a>".encode()
    assert classify(Answer(A, A, 200, "text/html", body, whole), fragment).reason == reason


PAGE = """<title>Lagen</title><header>Meny {noise}</header><nav>x {noise}</nav>
<main><h1>Lag</h1><p id="p1">Första paragrafen, som är lång nog att stå för sig själv.</p>
<p id="p2"><a id="kort"></a>Andra paragrafen: {second}, och mer än fyrtio tecken lång.</p>
<p>Senast uppdaterad: {day}</p></main><footer>{noise}</footer><script>{noise}</script>"""


def says(fragment: str = "", noise="1", second="nämnden får", day="2026-01-02") -> PageText:
    text = PAGE.format(noise=noise, second=second, day=day)
    return read_page_text(Answer(A, A, 200, "text/html", text.encode()), fragment)


def test_read_page_digest_changes_with_main_text_or_the_element_alone():
    assert says(noise="2").digest == says(day="5 mars 2026").digest == says().digest
    assert says(second="nämnden ska").digest != says().digest
    assert says("p1", second="nämnden ska").digest == says("p1").digest
    assert says("p2", second="nämnden ska").digest != says("p2").digest
    assert says("kort", second="nämnden ska").digest != says("kort").digest, "its parent"
    assert says("finns-inte").digest == says().digest


STATUTE = """<section id="K1P1"><h3>1 §</h3><p id="K1P1S1">Den som provar ska göra det noga, enligt
Lag (1999:1).</p><p id="K1P1S2">Och en gång till. Lag (<a href="#">2025:179</a>).</p></section>
<section id="K1P1a"><p>Nämnden prövar frågan enligt lagen (2001:1) om prov och annat.</p></section>
<section id="K1P2"><p>Andra stycket i en paragraf som har ändrats. Förordning (2020:2).</p></section>
<div><h3 id="K1P3">3 §</h3><p>Text under en rubrik. Lag (2018:3).</p><h3 id="K1P4">4 §</h3>
<p>Text under nästa rubrik. Lag (2019:4).</p></div><p id="rad">Lag (2017:1) står på en egen rad här.</p>"""


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("K1P1", "2025:179"),  # the last one named, though a link stands inside
        ("K1P1a", ""),  # an act that it refers to is no amendment
        ("K1P2", "2020:2"),
        ("K1P3", ""),  # the heading's parent holds other paragraphs: can't tell
        ("rad", ""),  # no paragraph
        ("", ""),
    ],
)
def test_read_page_amended_is_the_last_statute_named(place, number):
    assert read_page_text(Answer(A, A, 200, "text/html", STATUTE.encode()), place).amended == number
