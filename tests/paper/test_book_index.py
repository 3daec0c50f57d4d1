"""The book's index, read out of the finished PDF, too."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import html

from scripts.paper.handout import Handout
from scripts.paper.layouts import compose
from scripts.paper.sections import Site, text_of
from scripts.paper.typeset import typeset
from tests.paper.test_composer import OTHER, ROW
from tests.paper.test_sections import START
from tests.paper.test_typeset import PAGE

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


def test_every_place_of_a_word_is_in_the_index(book):
    document = html.fromstring(book)
    links = document.xpath('//section[@class="index"]//a')
    places = [document.get_element_by_id(link.get("href")[1:]) for link in links]
    assert [text_of(p) for p in places] == ["LVU"] * len(places)
    assert len(places) == text_of(document.find(".//main")).count("LVU") - 1 == 8
    telling = [
        text_of(p.getparent())
        for p, a in zip(places, links, strict=True)
        if "telling" in a.get("class")
    ]
    assert telling == ["LVU – en lag", "Vård enligt LVU"]


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


def test_words_are_not_explained_again_after_the_glossary(book):
    assert "Ord förklarade" not in book


@pytest.mark.parametrize(
    "pages, telling, expected",
    [
        pytest.param([3, 4, 5, 7, 9, 10], [], "ord 3–5, 7, 9–10", id="runs as one"),
        pytest.param(range(2, 14), [], "ord 2–13", id="twelve pages"),
        pytest.param(range(2, 15), [6, 9, 10], "ord 2, 6, 9–10", id="more: those that tell"),
    ],
)
def test_pages_in_the_index(pages, telling, expected):
    chapters = "".join(
        f'<section class="chapter"><h2>Del</h2><p>{f"""<span id="o{n}">Ord</span>""" if n in pages else "x"}</p></section>'
        for n in range(2, 17)  # each begins a page, after the first
    )
    row = ", ".join(
        f'<a class="page-number{" telling" if n in telling else ""}" href="#o{n}"></a>'
        for n in pages
    )
    page = PAGE.replace("blad columns-1", "bok columns-1").replace(
        "MORE", f"{chapters}<p>ord {row}</p>"
    )
    data = typeset(page, 10, 20).data
    text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data))
    assert f"{expected} 16 (16)" in " ".join(text.split())
