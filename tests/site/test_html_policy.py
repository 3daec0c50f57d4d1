"""The allow-list over the built pages: what it refuses, with the file and line, and what it lets be."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts import pipeline
from scripts.checks import settings
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.site import mkdocs
from scripts.site.csp import PAGE_POLICY
from scripts.site.html_policy import (
    ALLOWED_ATTRIBUTES,
    attribute_violation,
    find_violations,
    scheme,
)
from scripts.site.html_site import HtmlPage, HtmlSite
from tests.conftest import GARDEN

# One of each kind that the list refuses.
REFUSED = {
    "an element": "<iframe></iframe>",
    "an element of one's own": "<x-y>x</x-y>",
    "an attribute": "<p onclick=alert(1)>x</p>",
    "a style": '<p style="color: red">x</p>',
    "a script": "<script>alert(1)</script>",
    "a script in the text": '<main><script src="a.js"></script></main>',
    "a script of data": '<script src="data:text/javascript,x"></script>',
    "a link's scheme": '<a href="java&#9;script:alert(1)">x</a>',
    "a picture elsewhere": '<img src="https://x.example/x.png" alt="x">',
    "a sheet elsewhere": '<link rel="stylesheet" href="//x.example/x.css">',
    "a hint": '<link rel="preconnect" href="https://x.example">',
    "a comment": "<!-- ring Anna -->",
}
# Where text comes from: file in the garden, what stands there, and what takes its place.
PLACES = {
    "list of attributes": ("docs/odla/elda.md", "\n## ", "\n[x](../index.md){: title=\"a\"onclick=\"b\" }\n\n## "),
    "register": ("docs/_data/guide.yml", "text: Bladmögel", "text: <svg onload=x> Bladmögel"),
    "settings": ("mkdocs.yml", "site_name: Kolonilotten", "site_name: Kolonilotten <svg onload=x>"),
}  # fmt: skip


def garden(folder: Path) -> Path:
    """Copy the small site into ``folder``; return it."""
    return Path(shutil.copytree(GARDEN, folder))


def change(file: Path, old: str, new: str) -> int:
    """Put ``new`` in the first place of ``old`` in a file; return the line where they differ."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, (file.name, old)
    file.write_text(before + new + after, encoding="utf-8")
    own = next(n for n, (a, b) in enumerate(zip(old + after, new + after, strict=False)) if a != b)
    return (before + new[: own + 1].rstrip("\n")).count("\n") + 1


def built(folder: Path) -> tuple[HtmlSite, list[Finding]]:
    """Build what ``folder`` holds without a check; return it, and what its pages are judged for."""
    content, config = Content.read(folder / "docs"), read_config(folder, pdf=False)
    assert content.faults == ()
    mkdocs.build_pages(config, folder / "site", content)
    site = HtmlSite(folder / "site", config.site_url)
    for step in pipeline.PAGE_STEPS:
        step(content, site, config)
    found, _ = pipeline.finalize_pages(content, site, config)
    return site, found


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_on_the_list_is_refused(kind):
    found = list(find_violations(HtmlPage("a/", f"<body>{REFUSED[kind]}</body>")))
    assert [one.rule for one in found] == ["unsafe-html"], found


@pytest.mark.parametrize("place", PLACES)
def test_what_is_refused_is_reported_where_it_was_written(tmp_path, place):
    folder = garden(tmp_path / "site")
    name, old, new = PLACES[place]
    line = change(folder / name, old, new)
    found = settings.check(read_config(folder)) or built(folder)[1]
    assert {(str(one.path), one.line) for one in found} == {(name, line)}


def test_clean_site_has_no_violation_and_carries_policy(tmp_path):
    site, found = built(garden(tmp_path / "site"))
    assert found == []
    for page in site.pages.values():
        first, second = page.select_required("head").css("meta")[:2]
        assert "charset" in first.attributes
        assert second.attributes == {
            "http-equiv": "Content-Security-Policy",
            "content": PAGE_POLICY,
        }


MARKS = """A &lt; B "C" 'D' <3 > 2"""  # with an entity, which is text here


def test_what_escapes_is_text(tmp_path):
    """Whatever a name, a title or a reason has in it, the reader sees it."""
    folder = garden(tmp_path / "site")
    quoted = "'" + MARKS.replace("'", "''") + "'"
    page = folder / "docs/odla/tomat.md"
    text = page.read_text(encoding="utf-8")
    for field in ("title: Tomat", "description: Från frö", "owner: Odlarna", "keywords: []"):
        name = field.partition(":")[0]
        line = next(line for line in text.split("\n") if line.startswith(field))
        text = text.replace(
            line, f"{name}: [{quoted}]" if name == "keywords" else f"{name}: {quoted}"
        )
    text = text.replace("# Tomat", "# " + MARKS.replace("&", "&amp;"), 1)
    page.write_text(text, encoding="utf-8")
    (folder / "docs/_data/redirects.yml").write_text(
        f"retired:\n  /odla/gurka/:\n    instead: /odla/tomat/\n    reason: {quoted}\n",
        encoding="utf-8",
    )
    change(folder / "mkdocs.yml", "name: Odlarna", f"name: {quoted}")
    change(folder / "mkdocs.yml", "text: Sidan drivs", f"text: {quoted} #")
    report = "mailto:fel@kolonilotten.example"  # as the settings have it
    site, found = built(folder)
    assert found == []
    tomato = site.pages["odla/tomat/"]
    assert tomato.select_required("title").text() == f"{MARKS} - Kolonilotten"
    for name in ("description", "keywords"):
        assert tomato.select_required(f"meta[name={name}]").attributes["content"] == MARKS
    assert f"Ansvarig: {MARKS}." in tomato.select_required(".fresh").text()
    assert tomato.select_required(".paper").attributes["data-title"] == MARKS
    assert MARKS in [link.text() for link in tomato.tree.css(".site-nav a")]
    foot = tomato.select_required(".site-footer p").text()
    assert foot.startswith(f"{MARKS}. {MARKS}") and tomato.find(f'a[href="{report}"]')
    assert tomato.select_required(".site-footer strong").text() == f"{MARKS}."
    asked = unquote(tomato.select_required(".report a").attributes["href"] or "")
    assert asked.startswith(f"{report}?subject=Fel eller oklart: {MARKS}&body=Sida: https://")
    assert site.pages["odla/gurka/"].select_required("main p").text() == MARKS
    assert [link.text() for link in site.pages["odla/gurka/"].tree.css("main a")] == [MARKS]


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("a/b.html", ""), ("?a=b:c", ""), ("a/b:c", ""), ("//x/y", "//"), (" /\\x", "//"),
        ("HTTPS://x", "https"), ("java\nscript:x", "javascript"), ("data:x", "data"),
    ],
)  # fmt: skip
def test_a_scheme_is_read_as_a_browser_reads_it(address, read):
    assert scheme(address) == read


def test_nothing_that_runs_loads_or_takes_over_is_on_the_list():
    never = {"applet", "audio", "base", "embed", "iframe", "math", "object", "style", "template"}
    assert not never & ALLOWED_ATTRIBUTES.keys()
    for allowed in ALLOWED_ATTRIBUTES.values():
        assert not [name for name in allowed if name.startswith("on")]
        assert not {"action", "formaction", "ping", "srcdoc", "srcset", "style"} & allowed


def test_the_column_of_a_table_has_words_of_its_own():
    assert "kolonen" in attribute_violation("td", "style", "text-align: center;").message
