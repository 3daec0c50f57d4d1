from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.links.formats.data import read_json
from scripts.links.formats.elements import refresh_url, srcset
from scripts.links.formats.feeds import read_xml
from scripts.links.formats.html import read_html
from scripts.links.formats.reader import reader_for
from scripts.links.formats.scripts import js_imports
from scripts.links.formats.server_files import read_robots
from scripts.links.formats.styles import css_urls


def test_files_without_addresses_have_no_reader():
    assert reader_for("a/b.png") is None
    assert reader_for("a/index.html") is read_html
    assert reader_for("robots.txt") is read_robots
    assert reader_for("x.txt") is None


@pytest.mark.parametrize(
    "text",
    [
        "import 1;" + "\n" * 100_000,
        "}import a" * 50_000,
        "import 1;" + "/* " * 100_000,
        "url(" + " " * 200_000,
        "bild.png (" * 50_000,
    ],
)
def test_reading_takes_no_longer_than_the_text_is(text):
    start = time.process_time()
    js_imports(text)
    css_urls(text)
    srcset(text)
    assert time.process_time() - start < 5  # it took minutes


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_too_odd(text):
    srcset(text)
    refresh_url(text)
    css_urls("url(" + text)
    js_imports("import " + text)
    for reader in (read_html, read_json, read_xml, read_robots):
        reader(text.encode("utf-8", "replace"))
