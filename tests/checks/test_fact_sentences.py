"""Which sentences of pages and registers are compared with the facts, and their lines."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.checks.fact_register import Facts
from scripts.checks.fact_sentences import page_sentences, register_sentences
from scripts.checks.facts import check_text
from scripts.content.content import read_registers
from scripts.content.page import parse_page
from scripts.content.registers import RegisterFile
from scripts.content.yaml_file import parse_yaml, read_text

HEAD = "---\ntitle: Prov\ndescription: En sida.\n---\n"  # the body begins on line 5


@pytest.fixture(scope="module")
def facts(root) -> Facts:
    """The real register: what is planted here is what an editor could get wrong."""
    file = root / "docs/_data/facts.yml"
    data = parse_yaml(read_text(file, PurePosixPath("facts.yml")), PurePosixPath("x"))
    registers = read_registers(root / "docs")
    return Facts(data, registers.sources, registers.fact_patterns)


def found(facts: Facts, body: str, path: str = "a.md", head: str = HEAD):
    page = parse_page(head + body, PurePosixPath(path), PurePosixPath(path))
    return list(check_text(facts, PurePosixPath(path), page_sentences(page), {}))


def test_title_and_description_have_their_lines(facts):
    head = "---\ntitle: I 45 dagar\ndescription: Ring 020-390 001.\n---\n"
    assert [f.line for f in found(facts, "", head=head)] == [2, 3]


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
