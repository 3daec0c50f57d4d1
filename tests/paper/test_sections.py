from __future__ import annotations

import pytest

from scripts.paper.sections import PaperError, heading_level, load_page, text_of
from scripts.site.html_site import HtmlSite

START = """<!doctype html><html lang="sv"><meta charset="utf-8"><link rel="icon" href="favicon.ico">
<nav id="meny"><ul><li><a href="./">Start</a></li>
<li><details><summary>Del</summary><ul><li><a href="a/">A</a></li><li><a href="a/b/">B</a></li><li><a class="no-page" href="a/bilder/">Bilder</a></li></ul></details></li></ul></nav>
<article><nav class="crumbs">Start</nav><div id="innehall"><h1>Sidan</h1>
<details class="contents"><summary>På den här sidan</summary></details>
<p>Ingress om <button class="term" popovertarget="ord-lvu">LVU</button>.</p>
<h2 id="ett">Ett</h2><p>Första.<sup class="cite"><a href="#kalla-k">1</a></sup></p>
<h3 id="under">Under</h3><p>Djupare.</p>
<h3 id="mer">Mer</h3><p>Sist.</p>
<h2 id="tva">Två</h2><div class="checklist"><h2 id="lista">Lista</h2>
<ul class="check-rows"><li>Rad <a class="check-more" href="../">mer</a></li></ul></div>
<details class="source-box"><summary><h2 id="kallor">Källor</h2> (1)</summary><ol class="sources"><li id="kalla-k"><a href="https://x.se/y">Titel</a>. Utgivare. Läst 2026.
<span class="paper-address">x.se/y</span> <a class="back" href="#r">↩</a></li></ol></details>
<div class="terms"><p>Ord på sidan</p><div id="ord-lvu" class="term-text"><p><strong>LVU</strong> – en lag. <a href="/o">Se ordlistan</a></p></div></div>
<div class="page-foot"><p class="fresh">Granskad <time datetime="2026-01-02">x</time>. Senast <time datetime="2026-07-02">y</time>.</p>
<div class="paper"><button>Skriv ut</button></div></div>
</div></article></html>"""


def change(site: HtmlSite, old: str, new: str) -> None:
    """Put ``new`` in the first place of ``old`` on the start page."""
    file = site.root / "index.html"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def site(tmp_path) -> HtmlSite:
    (tmp_path / "index.html").write_text(START, encoding="utf-8")
    (tmp_path / "tom").mkdir()
    (tmp_path / "tom/index.html").write_text("<h1>Utan datum</h1>", encoding="utf-8")
    return HtmlSite(tmp_path, "https://exempel.se/kunskap")


@pytest.mark.parametrize(
    "anchor, without, expected",
    [
        pytest.param("", (), ["Ingress om LVU."], id="before the first heading"),
        pytest.param(
            "ett",
            (),
            ["Ett", "Första.1", "Under", "Djupare.", "Mer", "Sist."],
            id="with what is under",
        ),
        pytest.param("ett", ("under",), ["Ett", "Första.1", "Mer", "Sist."], id="a part left out"),
        pytest.param("under", (), ["Under", "Djupare."], id="a part"),
        pytest.param("tva", (), ["Två"], id="a heading ends where the next begins"),
        pytest.param("lista", (), ["Lista", "Rad"], id="in a checklist, without its links"),
    ],
)
def test_section_is_a_heading_and_the_blocks_under_it(site, anchor, without, expected):
    assert [text_of(e) for e in load_page(site, "").section(anchor, without)] == expected


def test_section_leaves_out_text_for_the_screen(tmp_path):
    text = '<span class="on-screen">Klicka här.</span> Sist.</p><div class="on-screen"><p>Tryck.</p></div>'
    page = START.replace("Sist.</p>", text).replace(
        "<li>Rad", '<li class="on-screen">Sök</li><li>Rad'
    )
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    said = " ".join(
        map(text_of, load_page(HtmlSite(tmp_path, "https://exempel.se"), "").section("*"))
    )
    assert said == "Ingress om LVU. Ett Första.1 Under Djupare. Mer Sist. Två Lista Rad"


def test_section_of_whole_page_lacks_tools_and_lists(site):
    blocks = load_page(site, "").section("*")
    text = " ".join(text_of(e) for e in blocks)
    assert [e.get("id") for e in blocks if heading_level(e)] == [
        "ett",
        "under",
        "mer",
        "tva",
        "lista",
    ]
    for word in ("Skriv ut", "Granskad", "På den här", "Källor", "Ord på sidan", "Start"):
        assert word not in text


def test_section_is_a_copy(site):
    load_page(site, "").section("ett")[0].text = "ändrad"
    assert text_of(load_page(site, "").section("ett")[0]) == "Ett"


def test_page_has_title_dates_and_sources(site):
    page = load_page(site, "")
    assert (page.title, page.reviewed, page.review_by) == ("Sidan", "2026-01-02", "2026-07-02")
    assert page.source("k").title == "Titel"
    assert page.source("k").text == "Utgivare. Läst 2026."
    assert site.url == "https://exempel.se/kunskap/"


@pytest.mark.parametrize(
    "address, anchor, without, message",
    [
        pytest.param("borta/", "", (), 'sidan "borta/" finns inte', id="page"),
        pytest.param("", "borta", (), "rubriken #borta finns inte", id="heading"),
        pytest.param("", "ett", ("borta",), "rubriken #borta finns inte under", id="left out"),
        pytest.param("tom/", "", (), "inga datum", id="no dates"),
    ],
)
def test_section_missing_page_or_anchor_is_an_error(site, address, anchor, without, message):
    with pytest.raises(PaperError, match=message):
        load_page(site, address).section(anchor, without)
