from __future__ import annotations

from types import SimpleNamespace

import markdown
import pytest
from lxml import html
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

STEPS = """\
ett: {title: Ett, page: /ett.md}
tva: {title: Två, page: /tva.md}
tre: {title: Tre, page: /tre.md}
"""
SOURCES = (
    'a: {title: A, publisher: P, url: "https://example.se/a", kind: annan, certainty: saker}\n'
)


class Here(Extension):
    """Tells which page is converted, as Zensical does."""

    def __init__(self, path):
        self.path = path

    def extendMarkdown(self, md):  # noqa: N802
        context = Preprocessor(md)
        context.page = SimpleNamespace(path=self.path)
        context.config = {"site_url": "https://example.se/"}
        context.run = lambda lines: lines
        md.preprocessors.register(context, "rendering_context", 0)


@pytest.fixture
def render(docs):
    body = "# Prov\n\nText.[@a]\n\n## Mer {#mer}\n\nMer.\n"

    def run(name: str, text: str = body) -> html.HtmlElement:
        pages = dict.fromkeys(("ett.md", "tva.md", "tre.md", "annan.md"), text)
        folder = docs({**pages, "_data/process.yml": STEPS, "_data/sources.yml": SOURCES})
        made = markdown.markdown(
            text,
            extensions=["attr_list", "scripts.render.extension", Here(name)],
            extension_configs={"scripts.render.extension": {"docs_dir": str(folder)}},
        )
        return html.fromstring(f"<main>{made}</main>")

    return run


@pytest.mark.parametrize(
    ("name", "words", "links"),
    [
        ("ett.md", ["Steg 1 av 3", "Sedan: Två"], ["tva.md"]),
        ("tva.md", ["Före: Ett", "Steg 2 av 3", "Sedan: Tre"], ["ett.md", "tre.md"]),
        ("tre.md", ["Före: Två", "Steg 3 av 3"], ["tva.md"]),
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
    assert [item.text_content() for item in nav.iter("li")] == ["Ett", "Två", "Tre"]
    assert [link.get("href") for link in nav.iter("a")] == ["ett.md", "tre.md"]
    (here,) = nav.xpath(".//*[@aria-current='step']")
    assert here.text_content() == "Två"


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
