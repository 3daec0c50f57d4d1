"""The built site in memory: what is read, changed and written is the page, and nothing is lost."""

from __future__ import annotations

import gc
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.site import mkdocs
from scripts.site.html_site import (
    HtmlPage,
    HtmlSite,
    insert_html_after,
    prepend_html,
    replace_with_html,
    text_of,
)
from tests.conftest import save

PAGE = """<!doctype html>
<html lang="sv"><head><title>T</title></head>
<body>
  <main><h1>Ett&shy;ord   till</h1>
  <pre>a
    b</pre><p id="p">x</p></main></body></html>
"""


@pytest.fixture
def page():
    return HtmlPage("a/b/", PAGE)


def test_a_page_is_written_without_indentation_but_in_pre(page):
    text = page.serialize()
    assert text.startswith("<!DOCTYPE html><html") and text.endswith("</html>\n")
    assert "<pre>a\n    b</pre>" in text and "\n <" not in text


def test_text_is_one_line_without_what_does_not_show(page):
    assert text_of(page.select_required("h1")) == "Ettord till"
    assert page.root_prefix == "../../" and page.content.tag == "main"


def test_what_every_page_has_and_this_has_not_is_named(page):
    with pytest.raises(LookupError, match="a/b/: #borta"):
        page.select_required("#borta")


def test_pieces_of_html_are_put_where_they_belong(page):
    place = page.select_required("#p")
    prepend_html(place, '<span id="ny"></span>')
    insert_html_after(place, " <b>efter</b> text")
    page.add_to_head('<link rel="icon" href="i"><script src="s"></script>')
    html = page.serialize()
    assert '<p id="p"><span id="ny"></span>x</p> <b>efter</b> text</main>' in html
    assert '<title>T</title><link rel="icon" href="i"><script src="s"></script></head>' in html
    replace_with_html(page.select_required("#ny"), "<i>i</i>. ")
    assert '<p id="p"><i>i</i>. x</p>' in page.serialize()


def test_a_site_is_its_pages_by_address_and_its_other_files(tmp_path):
    for name in ("index.html", "a/index.html", "404.html", "a/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<h1>x</h1>", encoding="utf-8")
    site = HtmlSite(tmp_path, "https://x.example/k")
    assert sorted(site.pages) == ["", "404.html", "a/"] and site.url == "https://x.example/k/"
    site.add("ny/", "<h1>å</h1>")
    site.write("c/d.txt", "å\n")
    save(site)
    assert "<h1>å</h1>" in (tmp_path / "ny/index.html").read_text(encoding="utf-8")
    assert (tmp_path / "c/d.txt").read_bytes() == "å\n".encode()


TAG = re.compile(r"<(/?[a-z][a-z0-9-]*)[^>]*>", re.I)


@pytest.mark.slow
def test_parser_mends_nothing_in_what_mkdocs_writes(tmp_path, garden):
    """Written again, a page with a stray or missing tag would look right: here it shows."""
    content = Content.read(garden.docs)
    assert mkdocs.build_pages(read_config(garden.root), tmp_path, content) == []
    for file in tmp_path.rglob("*.html"):
        source = re.sub(r"<!--.*?-->", "", file.read_text(encoding="utf-8"), flags=re.S)
        # foreign elements may close themselves (HTML Standard, 13.1.2.1)
        source = re.sub(
            r"<((?:path|rect|circle|line|polyline|use)\b[^>]*?)\s*/>", r"<\1></\1>", source
        )
        again = HtmlPage("x/", source).serialize()
        assert [t.split()[0] for t in TAG.findall(source)] == TAG.findall(again), file


def test_a_page_is_cut_at_its_heads_and_what_follows_a_table_is_no_rows():
    html = """<main><p>Först</p><h1>Namn</h1>Löst <b>ord</b><p>Ett<sup>1</sup></p><div><h2 id="a">A</h2>
    <table><tr><th id="rad">Rad</th><td><a href="/b/">Cell</a></td></tr></table><p>Efter</p></div>
    <nav><h2 id="bort">Bort</h2></nav><h3 id="c">C<sup>2</sup></h3></main>"""
    found = HtmlPage("", html).sections("h1, h2, h3, th", "nav, sup")
    assert [(s.level, s.id, s.heading, s.lines, s.has_excluded) for s in found] == [
        (0, "", "", ["Först"], False),
        (1, "", "Namn", ["Löst ord", "Ett"], False),
        (2, "a", "A", ["Efter"], True),
        (0, "rad", "Rad", ["Cell"], False),
        (3, "c", "C", [], False),
    ]


def test_a_page_at_rest_keeps_what_was_changed_and_no_nodes(tmp_path):
    def trees():
        return sum(isinstance(one, LexborHTMLParser) for one in gc.get_objects())

    site = HtmlSite(tmp_path)
    for address in ("a/", "b/"):
        site.add(address, PAGE)
    before = trees()
    for page in site.iter_pages():
        page.sections("h1")
        replace_with_html(page.select_required("#p"), "<p>nytt</p>")
    del page
    assert trees() == before
    assert all("<p>nytt</p></main>" in page.serialize() for page in site.pages.values())
