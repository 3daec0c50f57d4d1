"""The fast reading and the full parser must agree on every page that the fast one accepts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scripts.links.parse import read_html
from scripts.links.scan import Scanner, scan_html


def same(data: bytes) -> bool:
    """Compare the two readings; return whether the fast one accepted the page."""
    fast = Scanner().scan(data, set())
    if fast is None:
        return False
    slow = read_html(data)
    uses = {use for _, record in fast.rest for use in record.uses} | set(fast.uses)
    assert uses == set(slow.uses)
    assert set(fast.ids) == set(slow.ids)
    assert set(fast.names) == set(slow.names)
    assert set(fast.maps) == set(slow.maps)
    assert slow.base is None
    assert set(fast.twice) == set(slow.twice)
    return True


TAGS = [
    "a", "p", "div", "span", "b", "i", "em", "ul", "li", "h2", "table", "tr", "td", "th", "thead",
    "tbody", "caption", "form", "input", "label", "img", "svg", "path", "g", "use", "script",
    "style", "title", "textarea", "template", "select", "option", "body", "html", "head", "meta",
    "link", "base", "noscript", "iframe", "button", "br", "hr", "nobr", "font", "code", "pre",
    "frameset", "math", "mi", "image", "plaintext", "xmp", "details", "video", "source", "object",
    "area", "map", "q", "blockquote", "rect", "foreignObject", "desc", "DIV", "A", "x-y",
    "figure", "dl", "dt", "dd", "ruby", "rt", "center",
]  # fmt: skip
values = st.sampled_from(
    [
        "x",
        "a b",
        "../y/",
        "#z",
        "",
        "a&amp;b",
        "a>b",
        "a<b",
        "å",
        "1",
        "&copy=1",
        "a'b",
        "a/b",
        "url(u)",
        "url(#u)",
        "&lt;a href=y&gt;",
    ]
)
attribute = st.one_of(
    st.tuples(
        st.sampled_from(["id", "href", "src", "class", "name", "action", "for", "style", "ID", "srcset", "xlink:href", "http-equiv", "content", "type", "usemap", "data-x", "rel", "charset", "srcdoc", "fill", "headers", "background"]),
        st.sampled_from(['{}="{}"', "{}='{}'", "{}={}", '{} = "{}"', "{}", '{}="{}"/', "{}=\n'{}'"]),
        values,
    ).map(lambda t: t[1].format(t[0], t[2])),
    st.sampled_from(['id="id1"', 'href="../y/"', 'id="id1"', "/", "=", '"', "disabled", "\n"]),
)  # fmt: skip
start = st.tuples(
    st.sampled_from(TAGS),
    st.lists(attribute, max_size=3),
    st.sampled_from([" ", " ", "\n", "/", "  "]),
    st.sampled_from([">", ">", ">", "/>", " >", ""]),
).map(lambda t: "<" + t[2].join([t[0], *t[1]]) + t[3])
end = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
whole = st.sampled_from(
    [
        "<script>if (a<b && c>d) x('<p id=no>')</script>", "<script>a</script>", "<!-- x -->",
        "<!-- <a href=no> -->", "<style>p>a{background:url(s.png)}</style>", "<title>a &lt; b</title>",
        "<title>a <b id=no> c</title>", "<textarea><a href=no></textarea>", "<!doctype html>", "<!--", "-->",
        "<script><!-- <script> </script> --></script>", '<svg><path d="M0"/></svg>', "<p>1 < 2</p>",
        "<svg><title>x</title></svg>", "<select><option id=o>x</option></select>", "<script type=module>import './m.js'</script>",
        "<![CDATA[x]]>", "<?xml?>",
        '<form action="f1"><input></form>', "<form action=f2>", "</form>", "<>", "</>", "< p>", "<p", "\r\n", "\x00",
    ]
)  # fmt: skip
text = st.sampled_from(["text", " ", "a > b", "&amp;", "å", 'id="t"', "\n"])
pages = st.lists(st.one_of(start, start, end, end, whole, text), max_size=14).map("".join)


@settings(max_examples=600, deadline=None)
@given(pages)
@example('<p id="a">x</p><p id="a">x</p>')
@example("<a href=x id=y><p><a href=x id=y>")
@example("<p><b id=x></p><p>y")
@example("<svg><a id=a></svg><p id=a>")
@example("<a/id>")
@example('<a id="x" id="x"><form action=f2></a>')
@example("<noscript><noscript id=a>")
def test_what_the_fast_reading_accepts_it_reads_like_the_parser(page: str):
    same(page.encode())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.sampled_from([b"", b"<p id=a>", b'<a href="', b"<script>"]))
def test_garbage_is_never_read_in_two_ways(data: bytes, before: bytes):
    same(before + data)


@settings(max_examples=100, deadline=None)
@given(st.lists(pages, min_size=2, max_size=4))
def test_what_one_page_taught_holds_on_the_next(many: list[str]):
    scanner, known = Scanner(), set()
    for page in many:
        fast = scanner.scan(page.encode(), known)
        alone = Scanner().scan(page.encode(), set())
        assert (fast is None) == (alone is None)
        if fast is not None and alone is not None:
            assert (fast.ids, fast.twice, fast.uses) == (alone.ids, alone.twice, alone.uses)
            assert [head for head, _ in fast.rest] == [head for head, _ in alone.rest]


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><title>x</title><body><p id='a'><a href='../b/#c'>x</a>",
        "<script>for (i=0;i<9;i++) if (a>b) c('<a href=no>')</script><p id=x>",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg><a href='a&amp;b'>x</a>",
        "<form action='a'></form><form action='b'></form>",
        "<p>text > mer</p><img src=a srcset='b 1x, c 2x'>",
        "<table><tr><td><a href=x>y</a></table>",
        "<style>p > a { background: url(x.png) }</style>",
        "<noscript><img src=x></noscript>",
        "<select id=s><option id=o value=x>y</option><option>z</select><a href=x>y</a>",
    ],
)
def test_ordinary_pages_are_read_the_fast_way(page: str):
    assert same(page.encode())


@pytest.mark.parametrize(
    "page",
    [
        "<!-- <a href=x> --><a href=y>",
        "<template><a href=x></template>",
        "<form action=a><form action=b>",
        "<base href=x><a href=y>",
        '<a title="a > b" href=x>',
        "<p>1 < 2</p><p id=x>",
        "<title><a href=x></title>",
        "<script><!-- <script></script> <a href=x> --></script>",
        "<tr id=x>",
        "<select><a href=x>y</a></select>",
        "<select><option>x</select><select><option>",
        "<a href=x",
        "<svg><style>a<b href=x></style></svg>",
        "<meta charset=latin1><p>\xe5",
    ],
)
def test_doubtful_pages_go_to_the_parser(page: str):
    data = page.encode("latin1")
    assert Scanner().scan(data, set()) is None
    assert scan_html(data) == read_html(data)


def test_the_real_site_is_read_the_fast_way(site):
    ways = Counter(same(file.read_bytes()) for file in sorted(site.rglob("*.html")))
    assert ways[False] <= ways[True] / 10
