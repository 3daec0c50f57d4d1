"""What sends a reader on, in a made-up site: pages, ids, files, short addresses, server rules."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import html

from scripts.content.content import Content
from scripts.core.config import Config
from scripts.links.validate import validate
from scripts.paper.sections import Site, text_of
from scripts.publish import contract
from scripts.publish.built import BuiltSite
from scripts.publish.redirects import Redirect, add_redirects, copy_files, server_redirects
from tests.conftest import ROOT

TODAY = dt.date(2026, 12, 24)
URL = "https://exempel.se/kunskap/"
ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def page(title, up, *rest):
    links = "".join(f'<a href="{up}{a}">{a or "Start"}</a>' for a in ("", "a/", "a/b/"))
    return (
        f'<!doctype html><html lang="sv"><head><title>{title}</title></head>\n<body>{links}'
        f'<article><div id="innehall" data-x="1">\n<h1>{title}</h1>\n'
        f"{''.join(rest)}\n"
        '<p class="page-foot fresh"><time datetime="2026-01-02">x</time> <time datetime="2026-07-02">y</time></p>'
        "</div></article></body></html>"
    )


PAGES = {
    "index.html": page("Start", "./", '<h2 id="ett">Ett</h2>'),
    "a/index.html": page("Sidan A & mer", "../", '<h2 class="x" id="två">Två</h2>', "<p>Text.</p>"),
    "a/b/index.html": page(
        "Sidan B",
        "../../",
        '<h2 id="tre">Tre</h2><ul><li id="rad" class="y"><p>Rad</p></li></ul>',
        '<svg><g id="bild"></g></svg>',
    ),
    "assets/icon.svg": ICON,
    "assets/moved.css": "",
    "assets/moved.js": "",
    "ny.txt": "Text",
}
REGISTER = """\
moved:
  /gammal/djup/: {to: /a/, since: 2026-12-01, reason: Flyttad.}
  /gammal/djup/#x: {to: "/a/b/#tre", since: 2026-12-01, reason: Flyttad.}
  /till-del/: {to: /a/b/#tre, since: 2026-12-01, reason: Flyttad.}
  /hel/: {to: /a/b/, since: 2026-12-01, reason: Flyttad.}
  /med%20mellanslag/: {to: /a/b/, since: 2026-12-01, reason: Flyttad.}
  /sida.html: {to: /a/, since: 2026-12-01, reason: Flyttad.}
  /a/b/#förr: {to: /a/b/#rad, since: 2026-12-01, reason: Flyttad.}
  /a/b/#borta: {to: /a/#två, since: 2026-12-01, reason: Flyttad.}
  /fil/gammal.txt: {to: /ny.txt, since: 2026-12-01, reason: Flyttad.}
retired:
  /slut/: {instead: /a/, since: 2026-12-01, reason: Lagen & stödet finns inte längre.}
  /a/#slut: {instead: /, since: 2026-12-01, reason: Blanketten är <borttagen>.}
  /slut.pdf: {instead: /a/, since: 2026-12-01, reason: Gammalt.}
"""
HANDOUTS = "blad: {title: Ett blad, page: a/b/}\n"
SHORTCUTS = "kort: /a/#två\n"


@pytest.fixture
def build(tmp_path, docs):
    """Return a function that builds the made-up site; gives its findings."""
    site = tmp_path / "site"

    def make(register=REGISTER, shortcuts=SHORTCUTS, pages=PAGES):
        make.docs = docs(
            {
                "_data/redirects.yml": register,
                "_data/shortcuts.yml": shortcuts,
                "_data/handouts.yml": HANDOUTS,
            }
        )
        for name, text in pages.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        make.content, built = Content.read(make.docs), BuiltSite(site, URL)
        config = Config(make.docs.parent / "mkdocs.yml", URL)
        faults = add_redirects(make.content, built, config)
        built.save()
        return faults + copy_files(make.content, built, config)

    make.site = site
    make.tree = lambda name: html.fromstring((site / name).read_text("utf-8"))
    return make


def test_the_whole_is_a_site_without_a_dead_link_and_keeps_its_promise(build):
    assert build() == []
    site = BuiltSite(build.site, URL)
    contract.accept(contract.compare(site, build.content, TODAY))
    assert contract.compare(site, build.content, TODAY).findings() == []
    told = {f.message for f in validate(build.site, URL)}
    assert told == set()


@pytest.mark.parametrize(
    ("name", "href", "canonical"),
    [
        ("gammal/djup/index.html", "../../a/", "a/"),
        ("till-del/index.html", "../a/b/#tre", "a/b/"),
        ("hel/index.html", "../a/b/", "a/b/"),
        ("sida.html", "a/", "a/"),
        ("p/blad/index.html", "../../a/b/", "a/b/"),
        ("p/kort/index.html", "../../a/#tv%C3%A5", "a/"),
    ],
)
def test_a_page_that_sends_on_works_at_any_depth_and_says_where(build, name, href, canonical):
    build()
    tree = build.tree(name)
    up = "../" * name.count("/")
    assert tree.get("lang") == "sv"
    assert tree.xpath('//meta[@http-equiv="refresh"]/@content') == [f"0; url={href}"]
    assert tree.xpath('//link[@rel="canonical"]/@href') == [URL + canonical]
    assert tree.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    assert tree.xpath("//script/@src") == [f"{up}assets/moved.js"]
    assert tree.xpath('//link[@rel="stylesheet"]/@href') == [f"{up}assets/moved.css"]
    assert not tree.xpath("//script/text()|//style|//@style|//@onload")
    assert tree.xpath('//a[@class="moved-on"]/@href') == [href]
    assert len(tree.xpath("//h1")) == 1 and tree.xpath("//title/text()") == tree.xpath(
        "//h1/text()"
    )


def test_a_moved_page_says_so_with_the_new_pages_title(build):
    build()
    main = build.tree("gammal/djup/index.html").find(".//main")
    assert text_of(main.find("h1")) == "Sidan har flyttat"
    assert text_of(main.find("p")) == (
        "Sidan har flyttat till Sidan A & mer. Byt gärna länken som ledde hit."
    )
    notes = main.xpath('p[@class="moved"]')
    assert [(n.get("id"), n.xpath("a/@href")) for n in notes] == [("x", ["../../a/b/#tre"])]
    assert notes[0].xpath("a/@class") == ["moved-to"]


def test_a_retired_page_says_why_and_leads_nowhere_by_itself(build):
    build()
    tree = build.tree("slut/index.html")
    assert text_of(tree.find(".//main")) == (
        "Sidan finns inte längre Lagen & stödet finns inte längre. Gå till Sidan A & mer i stället."
    )
    assert not tree.xpath('//meta[@http-equiv]|//link[@rel="canonical"]|//*[@class="moved-on"]')
    assert tree.xpath("//main//a/@href") == ["../a/"]


def test_a_moved_id_stands_first_inside_its_new_place(build):
    build()
    place = build.tree("a/b/index.html").xpath('//*[@id="rad"]')[0]
    assert (place[0].tag, place[0].attrib, text_of(place[0])) == ("span", {"id": "förr"}, "")
    assert text_of(place) == "Rad"


def test_an_id_on_another_page_leaves_a_note_that_leads_there(build):
    build()
    tree = build.tree("a/b/index.html")
    (note,) = tree.xpath('//*[@id="borta"]')
    assert note.getparent().get("id") == "innehall" and note.getnext().tag == "h1"
    assert text_of(note) == "Det du söker har flyttat till Två på sidan Sidan A & mer."
    assert note.xpath("a/@href") == ["../../a/#tv%C3%A5"] and note.xpath("a/@class") == ["moved-to"]
    assert (note.get("lang"), note.get("role")) == ("sv", "note")
    assert tree.xpath("//head/script/@src") == ["../../assets/moved.js"]


def test_a_retired_id_leaves_a_note_that_nobody_follows(build):
    build()
    (note,) = build.tree("a/index.html").xpath('//*[@id="slut"]')
    assert text_of(note) == (
        "Det du söker finns inte längre. Blanketten är <borttagen>. Gå till Start i stället."
    )
    assert note.xpath("a/@href") == ["../"] and not note.xpath('a[@class="moved-to"]')


def test_other_pages_load_nothing_more(build):
    build()
    tree = build.tree("index.html")
    assert not tree.xpath("//script|//link|//*[@class='moved']")


def test_notes_stay_off_paper(build):
    build()
    row = Site(build.site, URL).page("a/b/").blocks
    assert [e.tag for e in row][:1] == ["h2"]


def test_a_moved_file_is_at_its_old_address_too(build):
    build()
    assert (build.site / "fil/gammal.txt").read_text() == "Text"


def test_same_input_same_bytes(build):
    build()
    files = {f: f.read_bytes() for f in build.site.rglob("*") if f.is_file()}
    for name in ("gammal/djup", "till-del", "hel", "slut"):
        (build.site / name / "index.html").unlink()
    (build.site / "sida.html").unlink()
    (build.site / "fil/gammal.txt").unlink()
    build()
    assert files == {f: f.read_bytes() for f in build.site.rglob("*") if f.is_file()}


def test_a_server_gets_what_it_can_answer_alone(build):
    build()
    assert server_redirects(build.content, BuiltSite(build.site)) == [
        Redirect("fil/gammal.txt", "ny.txt", 308),
        Redirect("hel/", "a/b/", 308),
        Redirect("med mellanslag/", "a/b/", 308),
        Redirect("p/blad/", "a/b/", 308),
        Redirect("p/kort/", "a/#två", 308),
        Redirect("sida.html", "a/", 308),
        Redirect("slut.pdf", "404.html", 410),
        Redirect("slut/", "slut/index.html", 410),
    ]


def test_the_real_registers_give_every_short_address(site):
    found = {r.from_path: r for r in server_redirects(Content.read(ROOT / "docs"), BuiltSite(site))}
    stubs = {f"p/{f.parent.name}/" for f in (site / "p").glob("*/index.html")}
    assert stubs == {path for path in found if path.startswith("p/")}
    for path, redirect in found.items():
        page = redirect.to_path.split("#")[0]
        assert (site / page / "index.html").is_file() and redirect.status == 308, path
        assert f"url=../../{redirect.to_path}" in (site / path / "index.html").read_text("utf-8")


def row(address, to, part="moved"):
    first = "to" if part == "moved" else "instead"
    return f"{part}:\n  {address}: {{{first}: {to}, since: 2026-12-01, reason: Så.}}\n"


@pytest.mark.parametrize(
    ("register", "message"),
    [
        (row("/a/", "/a/b/"), '"/a/" finns fortfarande. Ta bort den, eller raden här.'),
        (row("/a/", "/", "retired"), '"/a/" finns fortfarande.'),
        (row("/a/#två", "/a/b/"), '"/a/#två" finns fortfarande.'),
        (row("/ny.txt", "/ny.txt"), '"/ny.txt" finns fortfarande.'),
        (row("/ny.txt/x/", "/a/"), '"/ny.txt/x/" får inte plats bredvid en annan'),
        (row("/ny.txt/x.txt", "/ny.txt"), '"/ny.txt/x.txt" får inte plats'),
        (row("/A/", "/a/"), '"/A/" får inte plats'),
        (row("/aldrig/#x", "/a/"), '"/aldrig/#x": sidan finns inte. Skriv vart hela sidan har'),
        (row("/fil.txt", "/a/"), '"to" måste vara en fil av samma slag.'),
        (row("/a/b/#x", "/a/b/#bild"), '"/a/b/#bild" är <g>, där inget annat id ryms.'),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_line(build, register, message):
    faults = build(register)
    assert len(faults) == 1
    assert str(faults[0]).startswith("docs/_data/redirects.yml:2: ") and message in str(faults[0])


def test_a_row_that_leads_nowhere_writes_nothing(build):
    assert build(row("/borta/", "/finns-inte/")) == []
    assert not (build.site / "borta").exists()
