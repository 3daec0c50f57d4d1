"""Which sentences of pages and registers are compared with the facts, and their lines."""

from __future__ import annotations

from pathlib import PurePosixPath

from scripts.checks.fact_sentences import page_sentences, register_sentences
from scripts.checks.facts import check_text
from scripts.content.page import parse_page
from scripts.content.yaml_file import RegisterFile
from tests.conftest import PAGE


def test_title_and_description_have_their_lines(facts):
    text = PAGE.replace("Prov", "I 45 dagar", 1).replace("En sida att", "Ring 020-390 001. Att")
    path = PurePosixPath("a.md")
    page = parse_page(text, path, path)
    assert [f.line for f in check_text(facts, path, page_sentences(page), {})] == [2, 3]


def test_registers_are_read_with_their_lines(facts):
    text = 'a:\n  title: T\n  text: >-\n    Kort.\n    I 45 dagar.\n  source: x-45\nb: {do: "Ring 911."}\n'
    path = PurePosixPath("_data/questions.yml")
    findings = list(
        check_text(facts, path, list(register_sentences(path, RegisterFile(path, text, {}))), {})
    )
    assert [f.line for f in findings] == [5, 7]


def test_a_figure_s_words_are_read_and_its_keys_are_not(facts):
    text = "a:\n  kind: karta\n  title: I 45 dagar.\n  tiles:\n    - {county: a-46, letters: AB, row: 45, column: 3}\n  page: /a-45.md\n"
    path = PurePosixPath("_data/figures.yml")
    findings = list(
        check_text(facts, path, list(register_sentences(path, RegisterFile(path, text, {}))), {})
    )
    assert [f.line for f in findings] == [3]


def test_the_card_is_compared_in_every_language():
    text = (
        "languages: {}\nparts:\n- title: {sv: Ring}\n  lines:\n  - {sv: Ring 112., en: Call 112.}\n"
    )
    file = RegisterFile(PurePosixPath("docs/_data/card.yml"), text, {})
    found = register_sentences(PurePosixPath("_data/card.yml"), file)
    assert [(s.line, s.text) for s in found] == [(3, "Ring"), (5, "Ring 112."), (5, "Call 112.")]
