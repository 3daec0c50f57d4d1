from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.content.content import (
    ContentError,
    Page,
    parse_yaml,
    read_pages,
    read_registers,
    without_code,
)

SHOWN = PurePosixPath("docs/x.yml")


def test_code_is_blanked_in_place():
    text = "a `b` c\n```py\nd\n```\ne ``f ` g`` h\n"
    blanked = without_code(text)
    assert len(blanked) == len(text) and blanked.count("\n") == text.count("\n")
    assert blanked.split() == ["a", "c", "e", "h"]


def test_a_page_knows_its_citations_and_macros_with_lines():
    body = "Ett.[@a, @b]\n`[@c]` Se [x](kalla:d).[@e]\n\n[[osakert: f]]\n[[lan]]\n"
    page = Page(PurePosixPath("x.md"), {"title": "X"}, body, 10)
    assert list(page.citations()) == [(10, "a"), (10, "b"), (11, "d"), (11, "e")]
    assert list(page.macros()) == [(13, "osakert", "f"), (14, "lan", "")]


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("a: 1\nb: [", 2, "bad-yaml"),
        ("a: 1\na: 2", 2, "bad-yaml"),
        ("a:\n  b: 1\n  b: 2", 3, "bad-yaml"),
        ("- a", 1, "bad-yaml"),
        ("", 1, "bad-yaml"),
        ("a: 1\nb: 2026-13-01", 2, "bad-date"),
        ("a: !!python/object:os.system x", 1, "bad-yaml"),
    ],
)
def test_yaml_that_cannot_be_read_names_its_line(text, line, rule):
    with pytest.raises(ContentError) as error:
        parse_yaml(text, SHOWN)
    assert (error.value.finding.line, error.value.finding.rule) == (line, rule)


def test_registers_are_read_again_when_a_file_changes(docs):
    folder = docs({"_data/sources.yml": "a: {title: A}\n"})
    assert list(read_registers(folder).sources) == ["a"]
    (folder / "_data/sources.yml").write_text("b: {title: B}\n", encoding="utf-8")
    assert list(read_registers(folder).sources) == ["b"]


def test_data_is_no_page(docs):
    folder = docs({"a.md": "", "_data/b.md": ""})
    assert [str(page.path) for page in read_pages(folder)] == ["a.md"]
