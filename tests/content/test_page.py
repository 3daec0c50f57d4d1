from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.content.front_matter import Front
from scripts.content.markdown import without_code
from scripts.content.page import Page
from scripts.content.yaml_file import RegisterFile
from tests.examples import record


def page(path: str, body: str, line: int = 1) -> Page:
    file = RegisterFile(PurePosixPath("docs", path), "")
    return Page(PurePosixPath(path), record(Front), body, line, file)


def test_page_citations_and_macros_have_lines():
    body = "Ett.[@a, @b]\n`[@c]` Se [x](kalla:d).[@e]\n\n[[osakert:f]]\n[[lan]]\n"
    found = page("x.md", body, 10)
    assert list(found.citations()) == [(10, "a"), (10, "b"), (11, "d"), (11, "e")]
    assert list(found.macros()) == [(13, "osakert", "f"), (14, "lan", "")]


def test_page_headings_are_by_id():
    found = page("x.md", "# T\n\n## Ett {#a}\n\n`## Kod {#b}`\n\n### Två {#c}\n")
    assert found.headings == {"a": "Ett", "c": "Två"}


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.md", ""), ("a/index.md", "a/"), ("a/b.md", "a/b/"), ("c.md", "c/")],
)
def test_page_address_and_link(path, address):
    found = page(path, "")
    assert (found.address, found.link) == (address, f"/{path}")


def test_without_code_keeps_lines_and_columns():
    text = "a `b` c\n```py\nd\n```\ne ``f ` g`` h\n"
    blanked = without_code(text)
    assert len(blanked) == len(text) and blanked.count("\n") == text.count("\n")
    assert blanked.split() == ["a", "c", "e", "h"]
