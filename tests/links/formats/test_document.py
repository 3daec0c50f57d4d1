from __future__ import annotations

import pytest

from scripts.links.formats.document import is_html


@pytest.mark.parametrize(
    ("path", "page"), [("a/index.html", True), ("a.HTM", True), ("a.xhtml", True), ("a.svg", False)]
)
def test_which_files_are_pages(path, page):
    assert is_html(path) is page
