from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.content.page import Page, parse_page
from tests.conftest import PAGE


def test_a_page_knows_its_citations_and_macros_with_lines():
    body = "Ett.[@a, @b]\n`[@c]` Se [x](kalla:d).[@e]\n\n[[osakert: f]]\n[[lan]]\n"
    page = Page(PurePosixPath("x.md"), {"title": "X"}, body, 10)
    assert list(page.citations()) == [(10, "a"), (10, "b"), (11, "d"), (11, "e")]
    assert list(page.macros()) == [(13, "osakert", "f"), (14, "lan", "")]


def test_a_field_knows_its_line():
    page = parse_page(PAGE, PurePosixPath("x.md"), PurePosixPath("docs/x.md"))
    assert [page.line(name) for name in ("title", "review_by", "saknas")] == [2, 5, 1]
    assert page.body_line == 9 and page.body.startswith("# Prov\n")


def test_a_page_knows_its_headings_by_their_ids():
    page = Page(
        PurePosixPath("x.md"), {}, "# T\n\n## Ett {#a}\n\n`## Kod {#b}`\n\n### Två {#c}\n", 1
    )
    assert page.headings == {"a": "Ett", "c": "Två"}


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.md", ""), ("a/index.md", "a/"), ("a/b.md", "a/b/"), ("c.md", "c/")],
)
def test_a_page_knows_its_address(path, address):
    page = Page(PurePosixPath(path), {}, "", 1)
    assert (page.address, page.link) == (address, f"/{path}")
