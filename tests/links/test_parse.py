from __future__ import annotations

import io
import time

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.links.parse import (
    DEEPEST,
    as_utf8,
    css_urls,
    js_imports,
    read_html,
    read_json,
    read_pdf,
    read_robots,
    read_xml,
    reader_for,
    refresh_url,
    shallow,
    srcset,
)
from tests.links.corpus import pdf


def uses(markup: str) -> list[tuple[str, str]]:
    return [tuple(use) for use in read_html(markup.encode()).uses]


def test_ids_in_templates_are_not_defined():
    assert read_html(b'<template><p id="t"></template><p id="p">').ids == ["p"]


def test_an_id_that_the_parser_repeats_is_no_double():
    document = read_html(b"<p><a href=x id=y></p><p>text")
    assert document.ids.count("y") == 2 and document.twice == []


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


def test_css_is_read_without_comments_and_strings():
    css = """@import "a.css"; @import url(b.css); /* url(c) */ p{background:url( 'd e.png' )}
    q { content: "url(x)"; cursor: URL("f\\000041.cur"); mask: url() } a { b: my-url(z) }"""
    assert css_urls(css) == ["a.css", "b.css", "d%20e.png", "fA.cur", ""]


def test_only_relative_imports_of_modules_count():
    js = """import a from "./a.js"; import "./b.js"
    import {x,
      y} from '../c.js'; export { z } from "/d.js"; import("./e.js"); import r from "react";
    // import f from "./f.js"
    const s = `import("./${g}.js")`; /* import "./h.js" */"""
    assert js_imports(js) == ["./a.js", "./b.js", "../c.js", "/d.js", "./e.js"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("å".encode(), "å"),
        (b"\xef\xbb\xbf" + "å".encode(), "å"),
        ("å".encode("utf-16"), "å"),
        (b"<meta charset=iso-8859-1>\xe5", "<meta charset=iso-8859-1>å"),
        (b"<meta charset=nonsens>\xe5", "<meta charset=nonsens>\ufffd"),
        (b"\xff", "\ufffd"),
    ],
)
def test_bytes_are_decoded_as_a_browser_does(data, text):
    assert as_utf8(data).decode() == text


def test_robots_and_feeds_and_json():
    assert read_robots(b"Sitemap: a\nsitemap:b\n# Sitemap: c").uses == [
        ("asset", "a"),
        ("asset", "b"),
    ]
    feed = b"<rss><channel><link>https://a.se/</link><guid>https://a.se/1</guid><guid isPermaLink='false'>https://b.se</guid></channel></rss>"
    assert [u.value for u in read_xml(feed).uses] == ["https://a.se/", "https://a.se/1"]
    assert read_json(b'{"a": ["https://a.se/", "x", {"b": "text https://b.se"}]}').uses == [
        ("own", "https://a.se/")
    ]
    assert read_json(b"[" * 100_000).unreadable
    assert read_pdf(b"nonsens").unreadable


def test_an_old_drawing_without_namespace_has_ids_too():
    assert read_xml(b"<svg><font id='f'/><use href='#g'/></svg>").ids == ["f"]


def test_an_xml_bomb_does_no_harm():
    bomb = '<!DOCTYPE a [<!ENTITY b "x">' + "".join(
        f'<!ENTITY b{i} "{"&b" + str(i - 1) + ";" if i else "&b;"}{"&b" + str(i - 1) + ";" if i else "&b;"}">'
        for i in range(40)
    )
    assert read_xml((bomb + "]><a>&b39;</a>").encode()).unreadable


@pytest.mark.parametrize(
    "text", ['{"icons": 5}', '{"start_url": ".", "file_handlers": 5, "shortcuts": true}']
)
def test_a_manifest_with_members_of_another_kind_is_read(text):
    assert read_json(text.encode()).uses in ([], [("page", ".")])


def test_a_pdf_that_is_locked_or_broken_is_told_in_the_same_words_each_time():
    locked = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert read_pdf(locked.getvalue()).unreadable == "är låst med ett lösenord"
    data = pdf(destination="a").replace(b"/Count 1", b"/Count 7")
    assert "0x" not in read_pdf(data).unreadable + read_pdf(b"nonsens").unreadable


@pytest.mark.parametrize("name", ["nonsens", "rot13", "utf-7"])
def test_xml_in_an_unknown_encoding_is_told(name):
    assert read_xml(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode()).unreadable


def test_html_is_cut_where_it_is_too_deep_and_nowhere_else():
    deep = b"<div>" * DEEPEST
    assert shallow(deep) == deep and shallow(deep + b"<b><i>x") == deep
    flat = b"<ul>" + b"<li><p>x<br>" * 3 * DEEPEST + b"<b>y</b>" * 3 * DEEPEST
    assert shallow(flat) == flat
    assert len(read_html(b"<div>" * 300_000 + b'<a href="x">').uses) == 0


def test_frames_in_frames_without_end():
    text = "<p>"
    for _ in range(400):
        text = text.replace("&", "&amp;").replace(">", "&gt;").replace(" ", "&#32;")
        text = f"<iframe srcdoc={text}>"
    assert read_html(text.encode()).uses == []


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
    start = time.monotonic()
    js_imports(text)
    css_urls(text)
    srcset(text)
    assert time.monotonic() - start < 5  # it took minutes


def test_files_without_addresses_have_no_reader():
    assert reader_for("a/b.png") is None
    assert reader_for("a/index.html") is read_html
    assert reader_for("robots.txt") is read_robots
    assert reader_for("x.txt") is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_too_odd(text):
    srcset(text)
    refresh_url(text)
    css_urls("url(" + text)
    js_imports("import " + text)
    for reader in (read_html, read_json, read_xml, read_robots):
        reader(text.encode("utf-8", "replace"))
