"""The index of words: what it lists, in which order, and where each word leads."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from scripts.content.content import Content
from scripts.render.index import found_entries, questions, render_index
from tests.conftest import PAGE, context


def page(title: str, keywords: str, body: str) -> str:
    front = PAGE.replace("title: Prov", f"title: {title}").replace(
        "keywords: []", f"keywords: [{keywords}]"
    )
    return front.replace("# Prov", f"# {title}") + body


@pytest.fixture
def made(docs):
    folder = docs(
        {
            "ansok.md": page(
                "Ansök", "formulär, '195 011', Öl", "## Vem får? {#vem-far}\n\n## Gör så {#gor}\n"
            ),
            "steg.md": page("Hur gammal?", "ålder", "[[vagledning: alder]]\n"),
            "_data/kinds.yml": "ova/*: lär\n",
            "ova/fall.md": page("Fall", "övning", "## Vad gör du? {#vad}\n"),
            "_data/glossary.yml": "lvu: {term: vård av unga, abbr: LVU, text: x, also: [Formulär, ansök]}\n",
            "ordlista.md": "[[ordlista]]\n",
            "fragor.md": "[[oppna-fragor]]\n",
            "_data/questions.yml": "avgift: {title: Vad kostar det?, kind: osaker}\n",
        }
    )
    return context(folder)


def test_words_stand_in_swedish_order_under_their_letter(made):
    text = render_index(made, "")
    assert re.findall(r"^## (.+) \{#(.+)\}$", text, re.M) == [
        ("0–9", "bokstav-siffror"),
        ("A", "bokstav-a"),
        ("F", "bokstav-f"),
        ("L", "bokstav-l"),
        ("P", "bokstav-p"),
        ("V", "bokstav-v"),
        ("Ö", "bokstav-oe"),
    ]
    assert text.index("Öl:") < text.index("övning:")
    assert '<li><a href="#bokstav-oe">Ö</a></li>' in text
    assert 'data-search-exclude=""' in text


def test_a_word_is_a_link_or_is_followed_by_what_it_leads_to(made):
    rows = render_index(made, "").splitlines()
    assert "- [Vem får?](/ansok.md#vem-far)" in rows
    assert "- [vård av unga](/ordlista.md#lvu)" in rows
    assert "- [Vad kostar det?](/fragor.md#avgift)" in rows
    assert "- LVU: [ordlistan: vård av unga](/ordlista.md#lvu)" in rows
    assert "- 195 011: [Ansök](/ansok.md)" in rows
    # the same word from two places: one row
    lists = "[ordlistan: vård av unga](/ordlista.md#lvu)"
    assert f"- formulär: [Ansök](/ansok.md), {lists}" in rows
    assert f"- Ansök: [Ansök](/ansok.md), {lists}" in rows


def test_a_step_of_the_guide_is_not_looked_up(made):
    assert not any(label in ("Hur gammal?", "ålder") for label, _, _ in found_entries(made))


def test_questions_to_discuss_are_no_answers(made):
    assert not any(label == "Vad gör du?" for label, _, _ in found_entries(made))
    folder = made.content.docs
    assert list(questions(Content.read(folder).pages[PurePosixPath("ansok.md")])) == [
        ("Vem får?", "vem-far")
    ]
