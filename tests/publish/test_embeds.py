from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.publish.built import BuiltPage
from scripts.publish.embeds import add_embeds, twin
from tests.conftest import page_with, run_step

PAGE = """<!doctype html>
<html lang="sv"><head><title>Råd - Sajten</title><meta name="site-key" content="sajt">
<link rel="canonical" href="https://exempel.se/kunskap/a/rad/">
<link rel="icon" href="../../assets/icon.svg">
<link rel="stylesheet" href="../../assets/stylesheets/main.css">
<link rel="stylesheet" media="print" href="../../assets/print.css">
<script src="../../assets/site.js" defer></script>
</head><body>
<header><a class="site-header__name" href="../..">Sajten</a></header>
<nav id="meny"><a href="../b/">B</a></nav>
<div id="innehall"><h1 id="rad">Råd</h1>
<div class="paper" data-address="exempel.se/kunskap/a/rad/"></div>
<details class="contents"><ul><li><a href="#x">X</a></li></ul></details>
<p><a href="../b/#y">granne</a> <a href="djupt/">under</a> <a href="#x">här</a>
<a href="tel:112">112</a> <a href="https://annan.se/?a=1&amp;b=2" aria-label="Källan">ute</a>
<a href="../../">start</a> <a href="../b.txt" download>fil</a></p>
<img src="../bild.svg" alt=""></div>
<footer class="site-footer"><p>Vi &amp; vår adress.</p><p>Mer</p></footer>
</body></html>"""
TWINS = {"a/rad/": "badda-in/rad/", "a/rad/djupt/": "badda-in/rad/djupt/"}


def made() -> str:
    return twin(BuiltPage("a/rad/", PAGE), TWINS, "rad")


@pytest.fixture
def tree() -> LexborHTMLParser:
    return LexborHTMLParser(made())


def test_what_frames_a_page_on_the_site_is_gone_and_the_way_to_it_is_there(tree):
    for gone in ("header", "nav", ".contents", ".site-footer"):
        assert tree.css_first(gone) is None
    assert tree.css_first("main h1").text() == "Råd"
    foot = tree.css_first(".embed-foot")
    assert foot.css_first("a").attributes["href"] == "../../a/rad/"
    assert "Sajten" in foot.text() and "Vi & vår adress." in foot.text()


def test_links_lead_right_and_leave_the_frame_unless_they_stay_on_the_page(tree):
    links = {a.text(): a.attributes for a in tree.css("main a")}
    assert {text: (a["href"], a.get("target")) for text, a in links.items()} == {
        "granne": ("../../a/b/#y", "_blank"),
        "under": ("../../badda-in/rad/djupt/", None),
        "här": ("#x", None),
        "112": ("tel:112", None),
        "ute": ("https://annan.se/?a=1&b=2", "_blank"),
        "start": ("../../", "_blank"),
        "fil": ("../../a/b.txt", "_blank"),
    }
    assert all(a["rel"] == "noopener" for a in links.values() if "target" in a)
    assert links["ute"]["aria-label"] == "Källan (öppnas i ny flik)"
    assert "download" not in links["fil"]
    assert tree.css_first("img").attributes["src"] == "../../a/bild.svg"


def test_search_engines_find_the_page_and_not_its_twin(tree):
    assert tree.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    canonical = tree.css_first('link[rel="canonical"]').attributes["href"]
    assert canonical == "https://exempel.se/kunskap/a/rad/"


def test_styles_and_scripts_are_the_pages_own_and_the_frames(tree):
    named = [e.attributes.get("href") or e.attributes.get("src") for e in tree.css("link, script")]
    assert named[1:] == [
        "../../assets/icon.svg",
        *("../../assets/stylesheets/main.css", "../../assets/print.css", "../../assets/site.js"),
        *("../../assets/embed.css", "../../assets/embed.js"),
    ]
    assert '<link rel="stylesheet" media="print" href="../../assets/print.css">' in made()


def test_paper_has_the_pages_address_and_letters_its_links_from_the_twin(tree):
    paper = tree.css_first(".paper").attributes
    assert paper["data-address"] == "exempel.se/kunskap/a/rad/"
    assert paper["data-base"] == "exempel.se/kunskap/badda-in/rad/"


def test_a_frame_with_below_takes_the_pages_under_it(docs, tmp_path):
    row = "embed: {key: rad, purpose: Till provet., height: 500, below: true}\n"
    folder = docs({"a/rad/index.md": page_with(row)})
    for name in ("a/rad", "a/rad/djupt"):
        (tmp_path / "site" / name).mkdir(parents=True)
        (tmp_path / "site" / name / "index.html").write_text(PAGE, encoding="utf-8")
    assert run_step(add_embeds, folder, tmp_path / "site") == []
    for name in ("rad", "rad/djupt"):
        assert (tmp_path / "site/badda-in" / name / "index.html").is_file()


def test_no_twin_is_in_the_search_or_the_sitemap(garden):
    assert 'data-embed="host"' in garden.page("badda-in/host")
    (index,) = (garden.site / "assets").glob("search-index.*.js")
    for file in (index, garden.site / "sitemap.xml"):
        assert "badda-in" not in file.read_text(encoding="utf-8")
