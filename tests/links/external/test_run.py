from __future__ import annotations

import asyncio
import datetime as dt
import random

from scripts.links.external import run
from scripts.links.external.answers import Answer, Failure, Limits
from scripts.links.external.drift import Content
from scripts.links.external.fetch import Fetcher
from scripts.links.external.history import Target
from scripts.links.external.verdict import Verdict
from tests.links.external.server import NOW, run_virtually

DAY = dt.date(2026, 11, 24)
LAW = "https://lag.example.org/1975"


class Fake:
    """Answers from a table, and counts."""

    def __init__(self, pages: dict[str, bytes | int]) -> None:
        self.pages, self.asked = pages, []

    async def exchange(self, _method, url, _headers):
        self.asked.append(url)
        what = self.pages.get(url, 404)
        if isinstance(what, int):
            return Answer(what)
        if what == b"down":
            raise Failure("no-such-host")
        return Answer(200, {"content-type": "text/html"}, what)


def ask(fake: Fake, urls, known=None, progress=None):
    fetcher = Fetcher(fake, Limits(), lambda: NOW, random.Random(1))
    said: run.Said = {}
    run_virtually(run.ask(urls, known or {}, fetcher, DAY, progress, said))
    return said


def test_one_page_with_many_places_is_asked_for_once():
    text = b"<title>L</title><p id=a>x<p id=b>y"
    fake = Fake({LAW: text})
    said = ask(fake, [f"{LAW}#a", f"{LAW}#b", f"{LAW}#c", LAW])
    assert fake.asked.count(LAW) == 1
    reasons = {url: verdict.reason for url, (verdict, _) in said.items()}
    assert reasons == {LAW: "", f"{LAW}#a": "", f"{LAW}#b": "", f"{LAW}#c": "no-such-place"}


def test_a_host_is_probed_once_and_only_if_it_answers():
    fake = Fake({"https://a.se/1": b"<title>x</title>y", "https://a.se/2": b"<title>z</title>y"})
    ask(fake, ["https://a.se/1", "https://a.se/2", "https://b.se/"])
    assert len([url for url in fake.asked if "finns-inte-" in url]) == 1


def test_the_second_run_asks_nothing_needless():
    fake = Fake({"https://a.se/1": b"<title>x</title>y"})
    urls = ["https://a.se/1", "https://b.se/"]
    first = run.settle(urls, {}, ask(fake, urls), DAY)
    fake.asked.clear()
    said = ask(fake, urls, first.targets)
    assert fake.asked == ["https://b.se/"], "the good one is believed, the bad one asked again"
    second = run.settle(urls, first.targets, said, DAY)
    assert second.targets["https://a.se/1"] == first.targets["https://a.se/1"]


def test_progress_counts_to_the_end():
    seen = []
    ask(Fake({}), ["https://a.se/", "https://b.se/"], progress=lambda *what: seen.append(what[:2]))
    assert seen == [(1, 2), (2, 2)]


def rules(report):
    return [(fault.rule, severity) for _, fault, severity in report.faults]


def settle(url: str, verdict: Verdict, known: Target | None = None, content: Content | None = None):
    return run.settle(
        [url], {url: known} if known else {}, {url: (verdict, content)}, DAY, {url: "2026-02"}
    )


def test_a_dead_one_is_an_error_with_a_way_out():
    report = settle("https://a.se/x", Verdict("gone-404"), Target(title="Stöd", state="ok"))
    ((_, fault, severity),) = report.faults
    assert (fault.rule, severity) == ("external-dead", "error")
    assert "web.archive.org/web/202602/https://a.se/x" in fault.message
    assert '"Stöd" på a.se' in fault.message


def test_an_unsure_one_is_only_worth_knowing():
    assert rules(settle("https://a.se/x", Verdict("wall", "403"))) == [("external-unsure", "note")]


def test_a_move_on_the_same_site_may_be_written_in():
    report = settle("https://a.se/x#y", Verdict(moved="https://www.a.se/ny"))
    assert rules(report) == [("external-moved", "warning")]
    assert report.moves == {"https://a.se/x#y": "https://www.a.se/ny#y"}


def test_other_moves_are_for_a_person():
    other = settle("https://a.se/x", Verdict(moved="https://b.se/", notes=("other-site",)))
    down = settle("https://a.se/x", Verdict(moved="http://a.se/x", notes=("downgrade",)))
    for report, word in ((other, "annan webbplats"), (down, "kryptering")):
        assert report.moves == {} and word in report.faults[0][1].message
    assert settle("https://a.se/x", Verdict(notes=("other-site",))).faults == []


def test_a_changed_source_is_told_once():
    old = Target("ok", ok_on="2026-01-01", digest="a", sfs="2025:1", title="L")
    new = Content("L", "", "b", "2026:7")
    report = settle(LAW, Verdict(), old, new)
    assert rules(report) == [("external-changed", "warning")]
    assert "SFS 2026:7" in report.faults[0][1].message
    assert rules(settle(LAW, Verdict(), report.targets[LAW], new)) == []


PLACE = f"{LAW}#K1P1"
STATUTE = {PLACE: run.Statute("1 kap. 1 § provlagen", "2014:655", 9)}


def law(now: Content | None, known: Target | None = None, url: str = PLACE):
    said: run.Said = {url: (Verdict(), now)} if now else {}
    return run.settle([url], {url: known} if known else {}, said, DAY, {}, STATUTE)


def test_a_paragraph_with_another_wording_than_the_registers_is_told_once():
    old = Target("ok", digest="a", sfs="2025:1", title="L", amended="2014:655")
    report = law(Content("L", "", "b", "2026:7", "2026:999"), old)
    assert rules(report) == [("statute-changed", "warning")], "and not as any source, too"
    assert report.faults[0][1].message == (
        "1 kap. 1 § provlagen: lydelsen är nu enligt 2026:999 (i registret 2014:655)."
    )
    assert rules(law(Content("L", "", "b", "", "2026:999"))) == [("statute-changed", "warning")]
    assert rules(law(None, report.targets[PLACE])) == [("statute-changed", "warning")], (
        "a fresh answer still says so, until the register is mended"
    )


def test_a_paragraph_that_says_the_same_or_nothing_is_not_told():
    old = Target("ok", digest="a", sfs="2025:1", title="L", amended="2014:655")
    assert rules(law(Content("L", "", "a", "2026:7", "2014:655"), old)) == [], (
        "the act is brought up to date, the paragraph isn't touched"
    )
    assert rules(law(Content("L", "", "a", "2025:1", ""))) == [], "no act named: can't tell"
    other = law(Content("L", "", "a", "", "2026:999"), url=f"{LAW}#K1P2")
    assert rules(other) == [], "no paragraph of the register"


def test_a_paragraph_whose_text_differs_under_the_same_act_is_a_changed_source():
    old = Target("ok", digest="a", sfs="2025:1", title="L", amended="2014:655")
    for amended in ("2014:655", ""):
        report = law(Content("L", "", "b", "2025:1", amended), old)
        assert rules(report) == [("external-changed", "warning")]


def test_a_paragraph_that_is_out_of_reach_is_not_judged():
    known = Target("ok", digest="a", amended="2026:999")
    report = run.settle(
        [PLACE], {PLACE: known}, {PLACE: (Verdict("timeout"), None)}, DAY, {}, STATUTE
    )
    assert rules(report) == [("external-unsure", "note")]


def test_the_register_gives_each_paragraph_with_its_line(tmp_path):
    register = tmp_path / "docs/_data/sources.yml"
    register.parent.mkdir(parents=True)
    assert run.register_statutes(register) == {}
    register.write_text(
        "annan: {url: https://a.se, kind: annan}\nlag:\n  title: L\n  name: provlagen\n"
        f"  url: {LAW}\n  sfs: '1975:1'\n  paragraphs:\n    1-2: {{in_force: okant}}\n"
        "    1-1: {amended_by: '2014:655'}\n"
    )
    assert run.register_statutes(register) == STATUTE
    register.write_text("a: [\n")
    assert run.register_statutes(register) == {}


def test_addresses_are_rewritten_in_their_one_home_and_nothing_else():
    text = (
        "a:\n  url: https://a.se/x\n  note: https://a.se/x\n"
        'b:\n  url: "https://a.se/x"  # kommentar\nc:\n  url: https://a.se/xy\n'
    )
    new, count = run.rewrite(text, {"https://a.se/x": "https://a.se/ny sida"})
    assert count == 2
    assert new == (
        "a:\n  url: https://a.se/ny%20sida\n  note: https://a.se/x\n"
        'b:\n  url: "https://a.se/ny%20sida"  # kommentar\nc:\n  url: https://a.se/xy\n'
    )


def test_a_hundred_pages_on_one_host_each_get_their_time():
    fake = Fake({})
    urls = [f"https://a.se/{n}" for n in range(150)]
    said = ask(fake, urls)
    assert {verdict.reason for verdict, _ in said.values()} == {"gone-404"}


def test_a_password_is_never_printed():
    url = "https://anna:hemligt@a.se/"
    report = run.settle([url], {}, ask(Fake({}), [url]), DAY)
    assert "hemligt" not in "".join(f.message + f.target for _, f, _ in report.faults)
    assert asyncio.iscoroutinefunction(run.ask)
