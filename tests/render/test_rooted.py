from __future__ import annotations

import logging
import re

import pytest

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.publish import mkdocs

CONFIG = """\
site_name: Prov
theme: mkdocs
plugins: []
validation: {absolute_links: relative_to_docs, unrecognized_links: warn, anchors: warn}
markdown_extensions:
  - scripts.render.extension
"""


@pytest.fixture
def built(docs):
    """Return a function: path → Markdown, built with MkDocs; what it says, and the links of a/b.md."""

    def build(text: str) -> tuple[list[str], list[str]]:
        folder = docs({"index.md": "# Start", "a/b.md": text, "c/d.md": "## Rubrik {#r}\n"})
        (folder.parent / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        target = folder.parent / "site"
        told = mkdocs.render(read_config(folder.parent), target, Content.read(folder))
        page = (target / "a/b/index.html").read_text(encoding="utf-8")
        return told, re.findall(r'<p><a href="([^"]+)">hit', page)

    return build


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("/c/d.md", "../../c/d/"),
        ("/c/d.md#rubrik", "../../c/d/#rubrik"),
        ("/index.md", "../.."),
        ("/a/b.md", "./"),
        ("#x", "#x"),
        ("//example.se/x.md", "//example.se/x.md"),
        ("https://example.se/x.md", "https://example.se/x.md"),
        ("../c/d.md", "../../c/d/"),
    ],
)
def test_a_link_from_the_root_leads_where_it_says(built, link, there, caplog):
    caplog.set_level(logging.INFO)
    _, found = built(f"[hit]({link})\n")
    assert [href.removesuffix("/") for href in found] == [there.removesuffix("/")]
