from __future__ import annotations

import re

import markdown
import pytest


def test_a_term_is_explained_where_it_first_stands(render):
    html = render("# Om LVU\n\nLVU gäller. LVU igen. Inte [LVU](x.md) eller `LVU`.\n")
    assert (
        html.count('<button class="term" popovertarget="ord-lvu" type="button">LVU</button>') == 1
    )
    assert "<h1" in html and "<button" not in html[: html.index("</h1>")]
    assert 'id="ord-lvu" popover=""' in html
    assert "– lagen om vård av unga. Tvångsvård. <a" in html, "without its citation"
    assert 'href="/hem/ordlista.md#lvu"' in html


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Begär inhibition nu.", "inhibition"),
        ("Begär inhibitionen nu.", "inhibitionen"),
        ("Ett inhibitionsbeslut.", None),
        ("Ordet tröskel förklaras inte.", None),
        ("LVU-beslut", None),
        *((f"- {'#' * level} LVU", None) for level in range(1, 7)),
    ],
)
def test_endings_count_and_compounds_do_not(render, text, marked):
    found = re.findall(r'<button class="term"[^>]*>([^<]*)<', render(text + "\n"))
    assert found == ([marked] if marked else [])


def test_a_word_in_the_list_of_sources_is_left_alone(docs):
    source = 'a: {title: A, publisher: LVU och A, url: "https://example.se/a", kind: lag, certainty: saker}\n'
    words = "lvu: {term: lagen, abbr: LVU, text: Tvång.}\n"
    folder = docs({"a.md": "", "_data/sources.yml": source, "_data/glossary.yml": words})
    settings = {"scripts.render.extension": {"docs_dir": str(folder)}}
    html = markdown.markdown("Text.[@a]\n", extensions=list(settings), extension_configs=settings)
    assert "LVU och A" in html and "<button" not in html


def test_the_glossary_page_explains_each_word_once_and_marks_none(render):
    html = render("[[ordlista]]\n\nLVU.\n")
    assert '<dt id="lvu">LVU – lagen om vård av unga</dt>' in html
    assert "<button" not in html


def test_terms_in_the_questions_before_the_steps_are_left_alone(render):
    html = render("## Först {#forst}\n\n- Gäller LVU?\n\n## Sedan {#sedan}\n\nLVU gäller.\n")
    assert html.count("<button") == 1
    assert html.index("<button") > html.index('id="sedan"')
