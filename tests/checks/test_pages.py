from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import pages
from tests.conftest import PAGE, found, page_with

check_docs = partial(found, pages.check)

HEAD = PAGE.split("# Prov")[0]

# What an editor may get wrong → (the whole page, the line and the rule of the one finding).
FAULTS = {
    "reviewed in the future": (PAGE.replace("2026-11-24", "2026-11-25"), 4, "future-review"),
    "review before the last": (PAGE.replace("2027-05-24", "2026-11-23"), 5, "bad-date"),
    "id twice": (PAGE + "## A {#a}\n\n## B {#a}\n", 13, "duplicate-id"),
    "id with å": (PAGE + "## A {#ansök}\n", 11, "bad-id"),
    "level skipped": (PAGE + "### A {#a}\n", 11, "skipped-level"),
    "two titles": (PAGE + "# Prov\n", 9, "wrong-title"),
    "no title": (HEAD + "Text.\n", 9, "wrong-title"),
    "another title": (PAGE.replace("# Prov", "# Annat"), 9, "wrong-title"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_page_fault_has_its_line(docs, name):
    text, line, rule = FAULTS[name]
    folder = docs({"prov.md": text if text.startswith("---") else ""})
    if not text.startswith("---"):
        (folder / "prov.md").write_text(text, encoding="utf-8")
    found = list(check_docs(folder))
    assert [(f.rule, f.line) for f in found] == [(rule, line)], found
    assert str(found[0].path) == "docs/prov.md"


@pytest.mark.parametrize("name", ["Ansökan.md", "Mapp/x.md", "a_b.md", "1-start.md"])
def test_page_address_outside_ascii_is_reported(docs, name):
    assert [f.rule for f in check_docs(docs({name: ""}))] == ["bad-slug"]


@pytest.mark.parametrize(
    "text",
    [
        "```html\n# Inte en rubrik\n```\n",
        "## Rubrik {#rubrik}\n\n### Under {#under-18}\n\n## Ny {#ny}\n",
        "Med radslut från Windows.\r\n",
    ],
)
def test_page_right_text_has_no_finding(docs, text):
    assert list(check_docs(docs({"prov.md": text}))) == []


def test_page_with_byte_order_mark_has_no_finding(docs):
    assert list(check_docs(docs({"prov.md": b"\xef\xbb\xbf" + PAGE.encode()}))) == []


def test_menu_and_pages_differing_are_reported(docs):
    folder = docs({"a.md": "", "b/index.md": "", "c.md": ""})
    menu = folder.parent / "mkdocs.yml"
    menu.write_text("nav:\n  - Start: a.md\n  - B:\n      - b/index.md\n      - d.md\n", "utf-8")
    found = [(str(f.path), f.line, f.rule) for f in check_docs(folder)]
    assert found == [
        ("mkdocs.yml", 5, "menu-without-page"),
        ("docs/c.md", 1, "not-in-menu"),
    ]


def test_menu_slip_is_reported_once_at_its_row(docs):
    folder = docs({"index.md": "", "stod/vuxna.md": ""})
    menu = "nav:\n  - index.md\n  - stod/vuxnaa.md\n  - index.md\n"
    (folder.parent / "mkdocs.yml").write_text(menu, "utf-8")
    twice, slip = check_docs(folder)
    assert (str(twice.path), twice.line, twice.rule) == ("mkdocs.yml", 4, "twice-in-menu")
    assert "på rad 2" in twice.message
    assert (slip.line, slip.severity) == (3, "error")
    assert 'Menade du "stod/vuxna.md"?' in slip.message


def test_menu_page_in_not_in_nav_has_no_finding(docs):
    folder = docs({"a.md": "", "inne/b.md": "", "inne/c.md": ""})
    menu = "not_in_nav: |\n  /inne/*.md\n  !/inne/c.md\nnav:\n  - a.md\n"
    (folder.parent / "mkdocs.yml").write_text(menu, encoding="utf-8")
    assert [f"{f.path}" for f in check_docs(folder)] == ["docs/inne/c.md"]


@pytest.mark.parametrize(
    ("one", "two", "line"),
    [
        ("short: akut\n", "kind: gör\nshort: akut#del\n", 9),
        ("step: {place: 1, title: Ett}\n", "step: {place: 1, title: Två}\n", 8),
    ],
)
def test_front_matter_value_of_other_page_is_reported(docs, one, two, line):
    (told,) = check_docs(docs({"a.md": page_with(one), "b.md": page_with(two)}))
    assert (told.rule, str(told.path), told.line) == ("same-key", "docs/b.md", line)
    assert "står redan i a.md" in told.message


def test_anchors_entry_without_heading_is_noted(docs):
    rows = "anchors:\n  del: En del\n  borta: Borta\n"
    (told,) = check_docs(docs({"a.md": page_with(rows, "## Del {#del}\n")}))
    assert (told.rule, told.line, told.severity) == ("dead-anchor", 10, "note")
