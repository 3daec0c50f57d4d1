"""What sends a reader on, in a made-up site: pages, ids, short addresses."""

from __future__ import annotations

import pytest
from lxml import html

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.links.sources import Sources
from scripts.links.validate import validate
from scripts.paper.sections import load_page, text_of
from scripts.site.html_site import HtmlSite
from scripts.site.redirects import add_redirects
from tests.conftest import PAGE, page_with, save

URL = "https://exempel.se/kunskap/"


def page(title, up, *rest):
    links = "".join(f'<a href="{up}{a}">{a or "Start"}</a>' for a in ("", "a/", "a/b/"))
    return (
        f'<!doctype html><html lang="sv"><head><title>{title}</title></head>\n<body>{links}'
        f'<article><div id="innehall" data-x="1">\n<h1>{title}</h1>\n{"".join(rest)}\n'
        '<p class="page-foot fresh"><time datetime="2026-01-02">x</time> '
        '<time datetime="2026-07-02">y</time></p></div></article></body></html>'
    )


PAGES = {
    "index.html": page("Start", "./"),
    "a/index.html": page("Sidan A &amp; &lt;mer", "../", '<h2 id="tva">Två</h2>'),
    "a/b/index.html": page("Sidan B", "../../", '<h2 id="tre">Tre</h2>'),
    "assets/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "assets/moved.css": "",
    "assets/moved.js": "",
}
DOCS = {
    "index.md": PAGE.replace("Prov", "Start"),
    "a/index.md": page_with("short: kort#tva\n", "## Två {#tva}\n").replace(
        "Prov", "Sidan A & <mer"
    ),
    "a/b.md": PAGE.replace("Prov", "Sidan B") + "## Tre {#tre}\n",
    "_data/handouts.yml": {"blad": {"title": "Ett blad", "page": "a/b/"}},
}
REGISTER = """\
moved:
  /gammal/djup/: /a/
  /gammal/djup/#x: /a/b/#tre
  /till-del/: /a/b/#tre
  /hel/: /hel-igen/
  /hel-igen/: /a/b/
  /hel-igen/#tre: /a/b/#tre
  /a/b/#forr: /a/b/#tre
  /a/b/#borta: /a/#tva
  /a/b/#lange: /a/b/#slut
retired:
  /slut/: {instead: /a/, reason: Lagen & <stödet> finns inte längre.}
  /hel-igen/#slut: {instead: /}
  /a/b/#slut: {instead: /a/b/#tre}
  /a/#slut: {instead: /, reason: Blanketten är <borttagen>.}
"""


@pytest.fixture
def build(tmp_path, docs):
    """Return a function that builds the made-up site with a register."""
    site = tmp_path / "site"

    def make(register=REGISTER):
        folder = docs(DOCS | {"_data/redirects.yml": register})
        for name, text in PAGES.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        make.content, built = Content.read(folder), HtmlSite(site, URL)
        assert add_redirects(make.content, built, Config(tmp_path / "mkdocs.yml", URL)) == []
        save(built)

    make.site = site
    make.tree = lambda name: html.fromstring((site / name).read_text("utf-8"))
    return make


def test_the_whole_is_a_site_without_a_dead_link(build):
    build()
    found = validate(build.site, Sources(build.site / "docs"), URL)
    assert {fault.message for fault in found if fault.rule != "orphan-page"} == set()


@pytest.mark.parametrize(
    ("name", "href", "canonical"),
    [
        ("gammal/djup/index.html", "../../a/", "a/"),
        ("till-del/index.html", "../a/b/#tre", "a/b/"),
        ("hel/index.html", "../a/b/", "a/b/"),
        ("p/blad/index.html", "../../a/b/", "a/b/"),
        ("p/kort/index.html", "../../a/#tva", "a/"),
    ],
)
def test_a_page_that_sends_on_works_at_any_depth_and_says_where(build, name, href, canonical):
    build()
    tree, up = build.tree(name), "../" * name.count("/")
    assert tree.get("lang") == "sv"
    assert tree.xpath('//meta[@http-equiv="refresh"]/@content') == [f"0; url={href}"]
    assert tree.xpath('//link[@rel="canonical"]/@href') == [URL + canonical]
    assert tree.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    short = name.startswith("p/")  # it has no place of its own to follow
    assert tree.xpath("//script/@src") == [f"{up}assets/moved.js"] * (not short)
    assert tree.xpath('//link[@rel="stylesheet"]/@href') == [f"{up}assets/moved.css"] * (not short)
    assert not tree.xpath("//script/text()|//style|//@style|//@onload")
    assert tree.xpath("//main/p[1]/a/@href") == [href]
    assert tree.xpath("//title/text()") == tree.xpath("//h1/text()")


def test_a_moved_page_says_so_and_leads_on_from_its_places(build):
    build()
    main = build.tree("gammal/djup/index.html").find(".//main")
    assert text_of(main.find("h1")) == "Sidan har flyttat"
    assert text_of(main.find("p")) == (
        "Sidan har flyttat till Sidan A & <mer. Byt gärna länken som ledde hit."
    )
    (note,) = main.xpath('p[@class="moved"]')
    assert (note.get("id"), note.xpath("a/@href")) == ("x", ["../../a/b/#tre"])
    assert note.xpath("a/@class") == ["moved-to"]


def test_a_retired_page_says_why_and_leads_nowhere_by_itself(build):
    build()
    tree = build.tree("slut/index.html")
    assert text_of(tree.find(".//main")) == (
        "Sidan finns inte längre Lagen & <stödet> finns inte längre. Gå till Sidan A & <mer i stället."
    )
    assert not tree.xpath('//meta[@http-equiv]|//link[@rel="canonical"]|//*[@class="moved-on"]')
    assert tree.xpath("//main//a/@href") == ["../a/"]


def test_a_page_that_is_there_has_the_ids_it_has_had(build):
    build()
    tree = build.tree("a/b/index.html")
    (place,) = tree.xpath('//*[@id="tre"]')
    assert (place[0].tag, dict(place[0].attrib), text_of(place)) == ("span", {"id": "forr"}, "Tre")
    (note,) = tree.xpath('//*[@id="borta"]')
    assert note.getparent().get("id") == "innehall" and note.getprevious() is None
    assert text_of(note) == "Det du söker har flyttat till Två på sidan Sidan A & <mer."
    assert note.xpath("a/@href|a/@class") == ["moved-to", "../../a/#tva"]
    assert (note.get("lang"), note.get("role")) == ("sv", "note")
    assert tree.xpath("//head/script/@src") == ["../../assets/moved.js"]
    assert [e.tag for e in load_page(HtmlSite(build.site, URL), "a/b/").section("*")][:1] == [
        "h2"
    ]  # not on paper


def test_a_retired_id_leaves_a_note_that_nobody_follows(build):
    build()
    (note,) = build.tree("a/index.html").xpath('//*[@id="slut"]')
    assert text_of(note) == (
        "Det du söker finns inte längre. Blanketten är <borttagen>. Gå till Start i stället."
    )
    assert note.xpath("a/@href") == ["../"] and not note.xpath("a/@class")


def test_what_moved_and_is_gone_since_then_says_so(build):
    build()
    (note,) = build.tree("a/b/index.html").xpath('//*[@id="lange"]')
    assert text_of(note) == "Det du söker finns inte längre. Gå till Tre i stället."


def test_where_nothing_has_moved_nothing_is_loaded(build):
    build("moved:\nretired:\n")
    for file in build.site.rglob("*.html"):
        assert "moved.js" not in file.read_text("utf-8") and "moved.css" not in file.read_text(
            "utf-8"
        )
