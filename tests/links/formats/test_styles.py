from __future__ import annotations

from scripts.links.formats.styles import css_urls


def test_css_is_read_without_comments_and_strings():
    css = """@import "a.css"; @import url(b.css); /* url(c) */ p{background:url( 'd e.png' )}
    q { content: "url(x)"; cursor: URL("f\\000041.cur"); mask: url() } a { b: my-url(z) }"""
    assert css_urls(css) == ["a.css", "b.css", "d%20e.png", "fA.cur", ""]
