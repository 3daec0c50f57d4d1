"""The promise to those who link: what breaks it is found, what keeps it is not."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
from pathlib import PurePosixPath

import pytest
from lxml import html

from scripts.content.content import Content
from scripts.publish import contract
from scripts.publish.addresses import canonical
from scripts.publish.built import BuiltPage, BuiltSite
from scripts.publish.contract import Comparison, Promise
from scripts.publish.moved import Register
from scripts.publish.published import places, published
from tests.conftest import ROOT
from tests.publish.promised import SITE, TODAY, page

pytestmark = pytest.mark.slow

OTHER = "Något helt annat"


# ── The real site, changed in memory ──


@pytest.fixture(scope="module")
def addresses(site):
    return published(BuiltSite(site))


def compare(promises, addresses, docs=ROOT / "docs", register=None, pdf=True):
    """The findings when ``promises`` (address → what it was about) meets ``addresses``."""
    rows = {a: Promise(a, about, n) for n, (a, about) in enumerate(promises.items(), 1)}
    register = register or Register(PurePosixPath("docs/_data/redirects.yml"))
    return Comparison(rows, addresses, register, docs, TODAY, pdf)


def of_page(addresses, page):
    return {a for a in addresses if a.split("#")[0] == page}


def changed(site, address, change):
    """What ``address``'s page gives when ``change`` has been done to the element with its id."""
    page, _, place = address.partition("#")
    tree = html.fromstring((site / page[1:] / "index.html").read_bytes())
    element = tree.xpath(f'//*[@id="{place}"]')[0] if place else tree.xpath("//h1")[0]
    change(element)
    text = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return dict(places(BuiltPage.parse(page[1:], text)))


def with_other_text(element):
    keep, tail = dict(element.attrib), element.tail
    old = [inner for inner in element.iterdescendants() if inner.get("id")]  # ids it has had
    element.clear()
    element.attrib.update(keep)
    element.text, element.tail = OTHER, tail
    for inner in old:
        inner.tail = None
        element.append(inner)


PAGES = 5
PLACES = 7


@pytest.fixture(scope="module")
def sample(addresses):
    """Some addresses of the real site: pages with ids of their own, and ids."""
    chosen = random.Random(9)
    places = sorted(a for a in addresses if "#" in a)
    pages = sorted({a.split("#")[0] for a in places})
    return chosen.sample(pages, PAGES) + chosen.sample(places, PLACES)


@pytest.mark.parametrize("number", range(PAGES + PLACES))
def test_a_lost_renamed_or_repurposed_address_is_the_only_finding(site, addresses, sample, number):
    address = sample[number]
    page, _, place = address.partition("#")
    line = list(addresses).index(address) + 1
    rest = {a: about for a, about in addresses.items() if a not in of_page(addresses, page)}
    if place:
        renamed = f"{page}#ny-{place}"  # "osakert-…" would be a question's
        lost = {**rest, **changed(site, address, lambda e: e.attrib.pop("id"))}
        moved = {**rest, **changed(site, address, lambda e: e.set("id", f"ny-{place}"))}
    else:
        renamed = f"{page}ny/"
        content = (site / page[1:] / "index.html").read_bytes()
        lost = rest
        moved = {**rest, **dict(places(BuiltPage.parse(renamed[1:], content)))}
    other = {**rest, **changed(site, address, with_other_text)}

    for after, rule, told in (
        (lost, "lost-address", "retired"),
        (moved, "lost-address", f"{address}: {{to: {renamed}, since: 2026-11-24"),
        (other, "changed-meaning", f"--same {address}."),
    ):
        found = compare(addresses, after).findings()
        assert [f.rule for f in found] == [rule], found
        shown = found[0]
        if not place and rule == "lost-address":  # its page isn't there to point at
            assert (shown.path.name, shown.line) == ("permalinks.txt", line)
            continue
        text = (ROOT / shown.path).read_text("utf-8").splitlines()[shown.line - 1]
        written = place in text if place else text.startswith("# ")
        assert written or shown.line == 1, found  # first: what a macro makes an id of
        assert found[0].message.startswith(address + " ") and told in found[0].message


def test_of_a_reworded_row_of_a_checklist_the_ticks_are_remembered(site, addresses):
    for address, told in (("/checklistor/barn/#lvu", True), ("/stod/barn/#lvu", False)):
        after = {**addresses, **changed(site, address, with_other_text)}
        (found,) = compare(addresses, after).findings()
        assert ("changed" in found.message) is told, found


def test_the_command_builds_as_the_build_that_says_it(addresses):
    after = {**addresses, "/stod/barn/#lvu": OTHER}
    for pdf, command in ((True, "build.py --same"), (False, "build.py --no-pdf --same")):
        (found,) = compare(addresses, after, pdf=pdf).findings()
        assert command in found.message


def test_what_is_added_is_no_finding_but_new(site, addresses, sample):
    page = sample[0]

    def add(title):
        heading = html.fromstring(f'<h2 id="nytt-avsnitt">{OTHER}</h2>')
        title.getparent().append(heading)

    after = {**addresses, **changed(site, page, add), "/ny/": "En ny sida", "/ny.pdf": ""}
    comparison = compare(addresses, after)
    assert comparison.findings() == []
    assert sorted(comparison.new()) == sorted([f"{page}#nytt-avsnitt", "/ny.pdf", "/ny/"])


def test_the_recorded_contract_holds(site):
    comparison = contract.compare(BuiltSite(site), Content.read(ROOT / "docs"), dt.date.max)
    assert comparison.findings() == []


def test_the_contract_has_every_kind_of_address():
    promises, _ = contract.read_contract(ROOT / "docs")
    expected = {
        "/": "När du misstänker människohandel",
        "/betanketid/#villkor": "Lagens villkor",
        "/checklistor/misstanke.txt": "",
        "/definitioner/ordlista/#arbetskraftsexploatering": "arbetskraftsexploatering",
        "/granskning.json": "",
        "/kontakt/regionkoordinatorer/#blekinge": "Blekinge län",
        "/om/oppna-fragor/#forlangning": "Kan socialnämnden ansöka om förlängd betänketid?",
        "/p/tecken/": "→ /upptacka/tecken/",
        "/sitemap.xml": "",
        "/skriv-ut/#tecken": "Tecken att vara uppmärksam på",
        "/skriv-ut/tecken.pdf": "",
    }
    assert {a: promises[a].about for a in expected} == expected
    rows = [p.address for p in promises.values() if p.address.startswith("/checklistor/barn/#")]
    assert len(rows) > 15
    for derived in ("#ref-", "#kalla-", "#ord-", "#kryss-", "#osakert-", "/assets/", "/404", ".gz"):
        assert not [a for a in promises if derived in a], derived


def test_no_line_of_the_promise_was_ever_taken_away():
    """As far as git remembers here: a shallow clone knows less."""
    for command in (["log", "-p", "--format="], ["diff", "HEAD"]):
        told = subprocess.run(
            ["git", *command, "--", f"docs/{contract.CONTRACT}"],
            cwd=ROOT, capture_output=True, encoding="utf-8",
        ).stdout  # fmt: skip
        gone = {canonical(row[1:].split(" ")[0]) for row in told.split("\n") if row[:2] == "-/"}
        assert gone <= contract.read_contract(ROOT / "docs")[0].keys()


def test_the_contract_is_sorted_and_written_as_it_is_read(tmp_path):
    source = ROOT / "docs" / contract.CONTRACT
    promises, faults = contract.read_contract(ROOT / "docs")
    assert faults == []
    (tmp_path / "_data").mkdir()
    contract.write_contract(tmp_path, {p.address: p.about for p in promises.values()})
    assert (tmp_path / contract.CONTRACT).read_bytes() == source.read_bytes()


# ── A made-up site ──


def test_accept_writes_one_address_a_line_sorted(made):
    assert [line for line in made.lines() if line.startswith("/")] == [
        "/ Start",
        "/a/ A",
        "/a/#ett Ett",
        "/a/#två Två saker",
        "/b/ B",
        "/b/#tre Tre",
        "/fil.pdf",
    ]


@pytest.mark.parametrize("left", [None, "", "# /a/ A\n"])
def test_a_promise_without_lines_is_none(made, capsys, left):
    file = made.docs / contract.CONTRACT
    for command in ("init", "add", "commit"):
        more = {"add": ["."], "commit": ["-qm", "x"]}.get(command, ["-q"])
        name = ["-c", "user.name=x", "-c", "user.email=x@x.example"]
        subprocess.run(["git", *name, "-C", str(made.docs), command, *more], check=True)
    file.unlink() if left is None else file.write_text(left, encoding="utf-8")
    assert made() == 1
    assert "docs/_data/permalinks.txt:1: filen är borta eller tom" in capsys.readouterr().out


def test_a_new_site_begins_its_contract_by_itself(made):
    lines = made.lines()
    (made.docs / contract.CONTRACT).unlink()
    assert made() == 0, "nothing was promised, as far as git knows"
    assert made("--accept") == 0 and made.lines() == lines


def test_accept_never_forgets_and_never_rewords(made):
    before = made.lines()
    made.write({"index.html": page("Ny start"), "c/index.html": page("C")})
    assert made("--accept") == 1
    assert set(before) < set(made.lines())
    assert set(made.lines()) - set(before) == {"/c/ C"}


def test_a_lost_page_is_one_finding_with_its_number_of_places(made, capsys):
    made.write({k: v for k, v in SITE.items() if k != "a/index.html"})
    assert made() == 1
    out = capsys.readouterr().out
    line = made.lines().index("/a/ A") + 1
    assert (
        f'docs/_data/permalinks.txt:{line}: /a/ finns inte längre. Där stod "A". Dit hör 2' in out
    )
    assert out.endswith("Ett fel.\n")


def test_same_writes_the_new_words_and_only_those(made, capsys):
    files = {**SITE, "a/index.html": SITE["a/index.html"].replace("Två saker", "Två ting")}
    made.write(files)
    assert made() == 1
    assert (
        'docs/a.md:13: /a/#två hette "Två saker" och heter nu "Två ting". Betyder det detsamma: '
        "python3 scripts/build.py --same /a/#två." in capsys.readouterr().out
    )
    assert made("--same", "/a/#två") == 0
    assert "/a/#två Två ting" in made.lines() and made() == 0


def test_same_takes_addresses_as_a_browser_writes_them(made):
    made.write({**SITE, "a/index.html": SITE["a/index.html"].replace("Två saker", "Två ting")})
    assert made("--same", "/a/#tv%C3%A5.") == 0, "copied with the sentence's full stop"


def test_same_refuses_what_nobody_was_promised(made, capsys):
    before = made.lines()
    assert made("--same", "/a/#ett", "/a/#borta") == 1
    assert "Ingenting skrevs. Varken löftet eller sajten har: /a/#borta" in capsys.readouterr().out
    assert made.lines() == before


@pytest.mark.parametrize(
    ("now", "same"),
    [
        ("Två saker!", True),
        ("två\u00a0saker", True),
        ("Två sa\u00adker", True),
        ("Tva\u030a saker", True),
        ("Två <em>saker</em><button>Kopiera länk</button><sup class=cite><a>1</a></sup>", True),
        ("Tre saker", False),
        ("Saker två", False),
        ("Två", False),
    ],
)
def test_words_are_the_meaning_and_not_their_dress(made, now, same):
    made.write({**SITE, "a/index.html": SITE["a/index.html"].replace("Två saker", now)})
    assert made() == (0 if same else 1)


def test_a_time_alone_is_no_subject():
    then = {"/a/": "A", "/a/#x": "30 dagar"}
    (found,) = compare(then, {**then, "/a/#x": "18 år"}).findings()
    assert found.rule == "changed-meaning"


@pytest.mark.parametrize(("other", "broken"), [("Något", 0), ("Fråga inom 14 dagar", 1)])
def test_another_time_in_the_same_words_is_the_same_if_no_other_place_has_them(other, broken):
    then = {"/a/": "A", "/a/#x": "Fråga inom 30 dagar", "/a/#y": other, "/b/#x": "14 dagar"}
    now = {**then, "/a/#x": "Fråga inom 14 dagar"}
    found = compare(then, now).findings()
    assert [f.rule for f in found] == ["changed-meaning"] * broken


def test_an_id_in_another_case_or_on_another_page_is_told_as_moved(made, capsys):
    made.write({**SITE, "a/index.html": SITE["a/index.html"].replace("id=ett", "id=Ett")})
    assert made() == 1
    assert '/a/#ett: {to: /a/#Ett, since: 2026-11-24, reason: "…"}' in capsys.readouterr().out
    made.write(
        {
            **SITE,
            "a/index.html": SITE["a/index.html"].replace("<h2 id=ett>Ett</h2>", ""),
            "b/index.html": SITE["b/index.html"].replace("<h2", "<h2 id=ett>Ett</h2><h2"),
        }
    )
    assert made() == 1
    assert '/a/#ett: {to: /b/#ett, since: 2026-11-24, reason: "…"}' in capsys.readouterr().out


def test_without_pdf_files_their_addresses_are_not_judged_and_it_says_so(made, capsys):
    made.write({k: v for k, v in SITE.items() if k != "fil.pdf"})
    assert made() == 0
    assert "utan pdf-filer: deras adresser prövas inte" in capsys.readouterr().err
    made.write({**{k: v for k, v in SITE.items() if k != "fil.pdf"}, "annan.pdf": ""})
    assert made() == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "här står två versioner efter varandra (git)"),
        ("a/ A", "En rad börjar med"),
        ("/a/#ett Annat", '"/a/#ett" står redan på rad'),
    ],
)
def test_a_bad_line_in_the_contract_is_told_and_never_written_over(made, capsys, line, message):
    text = "\n".join([*made.lines(), line])
    (made.docs / contract.CONTRACT).write_text(text, encoding="utf-8")
    for arguments in ([], ["--accept"], ["--same", "/a/#ett"]):
        assert made(*arguments) == 1
        out = capsys.readouterr().out
        assert f"permalinks.txt:{text.count(chr(10)) + 1}: " in out and message in out
    assert (made.docs / contract.CONTRACT).read_text("utf-8") == text


def test_windows_line_endings_and_a_mark_at_the_start_are_read(made):
    file = made.docs / contract.CONTRACT
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert made() == 0
