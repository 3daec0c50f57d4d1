from __future__ import annotations

from pathlib import PurePosixPath
from types import SimpleNamespace

import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from scripts.content.content import Content
from scripts.render.macro import here
from tests.conftest import context


@pytest.fixture
def content(docs) -> Content:
    return Content.read(docs({"index.md": "", "a/b.md": "[[lan]]\n", "a/index.md": ""}))


@pytest.mark.parametrize(
    ("page", "address", "href"),
    [
        ("index.md", "sitemap.xml", "sitemap.xml"),
        ("a/index.md", "sitemap.xml", "../sitemap.xml"),
        ("a/b.md", "sitemap.xml", "../../sitemap.xml"),
        ("a/b.md", "a/b.txt", "../b.txt"),
        ("a/b.md", "p/x/", "../../p/x/"),
    ],
)
def test_what_is_made_later_is_linked_from_where_the_page_stands(content, page, address, href):
    made = context(content.docs, here=content.pages[PurePosixPath(page)])
    assert made.made(address, "A & B", " download") == f'<a href="{href}" download>A &amp; B</a>'


def test_the_builder_tells_which_page_it_converts(content):
    md = Markdown()
    assert here(md, content) == (None, {})
    relpath = Treeprocessor(md)
    relpath.file = SimpleNamespace(src_uri="a/b.md")
    relpath.config = {"site_url": "https://example.se/"}
    md.treeprocessors.register(relpath, "relpath", 0)
    page, settings = here(md, content)
    assert (page.address, settings["site_url"]) == ("a/b/", "https://example.se/")
