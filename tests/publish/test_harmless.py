"""Each way in tests/hostile.py is a finding, with its file and line; what a text needs is none."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.checks import html, pages, registers
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.paper.layouts import newest, qr
from scripts.publish.built import BuiltPage
from scripts.publish.harmless import ELEMENTS, scheme, wrong_attribute, wrongs
from scripts.publish.policy import PAGE_POLICY
from tests import hostile
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What is told of the site with every way in it: (file, line) → the rules."""
    site, found = hostile.hostile(tmp_path_factory.mktemp("hostile") / "site")
    content = Content.read(site.root.parent / "docs")
    for check in (pages, registers, html):
        found += check.check(content, TODAY)
    rules: dict[tuple[str, int], set[str]] = {}
    for finding in found:
        rules.setdefault((str(finding.path), finding.line), set()).add(finding.rule)
    return rules


@pytest.mark.parametrize("way", hostile.pages())
def test_a_way_in_a_page_is_told_with_its_line(told, way):
    path, text = hostile.pages()[way]
    asked = (*hostile.BODIES.get(way, "").split("\n"), hostile.FRONTS.get(way, "\n"))
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line and line in asked]
    rules = set().union(*(told.get((f"docs/{path}", line), set()) for line in lines))
    assert rules & {"unsafe-html", "bad-field"}


@pytest.mark.parametrize("way", hostile.REGISTERS)
def test_a_way_in_a_register_is_told_with_its_line(told, way, tmp_path):
    file, old, new = hostile.register(hostile.garden(tmp_path / "site"), way)
    text = file.read_text(encoding="utf-8")
    first = text[: text.index(old)].count("\n") + 1
    shown = file.relative_to(tmp_path / "site").as_posix()
    near = range(first, first + new.count("\n") + 1)
    ways = [told[path, line] for path, line in told if path == shown and line in near]
    # an earlier change in the file may have put in a line
    ways += [told[path, line] for path, line in told if path == shown and line - 1 in near]
    assert set().union(*ways) & {"unsafe-html", "unbalanced-html", "bad-field"}


@pytest.mark.parametrize("way", hostile.SETTINGS)
def test_a_way_in_the_settings_is_told(way, tmp_path):
    folder = hostile.garden(tmp_path / "site")
    hostile.change(folder / "mkdocs.yml", *hostile.SETTINGS[way])
    found = list(read_config(folder).faults) or hostile.built(folder)[1]
    assert [str(finding.path) for finding in found] == ["mkdocs.yml"]
    line = (folder / "mkdocs.yml").read_text(encoding="utf-8").split("\n")[found[0].line - 1]
    assert line.strip() and line.strip() in hostile.SETTINGS[way][1]


def test_a_site_without_them_is_harmless_and_says_so_to_the_browser(tmp_path):
    site, found = hostile.built(hostile.garden(tmp_path / "site"))
    assert found == []
    for page in site.pages.values():
        first, second = page.one("head").css("meta")[:2]
        assert "charset" in first.attributes
        assert second.attributes == {
            "http-equiv": "Content-Security-Policy",
            "content": PAGE_POLICY,
        }


MARKS = """A &lt; B "C" 'D' <3 > 2"""  # with an entity, which is text here


def test_what_escapes_is_text(tmp_path):
    """Whatever a name, a title or a reason has in it, the reader sees it."""
    folder = hostile.garden(tmp_path / "site")
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
    hostile.change(folder / "mkdocs.yml", "name: Odlarna", f"name: {quoted}")
    hostile.change(folder / "mkdocs.yml", "text: Sidan drivs", f"text: {quoted} #")
    report = "mailto:namn@odlarna.example"
    hostile.change(folder / "mkdocs.yml", "  sender:", f"  report: {report}\n  sender:")
    site, found = hostile.built(folder)
    assert found == []
    tomato = site.pages["odla/tomat/"]
    assert tomato.one("title").text() == f"{MARKS} - Kolonilotten"
    for name in ("description", "keywords"):
        assert tomato.one(f"meta[name={name}]").attributes["content"] == MARKS
    assert f"Ansvarig: {MARKS}." in tomato.one(".fresh").text()
    assert tomato.one(".paper").attributes["data-title"] == MARKS
    assert MARKS in [link.text() for link in tomato.tree.css(".site-nav a")]
    foot = tomato.one(".site-footer p").text()
    assert foot.startswith(f"{MARKS}. {MARKS}") and tomato.find(f'a[href="{report}"]')
    assert tomato.one(".site-footer strong").text() == f"{MARKS}."
    asked = unquote(tomato.one(".report a").attributes["href"] or "")
    assert asked.startswith(f"{report}?subject=Fel eller oklart: {MARKS} (https://")
    assert site.pages["odla/gurka/"].one("main p").text() == MARKS
    assert [link.text() for link in site.pages["odla/gurka/"].tree.css("main a")] == [MARKS]


def test_a_sheets_address():
    url = 'https://exempel.se/"><b>x</b>&amp;/'
    made = LexborHTMLParser(qr(url, "small") + newest(url))
    assert made.css_first("img").attributes["alt"].endswith(url.removeprefix("https://"))
    assert made.css_first("a").attributes["href"] == url
    assert made.css_first("a").attributes["title"].endswith(url.removeprefix("https://"))
    assert not made.css("b")


@pytest.mark.parametrize(
    "text",
    [
        '<p lang="en" dir="ltr" title="x" role="note" aria-label="x" data-x="y">x<br>y<wbr>z</p>',
        '<a href="https://x.se/" hreflang="en" rel="noopener" target="_blank">x</a>',
        '<a href="mailto:a@b.se">x</a><a href="tel:112">x</a><a href="../a/?b=c:d#e">x</a>',
        '<img src="a/b.png" alt="x" width="1" height="1">',
        '<table><caption>x</caption><tr><th scope="col" colspan="2">x</th></tr></table>',
        '<ol start="3"><li value="4">x</li></ol><details open><summary>x</summary>y</details>',
        '<script src="../a.js"></script>',
        '<time datetime="2026-01-01">x</time><abbr title="y">x</abbr><kbd>x</kbd><mark>x</mark>',
    ],
)
def test_what_a_text_needs_is_allowed(text):
    assert list(wrongs(BuiltPage("a/", f"<body>{text}</body>"))) == []


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("a/b.html", ""), ("?a=b:c", ""), ("#a:b", ""), ("a/b:c", ""), ("//x/y", "//"),
        ("\\\\x", "//"), (" \t/\\x", "//"), ("HTTPS://x", "https"), ("java\nscript:x", "javascript"),
        ("\x01 javascript:x", "javascript"), ("data:x", "data"), ("a.b+c-d:x", "a.b+c-d"),
    ],
)  # fmt: skip
def test_a_scheme_is_read_as_a_browser_reads_it(address, read):
    assert scheme(address) == read


def test_nothing_that_runs_loads_or_takes_over_is_on_the_list():
    never = {"applet", "audio", "base", "embed", "iframe", "math", "object", "style", "template"}
    assert not never & set(ELEMENTS)
    for allowed in ELEMENTS.values():
        assert not [name for name in allowed if name.startswith("on")]
        assert not {"action", "formaction", "ping", "srcdoc", "srcset", "style"} & allowed


def test_the_column_of_a_table_has_words_of_its_own():
    assert "kolonen" in wrong_attribute("td", "style", "text-align: center;").message
