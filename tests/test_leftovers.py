"""What a change leaves behind: rows to paste in redirects.yml, and rows that nothing uses."""

from __future__ import annotations

import re

import pytest

from scripts import build
from scripts.checks import sources
from scripts.content.content import Content
from scripts.site.permalinks import CONTRACT, PermalinkContract, missing_redirect_rows
from tests.conftest import found
from tests.examples import statute


@pytest.fixture
def garden(own_garden):
    return own_garden.root


def change(file, old, new=""):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_missing_rows_are_yaml_to_paste(docs):
    folder = docs({"index.md": "", CONTRACT: "/\n/a/\n"})
    rows = missing_redirect_rows(PermalinkContract.from_content(Content.read(folder)))
    cure, _, pasted = rows.partition("\n")
    assert "docs/_data/redirects.yml" in cure and pasted == "retired:\n  /a/: {instead: /}"
    (folder / "_data/redirects.yml").write_text(pasted + "\n", encoding="utf-8")
    assert missing_redirect_rows(PermalinkContract.from_content(Content.read(folder))) == ""


def test_unused_statute_sections_are_notes_on_their_lines(docs):
    act = {"name": "lagen", "read_on": "2026-01-01"}
    folder = docs(
        {
            "a.md": "Text.[@ett-1, @tva]\n",
            "_data/sources.yml": {
                "ett": {**act, "sfs": "2001:1"},
                "tva": {**act, "sfs": "2002:2", "url": "https://example.se/y"},
            },
            "_data/law/ett.md": statute("2001:1", "1", "2-5a", p3="Tre.\n\n1. Och mer."),
            "_data/law/tva.md": statute("2002:2", "7"),
        }
    )
    told = found(sources.check, folder)
    assert {(one.rule, one.severity) for one in told} == {("unused-source", "note")}
    assert {f"{one.path.name}:{one.line}" for one in told} == {"ett.md:7", "ett.md:11", "tva.md:3"}


@pytest.mark.slow
def test_after_a_deleted_section_the_build_says_what_to_paste_and_delete(garden, capsys):
    data, page = garden / "docs/_data", garden / "docs/odla/tomat.md"
    section = "\n## Gödsla {#godsla}\n\nGödsla i juni.[@godsel]\n"
    page.write_text(page.read_text("utf-8") + section, encoding="utf-8")
    sources = data / "sources.yml"
    before = sources.read_text("utf-8")
    row = before[before.index("handboken:") :].split("\n\n")[0].rstrip("\n")
    added = row.replace("handboken:", "godsel:", 1).replace("https://", "https://godsel.", 1)
    sources.write_text(f"{before.rstrip()}\n\n{added}\n", encoding="utf-8")
    change(page, "searches:\n", "searches:\n  godsla: näring\n")

    def made():
        capsys.readouterr()
        code = build.build(garden, garden / "site", pdf=False)
        out, err = capsys.readouterr()
        return code, out + err

    PermalinkContract.from_content(Content.read(garden / "docs")).register_new()
    assert made()[0] == 0
    change(page, section)
    code, told = made()
    assert code == 1
    rows = re.search(r"^retired:\n(?:  .+\n)+", told, re.M)[0]
    assert rows == "retired:\n  /odla/tomat/#godsla: {instead: /odla/tomat/}\n"
    (data / "redirects.yml").write_text(rows, encoding="utf-8")
    code, told = made()
    assert code == 0
    places = dict(re.findall(r"^docs/(\S+\.(?:md|yml)):(\d+): ", told, re.M))
    for name, start in {"_data/sources.yml": "godsel:", "odla/tomat.md": "  godsla:"}.items():
        file = garden / "docs" / name
        assert file.read_text("utf-8").split("\n")[int(places[name]) - 1].startswith(start)
    change(page, "  godsla: näring\n")
    sources.write_text(before, encoding="utf-8")
    code, told = made()
    assert code == 0 and "godsla" not in told
    assert 'id="godsla"' in (garden / "site/odla/tomat/index.html").read_text("utf-8")


@pytest.mark.slow
def test_build_accept_promises_addresses_only_of_a_site_on_the_net(garden, capsys, monkeypatch):
    """By the command's own options: --accept, --sajt and --no-pdf."""

    def built(*options: str) -> int:
        return build.main(["--sajt", str(garden), "--no-pdf", *options])

    assert built("--accept") == 2
    assert "Löftet börjar när sajten har en adress" in capsys.readouterr().err
    assert not (garden / "docs" / CONTRACT).exists()
    monkeypatch.setenv("SITE_URL", "https://kommun.se/odla/")
    assert built("--accept") == 0
    assert "/odla/tomat/#vattna" in (garden / "docs" / CONTRACT).read_text(encoding="utf-8")
    assert not list((garden / "site").rglob("*.pdf"))
    monkeypatch.delenv("SITE_URL")
    change(garden / "docs/odla/tomat.md", "{#vattna}", "{#blota}")
    assert built() == 1
    assert "/odla/tomat/#vattna är utlovad" in capsys.readouterr().out
    assert 'id="vattna"' in (garden / "site/odla/tomat/index.html").read_text(encoding="utf-8")
