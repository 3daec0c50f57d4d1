from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scripts.validate_links import (
    Site,
    Sources,
    main,
    read_css,
    read_html,
    url_with_slash,
    validate,
)

SITE_URL = "https://example.se/kunskap/"
ANSOK = "betanketid/ansok/index.html"


@pytest.fixture(scope="module")
def copy(site: Path, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("mutation") / "site"
    shutil.copytree(site, target)
    return target


def test_the_real_site_is_clean(site: Path, root: Path):
    assert validate(site, docs=root / "docs") == []


# Each row: what is put into the page (before </article>), and the rule that must catch it.
INSERTED = {
    "page-gone": ('<a href="../finns-inte/">x</a>', "missing-page"),
    "page-gone-md": ('<a href="../finns-inte.md">x</a>', "missing-page"),
    "page-gone-deeper": ('<a href="../ansok/mer/">x</a>', "missing-page"),
    "page-gone-absolute": ('<a href="https://betanketid.example/borta/">x</a>', "missing-page"),
    "page-gone-root": ('<a href="/borta/">x</a>', "missing-page"),
    "page-gone-html": ('<a href="../ansok.html">x</a>', "missing-page"),
    "page-gone-query": ('<a href="../borta/?q=1#x">x</a>', "missing-page"),
    "page-www": ('<a href="www.polisen.se">x</a>', "missing-page"),
    "page-area": ('<map name="m"><area href="../borta/" alt=""></map>', "missing-page"),
    "page-form": ('<form action="../borta/"></form>', "missing-page"),
    "page-cite": ('<blockquote cite="../borta/">x</blockquote>', "missing-page"),
    "page-canonical": ('<link rel="canonical" href="../borta/">', "missing-page"),
    "anchor-here": ('<a href="#finns-inte">x</a>', "missing-anchor"),
    "anchor-there": ('<a href="../under-tiden/#finns-inte">x</a>', "missing-anchor"),
    "anchor-case": ('<a href="#Gor-Sa-Har">x</a>', "missing-anchor"),
    "anchor-encoded": ('<a href="#v%C3%A5rd">x</a>', "missing-anchor"),
    "anchor-spaces": ('<a href="#%20gor-sa-har">x</a>', "missing-anchor"),
    "image-gone": ('<img src="../borta.png" alt="">', "missing-asset"),
    "image-srcset": ('<img srcset="../borta.png 2x" alt="">', "missing-asset"),
    "picture-source": (
        '<picture><source srcset="a.webp 1x, b.webp 2x"></picture>',
        "missing-asset",
    ),
    "script-gone": ('<script src="../borta.js"></script>', "missing-asset"),
    "style-gone": ('<link rel="stylesheet" href="../borta.css">', "missing-asset"),
    "icon-gone": ('<link rel="icon" href="../borta.ico">', "missing-asset"),
    "video-gone": ('<video src="../borta.mp4" poster="../borta.jpg"></video>', "missing-asset"),
    "iframe-gone": ('<iframe src="../borta/" title="x"></iframe>', "missing-asset"),
    "object-gone": ('<object data="../borta.pdf"></object>', "missing-asset"),
    "style-attribute": ('<p style="background:url(../borta.png)">x</p>', "missing-asset"),
    "style-element": ("<style>p { background: url('../borta.png') }</style>", "missing-asset"),
    "svg-image": ('<svg><image href="../borta.svg"/></svg>', "missing-asset"),
    "duplicate": ('<p id="dubbel">x</p><p id="dubbel">y</p>', "duplicate-id"),
    "duplicate-heading": ('<h2 id="gor-sa-har">x</h2>', "duplicate-id"),
    "id-empty": ('<p id="">x</p>', "bad-id"),
    "id-space": ('<p id="a b">x</p>', "bad-id"),
    "case-page": ('<a href="../Ansok/">x</a>', "wrong-case"),
    "case-file": ('<img src="../../assets/SITE.css" alt="">', "wrong-case"),
    "slash-missing": ('<a href="../under-tiden">x</a>', "missing-slash"),
    "slash-missing-anchor": ('<a href="../under-tiden#vard">x</a>', "missing-slash"),
    "localhost": ('<a href="http://localhost:8000/ansok/">x</a>', "local-link"),
    "loopback": ('<a href="http://127.0.0.1/">x</a>', "local-link"),
    "loopback-six": ('<a href="http://[::1]:8000/">x</a>', "local-link"),
    "file": ('<a href="file:///C:/handlingar/x.pdf">x</a>', "local-link"),
    "empty": ('<a href="">x</a>', "empty-link"),
    "blank": ('<a href="  ">x</a>', "empty-link"),
    "empty-src": ('<img src="" alt="">', "empty-link"),
    "javascript": ('<a href="javascript:void(0)">x</a>', "script-link"),
    "url-space": ('<a href="https://polisen.se/en sida">x</a>', "malformed-url"),
    "url-backslash": ('<a href="..\\ansok\\">x</a>', "malformed-url"),
    "url-percent": ('<a href="https://polisen.se/%zz">x</a>', "malformed-url"),
    "url-no-slashes": ('<a href="https:polisen.se">x</a>', "malformed-url"),
    "url-no-host": ('<a href="https:///sida">x</a>', "malformed-url"),
    "url-one-word-host": ('<a href="https://polisen/">x</a>', "malformed-url"),
    "url-scheme": ('<a href="htps://polisen.se/">x</a>', "malformed-url"),
    "url-drive": ('<a href="C:/handlingar/x.pdf">x</a>', "malformed-url"),
    "url-ipv6": ('<a href="https://[::1/">x</a>', "malformed-url"),
    "url-port": ('<a href="https://polisen.se:99999/">x</a>', "malformed-url"),
    "mail-no-at": ('<a href="mailto:redaktionen">x</a>', "bad-mailto"),
    "mail-empty": ('<a href="mailto:">x</a>', "bad-mailto"),
    "mail-space": ('<a href="mailto:a b@c.se">x</a>', "bad-mailto"),
    "mail-second": ('<a href="mailto:a@b.se,c@">x</a>', "bad-mailto"),
    "tel-short": ('<a href="tel:12">x</a>', "bad-tel"),
    "tel-letters": ('<a href="tel:020-PANG">x</a>', "bad-tel"),
    "tel-empty": ('<a href="tel:">x</a>', "bad-tel"),
    "tel-plus-zero": ('<a href="tel:+046812345">x</a>', "bad-tel"),
}


def test_the_planted_faults_are_many_and_of_many_kinds():
    assert len(INSERTED) >= 40
    assert len({rule for _, rule in INSERTED.values()}) >= 12


@pytest.mark.parametrize("name", INSERTED)
def test_a_planted_fault_is_found_and_nothing_else(copy: Path, name: str):
    markup, rule = INSERTED[name]
    file = copy / ANSOK
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("</article>", markup + "</article>", 1), encoding="utf-8")
    try:
        found = validate(copy, "https://betanketid.example/")
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
    css = copy / "assets/site.css"
    kept = css.read_text(encoding="utf-8")
    css.write_text(kept + "\np { background: url(borta.png) }\n", encoding="utf-8")
    try:
        assert [(f.rule, f.page) for f in validate(copy)] == [("missing-asset", "assets/site.css")]
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
    ],
)  # fmt: skip
def test_right_markup_gives_no_false_alarm(tmp_path: Path, markup: str):
    pages = {
        "index.html": f"<!doctype html><title>x</title>{markup}",
        "a/index.html": '<p id="x">x</p>',
        "å/index.html": '<p id="ö">x</p>',
        "bild.png": "",
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


def test_findings_without_markdown_point_to_the_html_line(tmp_path: Path):
    root = small(tmp_path, {"index.html": '<p>\n<p>\n<a href="borta/?a=1&amp;b=2">x</a>'})
    (finding,) = validate(root)
    assert (str(finding.path), finding.line) == ("ut/index.html", 3)


def test_a_second_heading_with_the_same_id_is_the_one_to_mend(tmp_path: Path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# A\n\n## B {#b}\n\n## C {#b}\n", encoding="utf-8")
    root = small(tmp_path, {"index.html": '<h2 id="b">B</h2><h2 id="b">C</h2>'})
    (finding,) = validate(root, docs=docs)
    assert finding.line == 5


def test_json_says_what_a_program_needs(tmp_path: Path, capsys):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a>'})
    assert main([str(root), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["version"] == 1
    (row,) = data["findings"]
    assert row["rule"] == "missing-page" and row["target"] == "borta/" and row["line"] == 1
    assert set(row) == {"rule", "severity", "page", "line", "source", "target", "message"}


def test_exit_codes(tmp_path: Path, capsys):
    good = small(tmp_path, {"index.html": "<p>"})
    assert main([str(good)]) == 0
    assert capsys.readouterr().out == "Inga fel.\n"
    assert main([str(tmp_path / "saknas")]) == 2
    assert main([str(good), "--site-url", "exempel"]) == 2
    (good / "index.html").write_text('<a href="borta/">x</a>', encoding="utf-8")
    assert main([str(good)]) == 1


def test_garbage_is_read_like_a_browser_reads_it(tmp_path: Path):
    root = small(tmp_path, {"index.html": ""})
    (root / "index.html").write_bytes(
        b"\xff\xfe<a href='borta/'<p <<<> &#xfffff; \x00" + b"<div>" * 5000
    )
    assert isinstance(validate(root), list)


def test_css_is_read_without_comments_and_with_quotes():
    css = """@import "a.css"; @import url(b.css); /* url(c) */ p{background:url( 'd e.png' )}"""
    assert [link.url for link in read_css(css)] == ["a.css", "b.css", "d e.png"]


def test_ids_in_templates_are_not_defined():
    document = read_html("x.html", b'<template><p id="t"></template><p id="p">')
    assert set(document.ids) == {"p"}


@pytest.mark.parametrize(
    ("url", "wanted"), [("a", "a/"), ("a?q", "a/?q"), ("a#b", "a/#b"), ("a?q#b", "a/?q#b")]
)
def test_a_slash_goes_before_query_and_fragment(url: str, wanted: str):
    assert url_with_slash(url) == wanted


def test_site_and_sources_agree_on_addresses(tmp_path: Path):
    root = small(tmp_path, {"a b/index.html": ""})
    assert Site(root, SITE_URL).url_of("a b/index.html") == "https://example.se/kunskap/a%20b/"
    (tmp_path / "docs").mkdir()
    assert Sources(tmp_path / "docs").find("x/index.html", "y", "missing-page", 0) is None
