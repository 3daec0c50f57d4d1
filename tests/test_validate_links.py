from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.validate_links import main, validate

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


def test_only_what_was_asked_for_is_shown(tmp_path: Path, capsys):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a><p id="">', "a/index.html": ""})
    assert main([str(root), "--only", "bad-id", "--format", "json"]) == 1
    assert [f["rule"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["bad-id"]
    assert main([str(root), "--skip", "bad-id", "--skip", "missing-page"]) == 0
    assert main([str(root), "--skip", "nonsens"]) == 2
    assert "orphan-page" in capsys.readouterr().err, "it tells which rules there are"
    assert main([str(root), "--orphans", "--only", "orphan-page"]) == 1


def test_an_exception_may_lie_anywhere(tmp_path: Path, capsys):
    root = small(tmp_path, {"index.html": '<a href="borta/">x</a>'})
    file = tmp_path / "undantag.yml"
    file.write_text(
        "x: {pattern: borta/, rule: missing-page, reason: r, owner: o, expires: 2027-01-01}\n"
    )
    today = ["--exceptions", str(file), "--today"]
    assert main([str(root), *today, "2026-12-31"]) == 0
    assert main([str(root), *today, "2027-01-02"]) == 1
    assert "gick ut" in capsys.readouterr().out


def test_only_pages_whose_sources_have_changed(tmp_path: Path, capsys):
    def git(*arguments: str) -> None:
        settings = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(
            ["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    docs = tmp_path / "docs"
    (docs / "_data").mkdir(parents=True)
    for name in ("index.md", "b.md"):
        (docs / name).write_text("[x](borta.md)\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    page = '<a href="borta.md">x</a><a href="b/">b</a>'
    root = small(tmp_path, {"index.html": page, "b/index.html": '<a href="../borta.md">x</a>'})
    command = [str(root), "--docs", str(docs), "--format", "json", "--changed-since"]

    def pages(*arguments: str) -> list[str]:
        main([*command, *arguments])
        return [f["source"] for f in json.loads(capsys.readouterr().out)["findings"]]

    assert pages("HEAD") == []
    (docs / "b.md").write_text("ny rad\n\n[x](borta.md)\n")
    assert pages("HEAD") == ["docs/b.md"]
    (docs / "_data/sources.yml").write_text("x: y\n")  # every page may show a register
    assert pages("HEAD") == ["docs/b.md", "docs/index.md"]
    assert main([*command, "finns-inte"]) == 2
    assert "finns-inte" in capsys.readouterr().err
