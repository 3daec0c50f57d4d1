from __future__ import annotations

import pytest
from lxml import html

from tests.conftest import page_with
from tests.render.conftest import html_of

STEPS = ("ett", "tva", "tre")
BODY = "# Prov\n\nText.[@a]\n\n## Mer {#mer}\n\nMer.\n"


@pytest.fixture
def render(docs):
    def run(name: str, text: str = BODY) -> html.HtmlElement:
        rows = {
            f"{s}.md": f"step: {{place: {n}, title: {s.title()}}}\n" for n, s in enumerate(STEPS)
        }
        pages = {name: page_with(row, text) for name, row in rows.items()}
        folder = docs({**pages, "annan.md": text, "_data/sources.yml": {"a": {}}})
        return html.fromstring(f"<main>{html_of(text, folder, name)}</main>")

    return run


@pytest.mark.parametrize(
    ("name", "words", "links"),
    [
        ("ett.md", ["Steg 1 av 3", "Sedan: Tva"], ["tva.md"]),
        ("tva.md", ["Före: Ett", "Steg 2 av 3", "Sedan: Tre"], ["ett.md", "tre.md"]),
        ("tre.md", ["Före: Tva", "Steg 3 av 3"], ["tva.md"]),
    ],
)
def test_after_the_title_stand_the_step_before_this_one_and_the_next(render, name, words, links):
    page = render(name)
    nav = page[1]
    assert page[0].tag == "h1" and nav.get("class") == "process"
    assert [item.text_content() for item in nav.iter("li")] == words
    assert [link.get("href") for link in nav.iter("a")] == links


def test_at_the_end_of_the_text_stand_all_steps_and_here_is_no_link(render):
    page = render("tva.md")
    nav = page.find("nav[@class='process-all']")
    assert nav.getnext().get("class") == "source-box", "after the text, before the evidence"
    assert [item.text_content() for item in nav.iter("li")] == ["Ett", "Tva", "Tre"]
    assert [link.get("href") for link in nav.iter("a")] == ["ett.md", "tre.md"]
    (here,) = nav.xpath(".//*[@aria-current='step']")
    assert here.text_content() == "Tva"


def test_other_pages_and_pages_without_a_title_have_none(render):
    assert render("annan.md").find("nav") is None
    assert render("tva.md", "Text.\n").find("nav") is None


def test_the_site_has_them_in_the_menus_languages_and_order(site):
    page = html.fromstring((site / "betanketid/ansok/index.html").read_bytes())
    (nav,) = page.xpath("//nav[@class='process']")
    assert [a.get("href") for a in nav.iter("a")] == [
        "../../upptacka/dokumentera/",
        "../under-tiden/",
    ]
