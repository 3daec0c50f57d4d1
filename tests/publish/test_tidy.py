"""What a change leaves behind, told at the end of a build and put in order: build.py --tidy."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import build
from scripts.checks import sources
from scripts.content.content import Content
from scripts.core.findings import UNUSED, Finding
from scripts.publish.promise import CONTRACT, Promise
from scripts.publish.tidy import missing_rows, reminder, tidy
from tests.conftest import found
from tests.examples import statute

UNUSED_ROW = Finding(Path("docs/_data/x.yml"), 2, "dead-search", "x finns inte.", "", "x", UNUSED)


@pytest.fixture
def garden(own_garden):
    return own_garden.root


def change(file, old, new=""):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_end_of_a_build_names_the_first_and_counts_them_all():
    rows = [Finding(Path("x"), n, "r", "m", "", "k", UNUSED) for n in range(1, 11)]
    told = list(reminder([*rows, Finding(Path("x"), 1, "r", "fel")]))
    assert told[0] == "10 rader kan städas med --tidy:"
    assert (len(told), told[-1]) == (10, "  … och 2 till")
    assert list(reminder([])) == []


def test_nothing_is_touched_while_something_else_is_wrong(docs):
    folder = docs({"index.md": "", "_data/x.yml": "a: 1\nx: 2\n", CONTRACT: "/\n/a/\n"})
    content = Content.read(folder)
    wrong = Finding(Path("docs/index.md"), 1, "no-such-page", "x")
    assert tidy(content, [UNUSED_ROW, wrong]) == ""
    assert (folder / "_data/x.yml").read_text() == "a: 1\nx: 2\n"
    assert not (folder / "_data/redirects.yml").exists()


def test_rows_are_written_and_what_nobody_uses_goes(docs):
    folder = docs({"index.md": "", "_data/x.yml": "a: 1\nx: 2\n", CONTRACT: "/\n/a/\n"})
    content = Content.read(folder)
    assert "retired:\n  /a/: {instead: /}" in missing_rows(Promise.of(content))
    lost = Finding(Path("docs/_data/permalinks.txt"), 2, "lost-address", "x")
    told = tidy(content, [UNUSED_ROW, lost])
    assert "/a/: {instead: /}" in told and "Tog bort x (docs/_data/x.yml:2)." in told
    assert (folder / "_data/x.yml").read_text() == "a: 1\n"
    assert (folder / "_data/redirects.yml").read_text() == "retired:\n  /a/: {instead: /}\n"
    assert missing_rows(Promise.of(Content.read(folder))) == ""


def test_an_unused_paragraph_is_found_on_its_line_and_goes_with_what_is_said_of_it(docs):
    act = {"name": "lagen", "read_on": "2026-01-01"}
    folder = docs(
        {
            "a.md": "Text.[@ett-1, @tva]\n",
            "_data/sources.yml": {
                "ett": {**act, "sfs": "2001:1", "paragraphs": {"2-5a": {"note": "N"}}},
                "tva": {**act, "sfs": "2002:2", "url": "https://example.se/y"},
            },
            "_data/law/ett.md": statute("2001:1", "1", "2-5a", p3="Tre.\n\n1. Och mer."),
            "_data/law/tva.md": statute("2002:2", "7"),
        }
    )
    told = found(sources.check, folder)
    assert {(one.rule, one.severity) for one in told} == {("unused-source", UNUSED)}
    assert {f"{one.path.name}:{one.line} {one.target}" for one in told} == {
        *("ett.md:7 2 kap. 5 a §", "ett.md:11 3 §", "tva.md:3 7 §", "sources.yml:6 2-5a")
    }
    assert "Tog bort 3 § (docs/_data/law/ett.md:11)." in tidy(Content.read(folder), told)
    assert (folder / "_data/law/ett.md").read_text("utf-8") == statute("2001:1", "1") + "\n"
    assert not (folder / "_data/law/tva.md").exists(), "without a paragraph it is no act"
    assert found(sources.check, folder) == []


@pytest.mark.slow
def test_a_section_goes_with_one_file_and_one_build_and_after_publication_with_tidy(garden, capsys):
    """Its source, its search words and its row in the menu's page go unasked for, or not at all."""
    data, page = garden / "docs/_data", garden / "docs/odla/tomat.md"
    section = "\n## Gödsla {#godsla}\n\nGödsla i juni.[@godsel]\n"
    page.write_text(page.read_text("utf-8") + section, encoding="utf-8")
    sources = data / "sources.yml"
    before = sources.read_text("utf-8")
    row = before[before.index("handboken:") :].split("\n\n")[0].rstrip("\n")
    added = row.replace("handboken:", "godsel:", 1).replace("https://", "https://godsel.", 1)
    sources.write_text(f"{before.rstrip()}\n\n{added}\n", encoding="utf-8")
    change(page, "searches:\n", "searches:\n  godsla: näring\n")
    whole = {f: f.read_text("utf-8") for f in garden.rglob("*") if f.suffix in (".md", ".yml")}

    def made(**named):
        capsys.readouterr()
        code = build.build(garden, garden / "site", pdf=False, **named)
        out, err = capsys.readouterr()
        return code, out + err

    assert made()[0] == 0
    change(page, section)
    code, told = made()
    assert code == 0 and "2 rader kan städas" in told  # before: one file, one build
    assert made(tidy=True)[0] == 0
    assert sources.read_text("utf-8") == before
    assert "searches:\n  vattna: kanna, slangvinda\n---\n" in page.read_text("utf-8")
    assert "kan städas" not in made(tidy=True)[1]

    for file, text in whole.items():
        file.write_text(text, encoding="utf-8")
    Promise.of(Content.read(garden / "docs")).accept()
    assert made()[0] == 0
    change(page, section)
    code, told = made()
    assert code == 1 and "retired:\n  /odla/tomat/#godsla: {instead: /odla/tomat/}\n" in told
    code, told = made(tidy=True)  # after: one file and --tidy
    assert code == 0 and "Skrev i redirects.yml" in told
    assert sources.read_text("utf-8") == before
    assert 'id="godsla"' in (garden / "site/odla/tomat/index.html").read_text("utf-8")


@pytest.mark.slow
def test_a_deleted_page_is_told_of_all_at_once_and_its_row_in_the_menu_is_no_fault(garden, capsys):
    (garden / "docs/odla/tomat.md").unlink()
    assert build.build(garden, garden / "site", pdf=False) == 1
    told = [line for line in capsys.readouterr().out.split("\n") if line.startswith("docs/")]
    assert told and all("tomat" in line for line in told)
    assert not any("mkdocs.yml" in line for line in told)


@pytest.mark.slow
def test_the_promise_begins_with_an_address_on_the_net(garden, capsys, monkeypatch):
    assert build.build(garden, garden / "site", pdf=False, accept=True) == 2
    assert "Löftet börjar när sajten har en adress" in capsys.readouterr().err
    assert not (garden / "docs" / CONTRACT).exists()
    monkeypatch.setenv("SITE_URL", "https://kommun.se/odla/")
    change(garden / "mkdocs.yml", "extra:\n", "extra:\n  report: mailto:odla@kommun.se\n")
    assert build.build(garden, garden / "site", pdf=False, accept=True) == 0
    assert "/odla/tomat/#vattna" in (garden / "docs" / CONTRACT).read_text(encoding="utf-8")
    monkeypatch.delenv("SITE_URL")
    change(garden / "docs/odla/tomat.md", "{#vattna}", "{#blota}")
    assert build.build(garden, garden / "site", pdf=False) == 1
    assert "/odla/tomat/#vattna är utlovad" in capsys.readouterr().out
    assert 'id="vattna"' in (garden / "site/odla/tomat/index.html").read_text(encoding="utf-8")
