from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from scripts.links import worker
from scripts.links.validate import validate
from scripts.validate_links import main

SITE_URL = "https://example.se/kunskap/"


ANSOK = "betanketid/ansok/index.html"


@pytest.fixture(scope="module")
def copy(site: Path, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("mutation") / "site"
    shutil.copytree(site, target)
    return target


def test_the_real_site_is_clean(site: Path, root: Path):
    assert validate(site, docs=root / "docs", with_orphans=True) == []


# A few of the faults in tests/links/corpus.py, planted in the real site: what is put into the page
# (before </article>), and the rule that must catch it.


INSERTED = {
    "page-gone": ('<a href="../finns-inte/">x</a>', "missing-page"),
    "page-own-address": ('<a href="https://betanketid.example/borta/">x</a>', "missing-page"),
    "anchor-here": ('<a href="#finns-inte">x</a>', "missing-anchor"),
    "anchor-there": ('<a href="../under-tiden/#finns-inte">x</a>', "missing-anchor"),
    "image-gone": ('<img src="../borta.png" alt="">', "missing-asset"),
    "duplicate-heading": ('<h2 id="gor-sa-har">x</h2>', "duplicate-id"),
    "label": ('<label for="borta">x</label>', "missing-ref"),
    "slash-missing": ('<a href="../under-tiden">x</a>', "missing-slash"),
    "number-of-nobody": ('<a href="tel:0812345678">x</a>', "bad-tel-register"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", INSERTED)
def test_a_planted_fault_is_found_and_nothing_else(copy: Path, root: Path, name: str):
    markup, rule = INSERTED[name]
    file = copy / ANSOK
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("</article>", markup + "</article>", 1), encoding="utf-8")
    try:
        found = validate(copy, "https://betanketid.example/", root / "docs")
    finally:
        file.write_text(good, encoding="utf-8")
    assert found, "the fault was not seen"
    assert {finding.rule for finding in found} == {rule}
    assert {finding.page for finding in found} == {ANSOK}


def test_a_deleted_page_is_missed_by_every_page_that_links_to_it(copy: Path):
    target = copy / "kontakt/index.html"
    kept = target.read_bytes()
    target.unlink()
    try:
        found = validate(copy)
    finally:
        target.write_bytes(kept)
    assert {f.rule for f in found} == {"missing-page"}
    assert len({f.page for f in found}) > 40  # it stands in every page's banner


def test_a_deleted_stylesheet_and_a_broken_css_url_are_found(copy: Path):
    (css,) = (copy / "assets").glob("site.*.css")
    kept = css.read_text(encoding="utf-8")
    css.write_text(kept + "\np { background: url(borta.png) }\n", encoding="utf-8")
    try:
        assert [(f.rule, f.page) for f in validate(copy)] == [
            ("missing-asset", f"assets/{css.name}")
        ]
        css.unlink()
        assert {f.rule for f in validate(copy)} == {"missing-asset"}
    finally:
        css.write_text(kept, encoding="utf-8")


def test_an_anchor_that_loses_its_id_is_found_where_it_is_used(copy: Path, root: Path):
    file = copy / "betanketid/ersattning/index.html"
    kept = file.read_text(encoding="utf-8")
    assert 'id="kvitto"' in kept
    file.write_text(kept.replace('id="kvitto"', ""), encoding="utf-8")
    try:
        found = validate(copy, docs=root / "docs")
    finally:
        file.write_text(kept, encoding="utf-8")
    assert {f.rule for f in found} == {"missing-anchor"}
    for finding in found:
        line = (root / finding.path).read_text("utf-8").split("\n")[finding.line - 1]
        assert "kvitto" in line, "the finding names the line in the Markdown"


def small(tmp_path: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        file = tmp_path / "ut" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "ut"


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/kunskap/a/">absolute below the base</a>',
        '<a href="https://example.se/kunskap/a/#x">its own address</a>',
        '<a href="http://example.se/kunskap/">its own address without s</a>',
        '<a href="//example.org/x">protocol-relative</a>',
        '<a href="a/#top">top</a><a href="#">top</a>',
        '<a href="a/#:~:text=hej">text fragment</a>',
        '<a href="a/#x:~:text=hej">id and text fragment</a>',
        '<a href="a/index.html">file name</a>',
        '<a href="a/?q=1#x">query</a>',
        '<a href="a/../a/#x">dots</a>',
        '<a href="%61/">percent-encoded</a>',
        '<a href="å/#ö">Swedish letters</a><a href="%C3%A5/#%C3%B6">the same, encoded</a>',
        '<a href="&#x61;/">entity</a>',
        '<a href=" a/ ">spaces around</a>',
        '<a name="gammal"></a><a href="#gammal">old-style anchor</a>',
        '<a href="mailto:a.b+c@d.example.se?subject=Hej%20du">mail</a>',
        '<a href="tel:020-39%2000%2000">with spaces</a><a href="tel:112">short</a>',
        '<a href="tel:+46-8-123%2045">E.164</a><a href="tel:116111">116</a>',
        '<a href="https://xn--rksmrgs-5wao1o.example/">IDN</a>',
        '<a href="https://example.org:8080/x?y=[1]">port and brackets</a>',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<img srcset="bild.png 1x, data:image/png;base64,AA 2x" alt="">',
        '<template><a href="borta/">template</a></template>',
        '<!-- <a href="borta/">comment</a> -->',
        '<style>/* url(borta.png) */ p { filter: url(#f) }</style><svg><filter id="f"/></svg>',
        '<svg><use href="#f"/><filter id="f"/></svg>',
        '<a>no href</a><a href="a/" id="x">id</a>',
        '<link rel="preconnect" href="https://example.org">',
        '<a href="a/#x" onclick="location=\'borta/\'">handler</a>',
        '<a data-href="borta/" href="a/">data attribute</a>',
        '<img data-src="borta.png" src="bild.png" alt="" data-srcset="borta.png 2x">',
        '<img srcset="data:image/svg+xml,%3Csvg xmlns=%22x%22/%3E 1x, bild.png 2x" alt="">',
        '<img srcset="bild.png?a=1,2 1x,bild.png?b 2x" alt="">',
        '<script>const a = \'<a href="borta/">x</a>\'; // <img src=borta.png></script>',
        '<script type="text/template"><a href="borta/">x</a></script>',
        '<script type="application/json">{"url": "https://example.se/kunskap/borta/"}</script>',
        '<textarea><a href="borta/">x</a></textarea>',
        '<title><a href="borta/">x</a></title>',
        '<xmp><a href="borta/">x</a></xmp>',
        '<pre><code>&lt;a href="borta/"&gt;x&lt;/a&gt;</code></pre>',
        '<a title=\'<a href="borta/">\' href="a/">x</a>',
        '<a href="a/" href="borta/">the first attribute wins</a>',
        '<base href="https://example.se/kunskap/a/"><base href="/borta/"><a href="../a/#x">first base</a>',
        '<a href="./">self</a><a href=".">self</a><a href="?">self</a><a href="index.html?x#">self</a>',
        '<a href="a/?next=https://example.se/kunskap/borta/#x">address in a query</a>',
        '<a href="#x?y=1">q</a><p id="x?y=1">',
        '<a href="#a%20b">space</a><p id="a%20b">',
        '<a href="#%25">percent</a><p id="%">',
        '<a href="#">x</a><a href="#TOP">y</a>',
        '<p style="background: URL( \'bild.png\' ); content: \'url(borta.png)\'">x</p>',
        '<style>@charset "utf-8"; a::after { content: "image-set(\'borta.png\')" } /* @import "borta.css" */</style>',
        '<style>@namespace svg url(http://www.w3.org/2000/svg); @font-face { src: local("X"), url(data:font/woff2;base64,AA) }</style>',
        '<svg><style>path { fill: url(#g) }</style><linearGradient id="g"/><path fill="url(#g) red" stroke="url( #g )"/></svg>',
        '<svg><path fill="var(--x)" filter="blur(2px) drop-shadow(0 0 1px red)" mask="none"/></svg>',
        '<svg><use xlink:href="#s"/><symbol id="s"/></svg>',
        '<svg><use href="bild.svg#pil"/><image href="data:image/png;base64,AA"/></svg>',
        '<svg><a href="#s"><text>x</text></a><g id="s"/></svg>',
        '<label for="i">x</label><custom-input id="i"></custom-input>',
        '<table><tr><td headers="h1 h2">x<th id="h1">y<th id="h2">z</table>',
        '<input aria-controls="kommer" aria-activedescendant="kommer2" aria-owns="kommer3">',
        '<link rel="preconnect" href="https://cdn.example.org/borta"><link rel="dns-prefetch" href="//cdn.example.org">',
        '<link rel="alternate" type="application/rss+xml" href="a/">',
        '<link rel="canonical" href="https://example.se/kunskap/">',
        '<meta http-equiv="refresh" content="300"><meta http-equiv="Content-Type" content="text/html; url=borta">',
        '<meta http-equiv="refresh" content="300; url=./">',
        '<script type="module">new URL("./s/", import.meta.url); new URL("../../", import.meta.url)</script>',
        '<script type="module">const shown = `\nimport a from "./borta.js";\n`;</script>',
        '<meta name="description" content="url=borta/"><meta property="og:title" content="borta/">',
        '<meta name="twitter:image" content="https://cdn.example.org/x.png">',
        '<iframe src="about:blank" title="x"></iframe><iframe srcdoc="" title="y"></iframe><iframe title="z"></iframe>',
        '<iframe title="x" srcdoc="&lt;p id=y&gt;&lt;a href=#y&gt;">z</iframe>',
        '<object data="a/#x"></object><embed src="a/"><object type="image/png"></object>',
        '<video src="film.mp4#t=10,20" poster="bild.png"></video>',
        '<a href="bild.png#xywh=1,2,3,4">x</a>',
        '<a href="https://polisen.se/sök?q=å%20ä">x</a>',
        '<a href="https://sv.wikipedia.org/wiki/Människohandel_(Sverige)">parens</a>',
        '<a href="https://example.org/a%7Cb">x</a>',
        '<a href="https://example.org/?a[]=1&b=%7Bc%7D">x</a>',
        '<a href="https://example.org/a;b=1,2/@c/~d/!e/$f/*g/\'h\'">x</a>',
        '<a href="https://user.example.org/:80/">x</a>',
        '<a href="https://example.org.">root dot</a><a href="https://a_b.example.org/">underscore</a>',
        '<a href="https://1.1.1.1/">address</a><a href="https://xn--80ak6aa92e.com/">x</a>',
        '<a href="sms:+46701234567?body=Hej">x</a><a href="whatsapp://send?text=x">y</a><a href="geo:59.3,18.0">z</a>',
        '<a href="tel:+46-771-793%20336">x</a><a href="tel:020-390000;ext=1">y</a><a href="tel:11414">z</a><a href="tel:114%2014">z</a>',
        '<a href="mailto:a@example.se?subject=50%25%20av%20fallen&amp;body=A%0AB">x</a><a href="mailto:%22a%20b%22@example.se">y</a>',
        '<form action="https://example.org/sok" method="get"></form><form action="?"></form>',
        '<a href="a/index.html?v=1#x">x</a><a href="/kunskap/a/index.html">y</a><a href="/kunskap">z</a>',
        '<a href="%2E/a/">x</a><a href="a/%2e%2e/a/">y</a>',
        '<a href="&#47;kunskap/a/">x</a><a href="a&sol;">y</a>',
        '<a\nhref\n=\n"a/"\n>x</a><A HrEf=a/ >y</A><a href=a/>z</a>',
        '<a href="a/"/>self-closing<a href=a/ />x',
        '<p id="É"></p><a href="#É">x</a><a href="#%C3%89">y</a>',
        '<details name="g" id="d"></details><a href="#d">x</a><form name="f"></form>',
        '<a id="n" name="n"></a><a href="#n">both</a>',
        '<map name="k"><area href="a/" alt="x" coords="0,0,1,1"></map><img src="bild.png" usemap="#k" alt="">',
        '<audio><source src="film.mp4"><track kind="captions" src="film.mp4"></audio>',
        '<input type="hidden" value="borta/"><button formaction="a/">x</button>',
        '<!--[if IE]><link rel="stylesheet" href="borta.css"><![endif]-->',
        '<!-- --!> <a href="a/">x</a> <!-->-->',
        '<script>if (a < b) "</p><a href=borta/>"</script>',
        '<noscript><p id="ns">x</p></noscript><a href="#ns">y</a>',
        '<template shadowrootmode="open"><a href="a/">x</a></template>',
        '<script type="importmap">{"imports": {"x": "https://cdn.example.org/x.js", "y/": "./s/"}}</script>',
        '<script type="application/ld+json">{"@context": "https://schema.org", "sameAs": ["https://example.org/x"], "text": "https://example.se/kunskap/borta med mellanslag"}</script>',
        '<script type="speculationrules">{"prerender": [{"where": {"and": [{"href_matches": "/*"}]}}]}</script>',
    ],
)  # fmt: skip
def test_right_markup_gives_no_false_alarm(tmp_path: Path, markup: str):
    pages = {
        "index.html": f"<!doctype html><title>x</title>{markup}",
        "a/index.html": '<p id="x">x</p>',
        "å/index.html": '<p id="ö">x</p>',
        "bild.png": "",
        "film.mp4": "",
        "bild.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g id="pil"/></svg>',
    }
    assert validate(small(tmp_path, pages), SITE_URL) == []


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<a href="/a/">missing base</a>', "outside-site"),
        ('<a href="../x/">above the base</a>', "outside-site"),
        ('<a href="https://example.se/annat/">same host, other place</a>', "outside-site"),
        ('<base href="/kunskap/a/"><a href="a/">with base</a>', "missing-page"),
    ],
)
def test_the_base_path_counts(tmp_path: Path, markup: str, rule: str):
    root = small(tmp_path, {"index.html": markup, "a/index.html": ""})
    assert [f.rule for f in validate(root, SITE_URL)] == [rule]


def test_a_missing_base_path_says_so(tmp_path: Path):
    root = small(tmp_path, {"index.html": '<a href="/a/">x</a>', "a/index.html": ""})
    (finding,) = validate(root, SITE_URL)
    assert "/kunskap/" in finding.message


@pytest.mark.parametrize(
    ("href", "hint"),
    [
        ("betanketid/ansokk/", '"/betanketid/ansok/"'),
        ("ansok/", '"/betanketid/ansok/"'),
        ("betanketid/ansok.md", '"/betanketid/ansok/"'),
        ("betanketid/ansok/#vad", '"#vard"'),
        ("betanketid/ansok", '"betanketid/ansok/"'),
    ],
)
def test_the_nearest_right_target_is_suggested(tmp_path: Path, href: str, hint: str):
    pages = {
        "index.html": f'<a href="{href}">x</a>',
        "betanketid/ansok/index.html": '<p id="vard">',
    }
    (finding,) = validate(small(tmp_path, pages))
    assert f"Menade du {hint}?" in finding.message


def test_findings_point_to_the_markdown_line(tmp_path: Path):
    docs = tmp_path / "docs"
    (docs / "del").mkdir(parents=True)
    (docs / "index.md").write_text("# A\n\n`[x](borta.md)`\n[x](borta.md)\n", encoding="utf-8")
    (docs / "del/b.md").write_text("# B\n\n[x](../index.md#nej)\n", encoding="utf-8")
    pages = {
        "index.html": '<a href="borta.md">x</a>',
        "del/b/index.html": '<a href="../../#nej">x</a>',
    }
    found = validate(small(tmp_path, pages), docs=docs)
    assert [(str(f.path), f.line) for f in found] == [("docs/del/b.md", 3), ("docs/index.md", 4)]


def test_a_frame_made_of_a_page_repeats_none_of_its_faults(tmp_path: Path):
    docs, site = tmp_path / "docs", tmp_path / "site"
    docs.mkdir()
    (docs / "a.md").write_text("# A\n\n[x](../borta/)\n", encoding="utf-8")
    for page, links in (("a", ["../borta/"]), ("ram/a", ["../../borta/", "../egen/"])):
        (site / page).mkdir(parents=True)
        text = "".join(f'<p><a href="{link}">x</a>' for link in links)
        (site / page / "index.html").write_text(f"<!doctype html><title>x</title>{text}", "utf-8")
    found = [f"{f.path}:{f.line} {f.target}" for f in validate(site, docs=docs)]
    assert found == ["docs/a.md:3 ../borta/", "site/ram/a/index.html:1 ../egen/"]


def test_findings_without_markdown_point_to_the_html_line(tmp_path: Path):
    root = small(tmp_path, {"index.html": '<p>\n<p>\n<a href="borta/?a=1&amp;b=2">x</a>'})
    (finding,) = validate(root)
    assert (str(finding.path), finding.line) == ("ut/index.html", 3)


def test_contacts_of_another_kind_do_no_harm(tmp_path: Path):
    (tmp_path / "docs/_data").mkdir(parents=True)
    (tmp_path / "docs/_data/contacts.yml").write_text("a: text\nb: {tel: '112'}\n")
    root = small(tmp_path, {"index.html": '<a href="tel:112">x</a><a href="tel:11414">x</a>'})
    assert [f.target for f in validate(root, docs=tmp_path / "docs")] == ["tel:11414"]


def test_a_second_heading_with_the_same_id_is_the_one_to_mend(tmp_path: Path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# A\n\n## B {#b}\n\n## C {#b}\n", encoding="utf-8")
    root = small(tmp_path, {"index.html": '<h2 id="b">B</h2><h2 id="b">C</h2>'})
    (finding,) = validate(root, docs=docs)
    assert finding.line == 5


def test_a_file_that_cannot_be_read_is_a_fault_among_others(tmp_path: Path, monkeypatch):
    root = small(tmp_path, {"index.html": '<a href="a.html">x</a>', "a.html": "<p>"})

    def refuse(name, *rest):
        if str(name).endswith("a.html"):
            raise PermissionError(13, "Permission denied", name)
        return open(name, *rest)  # noqa: PTH123

    monkeypatch.setattr(worker, "open", refuse, raising=False)
    (finding,) = validate(root)
    assert (finding.rule, finding.page) == ("unreadable-file", "a.html")


def test_garbage_is_read_like_a_browser_reads_it(tmp_path: Path):
    root = small(tmp_path, {"index.html": ""})
    (root / "index.html").write_bytes(
        b"\xff\xfe<a href='borta/'<p <<<> &#xfffff; \x00" + b"<div>" * 5000
    )
    assert isinstance(validate(root), list)


def test_a_page_may_have_its_ending_in_capitals(tmp_path: Path):
    pages = {
        "index.html": '<a href="SIDA.HTML#nej">x</a><a href="SIDA.HTML#ja">y</a>',
        "SIDA.HTML": '<p id="ja"><p id="d"><p id="d"><a href="#borta">x</a>',
    }
    found = [(f.rule, f.page) for f in validate(small(tmp_path, pages))]
    assert found == [
        ("duplicate-id", "SIDA.HTML"),
        ("missing-anchor", "SIDA.HTML"),
        ("missing-anchor", "index.html"),
    ]


def test_symbolic_links_to_nothing_and_in_a_ring(tmp_path: Path):
    root = small(tmp_path, {"index.html": '<a href="dod.html">x</a>', "a/b.html": "<p>"})
    (root / "dod.html").symlink_to(tmp_path / "borta.html")
    (root / "a/upp").symlink_to(root)
    (root / "b").mkdir()
    (root / "a/till").symlink_to(root / "b")
    (root / "b/till").symlink_to(root / "a")
    assert [(f.rule, f.page) for f in validate(root)] == [
        ("unreadable-file", "dod.html"),
        ("missing-page", "index.html"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in its folders")
def test_a_pipe_is_no_page_and_is_not_waited_for(tmp_path: Path):
    root = small(tmp_path, {"index.html": "<p>"})
    os.mkfifo(root / "a.html")
    assert [(f.rule, f.page) for f in validate(root)] == [("unreadable-file", "a.html")]


def test_a_site_may_lie_behind_a_symbolic_link(tmp_path: Path):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a>'})
    (tmp_path / "hylla").mkdir()
    (tmp_path / "hylla/html").symlink_to(root)
    assert main([str(tmp_path / "hylla")]) == 1
