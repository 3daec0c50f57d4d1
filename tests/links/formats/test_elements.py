from __future__ import annotations

import pytest

from scripts.links.formats.elements import refresh_url, srcset
from scripts.links.formats.html import read_html


def uses(markup: str) -> list[tuple[str, str]]:
    return [tuple(use) for use in read_html(markup.encode()).uses]


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<a href=x>", [("page", "x")]),
        ("<link rel=stylesheet href=x>", [("asset", "x")]),
        ("<link rel='alternate stylesheet' href=x>", [("asset", "x")]),
        ("<link rel=canonical href=x>", [("page", "x")]),
        ("<link rel=preconnect href=x>", []),
        ("<td headers='a b'>", []),  # no cell outside a table
        ("<table><td headers='a b'>", [("ref", "a"), ("ref", "b")]),
        ("<div for=x list=y headers=z>", []),
        ("<img usemap='#m'>", [("map", "m")]),
        ("<meta http-equiv=refresh content='1;url=x'>", [("refresh", "x")]),
        ("<meta name=description content='x'>", []),
        ("<iframe><a href=x></iframe>", []),
    ],
)
def test_what_an_element_uses(markup, wanted):
    assert uses(markup) == wanted


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("a", ["a"]),
        ("a 1x, b 2x", ["a", "b"]),
        ("a,b 2x", ["a,b"]),
        ("a 480w,b 800w", ["a", "b"]),
        (" , a 1x ,, b", ["a", "b"]),
        ("data:image/png;base64,AA 1x, b", ["data:image/png;base64,AA", "b"]),
        ("a type(x,y) 2x, b", ["a", "b"]),
        ("", [""]),
    ],
)
def test_srcset(value, urls):
    assert srcset(value) == urls


@pytest.mark.parametrize(
    ("content", "url"),
    [
        ("0; url=x", "x"),
        ("5;URL='x y'", "x y"),
        ("0, x", "x"),
        ("30", None),
        ("0;", None),
        ("x; url=y", None),
        ('0; url="x', "x"),
    ],
)
def test_meta_refresh(content, url):
    assert refresh_url(content) == url
