from __future__ import annotations

import gzip
import shutil

import brotli
import pytest

from scripts.publish.assets import (
    build_assets,
    compress,
    main,
    purge_css,
    used_words,
)

PAGE = """<!doctype html><html><head>
<link rel="stylesheet" href="{up}assets/stylesheets/theme.css">
<link rel="stylesheet" href="{up}assets/own.css">
{more}</head><body>
<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
<p class="used">Text</p>
<script src="{up}assets/one.js" defer></script>
<script src="{up}assets/two.js" defer></script>
{script}</body></html>
"""


@pytest.fixture
def site(tmp_path):
    files = {
        "index.html": PAGE.format(up="", more="", script=""),
        "a/index.html": PAGE.format(
            up="../",
            more='<link rel="stylesheet" media="print" href="../assets/paper.css">\n',
            script='<script src="../assets/extra.js" defer></script>\n',
        ),
        "404.html": PAGE.format(up="/base/", more="", script=""),
        "slides.html": '<link rel="stylesheet" href="assets/own.css"><p>En</p>',
        "assets/stylesheets/theme.css": ".used{color:red}.unused{color:blue}",
        "assets/own.css": ".mine { color: green }",
        "assets/paper.css": ".p{color:black}",
        "assets/one.js": 'load("assets/late.js");',
        "assets/two.js": "two();",
        "assets/extra.js": "extra();",
        "assets/late.js": "late();",
        "assets/nobody.js": "nobody();",
        "assets/nobody.js.map": "{}",
        "assets/images/icon.png": "png",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def names(site) -> dict[str, str]:
    """The built assets: name without its hash → name."""
    found = {}
    for file in (site / "assets").rglob("*"):
        if file.is_file():
            first, _, rest = file.name.partition(".")
            found[f"{first}.{rest.split('.')[-1]}"] = file.relative_to(site).as_posix()
    return found


def test_what_all_pages_load_is_one_file_and_the_rest_stays_apart(site):
    build_assets(site)
    found = names(site)
    assert set(found) == {
        *("site.css", "site.js", "own.css", "paper.css", "extra.js", "late.js", "icon.png"),
    }
    start = (site / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="stylesheet" href="{found["site.css"]}">' in start
    assert start.count("<script") == start.count("<link") == 1
    inner = (site / "a/index.html").read_text(encoding="utf-8")
    assert f'media="print" href="../{found["paper.css"]}"' in inner
    assert f'<script src="../{found["extra.js"]}" defer>' in inner
    slides = (site / "slides.html").read_text(encoding="utf-8")
    assert f'href="{found["own.css"]}"' in slides and "site." not in slides
    missing = (site / "404.html").read_text(encoding="utf-8")
    assert f'href="/base/{found["site.css"]}"' in missing
    css = (site / found["site.css"]).read_text(encoding="utf-8")
    assert ".used{color:red;}" in css and ".mine" in css and "unused" not in css
    assert "__drawer" not in start


def test_what_else_a_page_loads_is_one_file_too(site):
    more = '<link rel="stylesheet" href="../assets/more.css">\n'
    (site / "assets/more.css").write_text(".more{x:1}", encoding="utf-8")
    (site / "b").mkdir()
    text = (site / "a/index.html").read_text(encoding="utf-8")
    text = text.replace("</head>", f"{more}</head>")
    (site / "b/index.html").write_text(text, encoding="utf-8")
    build_assets(site)
    found = names(site)
    page = (site / "b/index.html").read_text(encoding="utf-8")
    assert page.count("<link") == 2 and f'href="../{found["paper-more.css"]}"' in page
    css = (site / found["paper-more.css"]).read_text(encoding="utf-8")
    assert css == "@media print{.p{color:black}}\n.more{x:1}"
    assert found["paper.css"] in (site / "a/index.html").read_text(encoding="utf-8")


def test_a_script_names_the_other_by_its_new_name(site):
    build_assets(site)
    found = names(site)
    assert f'load("{found["late.js"]}")' in (site / found["site.js"]).read_text(encoding="utf-8")


def test_a_name_follows_the_content_and_nothing_else(site, tmp_path):
    twin = tmp_path / "twin"
    shutil.copytree(site, twin, ignore=shutil.ignore_patterns("twin"))
    (twin / "assets/late.js").write_text("later();", encoding="utf-8")
    build_assets(twin)
    shutil.move(twin, site.parent / "twin")
    build_assets(site)
    ours, others = names(site), names(site.parent / "twin")
    changed = {name for name in ours if ours[name] != others[name]}
    assert changed == {"late.js", "site.js"}, "site.js holds late.js by its name"


def test_scripts_that_name_each_other_are_told_of(site):
    (site / "assets/late.js").write_text('load("one.js")', encoding="utf-8")
    with pytest.raises(ValueError, match="nämner varandra"):
        build_assets(site)


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:1}", ".a{x:1;}"),
        (".b{x:1}", ""),
        (".a .b{x:1}", ""),
        (".a,.b{x:1}", ".a{x:1;}"),
        (".a:not(.b){x:1}", ".a:not(.b){x:1;}"),
        (".a::before{x:1}", ".a::before{x:1;}"),
        ("b{x:1}", ""),
        ("[data-b]{x:1}", ""),
        ("[dir=ltr] p{x:1}", "[dir=ltr] p{x:1;}"),
        ("[dir=rtl] p{x:1}", ""),
        ('[dir="rtl"] p,p[dir=a]{x:1}', "p[dir=a]{x:1;}"),
        ("[dir^=rtl] p{x:1}", "[dir^=rtl] p{x:1;}"),
        ("#b{x:1}", ""),
        (":root{--md-b:1}", ""),
        (":root{--md-b:1}.a{x:var(--md-b)}", ":root{--md-b:1;}.a{x:var(--md-b);}"),
        (":root{--md-b:var(--md-c);--md-c:1}", ""),
        (".a{y:url('data:image/png;base64,x');x:1}", ".a{x:1;}"),
        ("@media print{.a{x:1}.b{x:1}}", "@media print{.a{x:1;}}"),
        ("@media print{.b{x:1}}", ""),
        ("@keyframes b{0%{x:1}to{x:2}}", ""),
        ("@keyframes b{to{x:2}}.a{animation:b 1s}", "@keyframes b{to{x:2}}.a{animation:b 1s;}"),
        (".a{x:1!important}", ".a{x:1!important;}"),
        ("p > :is(.b, .c){x:1}", "p > :is(.b, .c){x:1;}"),
    ],
)
def test_purge(css, kept):
    assert purge_css(css, {"a", "p", "dir", "dir=ltr", "root"}) == kept


def test_a_word_of_a_script_may_become_a_class():
    assert used_words(['<p class="x y" id="z" hidden>'], ['e.className = "later"']) >= {
        *("p", "x", "y", "z", "hidden", "later", "id=z"),
    }


def test_compressed_copies_hold_the_same_bytes_and_no_clock(tmp_path):
    text = ("ett två tre " * 99).encode()
    (tmp_path / "a.html").write_bytes(text)
    (tmp_path / "b.png").write_bytes(text)
    (tmp_path / "c.txt").write_bytes(b"kort")
    compress(tmp_path)
    first = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    assert sorted(first) == ["a.html", "a.html.br", "a.html.gz", "b.png", "c.txt"]
    assert gzip.decompress(first["a.html.gz"]) == text
    assert brotli.decompress(first["a.html.br"]) == text
    assert first["a.html.gz"][4:8] == bytes(4), "mtime"


def test_a_folder_that_is_no_site_is_told_of(tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main([str(tmp_path)])
    assert stop.value.code == 2
    assert "Ange en byggd webbplats" in capsys.readouterr().err


def test_the_command(site):
    assert main([str(site), "--compress"]) == 0
    assert (site / "a/index.html.gz").is_file()
