from __future__ import annotations

import asyncio
import datetime as dt
import random
from itertools import pairwise

from scripts.links.external import run
from scripts.links.external.answers import Answer, Failure, Limits
from scripts.links.external.drift import Content
from scripts.links.external.fetch import Fetcher
from scripts.links.external.history import Target
from scripts.links.external.register import Statute
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


def ask(fake: Fake, urls, known=None, progress=None, most=1000):
    fetcher = Fetcher(fake, Limits(), lambda: NOW, random.Random(1))
    said: run.Said = {}
    run_virtually(run.ask(run.due(urls, known or {}, DAY, most), fetcher, progress, said))
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
STATUTE = {PLACE: Statute("1 kap. 1 § provlagen", "2014:655", 9)}


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


def test_no_more_of_a_host_than_so_many_and_the_rest_the_next_time():
    pages = {f"https://a.se/{n}": b"<title>x</title>y" for n in range(9)}
    fake, known, asked = Fake(pages), {}, []
    for _ in range(4):
        said = ask(fake, [*pages, "https://b.se/"], known, most=4)
        asked.append({url for url in said if "a.se" in url})
        known = run.settle([*pages], known, said, DAY).targets
    assert list(map(len, asked)) == [4, 4, 1, 0]
    assert set().union(*asked) == set(pages)


def test_those_known_for_longest_come_first_and_the_order_is_always_the_same():
    urls = [f"https://a.se/{n}" for n in range(9)]
    known = {url: Target("dead", checked_on=f"2026-11-{n + 10}") for n, url in enumerate(urls[:6])}
    pages = list(run.due(urls, known, DAY)["a.se"])
    assert set(pages[:3]) == set(urls[6:]) and pages[3:] == urls[:6]
    assert pages == list(run.due(reversed(urls), known, DAY)["a.se"])


def test_what_was_asked_on_one_day_falls_due_on_many():
    known = {f"https://a.se/{n}": Target("ok", checked_on=DAY.isoformat()) for n in range(200)}
    counts = [
        len(run.due(known, known, DAY + dt.timedelta(days), 1000).get("a.se", ()))
        for days in range(11)
    ]
    assert counts[:5] == [0] * 5 and counts[9:] == [200, 200]
    assert all(after - before > 20 for before, after in pairwise(counts[4:10]))


def test_a_place_that_is_gone_from_a_page_that_stands_has_its_own_rule():
    verdict = Verdict("no-such-place", "#x")
    first = settle("https://a.se/#x", verdict)
    assert rules(first) == [("external-place", "note")]
    old = Target("unsure", "no-such-place", failed_on=["2026-11-10", "2026-11-17"])
    last = settle("https://a.se/#x", verdict, old)
    assert rules(last) == [("external-place", "warning")]


def secured(*pages: str, title: bytes = b"x"):
    fake = Fake(dict.fromkeys(pages, b"<title>%b</title>y" % title))
    url = "http://a.se/1"
    return run.settle([url], {}, ask(fake, [url]), DAY)


def test_http_where_https_answers_is_told():
    report = secured("http://a.se/1", "https://a.se/1")
    assert rules(report) == [("insecure-link", "warning")]
    assert report.moves == {"http://a.se/1": "https://a.se/1"}
    assert "Byt till https://a.se/1" in report.faults[0][1].message
    again = run.settle(["http://a.se/1"], report.targets, {}, DAY)
    assert rules(again) == [("insecure-link", "warning")], "also when the answer is fresh"


def test_http_alone_is_nothing_to_mend():
    assert secured("http://a.se/1").faults == []


def test_another_page_at_https_is_not_the_same_page():
    fake = Fake({"http://a.se/1": b"<title>x</title>y", "https://a.se/1": b"<title>z</title>y"})
    report = run.settle(["http://a.se/1"], {}, ask(fake, ["http://a.se/1"]), DAY)
    assert report.faults == []


def test_a_redirect_to_https_is_an_insecure_link_too():
    report = settle("http://a.se/1#x", Verdict(moved="https://a.se/1"))
    assert rules(report) == [("insecure-link", "warning")]
    assert report.moves == {"http://a.se/1#x": "https://a.se/1#x"}
