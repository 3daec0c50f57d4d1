"""The promise to those who link: what breaks it is found, what keeps it is not."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
from pathlib import PurePosixPath

import pytest
from lxml import html

from scripts import permalinks
from scripts.permalinks import Comparison, Promise, Register, canonical, published, read_page
from tests.conftest import ROOT

TODAY = dt.date(2026, 11, 24)
OTHER = "Något helt annat"


# ── The real site, changed in memory ──


@pytest.fixture(scope="module")
def addresses(site):
    return published(site)


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
    return dict(read_page(page, html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")))


def with_other_text(element):
    keep = dict(element.attrib)
    tail = element.tail
    element.clear()
    element.attrib.update(keep)
    element.text, element.tail = OTHER, tail


PAGES = 12
PLACES = 18


@pytest.fixture(scope="module")
def sample(addresses):
    """Thirty addresses of the real site: pages with ids of their own, and ids."""
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
        moved = {**rest, **dict(read_page(renamed, content))}
    other = {**rest, **changed(site, address, with_other_text)}

    for after, rule, told in (
        (lost, "lost-address", "retired"),
        (moved, "lost-address", f"{address}: {{to: {renamed}, since: 2026-11-24"),
        (other, "changed-meaning", f"--same {address}."),
    ):
        found = compare(addresses, after).findings()
        assert [(f.rule, f.line) for f in found] == [(rule, line)], found
        assert found[0].message.startswith(address + " ") and told in found[0].message


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
    comparison = permalinks.compare(site, ROOT / "docs", dt.date.max)
    assert comparison.findings() == []


def test_the_contract_has_every_kind_of_address():
    promises, _ = permalinks.read_contract(ROOT / "docs")
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
            ["git", *command, "--", f"docs/{permalinks.CONTRACT}"],
            cwd=ROOT, capture_output=True, encoding="utf-8",
        ).stdout  # fmt: skip
        gone = {canonical(row[1:].split(" ")[0]) for row in told.split("\n") if row[:2] == "-/"}
        assert gone <= permalinks.read_contract(ROOT / "docs")[0].keys()


def test_the_contract_is_sorted_and_written_as_it_is_read(tmp_path):
    source = ROOT / "docs" / permalinks.CONTRACT
    promises, faults = permalinks.read_contract(ROOT / "docs")
    assert faults == []
    (tmp_path / "_data").mkdir()
    permalinks.write_contract(tmp_path, {p.address: p.about for p in promises.values()})
    assert (tmp_path / permalinks.CONTRACT).read_bytes() == source.read_bytes()


# ── A made-up site ──


def page(title, *rest):
    return f"<!doctype html><html lang=sv><title>{title}</title><main><h1 id=x>{title}</h1>{''.join(rest)}</main>"


SITE = {
    "index.html": page("Start"),
    "a/index.html": page("A", "<h2 id=ett>Ett</h2>", "<h2 id=två>Två saker</h2>"),
    "b/index.html": page("B", "<h2 id=tre>Tre</h2>"),
    "fil.pdf": "",
}


@pytest.fixture
def made(tmp_path, docs):
    """Return a function that writes a site and its docs, records it, and gives a run of main."""
    folder = docs({"_data/sources.yml": "{}\n", "a.md": "## Ett {#ett}\n\n## Två saker {#två}\n"})
    site = tmp_path / "site"

    def write(files):
        shutil.rmtree(site, ignore_errors=True)
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")

    def run(*arguments):
        return permalinks.main(
            [str(site), "--docs", str(folder), "--today", str(TODAY), *arguments]
        )

    write(SITE)
    assert run("--accept") == 0
    run.write, run.docs, run.site = write, folder, site
    run.lines = lambda: (folder / permalinks.CONTRACT).read_text("utf-8").split("\n")
    return run


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
    file = made.docs / permalinks.CONTRACT
    file.unlink() if left is None else file.write_text(left, encoding="utf-8")
    assert made() == 1
    assert "docs/_data/permalinks.txt:1: filen är borta eller tom" in capsys.readouterr().out


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
        '/a/#två hette "Två saker" och heter nu "Två ting" (docs/a.md:13). Betyder det detsamma: '
        "python3 scripts/build.py --same /a/#två." in capsys.readouterr().out
    )
    assert made("--same", "/a/#två") == 0
    assert "/a/#två Två ting" in made.lines() and made() == 0


def test_same_takes_addresses_as_a_browser_writes_them(made):
    made.write({**SITE, "a/index.html": SITE["a/index.html"].replace("Två saker", "Två ting")})
    assert made("--same", "/a/#tv%C3%A5") == 0


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


def test_an_id_in_another_case_or_on_another_page_is_told_as_moved(made, capsys):
    made.write({**SITE, "a/index.html": SITE["a/index.html"].replace("id=ett", "id=Ett")})
    assert made() == 1
    assert "/a/#ett: {to: /a/#Ett, since: 2026-11-24, reason: …}" in capsys.readouterr().out
    made.write(
        {
            **SITE,
            "a/index.html": SITE["a/index.html"].replace("<h2 id=ett>Ett</h2>", ""),
            "b/index.html": SITE["b/index.html"].replace("<h2", "<h2 id=ett>Ett</h2><h2"),
        }
    )
    assert made() == 1
    assert "/a/#ett: {to: /b/#ett, since: 2026-11-24, reason: …}" in capsys.readouterr().out


def test_without_pdf_files_their_addresses_are_not_judged_and_it_says_so(made, capsys):
    made.write({k: v for k, v in SITE.items() if k != "fil.pdf"})
    assert made() == 0
    assert "utan pdf-filer: deras adresser prövas inte" in capsys.readouterr().err
    made.write({**{k: v for k, v in SITE.items() if k != "fil.pdf"}, "annan.pdf": ""})
    assert made() == 1


def test_a_folder_that_is_not_there_is_no_clean_answer(tmp_path, capsys):
    assert permalinks.main([str(tmp_path / "borta")]) == 2
    assert "Bygg webbplatsen först" in capsys.readouterr().err


# ── What is read of a page ──


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<h2 id=a>Ord <a>länk</a></h2>", "Ord länk", id="heading"),
        pytest.param(
            "<li id=a><input id=kryss-a><label for=kryss-a>Ring 112</label><p>Mer.</li>",
            "Ring 112",
            id="checklist row",
        ),
        pytest.param(
            "<li id=a><a>Lagen (2005:716) 5 kap. 15 §</a>. Riksdagen.</li>",
            "Lagen (2005:716) 5 kap. 15 §",
            id="source",
        ),
        pytest.param(
            "<li id=a><a>Tecken (PDF, 2 sidor, 61 kB)</a>. Version 2.</li>", "Tecken", id="handout"
        ),
        pytest.param(
            "<li id=a><span>Tecken (PDF-filen är inte byggd).</span> Till.</li>",
            "Tecken",
            id="handout not built",
        ),
        pytest.param("<dt id=a>HVB – hem</dt>", "HVB – hem", id="word"),
        pytest.param('<div id=a aria-label="Ruta"><p>Text</div>', "Ruta", id="named"),
        pytest.param("<p id=a>En mening. En till.</p>", "En mening", id="sentence"),
    ],
)
def test_what_a_place_is_about(source, expected):
    found = dict(read_page("/s/", f"<main><h1>S</h1>{source}</main>"))
    assert found == {"/s/": "S", "/s/#a": expected}


@pytest.mark.parametrize("name", ["ref-a-1", "kalla-a", "ord-a", "osakert-a", "kryss-a"])
def test_derived_ids_are_not_promised_unless_on_a_heading(name):
    assert list(read_page("/s/", f"<main><h1>S</h1><p id={name}>T</p></main>")) == [("/s/", "S")]
    found = dict(read_page("/s/", f"<main><h1>S</h1><h2 id={name}>T</h2></main>"))
    assert f"/s/#{name}" in found


def test_a_page_for_those_on_their_way_promises_its_address_only():
    robots = '<meta name="robots" content="noindex">'
    source = f"{robots}<main><h1>S</h1><h2 id=a>A</h2></main>"
    assert list(read_page("/s/", source)) == [("/s/", "S")]


@pytest.mark.parametrize(
    ("to", "where"),
    [
        ("../../a/b/#c", "/a/b/#c"),
        ("../../", "/"),
        ("../../a/x.html", "/a/x.html"),
        ("../../a/index.html", "/a/"),
        ("../../a/#v%C3%A5rd", "/a/#vård"),
    ],
)
def test_a_page_that_sends_on_means_where_it_leads(to, where):
    source = f'<meta http-equiv="refresh" content="0; url={to}"><main><h2 id=a>A</h2></main>'
    assert list(read_page("/p/x/", source)) == [("/p/x/", f"→ {where}")]


@pytest.mark.parametrize(
    "address", ["/a/#vård", "/a/#v%C3%A5rd", "/a/#va\u030ard", "/a/index.html#vård"]
)
def test_one_address_has_one_form(address):
    assert canonical(address) == "/a/#vård"


def test_what_is_published_and_what_is_not(tmp_path):
    for name in (
        "assets/site.1.css", "a/index.html.gz", "a/b.txt.br", "404.html", ".nojekyll", "_headers", "web.config",
        "a/b.txt", "fil å.pdf", ".well-known/security.txt",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert list(published(tmp_path)) == ["/.well-known/security.txt", "/a/b.txt", "/fil%20å.pdf"]


# ── The register ──


def register(made, text):
    (made.docs / permalinks.REGISTER).write_text(text, encoding="utf-8")


def row(address="/a/#ett", part="moved", **fields):
    first = "to" if part == "moved" else "instead"
    fields = {first: "/b/#tre", "since": "2026-11-24", "reason": "Därför.", **fields}
    lines = [f"    {name}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join([f"{part}:", f"  {address}:", *lines, ""])


WITHOUT = {**SITE, "a/index.html": SITE["a/index.html"].replace("<h2 id=ett>Ett</h2>", "")}


@pytest.mark.parametrize("part", ["moved", "retired"])
def test_a_row_in_the_register_keeps_the_promise(made, part):
    made.write(WITHOUT)
    assert made() == 1
    register(made, row(part=part))
    assert made() == 0


@pytest.mark.parametrize("part", ["moved", "retired"])
def test_a_row_is_no_reason_to_forget(made, part):
    made.write(WITHOUT)
    register(made, row(part=part))
    before = made.lines()
    assert made("--accept") == 0 and made.lines() == before


def test_a_moved_page_takes_its_places_along_if_they_are_there(made, capsys):
    files = {k: v for k, v in SITE.items() if k != "a/index.html"}
    made.write({**files, "ny/index.html": SITE["a/index.html"]})
    assert made() == 1
    assert "/a/: {to: /ny/, since: 2026-11-24, reason: …}" in capsys.readouterr().out
    register(made, row("/a/", to="/ny/"))
    assert made() == 0
    made.write({**files, "ny/index.html": SITE["a/index.html"].replace("id=ett", "id=uno")})
    assert made() == 1
    assert "/a/#ett: {to: /ny/#uno," in capsys.readouterr().out
    register(made, row("/a/", to="/ny/") + row("/a/#ett", to="/ny/#uno").replace("moved:\n", ""))
    assert made() == 0


def test_a_place_that_moves_after_its_page_is_followed_to_the_end(made):
    text = SITE["a/index.html"].replace("id=ett", "id=uno")
    made.write({**{k: v for k, v in SITE.items() if k != "a/index.html"}, "ny/index.html": text})
    more = row("/ny/#ett", to="/ny/#uno").replace("moved:\n", "")
    register(made, row("/a/", to="/ny/") + more)
    assert made() == 0
    register(made, row("/a/", to="/ny/") + row("/ny/#ett", part="retired"))
    assert made() == 0


def test_a_retired_page_takes_its_places_along(made):
    made.write({k: v for k, v in SITE.items() if k != "a/index.html"})
    register(made, row("/a/", part="retired", instead="/b/"))
    assert made() == 0


def test_a_short_address_may_follow_its_page_and_nothing_else(made, capsys):
    def short(to):
        refresh = f'<meta http-equiv="refresh" content="0; url=../..{to}">'
        return {"p/k/index.html": refresh + page("Kort")}

    made.write({**SITE, **short("/a/")})
    assert made("--accept") == 0
    made.write({**SITE, **short("/b/")})
    assert made() == 1
    assert '/p/k/ hette "→ /a/" och heter nu "→ /b/"' in capsys.readouterr().out
    files = {k: v for k, v in SITE.items() if k != "a/index.html"}
    made.write({**files, "ny/index.html": SITE["a/index.html"], **short("/ny/")})
    register(made, row("/a/", to="/ny/"))
    assert made() == 0


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("moved: [\n", 2, "kan inte läsas som YAML", id="yaml"),
        pytest.param("flyttat: {}\n", 1, '"flyttat" är okänt', id="part"),
        pytest.param("moved:\n  - /a/\n", 1, "börja med en adress", id="a list"),
        pytest.param(row("a/"), 2, 'en adress börjar med "/"', id="no slash"),
        pytest.param(row("/a/?q=1"), 2, "varken värdnamn eller ?", id="query"),
        pytest.param(row("//x.se/a/"), 2, "värdnamn", id="host"),
        pytest.param(row(to="https://x.se/"), 2, '"to" ska vara en adress på sajten', id="other"),
        pytest.param(row(to="/../x/"), 2, '"to" ska vara en adress på sajten', id="above"),
        pytest.param(row(to="/%2e./x/"), 2, '"to" ska vara en adress på sajten', id="above, coded"),
        pytest.param(row(to="/%2Fx.se/"), 2, '"to" ska vara en adress på sajten', id="host, coded"),
        pytest.param(row("/a%22;x/"), 2, 'en adress börjar med "/"', id="ends a string"),
        pytest.param(row("/a%0Ax/"), 2, 'en adress börjar med "/"', id="ends a line"),
        pytest.param(row("/a$x/"), 2, 'en adress börjar med "/"', id="a server's variable"),
        pytest.param(row(to=None), 2, 'raden "to" saknas', id="no to"),
        pytest.param(row(reason=None), 2, 'raden "reason" saknas', id="no reason"),
        pytest.param(row(reason="[1]"), 2, '"reason" ska vara en mening', id="reason"),
        pytest.param(row(reason='" "'), 2, '"reason" ska vara en mening', id="blank reason"),
        pytest.param(row(reason="–"), 2, '"reason" ska vara en mening', id="reason without words"),
        pytest.param(row(till="/b/"), 2, 'raden "till" används inte', id="unknown"),
        pytest.param(row(since="igår"), 2, '"since" ska vara ett datum', id="no date"),
        pytest.param(row(since="2026-11-25"), 2, "ligger i framtiden", id="future"),
        pytest.param(row(since="2026-02-30"), 4, "datumet finns inte", id="never"),
        pytest.param(row(part="retired", to="/b/"), 2, 'raden "to" används inte', id="retired to"),
        pytest.param(row() + row(part="retired"), 2, "både under moved och retired", id="twice"),
        pytest.param(row() + row().replace("moved:\n", ""), 6, "står två gånger", id="same key"),
        pytest.param(row(to="/borta/"), 2, 'leder till "/borta/", som inte finns', id="nowhere"),
        pytest.param(row(to="/b/#trea"), 2, 'Menade du "/b/#tre"?', id="almost"),
        pytest.param(row(to="/a/#ett"), 2, "leder tillbaka till sig själv", id="itself"),
    ],
)  # fmt: skip
def test_a_bad_row_names_its_line_and_what_is_wrong(made, capsys, text, line, message):
    made.write(WITHOUT)
    register(made, text)
    assert made() == 1
    out = capsys.readouterr().out
    assert out.startswith(f"docs/_data/redirects.yml:{line}: ") and message in out
    assert out.endswith("Ett fel.\n"), out
    assert made("--accept") == 1


def test_chains_and_loops_are_told_with_their_end(made, capsys):
    made.write(WITHOUT)
    more = row("/gammal/", to="/a/#ett").replace("moved:\n", "")
    register(made, row() + more)
    assert made() == 1
    assert '"/gammal/" leder till "/a/#ett", som själv har flyttat. Skriv "/b/#tre"' in (
        capsys.readouterr().out
    )
    register(made, row(to="/gammal/") + more)
    assert made() == 1
    assert capsys.readouterr().out.count("leder tillbaka till sig själv") == 2
    register(made, row(to="/gammal/") + row("/gammal/", part="retired", instead="/b/"))
    assert made() == 1
    assert 'leder till "/gammal/", som inte finns kvar' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", '"<<<<<<< HEAD" är ingen adress'),
        ("a/ A", "En rad börjar med"),
        ("/a/#ett Annat", '"/a/#ett" står redan på rad'),
    ],
)
def test_a_bad_line_in_the_contract_is_told_and_never_written_over(made, capsys, line, message):
    text = "\n".join([*made.lines(), line])
    (made.docs / permalinks.CONTRACT).write_text(text, encoding="utf-8")
    for arguments in ([], ["--accept"], ["--same", "/a/#ett"]):
        assert made(*arguments) == 1
        out = capsys.readouterr().out
        assert f"permalinks.txt:{text.count(chr(10)) + 1}: " in out and message in out
    assert (made.docs / permalinks.CONTRACT).read_text("utf-8") == text


def test_windows_line_endings_and_a_mark_at_the_start_are_read(made):
    file = made.docs / permalinks.CONTRACT
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert made() == 0
