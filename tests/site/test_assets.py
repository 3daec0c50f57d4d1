from __future__ import annotations

import re
import shutil

import pytest

from scripts.site import assets
from scripts.site.assets import add_assets
from tests.conftest import run_step

PAGE = """<!doctype html><html><head>
<link rel="stylesheet" href="{up}assets/all.css">
<script src="{up}assets/all.js" defer></script>
{more}</head><body>
<p>Text</p></body></html>
"""
FILES = {
    "index.html": PAGE.format(up="", more=""),
    "a/index.html": PAGE.format(
        up="../",
        more='<link rel="stylesheet" media="print" href="../assets/paper.css">\n'
        '<script src="../assets/extra.js" defer></script>\n'
        '<script src="../assets/gone.js" defer></script>\n',
    ),
    "404.html": PAGE.format(up="/base/", more=""),
    "slides.html": '<link rel="stylesheet" href="assets/own.css"><p>En</p>',
    "assets/stylesheets/theme.css": ".theme{color:red}",
    "assets/base.css": ".base { color: red }",
    "assets/own.css": ".own { color: green }",
    "assets/paper.css": ".p{color:black}",
    "assets/one.js": '(function () { load("assets/late.js"); })();',
    "assets/two.js": "(function () { two(); })();",
    "assets/extra.js": "extra();",
    "assets/late.js": "late();",
    "assets/nobody.js": "nobody();",
    "assets/nobody.js.map": "{}",
    "assets/images/icon.png": "png",
}


@pytest.fixture(autouse=True)
def _joined(monkeypatch):
    joined = {"all.css": ("base.css", "own.css"), "all.js": ("one.js", "two.js")}
    monkeypatch.setattr(assets, "BUNDLES", joined)


@pytest.fixture
def site(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def build_assets(site):
    assert run_step(add_assets, site / "no-docs", site) == []


def names(site) -> dict[str, str]:
    """The built assets: name without its checksum → path."""
    found = {}
    for file in (site / "assets").rglob("*"):
        if file.is_file():
            name = re.sub(r"\.[0-9a-f]{10}(?=\.)", "", file.name)
            found[name] = file.relative_to(site).as_posix()
    return found


def test_pages_load_the_joined_files_and_what_no_page_names_is_removed(site):
    build_assets(site)
    found = names(site)
    assert set(found) == {
        *("all.css", "all.js", "own.css", "paper.css", "extra.js", "late.js", "icon.png"),
    }
    start = (site / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="stylesheet" href="{found["all.css"]}">' in start
    assert f'<script src="{found["all.js"]}" defer="">' in start
    inner = (site / "a/index.html").read_text(encoding="utf-8")
    assert f'media="print" href="../{found["paper.css"]}"' in inner
    assert f'<script src="../{found["extra.js"]}" defer="">' in inner
    assert f'href="{found["own.css"]}"' in (site / "slides.html").read_text(encoding="utf-8")
    missing = (site / "404.html").read_text(encoding="utf-8")
    assert f'href="/base/{found["all.css"]}"' in missing


def test_a_joined_sheet_has_its_parts_in_order(site):
    build_assets(site)
    text = (site / names(site)["all.css"]).read_text(encoding="utf-8")
    assert text == ".base{color:red}\n.own{color:green}"


def test_joined_scripts_are_two_statements(site):
    """A function beside a function would be a call."""
    build_assets(site)
    text = (site / names(site)["all.js"]).read_text(encoding="utf-8")
    first, between, second = text.partition(";\n")
    assert "load(" in first and between and "two()" in second


def test_a_missing_part_stops_the_build(site):
    (site / "assets/own.css").unlink()
    with pytest.raises(FileNotFoundError, match=r"own\.css"):
        build_assets(site)


def test_a_tag_whose_file_is_missing_is_left_for_the_link_validator(site):
    build_assets(site)
    inner = (site / "a/index.html").read_text(encoding="utf-8")
    assert '<script src="../assets/gone.js" defer="">' in inner


def test_a_script_names_the_other_by_its_new_name(site):
    build_assets(site)
    found = names(site)
    assert f'load("{found["late.js"]}")' in (site / found["all.js"]).read_text(encoding="utf-8")


def test_a_name_follows_the_content_and_nothing_else(site, tmp_path):
    twin = tmp_path / "twin"
    shutil.copytree(site, twin, ignore=shutil.ignore_patterns("twin"))
    (twin / "assets/late.js").write_text("later();", encoding="utf-8")
    build_assets(twin)
    shutil.move(twin, site.parent / "twin")
    build_assets(site)
    ours, others = names(site), names(site.parent / "twin")
    changed = {name for name in ours if ours[name] != others[name]}
    assert changed == {"late.js", "all.js"}, "all.js holds late.js by its name"
