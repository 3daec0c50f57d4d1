"""The book of a small site: two pages, and a list of sources that the book has as its own."""

from __future__ import annotations

import pytest
from lxml import html

from scripts.paper.handout import Handout
from scripts.paper.layouts import compose
from scripts.paper.sections import Site, text_of
from tests.paper.test_composer import OTHER, ROW
from tests.paper.test_sections import START

WORDS = (
    "<p>Alla <a href='a/b/'>källor</a>, djupare om LVU och LVU, men LVU-vård är ett annat ord.</p><ul><li>Enligt LVU:s regler, <em>LVU</em>.</li></ul>"
    "<dl class='glossary'><dt id='lvu'>LVU – en lag</dt><dd>Om vård.</dd></dl>"
)


@pytest.fixture
def book(tmp_path) -> str:
    (tmp_path / "a").mkdir()
    first = START.replace("<p>Djupare.</p>", WORDS).replace(">Mer<", ">Vård enligt LVU<")
    (tmp_path / "index.html").write_text(first, encoding="utf-8")
    (tmp_path / "a/b").mkdir()
    listed = (
        '<ul class="source-list"><li id="k"><a href="https://x.se/y">Titel</a>. Utgivare.</li></ul>'
    )
    (tmp_path / "a/b/index.html").write_text(START.replace("<p>Sist.</p>", listed), "utf-8")
    (tmp_path / "a/index.html").write_text(OTHER, encoding="utf-8")
    row = {**ROW, "form": "bok", "pages": 9, "without": ["a/b/"], "names": {"Del": "Den andra"}}
    return compose(Handout.read("prov", row), Site(tmp_path, "https://exempel.se/"))


def test_the_contents_have_what_stands_at_the_end_and_parts_their_names(book):
    document = html.fromstring(book)
    contents = document.find(".//nav")
    assert [text_of(e) for e in contents.iter("strong")] == ["Start", "Den andra", "Sist i boken"]
    lines = contents.findall("ul/li")[-1].findall(".//a")
    assert [text_of(a) for a in lines] == ["Sidor som texten länkar till", "Källor", "Ordregister"]
    for line in lines:
        assert text_of(document.get_element_by_id(line.get("href")[1:])) == text_of(line)
    assert "Den andra" in [text_of(e) for e in document.iter("h2")]


def test_a_link_to_the_list_of_sources_leads_to_the_books_own(book):
    (link,) = html.fromstring(book).xpath('//a[text()="källor"]')
    assert link.get("href") == "#slut-sources"
