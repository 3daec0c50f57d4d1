from __future__ import annotations

import pytest

from scripts.links.formats.html import (
    DEEPEST,
    LONG,
    MANY,
    REMEMBERED,
    as_utf8,
    read_html,
    shallow,
)


def test_ids_in_templates_are_not_defined():
    assert read_html(b'<template><p id="t"></template><p id="p">').ids == ["p"]


def test_an_id_that_the_parser_repeats_is_no_double():
    document = read_html(b"<p><a href=x id=y></p><p>text")
    assert document.ids.count("y") == 2 and document.twice == []


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


def test_a_tag_with_attributes_without_end_is_told_and_a_long_one_is_read():
    many = b"<a " + b" ".join(b"a%d" % n for n in range(3 * MANY)) + b" href=x>"
    assert read_html(many).unreadable and not read_html(many).uses
    words = b"ord = ord; " * MANY
    assert uses(b"<a title='%b' href=x><img src='data:,%b'>" % (words, b"A" * MANY)) == [
        "x",
        "data",
    ]


def uses(page: bytes) -> list[str]:
    return [use.value.partition(":")[0] for use in read_html(page).uses]


def test_what_an_element_says_is_remembered_but_not_when_it_is_long():
    REMEMBERED.clear()
    page = b"<img src='data:,%b'><a href=x><a href=x>" % (b"A" * LONG)
    assert uses(page) == uses(page) == ["data", "x", "x"]
    assert list(REMEMBERED) == [("a", ("href", "x"))]


def test_an_id_stands_twice_in_whatever_way_it_is_written():
    page = (
        b"<p id=a>x</p><p ID = 'a'>x</p><p id=b><i data-id=b></i><p id=\"c d\">x</p><p id=c>x</p>"
    )
    assert read_html(page).twice == ["a"]


def test_shapes_of_a_drawing_that_end_themselves_dont_stand_in_each_other():
    page = b"<svg>" + b"<path d='M0 0'/><rect/>" * DEEPEST + b"</svg><p id=x>"
    assert read_html(page).ids == ["x"] and not read_html(page).unreadable
    for hostile in (b"<path/>", b"<svg><p>" + b"<div/>", b"<svg>"):
        page = hostile * 50_000 if b"div" not in hostile else b"<svg><p>" + b"<div/>" * 50_000
        assert len(shallow(page)) < 200_000 and read_html(page).unreadable
