from __future__ import annotations

from pathlib import PurePosixPath

from scripts.content.content import Content
from tests.conftest import PAGE
from tests.examples import statute, whole

STATUTES = {"lag": {"sfs": "2001:1", "paragraphs": {"6": {}}}, "lag-b": {"title": "B"}}


def test_content_is_read_again_only_after_a_change(docs):
    folder = docs({"a.md": "", "_data/sources.yml": {"a": {"title": "A"}}})
    first = Content.read(folder)
    assert Content.read(folder) is first
    docs({"_data/sources.yml": {"bb": {"title": "Bb"}}})
    assert list(Content.read(folder).registers.sources) == ["bb"]
    docs({"b.md": ""})
    assert len(Content.read(folder).pages) == 2


def test_content_unreadable_files_are_findings_and_left_out(docs):
    front = PAGE.replace("owner", "agare").replace("keywords: []", "keywords: [112]")
    row = "sos: {name: N, group: [g], for_whom: F, source: a}\n"
    pages = {"a.md": front, "b.md": "", "c.md": "---\nutan slut\n"}
    rows = {"_data/contacts.yml": row, "_data/glossary.yml": "a: [\n"}
    content = Content.read(docs({**pages, **rows}))
    assert [(str(f.path), f.line, f.rule) for f in content.faults] == [
        ("docs/_data/contacts.yml", 1, "missing-field"),
        ("docs/_data/contacts.yml", 1, "missing-field"),
        ("docs/_data/glossary.yml", 2, "bad-yaml"),
        ("docs/a.md", 1, "missing-field"),
        ("docs/a.md", 6, "unknown-field"),
        ("docs/a.md", 7, "bad-field"),
        ("docs/c.md", 1, "no-front-matter"),
    ]
    assert [str(path) for path in content.pages] == ["b.md"]
    assert content.registers.contacts == {} and "contacts" in content.files
    assert "glossary" not in content.files


def test_page_with_returns_the_first_page_with_a_macro(docs):
    pages = {"b.md": "[[kontakter:akut]]\n", "a.md": "[[lan]]\n", "c.md": "[[kontakter:barn]]\n"}
    content = Content.read(docs(pages))
    homes = [
        content.page_with(*wanted) for wanted in [("kontakter",), ("kontakter", "barn"), ("x",)]
    ]
    assert [home and home.path for home in homes] == [
        PurePosixPath("b.md"),
        PurePosixPath("c.md"),
        None,
    ]


def test_link_text_is_the_title_or_heading(docs):
    content = Content.read(docs({"a.md": "## Rubrik {#r}\n"}))
    words = [content.link_text(link) for link in ("/a.md", "/a.md#r", "/a.md#x", "/b.md")]
    assert words == ["Prov", "Rubrik", "", ""]


def test_location_of_records_and_statute_sections(docs):
    law = {"_data/law/l.md": statute("2001:1", "5-15", "6"), "_data/law/a.md": statute("1:1", "6")}
    content = Content.read(docs({"_data/sources.yml": STATUTES, **law}))
    rows = content.files["sources"].text.split("\n")
    for words, *way in (("lag:", "lag"), ("  sfs", "lag", "sfs"), ("lag-b", "lag-b")):
        assert rows[content.location("sources", *way)[1] - 1].startswith(words)
    assert content.location("sources", "saknas")[1] == 1
    places = {key: content.source_location(key) for key in content.registers.sources}
    assert [f"{file.name}:{line}" for file, line in places.values()] == [
        *("sources.yml:1", "l.md:3", "l.md:7"),
        f"sources.yml:{content.location('sources', 'lag-b')[1]}",
    ]


def test_default_date_is_of_records_without_one(docs):
    rows = whole("questions", {"a": {}, "b": {"checked_on": "2026-01-01"}})
    text = 'checked_on: "2026-11-02"\n' + rows.replace("checked_on: '2026'", "", 1)
    content = Content.read(docs({"_data/questions.yml": text}))
    days = {key: row.checked_on for key, row in content.registers.questions.items()}
    assert days == {"a": "2026-11-02", "b": "2026-01-01"}
    (fault,) = Content.read(docs({"_data/questions.yml": text.replace("11-02", "13-02")})).faults
    assert (fault.line, fault.rule) == (1, "bad-date")
