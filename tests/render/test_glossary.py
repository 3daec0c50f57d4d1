from __future__ import annotations

import re

import markdown
import pytest


def test_term_is_a_button_at_its_first_use(render):
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
        ("- ## LVU", None),
    ],
)
def test_term_matches_endings_but_not_compounds(render, text, marked):
    found = re.findall(r'<button class="term"[^>]*>([^<]*)<', render(text + "\n"))
    assert found == ([marked] if marked else [])


def test_term_in_the_source_list_is_no_button(docs):
    source = 'a: {title: A, publisher: LVU och A, url: "https://example.se/a", kind: lag, certainty: saker}\n'
    words = "lvu: {term: lagen, abbr: LVU, text: Tvång.}\n"
    folder = docs({"a.md": "", "_data/sources.yml": source, "_data/glossary.yml": words})
    settings = {"scripts.render.extension": {"docs_dir": str(folder)}}
    html = markdown.markdown("Text.[@a]\n", extensions=list(settings), extension_configs=settings)
    assert "LVU och A" in html and "<button" not in html


def test_term_on_the_glossary_page_is_no_button(render):
    html = render("[[ordlista]]\n\nLVU.\n")
    assert '<dt id="lvu">LVU – lagen om vård av unga</dt>' in html
    assert "<button" not in html


def test_term_in_questions_before_steps_is_no_button(render):
    html = render("## Först {#forst}\n\n- Gäller LVU?\n\n## Sedan {#sedan}\n\nLVU gäller.\n")
    assert html.count("<button") == 1
    assert html.index("<button") > html.index('id="sedan"')
