from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.content.content import Content
from tests.conftest import context


@pytest.fixture
def content(docs) -> Content:
    return Content.read(docs({"index.md": "", "a/b.md": "[[lan]]\n", "a/index.md": ""}))


@pytest.mark.parametrize(
    ("page", "address", "href"),
    [
        ("index.md", "sitemap.xml", "sitemap.xml"),
        ("a/b.md", "a/b.txt", "../b.txt"),
        ("a/b.md", "p/x/", "../../p/x/"),
    ],
)
def test_file_link_is_relative_to_the_page(content, page, address, href):
    made = context(content.docs, page=content.pages[PurePosixPath(page)])
    assert (
        made.file_link(address, "A & B", " download") == f'<a href="{href}" download>A &amp; B</a>'
    )
