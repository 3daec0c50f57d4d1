from __future__ import annotations

import shutil

import pytest

from scripts.publish.assets import add_assets
from tests.conftest import run_step

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


def build_assets(site):
    assert run_step(add_assets, site / "no-docs", site) == []


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
    assert f'<script src="../{found["extra.js"]}" defer="">' in inner
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


def test_joined_scripts_stay_apart(site):
    """A function beside a function would be a call."""
    for name in ("one", "two"):
        (site / f"assets/{name}.js").write_text(f"(function () {{ {name}(); }})();\n", "utf-8")
    build_assets(site)
    text = (site / names(site)["site.js"]).read_text(encoding="utf-8")
    first, between, second = text.partition(";\n")
    assert "one()" in first and between and "two()" in second


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
