"""The book's index, read out of the finished PDF, too."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import html

from scripts.paper.sections import text_of
from scripts.paper.typeset import typeset
from tests.paper.test_book import book  # noqa: F401
from tests.paper.test_typeset import PAGE


def test_every_place_of_a_word_is_in_the_index(book):  # noqa: F811
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
